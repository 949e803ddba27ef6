"""Orders out: signed, in the shape of OpenDSR, until they are taken, each exactly once by its number."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.outbox import Delivery, Order
from tests.feed.conftest import Connect
from tests.feed.outgoing import carry, decide, state
from tests.feed.receiver import Receiver, say

ROOT = Path(__file__).parents[2]
WORK = "from privacy_center import factory; from privacy_center.core import db, jobs; factory.create_app().app_context().push(); db.connect(); jobs.run_due()"


def test_a_system_is_told_in_the_shape_of_the_contract(receiver: Receiver, mei: User) -> None:
    order = decide(mei, record="r-1")
    carry()

    assert receiver.forged == []
    assert receiver.took == [
        {
            "api_version": "1.0",
            "subject_request_id": order.number,
            "subject_request_type": "objection",
            "submitted_time": order.decided_at.isoformat(timespec="microseconds"),
            "subject_identities": [{"identity_type": "controller_customer_id", "identity_value": "zai-mei", "identity_format": "raw"}],
            "extensions": {"zcode": {"scope": {"purpose": "training", "allowed": False, "record": "r-1"}}},
        }
    ]


def test_every_system_is_told_and_one_that_fails_holds_nobody_up(connect: Connect, mei: User) -> None:
    well, ill = Receiver("Search"), Receiver("Training", key="another-key-0123456789-0123456789-01")
    ill.behave = lambda door, _said: say(door, 500)
    connect(well.system, ill.system)
    order = decide(mei)
    carry()

    assert len(well.took) == 1 and len(ill.calls) == 1
    assert {each.system: each.state for each in Delivery.select().where(Delivery.order == order)} == {"Search": "delivered", "Training": "waiting"}
    assert Order.get_by_id(order.id).settled_at is None


def test_a_system_that_fails_for_a_while_has_every_order_exactly_once_in_the_end(receiver: Receiver, mei: User, mallory: User) -> None:
    failures = iter([500, 503, 429, 404, 302, 301, 500] * 3)

    def fail_a_while(door: Any, _said: Any) -> bool:
        status = next(failures, None)
        return status is not None and say(door, status, Location="http://127.0.0.1:1/inside")

    receiver.behave = fail_a_while
    made = {decide(user, about=f"consent:{n}").number for n in range(6) for user in (mei, mallory)}
    carry(hours=24, steps=24)

    assert receiver.took_ids == dict.fromkeys(made, 1)
    assert receiver.forged == []
    assert {each.state for each in Delivery.select()} == {"delivered"}


def test_a_system_that_is_down_is_tried_again_when_it_is_back(connect: Connect, mei: User) -> None:
    receiver = Receiver()
    receiver.stop()
    connect(receiver.system)
    order = decide(mei)
    carry()
    assert state(order) == "waiting"

    back = Receiver()
    connect(replace(back.system, name=receiver.system.name))
    carry(hours=1)
    assert state(order) == "delivered" and len(back.took) == 1


def test_the_waits_grow_and_differ_and_end_after_three_days(receiver: Receiver, mei: User, caplog: pytest.LogCaptureFixture) -> None:
    receiver.behave = lambda door, _said: say(door, 500)
    with clock.at(datetime(2026, 11, 1, tzinfo=UTC)):
        order = decide(mei)
    tried = [order.decided_at]
    while tried[-1]:
        with clock.at(tried[-1]), caplog.at_level(logging.ERROR):
            jobs.run_due()
        tried.append(Delivery.get().next_at)
    waits = [later - earlier for earlier, later in pairwise(tried[:-1])]

    assert sum(waits, timedelta()) == timedelta(days=3)
    assert waits[0] < timedelta(seconds=7) and all(later > 1.1 * wait for wait, later in pairwise(waits[:9]))
    assert max(waits) <= 1.25 * timedelta(hours=3) and 25 < len(waits) < 60
    assert state(order) == "failed" and f"order {order.number} could not be delivered to Model training" in caplog.text
    assert "zai-mei" not in caplog.text


def test_what_an_order_names_is_forgotten_when_all_have_it(receiver: Receiver, mei: User) -> None:
    order = decide(mei, kind="erasure", about="deletion:1", conversations={"ids": ["c-secret"]})
    carry()

    kept = Order.get_by_id(order.id)
    assert (kept.identity, kept.scope, kept.settled_at is not None) == (None, None, True)


def test_an_older_decision_never_comes_after_a_later_one_about_the_same(receiver: Receiver, mei: User) -> None:
    receiver.behave = lambda door, said: said["extensions"]["zcode"]["scope"]["allowed"] and say(door, 500)
    given = decide(mei, kind="consent", allowed=True)
    carry()
    receiver.behave = None
    withdrawn = decide(mei, kind="consent", allowed=False)
    carry()
    carry(hours=1)

    assert [each["subject_request_id"] for each in receiver.took] == [withdrawn.number]
    assert (state(given), state(withdrawn)) == ("superseded", "delivered")


def test_a_worker_killed_between_telling_and_noting_tells_again_with_the_same_number(receiver: Receiver, mei: User, built: Any) -> None:
    order = decide(mei)
    settings = {**os.environ, **built[1], "PRIVACY_CENTER_CONNECTED_SYSTEMS": json.dumps([vars(receiver.system)])}
    with subprocess.Popen([sys.executable, "-c", WORK], cwd=ROOT, env=settings) as worker:

        def take_and_kill(_door: Any, said: Any) -> bool:
            receiver.took.append(said)
            worker.kill()
            return True

        receiver.behave = take_and_kill
    assert (worker.returncode, state(order)) == (-9, "waiting")
    receiver.behave = None
    carry(hours=1)

    assert receiver.took_ids == {order.number: 2} and receiver.calls[0] == receiver.calls[1]
    assert (state(order), Delivery.select().count()) == ("delivered", 1)


def test_a_delivery_whose_job_is_lost_is_taken_up_again(receiver: Receiver, mei: User) -> None:
    order = decide(mei)
    jobs.Job.delete().execute()
    jobs.run_sweeps(only_due=False)
    carry()

    assert state(order) == "delivered"


def test_a_system_that_is_not_connected_any_more_is_not_told(receiver: Receiver, connect: Connect, mei: User) -> None:
    order = decide(mei)
    connect()
    carry()

    assert receiver.calls == [] and (state(order), Delivery.get().trouble) == ("waiting", "is not connected any more")


def test_nothing_personal_stands_in_the_queue_or_the_log(receiver: Receiver, mei: User, caplog: pytest.LogCaptureFixture) -> None:
    receiver.behave = lambda door, _said: say(door, 500, b"zai-mei is unknown")
    with caplog.at_level(logging.INFO):
        decide(mei)
        carry()

    assert "zai-mei" not in caplog.text
    assert [(each.kind, each.reason) for each in jobs.Job.select()] == [("feed.deliver", None)] * 2
    assert "zai-mei" not in str(Delivery.get().trouble)
