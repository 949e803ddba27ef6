"""What was confirmed is hidden at once, gone in the end, and does not come back."""

from __future__ import annotations

from typing import Any

from privacy_center.core import jobs
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation, File, Message
from tests import makers
from tests.erasure.doing import ask, confirm, feed, talk


def test_a_deleted_conversation_is_hidden_from_every_page_in_the_same_request(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, conversation=history["boats"]))
    assert "About boats" not in as_mei.get("/history").text
    assert "About boats" not in as_mei.get("/history?q=bowline").text
    assert as_mei.get(f"/history/{history['boats']}").status_code == 404
    assert as_mei.get(f"/history/{history['boats']}.md").status_code == 404
    assert "The bowline" not in as_mei.get("/know/content/message").text
    assert "About bread" in as_mei.get("/history").text


def test_what_is_hidden_is_not_counted(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, scope="everything"))
    known = as_mei.get("/know/content").text
    assert "About" not in known
    assert "There are no conversations here" in as_mei.get("/history").text


def test_the_purge_removes_rows_and_leaves_a_receipt(as_mei: Any, history: Any) -> None:
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    assert "Deleting 5 conversations" in page.text
    jobs.run_due()
    assert (Conversation.select().count(), Message.select().count()) == (0, 0)
    done = as_mei.get(page.request.path)
    assert "5 conversations are gone" in done.text
    assert "Deletion receipt" in done.text


def test_all_that_match_a_search_go_and_nothing_else(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, scope="matching", q="knots")
    assert "Delete 2 conversations?" in page.text
    confirm(as_mei, page)
    jobs.run_due()
    assert {row.external_id for row in Conversation.select()} == {"bread", "old", "中文"}


def test_all_that_match_filters_go(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, scope="matching", archived="yes"))
    jobs.run_due()
    assert "old" not in {row.external_id for row in Conversation.select()}
    assert Conversation.select().count() == 4


def test_everything_before_a_date_goes(as_mei: Any, history: Any) -> None:
    page = ask(as_mei, scope="before", before="2025-01-01")
    assert "Delete 1 conversation?" in page.text
    confirm(as_mei, page)
    jobs.run_due()
    assert Conversation.select().count() == 4


def test_overlapping_deletions_both_come_to_their_end(as_mei: Any, history: Any) -> None:
    some = ask(as_mei, conversation=[history["bread"], history["boats"]])
    everything = ask(as_mei, scope="everything")
    confirm(as_mei, some)
    confirm(as_mei, confirm(as_mei, everything))
    jobs.run_due()
    assert {each.state for each in Deletion.select()} == {"purged"}
    assert Conversation.select().count() == 0


def test_what_was_deleted_is_refused_by_the_feed(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, conversation=history["bread"]))
    hidden = feed(*talk("bread", "Again"))
    jobs.run_due()
    gone = feed(*talk("bread", "Again"), makers.message("bread", "A late message", id="late"))
    assert {each.reason for each in [*hidden.refused, *gone.refused]} == {"deleted by its user"}
    assert len(gone.refused) == 3


def test_files_go_from_the_store_as_well(app: Any, as_mei: Any, history: Any) -> None:
    content = {"content_base64": "aGVsbG8=", "size": 5, "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}
    feed(makers.line("file", conversation="bread", **content))
    stored = list((app.config["SETTINGS"].instance_path / "storage").rglob("*"))
    assert any(path.is_file() for path in stored)
    page = ask(as_mei, conversation=history["bread"])
    assert "file that went with them" in page.text
    confirm(as_mei, page)
    jobs.run_due()
    assert File.select().count() == 0
    assert not any(path.is_file() for path in stored)


def test_past_deletions_are_listed(as_mei: Any, history: Any) -> None:
    confirm(as_mei, ask(as_mei, conversation=history["bread"]))
    listed = as_mei.get("/history/deletions").text
    assert "1 conversation" in listed
    assert "Purging" in listed
