"""The process that makes one copy, or does what it is compared with: `python -m benchmarks.copying site|limit|plain DATABASE USER FILE`.

It says when it is ready, begins when it is sent a line, and answers with seconds, bytes and its memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import orjson

from benchmarks.data import connect_anew
from benchmarks.feeding import memory
from privacy_center.accounts.models import User
from privacy_center.core import db
from privacy_center.exports import archive
from privacy_center.exports.contents import Choice
from privacy_center.factory import create_app

CONVERSATIONS = "SELECT id, external_id, title, created_at, active_at FROM conversation WHERE user_id = ? ORDER BY active_at DESC, id DESC"
MESSAGES = "SELECT external_id, parent, role, created_at, model, parts FROM message WHERE conversation_id = ? ORDER BY created_at, id"
LEVEL = 6


def main(kind: str, database: Path, user: int, file: Path) -> None:
    """Make ready, wait for the word, and do it once."""
    app = create_app(os.environ)
    with app.app_context():
        connect_anew(database)
        db.migrations().up()
        make: Callable[[int, Path], dict[str, Any]] = {"site": site, "limit": limit, "plain": plain}[kind]
        _say({"memory": memory()})
        if sys.stdin.readline():
            begun = time.perf_counter()
            found = make(user, file)
            _say({"seconds": time.perf_counter() - begun, "memory": _most_memory(), **found})
        db.database.close()


def site(user: int, file: Path) -> dict[str, Any]:
    """The copy, as the worker makes it."""
    with file.open("wb") as out:
        made = archive.write(out, User.get_by_id(user), Choice(), "en", begins=lambda _total: None, report=lambda _done, _written: None)
    with zipfile.ZipFile(file) as copy:
        return {"bytes": sum(each.file_size for each in copy.infolist()), "size": made.size}


def limit(user: int, _file: Path) -> dict[str, Any]:
    """The same rows read and encoded twice, for programs and for people, as plainly as it goes; nothing is deflated or kept."""
    count = 0
    cursor = db.database.connection().cursor()
    for number, external_id, title, created_at, active_at in db.fetch(CONVERSATIONS, user):
        head = {"title": title, "create_time": created_at / 1e6, "update_time": active_at / 1e6, "id": external_id, "conversation_id": external_id}
        count += len(orjson.dumps(head)) + len(f"<article><h2>{escape(title)}</h2>".encode())
        for name, parent, role, at, model, parts in cursor.execute(MESSAGES, (number,)):
            said = orjson.loads(parts)
            text = "\n\n".join([part.get("text") or "" for part in said])
            message = {"id": name, "author": {"role": role}, "create_time": at / 1e6, "content": {"content_type": "text", "parts": [text]}}
            node = {"id": name, "parent": parent, "children": [], "message": {**message, "metadata": {"model_slug": model}}}
            count += len(orjson.dumps(node))
            count += len(f"<section class={role}><h3>{role} <time>{at}</time></h3><p>{escape(text, quote=False)}</p></section>\n".encode())
    return {"bytes": count}


def plain(_user: int, file: Path) -> dict[str, Any]:
    """The files of a copy that is there, into another with the standard library at its usual level."""
    target = file.with_suffix(".plain.zip")
    with zipfile.ZipFile(file) as copy, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as again:
        for each in copy.infolist():
            again.writestr(_like(each), copy.read(each))
    return {"size": target.stat().st_size}


def _like(each: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same name and time, to be deflated anew."""
    info = zipfile.ZipInfo(each.filename, each.date_time)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _most_memory() -> int:
    """The most bytes of memory that this process has held at once."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def _say(what: dict[str, Any]) -> None:
    """Answer in one line."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
