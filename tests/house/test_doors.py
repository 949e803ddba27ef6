"""Every door is closed to strangers, or it is named here with the reason why not."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from privacy_center.core.access import why_open
from tests.conftest import Visitor

pytestmark = pytest.mark.engine("sqlite")  # doors are the same whatever stands behind them

OPEN = {
    "static",
    "know.overview",
    "accounts.sign_in",
    "accounts.leave_for_zai",
    "accounts.callback",
    "accounts.sign_out",
    "machines.alive",
    "machines.ready",
    "machines.robots",
    "machines.security",
    "feed.records",
    "feed.status",
    "feed.may_process",
    "consent.answer_cookies",
    "consent.beacon",
    "consent.colours",
    "consent.cookies",
    "consent.gpc",
    "consent.record",
    "consent.record_json",
    "consent.stop_mails",
    "consent.unsubscribe",
    "policy.index",
    "policy.edition",
    "policy.compare",
    "policy.announcement",
    "rights.choose",
    "rights.question",
    "rights.answer",
    "rights.home",
    "rights.live",
    "rights.check",
    "rights.attach",
    "rights.send",
    "rights.page",
    "rights.try_code",
    "rights.send_code",
    "rights.write",
    "rights.withdrawal",
    "rights.withdraw",
    "rights.lives",
    "rights.move_home",
    "rights.adopt",
    "rights.attachment",
    "rights.copy",
    "rights.correspondence_json",
    "rights.correspondence_html",
    "rights.authorities_page",
    "rights.statistics_page",
    "rights.statistics_json",
    "rights.statistics_csv",
    "guardians.index",
    "guardians.lost_link",
    "guardians.link_ended",
    "guardians.new",
    "guardians.fill_in",
    "guardians.code",
    "guardians.code_again",
    "guardians.files",
    "guardians.remove_file",
    "guardians.check",
    "guardians.later",
    "guardians.report",
    "guardians.write",
    "guardians.add_files",
    "guardians.withdraw",
    "guardians.new_link",
    "guardians.copy",
    "guardians.copy_code",
    "guardians.copy_archive",
    "erasure.receipts",
    "erasure.receipt",
    "erasure.receipt_json",
    "stripe.webhook",
}
# Forms that look for themselves whether a page of ours sent them; the feed and the link in a mail, which are signed.
WITHOUT_TOKEN = {"accounts.leave_for_zai", "accounts.sign_out", "consent.stop_mails", "feed.records", "feed.status", "stripe.webhook"}


def rules(app: Flask) -> list[Rule]:
    """Every rule whose door is closed."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN]


def address(app: Flask, rule: Rule) -> str:
    """Some address of the rule."""
    values = {name: 1 if "Integer" in type(rule._converters[name]).__name__ else "x" for name in rule.arguments}
    with app.test_request_context():
        built = app.url_map.bind("127.0.0.1").build(rule.endpoint, values, method=method_of(rule))
    return built.removeprefix("http://127.0.0.1")


def method_of(rule: Rule) -> str:
    """The method that tells the rule from others at its address."""
    return "POST" if "POST" in (rule.methods or ()) else "GET"


def test_the_open_doors_are_those_that_are_named_here(app: Flask) -> None:
    found = {endpoint for endpoint in app.view_functions if why_open(app, endpoint)}

    assert found == OPEN


def test_every_open_door_says_why_in_a_sentence(app: Flask) -> None:
    for endpoint in OPEN:
        assert str(why_open(app, endpoint)).endswith("."), endpoint


def test_no_closed_door_opens_to_a_stranger(app: Flask, visitor: Visitor) -> None:
    for rule in rules(app):
        where = address(app, rule)
        answer = visitor.get(where) if method_of(rule) == "GET" else visitor.submit(where, page="/sign-in")
        assert answer.status_code == 303, f"{rule} opens for anybody"
        assert answer.location.startswith("/sign-in"), f"{rule} leads a stranger to {answer.location}"


def test_htmx_is_sent_to_the_sign_in_page_from_every_closed_door(app: Flask, visitor: Visitor) -> None:
    for rule in rules(app):
        if method_of(rule) == "GET":
            answer = visitor.get(address(app, rule), headers={"HX-Request": "true", "HX-Request-Type": "partial"})
            assert answer.status_code == 401, f"{rule} opens for anybody"
            assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_no_form_is_taken_without_its_token(app: Flask, as_mei: Visitor) -> None:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in WITHOUT_TOKEN:
            assert as_mei.post(address(app, rule)).status_code == 400, f"{rule} takes a form without its token"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_only_get_and_post_are_spoken_here(app: Flask, as_mei: Visitor, method: str) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            answer = as_mei.open(address(app, rule), method=method)
            assert answer.status_code == 405, f"{method} {rule}"
