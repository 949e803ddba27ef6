"""Statistics that obey: nothing without a yes, on no page; with one, as little as will do; and gone with the no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.consent import declared, jobs
from privacy_center.consent.models import ConsentRecord, PageVisit
from privacy_center.core import clock
from privacy_center.feed.ingest import ingest
from tests.conftest import ISSUER, Visitor
from tests.house.every_page import PAGES, address_of
from tests.journeys import copies, deletions, endings, records
from tests.makers import lines

FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
NECESSARY = {each.name for each in declared.COOKIES if each.category == declared.NECESSARY}


def walk(app: Flask, browser: Any) -> set[str]:
    """Walk all pages, and return the names of all cookies that were set."""
    names = set()
    for page in PAGES:
        if page.visitor:
            browser.sign_in(User.open(ISSUER, page.visitor))
        answer = browser.get(page.way[0])
        for words in page.way[1:]:
            answer = browser.get(address_of(answer.text, words))
        names |= {line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")}
        for name in ("__Host-session", "__Host-visit", declared.LIKINGS):  # the next page is somebody else's, and in another language
            browser.delete_cookie(name, domain="127.0.0.1")
    return names


@pytest.fixture
def filled(app: Flask) -> Flask:
    """The app with the people of all pages."""
    everything = [*records.everything(salt=app.config["SETTINGS"].feedback_digest_salt), *deletions.records(), *copies.records()]
    assert not ingest(lines(everything), issuer=ISSUER).refused
    deletions.tell(User.open(ISSUER, deletions.DORA))
    endings.tell(ISSUER)
    copies.tell(ISSUER)
    return app


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("answer", ["none", "reject", "GPC"])
def test_without_a_yes_not_a_byte_is_stored_on_any_page_and_no_cookie_set(filled: Flask, answer: str) -> None:
    browser: Any = filled.test_client()
    if answer == "reject":
        browser.submit("/cookies", {"choice": "reject"})
    if answer == "GPC":
        browser.environ_base["HTTP_SEC_GPC"] = "1"

    assert walk(filled, browser) <= NECESSARY
    assert PageVisit.select().count() == 0
    assert ConsentRecord.select().where(ConsentRecord.user.is_null()).count() == (answer == "reject")


@pytest.mark.engine("sqlite")
def test_with_a_yes_every_cookie_that_is_set_is_one_that_is_declared(filled: Flask) -> None:
    browser: Any = filled.test_client()
    browser.submit("/cookies", {"choice": "accept"})

    assert walk(filled, browser) <= {each.name for each in declared.COOKIES}
    assert PageVisit.select().count() > 30


def test_a_page_is_counted_by_its_kind_without_address_or_contents(as_mei: Visitor, mei: User) -> None:
    as_mei.submit("/cookies", {"choice": "save", "analytics": "yes"})
    as_mei.get("/know/usage/usage-event?after=secret", headers={**FIREFOX, "Referer": "https://search.example/?q=private"})

    visit = PageVisit.get()

    assert (visit.user_id, visit.kind, visit.page, visit.came_from, visit.browser) == (mei.id, "page", "/know/…/…", "search.example", "Firefox on Linux")
    assert "Pages of this site that you opened" in as_mei.get("/know/log").text


def test_errors_pieces_of_pages_and_files_are_not_counted(as_mei: Visitor) -> None:
    as_mei.submit("/cookies", {"choice": "accept"})
    as_mei.get("/nothing/here")
    as_mei.get("/history", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    as_mei.get("/robots.txt")
    as_mei.get("/static/css/base.css")

    assert PageVisit.select().count() == 0


def test_the_beacon_stands_on_pages_only_with_a_yes_to_it(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "save", "analytics": "yes"})
    assert "beacon.gif" not in visitor.get("/").text

    visitor.submit("/cookies", {"choice": "save", "beacons": "yes"})
    assert "/beacon.gif?page=know.overview" in visitor.get("/").text


@pytest.mark.parametrize(("answer", "how", "counted"), [("accept", {}, 1), ("reject", {}, 0), ("accept", {"Sec-Fetch-Site": "cross-site"}, 0)])
def test_the_beacon_is_always_a_picture_and_counts_only_what_is_allowed(visitor: Visitor, answer: str, how: dict[str, str], counted: int) -> None:
    visitor.submit("/cookies", {"choice": answer})

    picture = visitor.get("/beacon.gif?page=know.overview", headers=how)

    assert (picture.status_code, picture.content_type) == (200, "image/gif")
    assert PageVisit.select().where(PageVisit.kind == "beacon").count() == counted


def test_a_beacon_of_no_page_of_ours_counts_nothing(visitor: Visitor) -> None:
    visitor.submit("/cookies", {"choice": "accept"})
    visitor.get("/beacon.gif?page=<script>")
    visitor.get("/beacon.gif")

    assert PageVisit.select().count() == 0


def test_with_the_no_goes_what_was_counted_of_the_person_and_of_the_browser(as_mei: Visitor, visitor: Visitor) -> None:
    for browser in (as_mei, visitor):
        browser.submit("/cookies", {"choice": "accept"})
        browser.get("/")
        browser.get("/beacon.gif?page=know.overview")

    as_mei.submit("/cookies", {"choice": "save", "beacons": "yes"})

    assert [(each.user_id is None, each.kind) for each in PageVisit.select().order_by(PageVisit.id)].count((False, "page")) == 0
    assert PageVisit.select().where(PageVisit.user.is_null(False), PageVisit.kind == "beacon").count() == 1
    assert PageVisit.select().where(PageVisit.user.is_null(), PageVisit.kind == "page").exists()


def test_visits_go_after_90_days_and_answers_of_browsers_after_9_months(visitor: Visitor, app: Flask) -> None:
    visitor.submit("/cookies", {"choice": "accept"})
    visitor.get("/")
    with clock.at(clock.now() + timedelta(days=91)):
        jobs.forget_old_visits()
        assert (PageVisit.select().count(), ConsentRecord.select().count()) == (0, 1)
    with clock.at(clock.now() + timedelta(days=280)):
        jobs.forget_old_visits()
        assert ConsentRecord.select().count() == 0
