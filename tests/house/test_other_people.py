"""What is somebody's is nobody else's: every address with an id in it answers strangers as if there were nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from privacy_center.accounts.models import Session, User
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import record
from privacy_center.core import clock, jobs
from privacy_center.core.uploads import Taken
from privacy_center.datamap import registry
from privacy_center.erasure import asking
from privacy_center.erasure.models import Deletion
from privacy_center.exports import asking as taking
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export
from privacy_center.feed.ingest import ingest
from privacy_center.guardians.models import Concern
from privacy_center.history.models import Conversation, File
from privacy_center.policy import answering, publishing
from privacy_center.policy.models import Acknowledgement
from privacy_center.rights import asking as rights
from privacy_center.rights import letters
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Attachment, Request
from tests.conftest import ISSUER, Visitor
from tests.journeys import records
from tests.makers import lines

ROWS: dict[str, Any] = {
    "conversation_id": Conversation,
    "file_id": File,
    "session_id": Session,
    "deletion_id": Deletion,
    "record_id": ConsentRecord,
    "acknowledgement_id": Acknowledgement,
    "export_id": Export,
    "concern_id": Concern,
}
# These name kinds of things, the same for everybody; or are their own key; or stand in calls that are signed.
NAMES = {"right", "filename", "category", "holding", "code", "purpose", "token", "effective", "earlier", "later", "announcement", "order", "subject"}
NAMES |= {"case", "attachment", "proposal", "job", "delivery"}  # behind the desk's door; see test_roles.py
NAMES |= {"page", "evidence"}  # behind the secret link of a report; see tests/guardians
NAMES |= {"attachment_id"}  # of a request, filled in with it below
NAMES |= {"reference", "act"}  # behind the desk's door
NEVER_WAS = 987_654_321


@pytest.fixture
def ines(app: Flask) -> User:
    """Ines, of whom a little of everything is held, who is signed in somewhere, means to delete something, and has a copy that is ready."""
    ingest(lines(records.everything(salt=app.config["SETTINGS"].feedback_digest_salt)), issuer=ISSUER)
    user = User.open(ISSUER, records.INES)
    Session.begin(user, browser="Firefox on Linux", address="192.0.2.8")
    asking.ask(user, "one", listed=[Conversation.get(Conversation.title == records.EMPTY).id])
    taking.ask(user, Choice(with_files=False), "en")
    notes = letters.seal([Taken("notes.txt", "text/plain", b"Notes", "0" * 64)])
    rights.ask("complaint", home=Home("DE"), language="en", user=user, words="Nobody answered.", files=notes)
    rights.ask("access", home=Home("DE"), language="en", user=user)
    jobs.run_due()
    record(user, "marketing", "agree", method="choices", language="en")
    edition, _is_new = publishing.publish("policy.txt", "The policy\n\n1. Scope\n\nAll of it.\n", date(2026, 6, 15), material=False)
    answering.keep(user, edition, "read", language="en")
    Concern.create(user=user, report=1, answer_by=clock.now())
    return user


def addresses(app: Flask, owner: User) -> Iterator[tuple[str, str]]:
    """Every address that leads to a row of the owner's, with its method."""
    with app.test_request_context(base_url="http://127.0.0.1:8000"):
        for rule in app.url_map.iter_rules():
            for values in fillings(rule, owner):
                yield ("POST" if "POST" in (rule.methods or ()) else "GET"), url_for(rule.endpoint, **values)


def fillings(rule: Rule, owner: User) -> Iterator[dict[str, Any]]:
    """Values for a rule's arguments that name rows of the owner's."""
    if rule.endpoint.startswith("rights.") and "reference" in rule.arguments:
        asked = Request.owned_by(owner).where(Request.right == ("access" if rule.endpoint == "rights.copy" else "complaint")).get()
        yield {"reference": asked.reference, "attachment_id": registry.rows_of(Attachment, owner).get().id}
    elif "number" in rule.arguments:
        for model, said in registry.holdings():
            if (row := registry.rows_of(model, owner).first()) is not None:
                yield {"category": str(said.category), "holding": registry.slug_of(model), "number": row.id}
    elif "file_id" in rule.arguments:
        file = registry.rows_of(File, owner).where(File.conversation.is_null(False), File.storage_key.is_null(False)).first()
        yield {"file_id": file.id, "conversation_id": file.conversation_id}
    elif rule.arguments - NAMES:
        rows = {name: registry.rows_of(ROWS[name], owner).first() for name in rule.arguments}
        yield {name: row.record_id if name == "record_id" else row.id for name, row in rows.items()}


def test_every_argument_of_an_address_is_known_here(app: Flask) -> None:
    found = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    assert found == ROWS.keys() | NAMES | {"number"}


def test_the_owner_finds_what_is_at_these_addresses(app: Flask, ines: User) -> None:
    as_ines: Any = app.test_client()
    as_ines.sign_in(ines, confirmed=True)

    found = [(as_ines.get(where).status_code, where) for method, where in addresses(app, ines) if method == "GET"]

    assert len(found) > 10
    assert [where for status, where in found if status != 200] == []


def test_mallory_finds_nothing_there(app: Flask, ines: User, as_mallory: Visitor) -> None:
    for method, where in addresses(app, ines):
        answer = as_mallory.get(where) if method == "GET" else as_mallory.submit(where, page="/account/sessions")
        assert answer.status_code == 404, f"{method} {where}"
    assert Session.select().where(Session.user == ines).exists()


def test_what_mallory_is_told_is_what_is_said_of_things_that_never_were(app: Flask, ines: User, as_mallory: Visitor) -> None:
    for method, where in addresses(app, ines):
        if method == "GET":
            never = re.sub(r"\d+", str(NEVER_WAS), where)
            assert without_numbers(as_mallory.get(where).text) == without_numbers(as_mallory.get(never).text)


def without_numbers(text: str) -> str:
    """A page without numbers and without the tokens of its forms, which differ from page to page."""
    return re.sub(r"\d+", "", re.sub(r'name="csrf_token" value="[^"]*"', "", text))


@pytest.mark.parametrize("number", [0, 2**31, 2**63 - 1, 2**63, 10**40])
def test_a_number_that_no_row_can_have_is_as_good_as_any_other(app: Flask, ines: User, as_mallory: Visitor, number: int) -> None:
    for method, where in addresses(app, ines):
        wild = re.sub(r"\d+", str(number), where)
        answer = as_mallory.get(wild) if method == "GET" else as_mallory.submit(wild, page="/account/sessions")
        assert answer.status_code == 404, f"{method} {wild}"
