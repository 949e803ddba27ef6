"""What has outlived its time goes by itself, whosever it is; and people see how much went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs, storage
from privacy_center.core.audit import AuditEntry
from privacy_center.core.db import database
from privacy_center.erasure import expiring, person
from privacy_center.erasure.erased import Expiry
from privacy_center.subscription.models import Order
from privacy_center.telemetry.models import Device, Feedback, FeedbackAttachment, LogEntry, UsageEvent
from tests import makers
from tests.erasure.doing import feed, finish
from tests.erasure.test_person import HELLO

LONG_AGO = "2019-01-01T00:00:00Z"


def sweep() -> None:
    """Let the sweep run, and the job that it begins."""
    expiring.begin()
    jobs.run_due()


def test_what_is_over_its_time_goes_and_what_is_not_stays(mei: User) -> None:
    old = {"log_entry": "occurred_at", "usage_event": "occurred_at", "device": "seen_at", "order": "payment_created_at"}
    feed(*(makers.line(kind, **{name: LONG_AGO}) for kind, name in old.items()), *(makers.line(kind) for kind in old))
    sweep()
    for model in (LogEntry, UsageEvent, Device, Order):
        assert model.select().count() == 1, model


def test_what_hangs_on_it_goes_along_with_its_file(mei: User) -> None:
    attachment = {"name": "screen.png", "media_type": "image/png", "content_base64": HELLO["content_base64"]}
    feed(makers.line("feedback", submitted_at=LONG_AGO, account_digest=mei.feedback_digest, attachments=[attachment]))
    assert FeedbackAttachment.select().count() == 1
    sweep()
    assert Feedback.select().count() == FeedbackAttachment.select().count() == len([each for page in storage.listed("") for each in page]) == 0


def test_a_row_stays_to_its_last_day_and_goes_on_the_next(mei: User) -> None:
    feed(makers.line("log_entry"))
    for days, left in ((89, 1), (91, 0)):
        with clock.at(makers.NOON + timedelta(days=days)):
            sweep()
        assert LogEntry.select().count() == left


def test_orders_of_an_account_that_is_gone_go_when_the_law_lets_them(mei: User) -> None:
    feed(makers.line("order"))
    person.begin(mei, cause="closure", by=f"user:{mei.id}")
    finish()
    assert Order.select().count() == 1
    with clock.at(datetime(2033, 11, 2, tzinfo=makers.NOON.tzinfo)):
        sweep()
    assert Order.select().count() == 0
    assert Expiry.get(Expiry.kind == "purchase_order").user_id is None


def test_people_see_how_much_of_theirs_went(as_mei: Any, mei: User, mallory: User) -> None:
    feed(*(makers.line("log_entry", occurred_at=LONG_AGO, user=who) for who in ("zai-mei", "zai-mei", "zai-mallory")))
    sweep()
    assert {(each.user_id, each.number) for each in Expiry.select().where(Expiry.kind == "log_entry")} == {(mei.id, 2), (mallory.id, 1)}
    page = as_mei.get("/account/log").text
    assert "What went by itself" in page and "Log entries" in page


def test_the_public_page_of_receipts_shows_numbers_only(visitor: Any, mei: User) -> None:
    feed(*(makers.line("log_entry", occurred_at=LONG_AGO, user=who) for who in ("zai-mei", "zai-mallory")))
    sweep()
    assert expiring.in_numbers() == [("log_entry", 2)]
    assert "Log entries" in visitor.get("/receipts").text


def test_the_sweep_begun_twice_on_a_day_adds_to_the_same_line(mei: User) -> None:
    for _ in range(2):
        feed(makers.line("log_entry", occurred_at=LONG_AGO))
        sweep()
    assert Expiry.get(Expiry.kind == "log_entry").number == 2


def test_acts_go_after_three_years_and_the_chain_still_holds(mei: User) -> None:
    with clock.at(datetime(2020, 1, 1, tzinfo=makers.NOON.tzinfo)):
        for _ in range(3):
            audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    sweep()
    assert AuditEntry.select().count() == 1
    assert audit.verify() == (1, None)
    audit.write("signed out", actor=f"user:{mei.id}", person=mei.id)
    assert audit.verify() == (2, None)


def test_the_newest_act_stays_so_that_its_number_is_not_given_again(mei: User) -> None:
    with clock.at(datetime(2020, 1, 1, tzinfo=makers.NOON.tzinfo)):
        first, last = (audit.write("signed in", actor=f"user:{mei.id}", person=mei.id).id for _ in range(2))
    sweep()
    assert [each.id for each in AuditEntry.select()] == [last] and first < last
    audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    assert audit.verify() == (2, None)


def test_a_younger_act_cannot_be_removed(mei: User) -> None:
    with clock.at(datetime(2020, 1, 1, tzinfo=makers.NOON.tzinfo)):
        audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    sweep()
    audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    with pytest.raises(Exception, match="append-only"), database.atomic():
        AuditEntry.delete().execute()
