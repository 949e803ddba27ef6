"""Connected systems are told what a deletion means: by rule or by the product's own ids, before anything is purged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, db, jobs, outbox
from privacy_center.core.outbox import Delivery, Order
from privacy_center.erasure import asking, passing_on
from privacy_center.erasure.meant import Rule
from privacy_center.erasure.models import Deletion
from privacy_center.history.models import Conversation
from privacy_center.settings import ConnectedSystem
from tests.conftest import Visitor
from tests.erasure.doing import ask, confirm, feed, finish, talk

# Nobody listens there: what is told stays to be looked at.
SYSTEMS = tuple(ConnectedSystem(name, "http://127.0.0.1:9/", f"key-{name}") for name in ("Service", "Training"))


@pytest.fixture(autouse=True)
def connected(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two systems are connected."""
    monkeypatch.setattr(outbox, "_systems", list(SYSTEMS))


def bring(count: int, **fields: Any) -> list[int]:
    """So many conversations of Mei's; returns their numbers."""
    feed(*(line for n in range(count) for line in talk(f"c{n}", "a word", **fields)))
    return [each.id for each in Conversation.select().order_by(Conversation.id)]


def delete(mei: User, scope: str = "everything", **meant: Any) -> Deletion:
    """A deletion of Mei's, confirmed."""
    deletion = asking.ask(mei, scope, **meant)
    assert deletion and asking.confirm(deletion, deletion.numbers)
    return deletion


def told() -> list[Any]:
    """What the orders say of conversations."""
    return [each.scope["conversations"] for each in Order.select().order_by(Order.id)]


def test_a_deletion_of_everything_is_told_as_a_rule_up_to_the_moment_it_was_hidden(mei: User) -> None:
    bring(3)
    deletion = delete(mei, rule=Rule())
    jobs.run_due()

    rule = {"since": None, "before": None, "model": None, "source": None, "workspace": None, "archived": None}
    assert deletion.hidden_at
    assert told() == [{"ids": [], "rule": {**rule, "through": deletion.hidden_at.isoformat(timespec="microseconds")}}]
    order = Order.get()
    assert (order.kind, order.person, order.identity, order.about) == ("erasure", mei.id, "zai-mei", f"deletion:{deletion.id}")


def test_a_rule_is_told_with_all_that_it_says_and_the_sub_agents_it_does_not(mei: User) -> None:
    feed(*talk("c1", "a word", model="glm-5", archived=True), *talk("c2", "a word", parent="c1", model="glm-5-air"))
    before = clock.now() + timedelta(days=1)
    delete(mei, "matching", rule=Rule(before=before, model="glm-5", archived=True))
    jobs.run_due()

    said = told()[0]
    assert said["ids"] == ["c2"]
    assert {name: said["rule"][name] for name in ("before", "model", "archived")} == {"before": before.isoformat(), "model": "glm-5", "archived": True}


def test_conversations_chosen_one_by_one_are_told_by_the_products_own_ids(mei: User) -> None:
    numbers = bring(5)
    delete(mei, "ticked", listed=numbers[1:3])
    jobs.run_due()

    assert told() == [{"ids": ["c1", "c2"]}]


def test_a_long_list_is_told_in_orders_of_a_size_that_can_be_sent(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing_on, "LISTED_AT_MOST", 3)
    numbers = bring(10)
    delete(mei, "ticked", listed=numbers)
    assert Order.select().count() == 1
    jobs.run_due()

    assert sorted(len(each["ids"]) for each in told()) == [1, 3, 3, 3]
    assert sorted(name for each in told() for name in each["ids"]) == sorted(f"c{n}" for n in range(10))
    assert Delivery.select().count() == 8


def test_telling_that_was_broken_off_goes_on_where_it_was(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing_on, "LISTED_AT_MOST", 3)
    delete(mei, "ticked", listed=bring(10))
    write, left = outbox.write, [True, True, False]

    def break_off(*how: Any, **more: Any) -> Order:
        if not left.pop(0):
            raise jobs.LeaseLost
        return write(*how, **more)

    with monkeypatch.context() as dying:
        dying.setattr(outbox, "write", break_off)
        jobs.run_due()
    assert Order.select().count() == 3 and Conversation.select().count() == 10
    with clock.at(clock.now() + timedelta(hours=1)):
        jobs.run_due()

    assert sorted(name for each in told() for name in each["ids"]) == sorted(f"c{n}" for n in range(10))
    assert not Conversation.select().exists()


def test_an_order_is_written_if_and_only_if_the_deletion_is_hidden(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(2)
    deletion = asking.ask(mei, "everything", rule=Rule())
    assert deletion and not Order.select().exists()
    assert not asking.confirm(deletion, "other numbers") and not Order.select().exists()
    with monkeypatch.context() as failing:
        failing.setattr(asking.audit, "write", lambda *_how, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            asking.confirm(deletion, deletion.numbers)
    assert not Order.select().exists()

    assert asking.confirm(deletion, None) and asking.confirm(deletion, None)
    assert Order.select().count() == 1


def test_what_is_hidden_costs_the_same_however_long_the_list_is(mei: User, caplog: pytest.LogCaptureFixture) -> None:
    numbers, counted = bring(40), []
    for some in (numbers[:1], numbers[1:]):
        deletion = asking.ask(mei, "ticked", listed=some)
        assert deletion
        with caplog.at_level("DEBUG", logger="peewee"):
            caplog.clear()
            asking.confirm(deletion, deletion.numbers)
        counted.append(len(caplog.records))

    assert counted[0] == counted[1]


def test_the_page_says_how_far_each_system_is_also_after_the_receipt(as_mei: Visitor, mei: User) -> None:
    bring(1)
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    assert page.text.count("We tell it by ourselves, usually within a minute.") == 2
    jobs.run_due()
    Delivery.update(state="confirmed", confirmed_at=clock.now()).where(Delivery.system == "Service").execute()
    Delivery.update(state="delivered", delivered_at=clock.now(), expected_at=clock.now() + timedelta(days=1)).where(Delivery.system == "Training").execute()
    page = as_mei.get(page.request.path)

    assert "Deletion receipt" in page.text and "Confirmed by connected systems" in page.text
    assert "It expects to be done by" in page.text and "every 5s" in page.text


def test_the_page_says_what_happens_when_a_system_is_not_told(as_mei: Visitor, mei: User) -> None:
    bring(1)
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    jobs.run_due()
    assert "It did not take it. We try again at" in as_mei.get(page.request.path).text
    for hours in range(0, 100, 3):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()
    later = as_mei.get(page.request.path).text

    assert "Could not be told" in later and "It did not take it for 3 days" in later and "every" not in later.partition("</main>")[0].partition("<main")[2]
    assert "Service could not be told of your deletion" in as_mei.get("/").text


def test_with_no_system_connected_the_page_speaks_of_none(as_mei: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_systems", [])
    bring(1)
    page = confirm(as_mei, ask(as_mei, scope="everything"))
    finish()

    assert "connected systems" not in as_mei.get(page.request.path).text
    assert (Order.get().identity, Order.get().scope) == (None, None)


def test_the_receipt_is_the_same_whether_systems_are_told_or_not(mei: User) -> None:
    bring(2)
    deletion = delete(mei, rule=Rule())
    jobs.run_due()

    assert Deletion.get_by_id(deletion.id).state == "purged"
    assert db.fetch("SELECT COUNT(*) FROM outbox_delivery WHERE state = ?", "waiting") == [(2,)]
