"""Two tabs, lapsed visits, floods, unknown links: nothing is lost, and nobody gets in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from privacy_center.core import clock, jobs
from privacy_center.core.limits import limiter
from privacy_center.guardians.models import Report
from tests.guardians.conftest import ADDRESS, Guardian


def test_two_tabs_send_it_once(petra: Guardian) -> None:
    petra.fills_in()
    first, second = petra.says("check", declared="y"), petra.says("check", declared="y")
    assert first.location == second.location == petra.at()
    assert petra.report.steps.count() == 1


def test_a_tab_left_open_changes_nothing_after_sending(petra: Guardian) -> None:
    petra.fills_in()
    page = petra.browser.get(petra.at("child")).text
    petra.says("check", declared="y")
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = petra.browser.post(petra.at("child"), data={"csrf_token": token, "age": "16_17", "country": "US"})
    assert answer.location == petra.at()
    assert petra.report.age == "under_13"


def test_a_lapsed_visit_loses_nothing_that_was_typed(petra: Guardian) -> None:
    petra.begins()
    petra.proves()
    petra.browser.delete_cookie("__Host-visit", domain="127.0.0.1")
    answer = petra.browser.post(petra.at("account"), data={"csrf_token": "old", "account_name": "kid2014", "typed": "long story"})
    assert answer.status_code == 400
    assert "kid2014" in answer.text
    assert "long story" in answer.text
    assert "press the button once more" in answer.text


def test_a_lapsed_visit_sends_nothing(petra: Guardian) -> None:
    petra.fills_in()
    answer = petra.browser.post(petra.at("check"), data={"csrf_token": "old", "declared": "y"})
    assert answer.status_code == 400
    assert petra.report.is_draft


def test_a_forged_form_from_elsewhere_withdraws_nothing(petra: Guardian) -> None:
    petra.sends()
    for page in ("withdrawal", "link", "letters"):
        petra.browser.post(petra.at(page), data={"csrf_token": "forged", "words": "hello"})
    assert petra.report.state == "received"
    assert petra.report.generation == 0
    assert petra.report.letters.count() == 0


def test_drafts_go_after_fourteen_days(petra: Guardian, monkeypatch: pytest.MonkeyPatch) -> None:
    petra.fills_in()
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.run_sweeps(only_due=False)
    assert Report.select().count() == 0
    assert petra.browser.get(petra.at()).status_code == 404


def test_nobody_has_more_than_five_open_reports(petra: Guardian) -> None:
    for number in range(5):
        Report.create(reference=f"GR-2222-222{number}", link_hash=str(number), state="received", email=ADDRESS.upper())
    petra.fills_in()
    answer = petra.says("check", declared="y")
    assert answer.status_code == 409
    assert "You have five open reports" in answer.text
    assert petra.report.is_draft


def test_thousands_of_reports_from_one_place_are_stopped(petra: Guardian) -> None:
    limiter.enabled = True
    limiter.reset()
    answers = [petra.browser.submit("/guardians/reports/new", {"relation": "parent"}).status_code for _each in range(32)]
    limiter.enabled = False
    assert answers.count(303) == 30
    assert answers[-1] == 429


def test_a_report_about_oneself_is_said_to_be_one(petra: Guardian) -> None:
    petra.fills_in(relation="self", account_email=ADDRESS)
    assert "This is about your own account" in petra.sees("check")


def test_an_unknown_link_opens_nothing(petra: Guardian) -> None:
    assert petra.browser.get("/guardians/reports/" + "0" * 64).status_code == 404
    assert petra.browser.submit("/guardians/reports/" + "0" * 64 + "/child", {"age": "13"}, page="/guardians/reports/new").status_code == 404
