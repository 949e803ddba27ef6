"""A guardian writes a report, one thing a page, and sends it."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.core import jobs
from privacy_center.guardians.models import Report
from tests.guardians.conftest import ADDRESS, LINK, Guardian


def test_a_report_goes_from_the_first_page_to_a_number(petra: Guardian) -> None:
    answer = petra.sends()
    assert answer.status_code == 303
    assert petra.report.state == "received"
    page = petra.sees()
    assert "We have your report" in page
    assert petra.report.reference in page


def test_each_page_leads_to_the_next(petra: Guardian) -> None:
    assert petra.begins().location.endswith("/address")
    assert petra.says("address", email=ADDRESS).location.endswith("/code")
    assert petra.says("code", code=petra.code()).location.endswith("/child")
    assert petra.says("child", age="13", country="FR").location.endswith("/account")
    assert petra.says("account", device="MacBook").location.endswith("/wishes")
    assert petra.says("wishes", wishes=["delete"]).location.endswith("/files")
    assert petra.says("files").location.endswith("/check")


def test_the_mails_carry_no_data(petra: Guardian) -> None:
    petra.sends(account_email="mei@example.com", typed="my secret words")
    said = " ".join(f"{mail.subject} {mail.body}" for mail in petra.outbox)
    assert petra.report.reference in said
    for word in ("mei@example.com", "secret words", "Petra", "under", ADDRESS):
        assert word not in said


@pytest.mark.parametrize(
    ("page", "said", "sentence"),
    [
        ("child", {"country": "DE"}, "Say how old the child is"),
        ("child", {"age": "13", "country": "XX"}, "Say in which country the child lives"),
        ("account", {"device": "  "}, "Tell us at least one thing that helps to find the account"),
        ("wishes", {}, "Tick at least one of these"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(petra: Guardian, page: str, said: dict[str, Any], sentence: str) -> None:
    petra.begins()
    petra.proves()
    answer = petra.says(page, **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Error:" in answer.text


def test_a_report_without_an_age_cannot_be_sent(petra: Guardian) -> None:
    petra.fills_in()
    Report.update(age=None).where(Report.id == petra.report.id).execute()
    answer = petra.says("check", declared="y")
    assert answer.status_code == 422
    assert "Something is still missing" in answer.text
    assert petra.report.is_draft


def test_the_declaration_must_be_ticked(petra: Guardian) -> None:
    petra.fills_in()
    answer = petra.says("check")
    assert answer.status_code == 422
    assert "Tick that it is true" in answer.text
    assert petra.report.is_draft


def test_nothing_but_the_address_can_be_filled_in_before_it_is_proved(petra: Guardian) -> None:
    petra.begins()
    assert petra.browser.get(petra.at("child")).location.endswith("/address")
    petra.says("address", email=ADDRESS)
    assert petra.browser.get(petra.at("files")).location.endswith("/code")
    assert petra.says("check", declared="y").location.endswith("/code")


def test_a_wrong_code_proves_nothing(petra: Guardian) -> None:
    petra.begins()
    petra.says("address", email=ADDRESS)
    right = petra.code()
    answer = petra.says("code", code=f"{(int(right) + 1) % 10**8:08d}")
    assert answer.status_code == 422
    assert "That is not the code" in answer.text
    assert petra.report.proved_at is None


def test_after_five_wrong_tries_the_code_is_worth_nothing(petra: Guardian) -> None:
    petra.begins()
    petra.says("address", email=ADDRESS)
    right = petra.code()
    for _try in range(5):
        petra.says("code", code=f"{(int(right) + 1) % 10**8:08d}")
    petra.says("code", code=right)
    assert petra.report.proved_at is None
    assert "This code is used up" in petra.sees("code")


def test_another_address_must_be_proved_anew(petra: Guardian) -> None:
    petra.begins()
    petra.proves()
    petra.says("address", email="somebody@example.net")
    assert petra.report.proved_at is None
    assert petra.browser.get(petra.at("child")).location.endswith("/code")


def test_the_link_comes_by_mail_and_leads_back_to_the_missing_page(petra: Guardian) -> None:
    petra.begins()
    petra.proves()
    jobs.run_due()
    token = next(found[1] for mail in petra.outbox if (found := LINK.search(mail.body)))
    assert token == petra.token
    assert petra.browser.get(f"/guardians/reports/{token}").location.endswith("/child")


def test_what_is_half_filled_in_is_kept_for_later(petra: Guardian) -> None:
    petra.begins()
    petra.proves()
    assert petra.says("child", country="FR", later="1").location.endswith("/later")
    assert petra.report.country == "FR"
    assert "Saved until" in petra.sees("later")


def test_a_page_is_filled_in_again_as_it_was(petra: Guardian) -> None:
    petra.fills_in(typed="a few words", account_name="kid2014")
    assert "a few words" in petra.sees("account")
    assert 'value="kid2014"' in petra.sees("account")


def test_a_change_from_the_check_comes_back_to_it(petra: Guardian) -> None:
    petra.fills_in()
    answer = petra.browser.submit(petra.at("child") + "?back=check", {"age": "15", "country": "AT"})
    assert answer.location.endswith("/check")
    assert "15, Austria" in petra.sees("check")


def test_guardians_read_what_happens_without_signing_in(visitor: Any) -> None:
    page = visitor.get("/guardians").text
    for words in ("within 3 days", "within 15 days", "You can stop at any page"):
        assert words in page


def test_what_is_wished_can_be_ticked_and_stays_ticked(petra: Guardian) -> None:
    petra.begins()
    petra.proves()
    petra.says("wishes", wishes=["delete"])
    page = petra.sees("wishes")
    assert page.count('type="checkbox"') == 3
    assert "checked" in page.split('value="delete"')[0].rsplit("<input", 1)[1] + page.split('value="delete"')[0].split("<label>")[-1]
