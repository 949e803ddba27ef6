"""Codes by mail, sent: one at a time, not too many, and told of when they can't be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from privacy_center.accounts.models import ConfirmationCode, User
from privacy_center.core import jobs
from tests.accounts.mailing import mailed, typed
from tests.accounts.stand_ins import Browser, StandIns, free_port

pytestmark = pytest.mark.parametrize("shape", ["zai"], indirect=True)


def test_the_mail_leads_to_the_sessions_and_says_nothing_of_the_person(asking: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)

    mail = stand_ins.mails()[0]
    assert mail.header("To") == "mei@example.com"
    assert "http://127.0.0.1:8000/account/sessions" in mail.text
    assert "Mei" not in mail.text and code not in mail.header("Subject")


def test_codes_are_sent_half_a_minute_apart_and_five_an_hour(asking: Browser, later: Callable[..., None]) -> None:
    again = asking.centre.submit("/confirm/codes", page="/confirm/code")
    assert (again.status_code, "We can’t send another code yet" in again.text) == (429, True)

    for _ in range(4):
        later(seconds=31)
        assert asking.centre.submit("/confirm/codes", page="/confirm/code").status_code == 303
    later(seconds=31)
    assert asking.centre.submit("/confirm/codes", page="/confirm/code").status_code == 429
    later(hours=1)
    assert asking.centre.submit("/confirm/codes", page="/confirm/code").status_code == 303


def test_one_persons_codes_do_not_use_up_anothers(asking: Browser, somebody_else: Browser, later: Callable[..., None]) -> None:
    for _ in range(5):
        later(seconds=31)
        asking.centre.submit("/confirm/codes", page="/confirm/code")
    somebody_else.sign_in("zai-jun")

    somebody_else.centre.submit("/confirm")

    assert ConfirmationCode.select().join(User).where(User.subject == "zai-jun").count() == 1


def test_jun_gets_his_mail_in_chinese(somebody: Browser, stand_ins: StandIns) -> None:
    somebody.sign_in("zai-jun")
    User.update(language="zh-Hans").execute()
    somebody.centre.submit("/confirm")

    mailed(stand_ins)

    assert stand_ins.mails()[0].header("To") == "jun@example.com"
    assert "验证码" in stand_ins.mails()[0].text


def test_whoever_has_no_address_reads_what_to_do(somebody: Browser) -> None:
    somebody.sign_in("zai-without-an-address")

    assert "We have no e-mail address of yours" in somebody.centre.get("/confirm").text
    assert "We have no e-mail address of yours" in somebody.centre.submit("/confirm", follow_redirects=True).text
    assert ConfirmationCode.select().count() == 0


def test_a_mail_server_that_is_away_is_tried_again_and_then_told_of(asking: Browser, centre: Flask, later: Callable[..., None]) -> None:
    centre.extensions["mailman"].port = free_port()
    for _ in range(4):
        jobs.run_due()
        later(seconds=45)

    assert "We could not send the mail" in asking.centre.get("/confirm/code").text


def test_a_mail_that_goes_while_the_page_is_made_is_not_said_to_have_failed(asking: Browser, stand_ins: StandIns, monkeypatch: pytest.MonkeyPatch) -> None:
    is_unfinished = jobs.unfinished

    def at_that_moment(kind: str, subject: int) -> bool:
        jobs.run_due()
        return is_unfinished(kind, subject)

    monkeypatch.setattr(jobs, "unfinished", at_that_moment)

    page = asking.centre.get("/confirm/code").text

    assert "We have sent it to mei@example.com" in page
    assert "We could not send the mail" not in page


def test_a_mail_that_needed_a_second_try_works(asking: Browser, centre: Flask, stand_ins: StandIns, later: Callable[..., None]) -> None:
    right, centre.extensions["mailman"].port = centre.extensions["mailman"].port, free_port()
    jobs.run_due()
    centre.extensions["mailman"].port = right
    later(seconds=45)

    assert typed(asking, mailed(stand_ins)).status_code == 303
