"""The outbox: orders are written with the decision or not at all, and say where they stand, however many tell of one decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.core import clock, jobs, outbox
from privacy_center.core.db import database
from privacy_center.core.outbox import Delivery, Order
from privacy_center.settings import ConnectedSystem

SYSTEMS = tuple(ConnectedSystem(name, "http://127.0.0.1:9/", f"key-{name}") for name in ("Service", "Training"))
ABOUT = "consent:training"


@pytest.fixture(autouse=True)
def connected(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two systems are connected."""
    monkeypatch.setattr(outbox, "_systems", list(SYSTEMS))


def write(kind: str = "objection", scope: Any = None, about: str = ABOUT, person: int = 7) -> Order:
    """An order of person 7's."""
    with database.atomic():
        return outbox.write(kind, person=person, identity="zai-mei", scope=scope, about=about)


def become(order: Order, system: str, state: str, **more: Any) -> None:
    """Let a delivery be in that state."""
    Delivery.update(state=state, **more).where((Delivery.order == order) & (Delivery.system == system)).execute()


def test_an_order_has_a_delivery_and_a_job_for_each_system() -> None:
    order = write(scope={})

    assert sorted(each.system for each in Delivery.select().where(Delivery.order == order)) == ["Service", "Training"]
    assert sorted(each.subject for each in jobs.Job.select()) == [each.id for each in Delivery.select().order_by(Delivery.id)]


def test_a_decision_that_is_taken_back_leaves_no_order() -> None:
    with pytest.raises(RuntimeError), database.atomic():
        outbox.write("consent", person=7, identity="zai-mei", scope={})
        raise RuntimeError

    assert Order.select().count() == Delivery.select().count() == jobs.Job.select().count() == 0


def test_there_are_five_kinds_of_orders() -> None:
    for kind in ("erasure", "restriction", "objection", "consent", "correction"):
        write(kind)
    with pytest.raises(LookupError):
        write("greeting")


def test_an_order_without_a_scope_waits_for_it_and_takes_one_only() -> None:
    order = write("erasure", about="deletion:1")
    assert jobs.Job.select().count() == 0
    for scope in ({"conversations": 1}, {"conversations": 2}):
        with database.atomic():
            outbox.complete(order, scope)

    assert (Order.get_by_id(order.id).scope, jobs.Job.select().count()) == ({"conversations": 1}, 2)


def test_with_no_system_connected_an_order_is_a_record_and_names_nobody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_systems", [])
    order = Order.get_by_id(write(scope={"purpose": "training"}).id)

    assert (order.identity, order.scope, order.settled_at is not None) == (None, {"purpose": "training"}, True)


def test_an_order_is_settled_only_when_every_system_has_it() -> None:
    order = write("erasure", scope={"conversations": {"ids": ["c1"]}})
    become(order, "Service", "delivered")
    assert not outbox.settle(order.id)
    become(order, "Training", "failed")
    assert not outbox.settle(order.id) and Order.get_by_id(order.id).identity == "zai-mei"
    become(order, "Training", "superseded")

    assert outbox.settle(order.id) and not outbox.settle(order.id)
    assert (Order.get_by_id(order.id).identity, Order.get_by_id(order.id).scope) == (None, None)


def test_a_person_sees_their_orders_and_nobody_elses_newest_first() -> None:
    first, second = write(scope={}), write(scope={})
    write(scope={}, person=8)

    assert [each.id for each in outbox.standing(7)] == [second.id, first.id]
    assert [each.id for each in outbox.standing(7, "deletion:1")] == []
    assert [len(each.deliveries) for each in outbox.standing(7)] == [2, 2]


def test_of_each_matter_the_latest_order_is_known() -> None:
    write(scope={})
    training, marketing = write(scope={}), write("consent", scope={}, about="consent:marketing")
    write("erasure", scope={}, about="deletion:1")

    assert {about: order.id for about, order in outbox.latest(7).items()} == {ABOUT: training.id, "consent:marketing": marketing.id}


def test_several_orders_about_one_decision_stand_where_the_last_of_them_stands() -> None:
    one, other = write("erasure", {}, "deletion:1"), write("erasure", {}, "deletion:1")
    become(one, "Service", "confirmed", confirmed_at=clock.now())
    become(other, "Service", "delivered", expected_at=clock.now() + timedelta(days=1))
    become(one, "Training", "failed", trouble="answered 500")
    standing = {each.system: each for each in outbox.by_system(outbox.standing(7, "deletion:1"))}

    assert {name: each.state for name, each in standing.items()} == {"Service": "delivered", "Training": "failed"}
    assert standing["Service"].is_awaited and not standing["Service"].is_late and not standing["Training"].is_awaited
    assert standing["Training"].trouble == "answered 500"


def test_a_system_that_is_not_done_when_it_said_is_late() -> None:
    order = write(scope={})
    become(order, "Service", "delivered", expected_at=clock.ago(hours=1))

    assert [each.is_late for each in outbox.standing(7)[0].systems] == [True, False]
