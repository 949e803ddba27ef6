"""The page of a report, its link, letters, and who can't see it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from privacy_center.core import jobs
from privacy_center.guardians import answering
from privacy_center.guardians.models import Concern, Report
from tests.conftest import Visitor
from tests.guardians.conftest import ADDRESS, LINK, Guardian


def test_the_page_says_what_comes_next_and_by_when(petra: Guardian) -> None:
    petra.sends(country="US")
    page = petra.sees()
    for words in ("An officer writes by", "Two officers decide by", "COPPA", "Who acts next"):
        assert words in page


def test_letters_go_both_ways(petra: Guardian, outbox: list[Any]) -> None:
    petra.sends()
    petra.browser.submit(petra.at("letters"), {"words": "<b>It is</b> his."}, page=petra.at())
    answering.write(petra.report, "Thank you.", by=1)
    jobs.run_due()
    page = petra.sees()
    assert "&lt;b&gt;It is&lt;/b&gt; his." in page
    assert "Thank you." in page
    assert any("news about your report" in mail.subject and "Thank you" not in mail.body for mail in outbox)


def test_an_empty_letter_is_not_sent(petra: Guardian) -> None:
    petra.sends()
    answer = petra.browser.submit(petra.at("letters"), {"words": "  "}, page=petra.at())
    assert answer.status_code == 422
    assert "Write something first" in answer.text


def test_one_link_floods_nobody_with_letters(petra: Guardian) -> None:
    petra.sends()
    answers = [petra.browser.submit(petra.at("letters"), {"words": f"letter {number}"}, page=petra.at()).status_code for number in range(21)]
    assert answers[-1] == 429
    assert petra.report.letters.count() == 20


def test_withdrawing_asks_first_and_ends_it(petra: Guardian) -> None:
    petra.sends()
    assert "We stop looking into it" in petra.sees("withdrawal")
    assert petra.report.state == "received"
    petra.browser.submit(petra.at("withdrawal"))
    assert "You have withdrawn this report" in petra.sees()


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.upper(), "nobody@example.org"])
def test_a_lost_link_is_answered_alike_whether_there_is_a_report(petra: Guardian, visitor: Visitor, address: str) -> None:
    petra.sends()
    answer = visitor.submit("/guardians/link", {"email": address}, follow_redirects=True)
    assert "If there is a report, the mail is on its way" in answer.text


def test_a_lost_link_goes_to_the_proved_address_only(petra: Guardian, visitor: Visitor, outbox: list[Any]) -> None:
    petra.sends()
    Report.update(linked_at=None).execute()
    outbox.clear()
    visitor.submit("/guardians/link", {"email": ADDRESS})
    visitor.submit("/guardians/link", {"email": ADDRESS})
    jobs.run_due()
    (mail,) = outbox
    assert mail.to == [ADDRESS]
    assert LINK.search(mail.body)[1] == petra.token  # type: ignore[index]


def test_an_unproved_address_gets_no_link(petra: Guardian, visitor: Visitor, outbox: list[Any]) -> None:
    petra.begins()
    petra.says("address", email="victim@example.org")
    jobs.run_due()
    outbox.clear()
    visitor.submit("/guardians/link", {"email": "victim@example.org"})
    jobs.run_due()
    assert outbox == []


def test_a_shared_link_can_be_ended(petra: Guardian, outbox: list[Any]) -> None:
    petra.sends()
    outbox.clear()
    assert petra.browser.submit(petra.at("link")).location.endswith("/guardians/link/ended")
    jobs.run_due()
    assert petra.browser.get(petra.at()).status_code == 404
    new = LINK.search(outbox[-1].body)[1]  # type: ignore[index]
    assert petra.browser.get(f"/guardians/reports/{new}").status_code == 200


def test_the_token_is_nowhere_in_the_database(petra: Guardian, app: Flask) -> None:
    petra.sends()
    assert petra.token not in str(vars(petra.report))


def test_a_report_in_chinese_is_answered_in_chinese(petra: Guardian, outbox: list[Any]) -> None:
    petra.browser.get("/guardians?lang=zh")
    petra.begins()
    petra.proves()
    jobs.run_due()
    assert any("链接" in mail.subject for mail in outbox)


def test_nobody_sees_what_somebody_elses_account_was_told(petra: Guardian, mei: Any, as_mallory: Visitor, visitor: Visitor) -> None:
    petra.sends()
    answering.restrict(petra.report, mei, 1)
    page = f"/account/reports/{Concern.get().id}"
    assert as_mallory.get(page).status_code == 404
    assert visitor.get(page).status_code == 303
