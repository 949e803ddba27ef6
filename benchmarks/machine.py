"""The machine in words: what it is, never which one."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import cysqlite

GIBIBYTE = 2**30


def description() -> str:
    """One line: cores, memory, system, Python, SQLite, load at the start."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    parts = [
        f"{os.cpu_count()} cores ({_processor()})",
        f"{memory:.0f} GiB",
        f"{platform.system()} {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}",
        f"SQLite {_sqlite()}",
        f"load {os.getloadavg()[0]:.1f} at the start",
    ]
    return ", ".join(parts)


def _processor() -> str:
    """The processor's model, as the system tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")), platform.machine())


def _sqlite() -> str:
    """The version of the SQLite that the centre carries."""
    return str(cysqlite.sqlite_version)  # type: ignore[attr-defined]
