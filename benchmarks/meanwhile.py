"""Somebody else who writes while much is deleted: `python -m benchmarks.meanwhile DATABASE SESSION FILE`.

What a request of the site may write, in a transaction of its own, again and again until the input ends. Then it puts into the file
when each one began and how long it took.
"""

from __future__ import annotations

import json
import select
import sys
import time
from pathlib import Path

from benchmarks.data import connect_anew
from privacy_center.accounts.models import Session
from privacy_center.core import audit, clock
from privacy_center.core.db import database

REST = 0.005  # seconds


def main(path: Path, session: int, kept_in: Path) -> None:
    """Write until told to stop, with a rest after each write, as whoever waits for an answer does."""
    connect_anew(path)
    taken: list[tuple[float, float]] = []
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], REST)[0]:
        begun = time.monotonic()
        _write(session)
        taken.append((begun, time.monotonic() - begun))
    kept_in.write_text(json.dumps(taken))


def _write(session: int) -> None:
    """Note that a session was used, and an act in the audit log."""
    with database.atomic():
        Session.update(seen_at=clock.now()).where(Session.id == session).execute()
        audit.write("measured", actor="system", subject=f"session:{session}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
