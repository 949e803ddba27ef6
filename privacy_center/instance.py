"""What a run with the sandbox leaves in its instance folder: the settings it ran with, its own keys among them."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from privacy_center.settings import PREFIX

NOTE = "environment"
OWN_KEYS = ("SECRET_KEY", "FEED_KEY", "FEEDBACK_DIGEST_SALT")


def folder(environment: Mapping[str, str]) -> Path:
    """The instance folder: what INSTANCE names, or instance/."""
    named = environment.get(f"{PREFIX}INSTANCE_PATH") or environment.get("INSTANCE") or "instance"
    return Path(named).expanduser().absolute()


def noted(where: Path) -> dict[str, str]:
    """The settings that the last run noted in the folder *where*; none if there was no run."""
    note = where / NOTE
    if not note.exists():
        return {}
    lines = (line for line in note.read_text().splitlines() if line and not line.startswith("#"))
    return dict(word.split("=", 1) for line in lines for word in shlex.split(line))


def own_keys(where: Path) -> dict[str, str]:
    """The instance's own keys: those of the run before, so that what they sign and digest still holds, or new ones."""
    before = noted(where)
    return {name: before.get(name) or secrets.token_hex(32) for name in (PREFIX + key for key in OWN_KEYS)}


def note_down(where: Path, environment: Mapping[str, str]) -> None:
    """Note the settings of this run, readable by nobody else; whole or not at all."""
    settings = sorted((name, value) for name, value in environment.items() if name.startswith(PREFIX))
    lines = ["# The settings of the last run; `flask` uses them where the environment has none."]
    lines += [f"{name}={shlex.quote(value)}" for name, value in settings]
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = where / f"{NOTE}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
    fresh.replace(where / NOTE)
