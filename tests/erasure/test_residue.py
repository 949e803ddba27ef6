"""No byte of what was deleted is left in the engine's files, the file store, the queue, temporary files or logs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from privacy_center.core import jobs
from privacy_center.core.db import database
from privacy_center.history import segments
from privacy_center.history.models import Message
from tests.erasure.doing import ask, confirm, feed, finish
from tests.erasure.marked import MARKER, WORKSPACE, conversation, files_with, fingerprints, others, rows_with, unmarked_fields

CONVERSATIONS, OF_TEN = 180, 10


@pytest.fixture
def folders(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where the app under test writes, temporary files included."""
    settings = app.config["SETTINGS"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return [settings.instance_path, Path(settings.database.removeprefix("sqlite:///")).parent, tmp_path]


def bring() -> list[bytes]:
    """A history of some thousand messages, every tenth conversation marked; returns what else these would be known by.

    The others grow afterwards, so that pages are split, and copies of what stood beside them are left behind.
    """
    for number in range(CONVERSATIONS):
        feed(*(others(number) if number % OF_TEN else conversation(number)))
    feed(*(line for number in range(CONVERSATIONS) if number % OF_TEN for line in others(number, 20 + number % 50)))
    assert unmarked_fields() == set()
    return fingerprints()


def delete(browser: Any, how: str) -> Any:
    """Delete what is marked, in one of the ways there are."""
    found = browser.get(f"/history?q={MARKER}").text
    assert MARKER in found
    page = ask(browser, scope="matching", **({"q": MARKER} if how == "search" else {"workspace": WORKSPACE}))
    assert f"Delete {CONVERSATIONS // OF_TEN} conversations?" in page.text
    return confirm(browser, page)


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("how", ["search", "filters"])
def test_no_byte_of_a_deleted_conversation_is_left_anywhere(as_mei: Any, folders: Any, caplog: Any, capfd: Any, how: str) -> None:
    caplog.set_level("INFO")
    traces = bring()
    assert files_with(folders, traces)
    delete(as_mei, how)
    finish()
    assert files_with(folders, traces) == []
    assert MARKER.lower() not in (caplog.text + "".join(capfd.readouterr())).lower()
    assert not segments.hold_what_is_gone()
    assert Message.select().count() == CONVERSATIONS * (OF_TEN - 1) // OF_TEN * 8
    assert "About" not in as_mei.get("/history?q=while").text


@pytest.mark.engine("sqlite")
def test_what_the_feed_has_replaced_is_gone_as_well(as_mei: Any, folders: Any) -> None:
    traces = bring()
    lines = conversation(0)
    feed({**lines[0], "title": "Another"}, {**lines[1], "parts": [{"type": "text", "text": f"{MARKER} again"}]})
    delete(as_mei, "search")
    finish()
    assert files_with(folders, traces) == []


@pytest.mark.engine("postgresql")
def test_on_postgresql_no_row_holds_a_deleted_word_and_the_page_tells_what_remains(app: Any, as_mei: Any) -> None:
    bring()
    tables = [name for name in database.get_tables() if name != "schema_migration"]
    assert len(rows_with(tables)) >= 4
    page = delete(as_mei, "search")
    jobs.run_due()
    assert rows_with(tables) == []
    assert "overwritten as it is used again" in as_mei.get(page.request.path).text
