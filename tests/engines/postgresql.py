"""A private PostgreSQL in a temporary folder, where its server programs are installed."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "shared_buffers=64MB")


@cache
def programs() -> Path | None:
    """The folder of initdb and postgres, if they are installed."""
    found = shutil.which("initdb")
    if found and Path(found).resolve().with_name("postgres").exists():
        return Path(found).resolve().parent
    candidates = [path for place in PLACES for path in Path(place).glob("*/bin/initdb")]
    return max(candidates).parent if candidates else None


def is_here() -> bool:
    """Whether this machine can run PostgreSQL; CENTRE_TESTS_ENGINE=sqlite says not to."""
    return programs() is not None and os.environ.get("CENTRE_TESTS_ENGINE") != "sqlite"


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server in *folder* on a free port of loopback; yields the URL of an empty database."""
    where = programs()
    assert where is not None
    owner = _owner(folder)
    data = folder / "data"
    _run(owner, where / "initdb", "-D", data, "-U", "centre", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    port = _free_port()
    options = [part for setting in QUICK for part in ("-c", setting)]
    command = [where / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, user=owner)
        try:
            _await(where, port, process)
            _run(owner, where / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "centre", "centre")
            yield f"postgresql://centre@127.0.0.1:{port}/centre"
        finally:
            process.send_signal(signal.SIGINT)  # at SIGTERM it would wait for every connection that a test has left open
            process.wait(timeout=20)


def empty(database: Any) -> None:
    """Leave no row in any table, and let numbers begin at 1 again.

    TRUNCATE makes new files for every table and index, used or not: a second for each test. Few tables are used in one test.
    """
    tables = [table for table in database.get_tables() if table != "schema_migration"]
    of_each = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
    used = [table for (table,) in database.execute_sql(of_each).fetchall()]
    moved = [name for (name,) in database.execute_sql("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL").fetchall()]
    acts = [*(f"DELETE FROM {table}" for table in used), *(f"ALTER SEQUENCE {name} RESTART" for name in moved)]
    # As a replica, it doesn't ask which rows hang on which.
    with database.atomic():
        database.execute_sql("; ".join(["SET LOCAL session_replication_role = replica", *acts]))


def _owner(folder: Path) -> str | int | None:
    """Who runs the server: ourselves, or, as root, which PostgreSQL refuses, somebody less mighty."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = next(name for name in ("postgres", "nobody", "daemon") if name in names)
    shutil.chown(folder, owner)
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and str(parent).startswith(("/tmp/pytest", "/var/tmp/pytest")):
            parent.chmod(0o711)
    return owner


def _run(owner: str | int | None, *command: object) -> None:
    """Run a program of PostgreSQL's as its owner; its words are shown when it fails."""
    done = subprocess.run([str(part) for part in command], user=owner, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")


def _free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(where: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, or say that it died."""
    for _ in range(200):
        # It opens its port before it lets anybody in.
        if subprocess.run([where / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode == 0:
            return
        if process.poll() is not None:
            raise RuntimeError("PostgreSQL died at its start; its log is beside its data")
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not answer within 10 seconds")
