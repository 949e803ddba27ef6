"""Whoever runs the centre sees which system has not been told, why, and can begin anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs, outbox
from privacy_center.core.outbox import Delivery
from privacy_center.settings import ConnectedSystem
from tests.conftest import Visitor
from tests.feed.outgoing import decide, state


@pytest.fixture(autouse=True)
def down(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system is connected that does not answer."""
    nobody = ConnectedSystem("Training", "http://127.0.0.1:9/", "key")
    monkeypatch.setattr(outbox, "_systems", [nobody])


def days_go_by() -> None:
    """Let more than three days be over."""
    for hours in range(0, 100, 3):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()


def run(app: Flask, *arguments: str) -> Any:
    """What a command says."""
    return app.test_cli_runner().invoke(args=arguments)


def test_the_command_says_how_many_wait_and_why(app: Flask, mei: User) -> None:
    assert (run(app, "orders").output, run(app, "orders").exit_code) == ("", 0)
    decide(mei)
    jobs.run_due()

    assert run(app, "orders").output == "Training: 1 waiting; it could not be reached: ConnectionError\n"


def test_orders_that_were_given_up_are_told_and_can_be_begun_anew(app: Flask, mei: User) -> None:
    order = decide(mei)
    days_go_by()
    assert run(app, "orders").exit_code == 1 and "Training: 1 failed; it could not be reached" in run(app, "orders").output
    again = run(app, "orders", "--again")

    assert again.exit_code == 0 and "Begun anew: 1." in again.output
    assert (state(order), jobs.unfinished("feed.deliver", Delivery.get().id)) == ("waiting", True)


def test_the_doctor_names_systems_that_are_not_told(app: Flask, mei: User) -> None:
    assert "Systems   Training: told of all that was decided" in run(app, "doctor").output
    decide(mei)
    with clock.at(clock.now() + timedelta(hours=2)):
        jobs.run_due()
        assert "orders have not been taken for more than an hour by Training" in run(app, "doctor").output
    days_go_by()
    assert "orders could not be delivered for 3 days to Training" in run(app, "doctor").output


def test_the_person_is_told_on_the_overview_and_on_the_page_of_choices(as_mei: Visitor, mei: User) -> None:
    as_mei.submit("/choices/training", {"answer": "object"}, page="/choices")
    assert "We tell it by ourselves, usually within a minute." in as_mei.get("/choices").text
    jobs.run_due()
    assert "It did not take it. We try again at" in as_mei.get("/choices").text
    days_go_by()

    assert "It did not take it for 3 days" in as_mei.get("/choices").text
    assert "Training could not be told of a choice of yours" in as_mei.get("/").text


def test_orders_are_forgotten_after_three_years(mei: User) -> None:
    decide(mei)
    with clock.at(clock.now() + timedelta(days=3 * 366)):
        jobs.run_sweeps(only_due=False)

    assert Delivery.select().count() == 0
