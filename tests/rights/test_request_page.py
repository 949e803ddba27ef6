"""The page of a request: what it says in each state, and what its person can do there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.rights import answering, following
from privacy_center.rights.models import Letter, Request
from tests.conftest import Visitor
from tests.rights.making import GERMANY, OFFICER, again, ask, rewrite


def page_of(request: Request) -> str:
    return f"/requests/{request.reference}"


def shown(browser: Any, request: Request) -> str:
    """The page as a person reads it."""
    answer = browser.get(page_of(request))
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_it_says_when_we_answer_and_why_then(as_mei: Visitor, asked: Request) -> None:
    page = shown(as_mei, asked)

    assert "24 December 2026, in 30 days" in page and "One month from the day we received it" in page
    assert "Could be put off once, until 24 February 2027 at most" in page
    assert "Who acts next We" in page and "A privacy officer takes it up" in page


def test_the_authority_is_named_from_the_start(as_mei: Visitor, asked: Request) -> None:
    page = shown(as_mei, asked)

    assert "You can complain to an authority at any time" in page and "edpb.europa.eu" in as_mei.get(page_of(asked)).text


def test_when_we_are_late_the_page_says_so_first(as_mei: Visitor, asked: Request, later: Callable[..., None], mei: User) -> None:
    later(days=32, hours=1)
    as_mei.sign_in(mei)
    page = shown(as_mei, asked)

    assert "We are late We owed you an answer by 24 December 2026" in page and "You can complain to an authority now" in page
    assert "2 days ago" in page
    assert "We are late with your request" in as_mei.get("/").text


def test_a_question_of_ours_is_answered_on_the_page(as_mei: Visitor, asked: Request, mei: User) -> None:
    answering.ask_for_more(asked, by=OFFICER, words="Which invoice?")
    assert "We need something from you by 24 December 2026" in shown(as_mei, asked) and "Which invoice?" in shown(as_mei, asked)
    assert "Your request waits for your answer" in as_mei.get("/").text

    answer = as_mei.submit(f"{page_of(asked)}/messages", {"words": "The one of May."}, page=page_of(asked))

    assert answer.status_code == 303 and again(asked).state == "in_progress"
    assert "The one of May." in shown(as_mei, asked) and "Who acts next We" in shown(as_mei, asked)


def test_an_empty_message_is_none(as_mei: Visitor, asked: Request) -> None:
    answer = as_mei.submit(f"{page_of(asked)}/messages", {"words": "  \n "}, page=page_of(asked))

    assert (answer.status_code, "Write something, or choose a file" in answer.text) == (422, True)
    assert Letter.select().count() == 1


def test_words_are_shown_as_words(as_mei: Visitor, asked: Request) -> None:
    as_mei.submit(f"{page_of(asked)}/messages", {"words": "<script>alert(1)</script>"}, page=page_of(asked))

    assert "<script>alert" not in as_mei.get(page_of(asked)).text and "<script>alert(1)</script>" in unescape(as_mei.get(page_of(asked)).text)


def test_an_answer_put_off_says_until_when_and_why(as_mei: Visitor, asked: Request) -> None:
    answering.extend(asked, by=OFFICER, until=datetime(2027, 1, 20, tzinfo=UTC).date(), reason="complex", words="We asked a vendor.")

    page = shown(as_mei, asked)

    assert "We answer by 20 January 2027" in page and "First due on 24 December 2026" in page
    assert "The request is complex" in page and "We asked a vendor." in page and "Could be put off" not in page


def test_a_refusal_says_why_and_how_to_object(as_mei: Visitor, asked: Request, mei: User) -> None:
    answering.refuse(asked, by=OFFICER, reason="law_keeps", words="Tax law keeps invoices.")

    page = shown(as_mei, asked)

    assert "Refused" in page and "A law obliges us to keep these data" in page and "Tax law keeps invoices." in page
    assert "Complain, and somebody else looks at it" in page and f"about={asked.reference}" in as_mei.get(page_of(asked)).text
    assert "Your request is answered" in as_mei.get("/").text
    assert as_mei.submit(f"{page_of(asked)}/messages", {"words": "I object."}, page=page_of(asked)).status_code == 303


def test_a_request_is_withdrawn_after_asking_once_more(as_mei: Visitor, asked: Request) -> None:
    assert "Withdraw the request?" in as_mei.get(f"{page_of(asked)}/withdrawal").text

    as_mei.submit(f"{page_of(asked)}/withdrawal", page=f"{page_of(asked)}/withdrawal")

    assert again(asked).state == "withdrawn" and "Withdrawn by you" in shown(as_mei, asked)
    assert as_mei.get(f"{page_of(asked)}/withdrawal").location == page_of(asked)


def test_withdrawing_what_was_decided_meanwhile_is_told_the_truth(as_mei: Visitor, asked: Request) -> None:
    as_mei.get(f"{page_of(asked)}/withdrawal")
    answering.fulfil(asked, by=OFFICER, words="Done.")

    answer = as_mei.submit(f"{page_of(asked)}/withdrawal", page=page_of(asked))

    assert (answer.status_code, "This request has changed meanwhile" in answer.text) == (409, True)
    assert again(asked).state == "fulfilled"


def test_moving_house_changes_law_and_authority_and_no_date_for_the_worse(as_mei: Visitor, asked: Request) -> None:
    as_mei.submit(f"{page_of(asked)}/home", {"place": "BR"}, page=f"{page_of(asked)}/home")

    page = shown(as_mei, asked)

    assert "9 December 2026, in 15 days" in page and "LGPD" in page and "Brazil" in page
    as_mei.submit(f"{page_of(asked)}/home", {"place": "DE"}, page=f"{page_of(asked)}/home")
    assert "9 December 2026" in shown(as_mei, asked)


@pytest.mark.parametrize("path", ["", "/withdrawal", "/home", "/copy", "/files/1", "/correspondence.json", "/correspondence.html"])
def test_somebody_elses_request_is_not_there(as_mallory: Visitor, asked: Request, path: str) -> None:
    assert as_mallory.get(page_of(asked) + path).status_code == 404


@pytest.mark.parametrize("path", ["/code", "/codes", "/messages", "/withdrawal", "/home", "/account"])
def test_nobody_acts_upon_somebody_elses_request(as_mallory: Visitor, asked: Request, path: str) -> None:
    answer = as_mallory.submit(page_of(asked) + path, {"words": "x", "code": "12345678"}, page="/account")

    assert (answer.status_code, again(asked).revision, Letter.select().count()) == (404, asked.revision, 1)


def test_a_reference_may_be_typed_in_small_letters(as_mei: Visitor, asked: Request) -> None:
    assert as_mei.get(page_of(asked).lower()).status_code == 200


def test_while_it_is_carried_out_the_page_looks_again_by_itself(as_mei: Visitor, mei: User) -> None:
    request = ask(mei, "access")
    assert 'data-hx-trigger="every 2s"' in as_mei.get(page_of(request)).text

    piece = as_mei.get(page_of(request), headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text

    assert "<html" not in piece and "being carried out" in piece
    jobs.run_due()
    following.follow(again(request))
    assert "data-hx-trigger" not in as_mei.get(page_of(request)).text


def test_a_request_that_is_over_asks_for_nothing(as_mei: Visitor, asked: Request) -> None:
    rewrite(asked, state="withdrawn", ended_at=clock.now())

    page = as_mei.get(page_of(asked)).text

    assert "What happens next" not in page and "/messages" not in page and "/home" not in page


def test_in_chinese_the_page_is_in_chinese(as_mei: Visitor, mei: User) -> None:
    request = ask(mei, home=GERMANY)

    assert 'lang="zh-Hans"' in as_mei.get(f"{page_of(request)}?lang=zh").text
