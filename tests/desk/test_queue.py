"""The queue: soonest first, narrowed by what the address says, page by page; never an officer's own, never anything personal."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.desk import filters, listing
from privacy_center.desk.models import Staff
from privacy_center.desk.tables import cell
from privacy_center.rights import answering
from privacy_center.rights.models import Request
from tests.conftest import BASE_URL, Visitor
from tests.desk.conftest import Ask

ROW = re.compile(r">(RQ-[0-9A-Z-]+)</a></th>")


def shown(client: Visitor, address: str) -> list[str]:
    """The references that the queue shows there."""
    return ROW.findall(client.get(address).text)


def test_the_soonest_due_comes_first(as_ada: Visitor, ask: Ask) -> None:
    later, sooner = ask(country="US"), ask(country="BR")
    assert sooner.due_at < later.due_at

    assert shown(as_ada, "/desk") == [sooner.reference, later.reference]


def test_what_was_put_off_stands_where_it_is_due_now(as_ada: Visitor, ask: Ask) -> None:
    first, second = ask(), ask()
    Request.update(extended_at=clock.now(), extended_until=second.due_at + timedelta(days=30)).where(Request.id == first.id).execute()

    assert shown(as_ada, "/desk") == [second.reference, first.reference]


def test_nothing_personal_stands_in_the_queue(as_ada: Visitor, correction: Request, proved: Ask) -> None:
    proved(email="somebody@example.org")

    page = as_ada.get("/desk").text

    assert "mei@example.com" not in page and "Mei Hartmann" not in page and "somebody@example.org" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("right=output", ["output"]),
        ("right=correction", ["correction"]),
        ("law=eu", ["correction"]),
        ("account=none", ["access"]),
        ("view=mine", ["correction"]),
        ("view=nobody", ["output", "access"]),
        ("state=in_progress", ["correction"]),
        ("due=over", ["output"]),
        ("view=closed", []),
        ("right=nothing&due=never&officer=x&account=all", []),
    ],
)
def test_the_address_narrows_the_queue(as_ada: Visitor, ada: Staff, ask: Ask, proved: Ask, asked: str, found: list[str]) -> None:
    made = {"correction": ask(), "output": ask("output", country="SG"), "access": proved(country="US")}
    answering.assign(made["correction"], by=ada.id, to=ada.id)
    Request.update(due_at=clock.ago(days=1)).where(Request.id == made["output"].id).execute()

    references = shown(as_ada, f"/desk?{asked}")

    assert sorted(references) == sorted(made[each].reference for each in found)


def test_a_request_is_found_by_part_of_its_reference_and_by_a_whole_address(as_ada: Visitor, correction: Request, proved: Ask) -> None:
    other = proved(email="somebody@example.org")

    assert shown(as_ada, f"/desk?q={correction.reference.lower()[:7]}") == [correction.reference]
    assert shown(as_ada, "/desk?q=Somebody@Example.org") == [other.reference]
    assert shown(as_ada, "/desk?q=MEI@example.com") == [correction.reference]
    assert shown(as_ada, "/desk?q=body@example.org") == []


def test_what_nobody_has_proved_stands_apart(as_ada: Visitor, ask: Ask) -> None:
    waiting = ask("access", email="somebody@example.org")

    assert shown(as_ada, "/desk") == []
    assert shown(as_ada, "/desk?view=unproved") == [waiting.reference]


def test_an_officers_own_requests_are_not_there(as_ada: Visitor, ada: Staff, ask: Ask, proved: Ask) -> None:
    own = [ask(user=ada.user), proved(email="Ada@example.com")]

    assert shown(as_ada, "/desk") == []
    assert shown(as_ada, f"/desk?q={own[0].reference}") == []
    assert [as_ada.get(f"/desk/cases/{each.reference}").status_code for each in own] == [404, 404]
    assert own[0].reference not in as_ada.get("/desk/requests.csv").text


def test_ten_thousand_requests_are_paged_without_losing_or_repeating_one(app: Flask, ada: Staff, mei: User, ask: Ask) -> None:
    many(ask(), 10_000)
    asked, seen, after = filters.read({}, ada), [], None

    for _ in range(4):
        with app.test_request_context(base_url=BASE_URL):
            page = listing.page(asked, after)
        seen += [row.request.id for row in page.rows]
        after = parse_qs(urlsplit(page.later or "").query)["after"][0]

    assert page.total == 10_001
    assert len(seen) == len(set(seen)) == 200
    due = {each.id: (each.promised, each.id) for each in Request.select()}
    assert seen == sorted(due, key=due.__getitem__)[:200]


def many(like: Request, number: int) -> None:
    """As many requests more, due on days that return."""
    plain = {name: value for name, value in like.__data__.items() if name not in ("id", "reference", "due_at")}
    rows = [{**plain, "reference": f"RQ-{each:08d}", "due_at": clock.now() + timedelta(days=each % 97)} for each in range(number)]
    for start in range(0, number, 500):
        Request.insert_many(rows[start : start + 500]).execute()


def test_a_forged_place_in_the_list_is_the_first_page(as_ada: Visitor, correction: Request) -> None:
    assert shown(as_ada, "/desk?after=forged") == [correction.reference]


def test_what_is_late_is_said_first(as_ada: Visitor, correction: Request) -> None:
    Request.update(due_at=clock.ago(days=2)).execute()

    page = as_ada.get("/desk").text

    assert "1 request is past its date" in page
    assert re.search(r"[23] days over", page)


def test_the_table_holds_the_same_requests(as_ada: Visitor, correction: Request, ask: Ask) -> None:
    ask("output")

    answer = as_ada.get("/desk/requests.csv?right=correction")

    assert answer.headers["Content-Disposition"] == "attachment; filename=requests.csv"
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{correction.reference},correction,open,DE,,eu,")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_nothing_in_a_table_is_taken_for_a_formula(value: Any) -> None:
    assert cell(value) == f"'{value}"


def test_numbers_and_words_stand_in_a_table_as_they_are() -> None:
    assert [cell(each) for each in (-3, 2.5, None, "Ada - officer", "")] == ["-3", "2.5", "", "Ada - officer", ""]
