"""No byte of what was deleted is left in the engine's files, the file store, the queue or temporary files."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from privacy_center.core import jobs
from privacy_center.core.db import database
from tests import makers
from tests.erasure.doing import ask, confirm, feed

MARKER = "Zmarkerq"


def marked(number: int) -> str:
    """A word that occurs nowhere else."""
    return f"{MARKER}{number:03d}"


def record_with_markers() -> list[dict[str, Any]]:
    """A conversation with a marker in every field that can hold one."""
    content = f"{marked(1)} in a file".encode()
    parts = [
        {"type": "text", "text": f"{marked(2)} said 退款{marked(3)}"},
        {"type": "reasoning", "text": marked(4)},
        {"type": "tool", "name": marked(5), "call": marked(6), "input": {marked(7): marked(8)}, "output": marked(9)},
        {"type": "file", "file": marked(10)},
    ]
    return [
        makers.line("conversation", id=marked(11), title=marked(12), workspace=marked(13), model=marked(14), talk_id=marked(15), parent=marked(16)),
        makers.line("message", id=marked(17), conversation=marked(11), parent=marked(18), model=marked(19), parts=parts),
        makers.line(
            "file",
            id=marked(10),
            conversation=marked(11),
            message=marked(17),
            name=marked(20),
            media_type=f"text/{marked(21)}",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content_base64=base64.b64encode(content).decode(),
        ),
    ]


def files_with_marker(folder: Path) -> list[str]:
    """The files below *folder* in which the marker stands, in any case (the index folds it)."""
    needle = MARKER.lower().encode()
    return [str(path) for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes().lower()]


def folders(app: Any) -> list[Path]:
    """Where the app under test writes."""
    settings = app.config["SETTINGS"]
    return [settings.instance_path, Path(settings.database.removeprefix("sqlite:///")).parent]


@pytest.mark.engine("sqlite")
def test_no_byte_of_a_deleted_conversation_is_left_on_disk(app: Any, as_mei: Any) -> None:
    feed(*record_with_markers(), *(makers.message("other", f"word{n} stays", id=f"m{n}") for n in range(300)))
    assert any(files_with_marker(folder) for folder in folders(app))
    confirm(as_mei, ask(as_mei, scope="matching", q=marked(2)))
    jobs.run_due()
    assert [found for folder in folders(app) for found in files_with_marker(folder) if not found.endswith(".template")] == []
    assert "word7 stays" in as_mei.get("/history?q=word7").text.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.engine("postgresql")
def test_on_postgresql_no_row_holds_a_deleted_word_and_the_page_tells_what_remains(app: Any, as_mei: Any) -> None:
    feed(*record_with_markers())
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    jobs.run_due()
    tables = [name for name in database.get_tables() if name != "schema_migration"]
    rows = [str(row) for table in tables for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall()]
    assert not any(MARKER.lower() in row.lower() for row in rows)
    assert "overwritten as it is used again" in as_mei.get(page.request.path).text
