"""What is deleted is on no page from the moment on: not its words, not its names, not a title in a list of something else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.datamap import registry
from privacy_center.erasure import asking, meant
from privacy_center.erasure.models import Deletion
from privacy_center.feed.ingest import ingest
from privacy_center.history.models import Conversation, File
from tests.conftest import ISSUER
from tests.house.every_page import PAGES, address_of
from tests.journeys import records
from tests.makers import iso, line, lines

MARKER = "Zverborgen"
HIDDEN, BEFORE_ALL_OTHERS = "hidden-one", "2019-05-01T12:00:00Z"
CONTENT = f"{MARKER} in a file".encode()


def hidden_records() -> Iterator[dict[str, Any]]:
    """A conversation with the marker in all that can be read of it, begun by one that stays; and one that stays and names its file."""
    moments = {"created_at": BEFORE_ALL_OTHERS, "updated_at": BEFORE_ALL_OTHERS}
    names = {"title": f"{MARKER} retry", "model": f"{MARKER}-model", "workspace": f"/home/{MARKER}"}
    yield line("conversation", user=records.INES, id=HIDDEN, parent="webhook", **names, **moments)
    said = [{"type": "text", "text": f"{MARKER} retry"}, {"type": "tool", "name": MARKER, "call": "1", "input": {"path": MARKER}, "output": MARKER}]
    yield line("message", user=records.INES, id=f"{HIDDEN}-0", conversation=HIDDEN, created_at=BEFORE_ALL_OTHERS, parts=said)
    content = {"size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest(), "content_base64": base64.b64encode(CONTENT).decode()}
    yield line("file", user=records.INES, id="hidden-file", conversation=HIDDEN, name=f"{MARKER}.txt", created_at=BEFORE_ALL_OTHERS, **content)
    now = iso(records.NOW)
    yield line("conversation", user=records.INES, id="names-it", title="It names that file", created_at=now, updated_at=now)
    named = [{"type": "text", "text": "As in that file."}, {"type": "file", "file": "hidden-file"}]
    yield line("message", user=records.INES, id="names-it-0", conversation="names-it", created_at=now, parts=named)


@pytest.fixture
def ines(app: Flask) -> User:
    """Ines, of whom a little of everything is held, and what she will delete; she has asked once already, and not confirmed it."""
    everything = [*records.everything(salt=app.config["SETTINGS"].feedback_digest_salt), *hidden_records()]
    assert not ingest(lines(everything), issuer=ISSUER).refused
    user = User.open(ISSUER, records.INES)
    assert asking.ask(user, "everything", rule=meant.Rule())
    return user


@pytest.fixture
def as_ines(app: Flask, ines: User) -> Any:
    """Her browser."""
    return app.test_client().sign_in(ines)  # type: ignore[attr-defined]


def delete(user: User, how: str) -> None:
    """Let her delete the conversation, listed or by a rule; nothing is purged yet."""
    row = Conversation.get(Conversation.external_id == HIDDEN)
    before = meant.Rule(before=records.NOW.replace(year=2020))
    deletion = asking.ask(user, "one", listed=[row.id]) if how == "listed" else asking.ask(user, "before", rule=before)
    assert deletion and deletion.total == 1 and asking.confirm(deletion, deletion.numbers)


def pages_with_it(as_ines: Any, user: User) -> list[str]:
    """The pages on which the marker stands."""
    ways = [page.way for page in PAGES if page.visitor == records.INES] + [(each,) for each in addresses(user)]
    return [" ".join(way) for way in ways if MARKER in text_of(as_ines, way)]


def addresses(user: User) -> Iterator[str]:
    """Every conversation, holding, record and deletion of the person's, and searches that find the conversation."""
    yield from ("/history?q=retry", "/history?to=2019-12-31", "/history?archived=no", "/history?source=web")
    for row in Conversation.select().where((Conversation.user == user) & ~Conversation.title.startswith("Case")):
        yield from (f"/history/{row.id}", f"/history/{row.id}.md")
    for model, said in registry.holdings():
        holding = f"/know/{said.category}/{registry.slug_of(model)}"
        yield holding
        yield from (f"{holding}/{row.id}" for row in model.select().order_by(model.id.desc()).limit(5) if hasattr(row, "id"))  # type: ignore[attr-defined]
    yield from (f"/history/deletions/{each.id}" for each in Deletion.owned_by(user))


def text_of(as_ines: Any, way: tuple[str, ...]) -> str:
    """What is to be read at the end of the way; nothing where the way ends before."""
    as_ines.delete_cookie("__Host-visit", domain="127.0.0.1")  # which remembers the language of the page before
    answer = as_ines.get(way[0])
    for words in way[1:]:
        answer = as_ines.get(address_of(answer.text, words))
    return str(answer.text)


@pytest.mark.parametrize("how", ["listed", "by a rule"])
def test_nothing_of_it_stands_on_any_page(as_ines: Any, ines: User, how: str) -> None:
    assert len(pages_with_it(as_ines, ines)) > 8

    delete(ines, how)

    assert pages_with_it(as_ines, ines) == []


def test_its_file_is_not_handed_out_by_any_conversation(as_ines: Any, ines: User) -> None:
    file = File.get(File.external_id == "hidden-file")
    names_it = Conversation.get(Conversation.external_id == "names-it")
    assert as_ines.get(f"/history/{file.conversation_id}/files/{file.id}").data == CONTENT

    delete(ines, "listed")

    for number in (file.conversation_id, names_it.id):
        assert as_ines.get(f"/history/{number}/files/{file.id}").status_code == 404


def test_what_is_left_where_its_file_was_named_is_a_file_that_we_were_not_sent(as_ines: Any, ines: User) -> None:
    names_it = Conversation.get(Conversation.external_id == "names-it")
    file = File.get(File.external_id == "hidden-file")
    assert f'href="/history/{file.conversation_id}/files/{file.id}"' in as_ines.get(f"/history/{names_it.id}").text

    delete(ines, "listed")

    page = as_ines.get(f"/history/{names_it.id}").text
    assert "As in that file." in page
    assert "A file that we were not sent" in page
