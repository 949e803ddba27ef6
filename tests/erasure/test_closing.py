"""The seven days: every other door leads to the page that says so, and nothing is done with the data of who is closing."""

from __future__ import annotations

from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.access import why_open
from privacy_center.erasure import closure as closing
from privacy_center.erasure import wishes
from privacy_center.erasure.closing import STAYS
from privacy_center.erasure.models import AutoDelete, Deletion
from privacy_center.feed import processing
from privacy_center.policy import publishing
from privacy_center.policy.models import Notification
from tests import makers
from tests.erasure.doing import feed, talk
from tests.erasure.test_closure import close
from tests.house import test_doors


def test_meanwhile_every_other_page_leads_to_the_page_that_says_so(confirmed: Any) -> None:
    close(confirmed)
    for path in ("/", "/history", "/know", "/choices", "/account", "/account/log", "/history/auto-delete"):
        assert confirmed.get(path).headers["Location"] == "/account/closure", path
    assert confirmed.submit("/history/auto-delete", {"months": "3"}, page="/account/closure").headers["Location"] == "/account/closure"
    assert confirmed.get("/exports").status_code == 200
    assert confirmed.get("/policy").status_code == 200


def test_no_closed_door_opens_meanwhile_but_those_that_are_named(app: Any, confirmed: Any, mei: User) -> None:
    close(confirmed)
    browser = app.test_client().sign_in(mei)
    for rule in test_doors.rules(app):
        if why_open(app, rule.endpoint) or rule.endpoint.startswith(STAYS):
            continue
        where = test_doors.address(app, rule)
        answer = browser.get(where) if test_doors.method_of(rule) == "GET" else browser.submit(where, page="/account/closure")
        assert (answer.status_code, answer.headers.get("Location")) == (303, "/account/closure"), rule


def test_htmx_is_told_to_go_there(confirmed: Any) -> None:
    close(confirmed)
    answer = confirmed.get("/history", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/account/closure")


def test_other_browsers_are_signed_out_and_a_fresh_sign_in_leads_to_the_closing_page(app: Any, as_mei: Any, confirmed: Any, mei: User) -> None:
    close(confirmed)
    assert as_mei.get("/history").headers["Location"].startswith("/sign-in")
    assert "Your account is closing" in app.test_client().sign_in(mei).get("/", follow_redirects=True).text


def test_records_of_who_is_closing_are_turned_away_but_orders_that_the_law_keeps(confirmed: Any, mei: User) -> None:
    close(confirmed)
    lines = [*talk("later", "Hello?"), makers.line("feedback", account_digest=mei.feedback_digest), makers.line("order")]
    refused = feed(*lines).refused
    assert {refusal.type for refusal in refused} == {"conversation", "message", "feedback"}
    assert all("closing the account" in refusal.reason for refusal in refused)
    closing.keep(mei)
    assert not feed(*lines).refused


def test_nothing_is_noted_mailed_or_deleted_by_itself_meanwhile(confirmed: Any, mei: User) -> None:
    feed(*talk("old", created_at="2024-01-01T00:00:00Z", updated_at="2024-01-02T00:00:00Z"))
    wishes.set_wish(mei, 3)
    AutoDelete.update(first_run_at=clock.now()).execute()
    close(confirmed)
    edition, _is_new = publishing.publish("policy.txt", "The policy\n\n1. Scope\n\nAll of it.\n", clock.now().date(), material=True)
    jobs.run_sweeps(only_due=False)
    jobs.run_due()
    assert edition and not Notification.select().exists()
    assert not Deletion.select().exists()


def test_the_product_is_told_that_it_may_only_store(confirmed: Any, mei: User) -> None:
    close(confirmed)
    said = processing.answer(mei.issuer, mei.subject)
    assert said["restricted"] and not said["erased"]
    assert [purpose for purpose, goes_on in said["purposes"].items() if goes_on] == ["storage"]
