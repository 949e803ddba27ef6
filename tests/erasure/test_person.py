"""Erasing what is held of a person: everything with the account, or chosen kinds; what goes, what stays, what never comes back."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import NAMELESS, Session, User
from privacy_center.core import clock, storage
from privacy_center.core.outbox import ERASURE
from privacy_center.core.outbox import Order as OutboxOrder
from privacy_center.correspondence.models import Correspondence
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase
from privacy_center.erasure import kinds, person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.proof import Receipt
from privacy_center.history.models import Conversation, File, Message
from privacy_center.subscription.models import Order
from privacy_center.telemetry.models import Device, Feedback, FeedbackAttachment, LogEntry, UsageEvent
from tests import makers
from tests.erasure.doing import feed, finish, talk

HELLO = {"content_base64": base64.b64encode(b"hello").decode(), "size": 5, "sha256": hashlib.sha256(b"hello").hexdigest()}


def everything_of(user: User) -> list[dict[str, Any]]:
    """A record of every type of the feed."""
    attachment = {"name": "screen.png", "media_type": "image/png", "content_base64": HELLO["content_base64"]}
    return [
        *talk(f"{user.subject}-bread", "How long does sourdough rise?", "Twelve hours.", user=user.subject),
        makers.line("file", id=f"{user.subject}-file", user=user.subject, conversation=f"{user.subject}-bread", **HELLO),
        makers.line("file", id=f"{user.subject}-loose", user=user.subject, **HELLO),
        *(makers.line(each, id=f"{user.subject}-{each}", user=user.subject) for each in ("device", "usage_event", "log_entry", "order", "correspondence")),
        makers.line("feedback", id=f"{user.subject}-feedback", account_digest=user.feedback_digest, attachments=[attachment]),
    ]


@pytest.fixture
def held(mei: User, mallory: User) -> User:
    """Mei, of whom there is something of every kind; and as much of Mallory."""
    assert not feed(*everything_of(mei), *everything_of(mallory)).refused
    return mei


def lines_of(receipt_code: str) -> dict[str, Any]:
    """The lines of a receipt by their tables."""
    body: Any = Receipt.get(Receipt.code == receipt_code).body
    return {line["table"]: line for line in body["what"]}


def test_the_preview_says_what_goes_what_is_made_nameless_and_what_stays_until_when(held: User) -> None:
    lines = {line.table: line for line in person.preview(held)}
    assert (lines["message"].removed, lines["file"].removed, lines["users"].anonymised) == (2, 2, 1)
    order = lines["purchase_order"]
    assert (order.kept, "7 years" in str(order.kept_because)) == (1, True)
    assert order.kept_until == makers.NOON.replace(year=2033)


def test_everything_goes_with_the_account_and_nothing_of_anybody_else(held: User) -> None:
    begun = person.begin(held, cause="closure", by=f"user:{held.id}")
    finish()
    for model, said in registry.holdings():
        if said.on_erasure is Erase.DELETE:
            assert not model.select().where(model.held_for(held)).exists(), model
    for model in (Conversation, Message, File, Device, UsageEvent, LogEntry, Correspondence, Feedback, FeedbackAttachment):
        assert model.select().count() == (2 if model in (Message, File) else 1), model
    assert len([each for page in storage.listed("") for each in page]) == 3
    assert Erasure.get_by_id(begun.id).state == "purged"


def test_the_row_of_the_account_is_nameless_and_holds_what_the_law_keeps(held: User) -> None:
    person.begin(held, cause="closure", by=f"user:{held.id}")
    finish()
    row = User.get_by_id(held.id)
    assert (row.issuer, row.email, row.name, row.avatar_url, row.country) == (NAMELESS, None, None, None, None)
    assert held.subject not in row.subject and row.feedback_digest != held.feedback_digest
    assert Order.select().where(Order.user == held.id).count() == 1


def test_nothing_is_visible_from_the_first_moment(held: User, as_mei: Any) -> None:
    person.begin(held, cause="closure", by=f"user:{held.id}")
    assert as_mei.get("/history").status_code == 303
    assert not Session.select().where(Session.held_for(held)).exists()
    assert not Conversation.owned_by(held).exists()
    assert {refusal.reason for refusal in feed(*everything_of(held)).refused} == {"names a user whose account was erased"}


def test_the_receipt_lists_what_became_of_each_kind_and_names_nobody(held: User, visitor: Any) -> None:
    begun = person.begin(held, cause="closure", by=f"user:{held.id}")
    finish()
    lines = lines_of(begun.code)
    assert (lines["conversation"]["removed"], lines["message"]["removed"], lines["file"]["removed"], lines["users"]["anonymised"]) == (1, 2, 2, 1)
    assert (lines["purchase_order"]["kept"], lines["purchase_order"]["kept_until"][:4]) == (1, "2033")
    page = visitor.get(f"/receipts/{begun.code}").text
    assert "The hash fits" in page or "SHA-256" in page
    assert not any(word in page for word in ("mei@example.com", "Mei Hartmann", "zai-mei"))


def test_only_the_chosen_kinds_go(held: User) -> None:
    begun = person.begin(held, kinds=["usage_event", "feedback"], cause="request", by=f"user:{held.id}")
    finish()
    assert UsageEvent.select().where(UsageEvent.user == held).count() == Feedback.select().where(Feedback.held_for(held)).count() == 0
    assert FeedbackAttachment.select().count() == Device.select().where(Device.user == held).count() == 1
    assert {table: line["removed"] for table, line in lines_of(begun.code).items()} == {"usage_event": 1, "feedback": 1, "feedback_attachment": 1}


def test_chosen_kinds_are_out_of_sight_from_the_first_moment(held: User, as_mei: Any) -> None:
    assert "session_started" in as_mei.get("/know/usage/usage-event").text
    person.begin(held, kinds=["usage_event", "feedback"], cause="request", by=f"user:{held.id}")
    assert "session_started" not in as_mei.get("/know/usage/usage-event").text
    seen = User.get_by_id(held.id)
    assert not any(model.select().where(model.held_for(seen)).exists() for model in (UsageEvent, Feedback, FeedbackAttachment))
    assert Device.select().where(Device.held_for(seen)).exists() and UsageEvent.select().count() == 2
    finish()
    assert User.get_by_id(held.id).erasing is None and UsageEvent.select().count() == 1


def test_conversations_go_with_their_messages_and_files_also_those_that_belong_to_none(held: User) -> None:
    begun = person.begin(held, kinds=["conversation"], cause="request", by=f"user:{held.id}")
    assert not Conversation.owned_by(held).exists()
    finish()
    assert not any(model.select().where(model.user == held).exists() for model in (Conversation, Message, File))
    assert {table: line["removed"] for table, line in lines_of(begun.code).items()} == {"conversation": 1, "message": 2, "file": 2}


def test_what_comes_later_is_not_meant_and_what_is_older_does_not_come_back(held: User) -> None:
    person.begin(held, kinds=["usage_event", "feedback"], cause="request", by=f"user:{held.id}")
    later = makers.iso(clock.now() + timedelta(seconds=1))
    new = [makers.line("usage_event", occurred_at=later), makers.line("feedback", account_digest=held.feedback_digest, submitted_at=later)]
    assert not feed(*new).refused
    old = feed(makers.line("usage_event", id="zai-mei-usage_event"), makers.line("feedback", account_digest=held.feedback_digest))
    assert {refusal.reason for refusal in old.refused} == {"deleted by its user"}
    finish()
    assert UsageEvent.select().where(UsageEvent.user == held).count() == Feedback.select().where(Feedback.held_for(held)).count() == 1


def test_an_account_is_erased_once(held: User) -> None:
    first = person.begin(held, cause="closure", by=f"user:{held.id}")
    assert person.begin(held, cause="request", by="staff:1").id == first.id
    finish()
    assert person.begin(held, cause="request", by="staff:1").id == first.id
    assert OutboxOrder.select().where(OutboxOrder.kind == ERASURE).count() == 1


def test_a_kind_that_nobody_can_choose_is_refused(held: User) -> None:
    for chosen in (["purchase_order"], ["users"], ["nothing"], []):
        with pytest.raises(kinds.UnknownKind):
            person.begin(held, kinds=chosen, cause="request", by=f"user:{held.id}")
    assert not Erasure.select().exists()
