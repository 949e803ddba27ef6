"""Codes by mail: for when Z.ai can't prove that somebody has just signed in."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts import codes
from privacy_center.accounts.models import ConfirmationCode, Session, User
from privacy_center.core import db, jobs
from privacy_center.core.limits import limiter
from tests.accounts.stand_ins import Browser, StandIns, entries, free_port

pytestmark = pytest.mark.parametrize("shape", ["zai"], indirect=True)


@pytest.fixture
def mei(somebody: Browser) -> Browser:
    """Mei, signed in, who has asked for a code."""
    somebody.sign_in("zai-mei")
    somebody.centre.submit("/confirm", {"next": "/account"})
    return somebody


def test_a_code_comes_by_mail_and_confirms(mei: Browser, stand_ins: StandIns) -> None:
    assert "We are sending it to mei@example.com" in mei.centre.get("/confirm/code").text
    code = mailed(stand_ins)
    assert "We have sent it to mei@example.com" in mei.centre.get("/confirm/code").text
    before = mei.token()

    answer = typed(mei, code)

    assert (answer.status_code, answer.location) == (303, "/account")
    assert Session.get().is_confirmed and mei.token() != before
    assert [entry.reason for entry in entries("confirmed")] == ["code by mail"]


def test_the_mail_leads_to_the_sessions_and_says_nothing_of_the_person(mei: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)

    mail = stand_ins.mails()[0]
    assert mail.header("To") == "mei@example.com"
    assert "http://127.0.0.1:8000/account/sessions" in mail.text
    assert "Mei" not in mail.text and code not in mail.header("Subject")


def test_the_code_is_kept_as_a_keyed_digest_only(mei: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)

    row = ConfirmationCode.select().dicts().get()
    assert code not in str(row) and len(row["code_hash"]) == 64
    assert code not in str(list(jobs.Job.select().dicts()))


@pytest.mark.parametrize("shown", ["{0} {1}", " {0}-{1} ", "{0}{1}"])
def test_spaces_and_hyphens_do_not_matter(mei: Browser, stand_ins: StandIns, shown: str) -> None:
    code = mailed(stand_ins)

    assert typed(mei, shown.format(code[:4], code[4:])).status_code == 303


def test_full_width_figures_are_figures(mei: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)

    assert typed(mei, "".join(chr(ord(digit) + 0xFEE0) for digit in code)).status_code == 303


def test_what_is_no_code_costs_no_try(mei: Browser, stand_ins: StandIns) -> None:
    mailed(stand_ins)

    answer = typed(mei, "1234")

    assert (answer.status_code, "Type the eight digits of the code." in answer.text) == (422, True)
    assert ConfirmationCode.get().tries == 0


def test_guessing_ends_after_five_tries(mei: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)
    wrong = f"{(int(code) + 1) % 10**8:08d}"

    assert "That is not the code. 4 tries are left." in typed(mei, wrong).text
    for _ in range(2):
        typed(mei, wrong)
    assert "That is not the code. 1 try is left." in typed(mei, wrong).text
    assert "This code is used up" in typed(mei, wrong).text

    assert typed(mei, code).status_code == 422
    assert not Session.get().is_confirmed


def test_a_code_runs_out_after_ten_minutes(mei: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    code = mailed(stand_ins)
    later(minutes=10, seconds=1)

    assert "This code has run out" in mei.centre.get("/confirm/code").text
    assert typed(mei, code).status_code == 422
    assert not Session.get().is_confirmed


def test_a_code_works_once(mei: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    code = mailed(stand_ins)
    typed(mei, code)
    Session.update(confirmed_at=None).execute()

    assert typed(mei, code).status_code == 422
    assert not Session.get().is_confirmed


def test_a_new_code_makes_the_old_one_worthless(mei: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    old = mailed(stand_ins)
    later(seconds=31)
    mei.centre.submit("/confirm/codes", {"next": "/account"}, page="/confirm/code")
    new = mailed(stand_ins)

    assert typed(mei, old).status_code == 422
    assert typed(mei, new).status_code == 303


def test_another_browsers_code_is_worth_nothing_here(mei: Browser, somebody_else: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    code = mailed(stand_ins)
    somebody_else.sign_in("zai-mei")
    later(seconds=31)
    somebody_else.centre.submit("/confirm", {"next": "/account"})
    mailed(stand_ins)

    assert typed(somebody_else, code).status_code == 422


def test_codes_are_sent_half_a_minute_apart_and_five_an_hour(mei: Browser, later: Callable[..., None]) -> None:
    again = mei.centre.submit("/confirm/codes", page="/confirm/code")
    assert (again.status_code, "We can’t send another code yet" in again.text) == (429, True)

    for _ in range(4):
        later(seconds=31)
        assert mei.centre.submit("/confirm/codes", page="/confirm/code").status_code == 303
    later(seconds=31)
    assert mei.centre.submit("/confirm/codes", page="/confirm/code").status_code == 429
    later(hours=1)
    assert mei.centre.submit("/confirm/codes", page="/confirm/code").status_code == 303


def test_one_persons_codes_do_not_use_up_anothers(mei: Browser, somebody_else: Browser, later: Callable[..., None]) -> None:
    for _ in range(5):
        later(seconds=31)
        mei.centre.submit("/confirm/codes", page="/confirm/code")
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


def test_a_mail_server_that_is_away_is_tried_again_and_then_told_of(mei: Browser, centre: Flask, later: Callable[..., None]) -> None:
    centre.extensions["mailman"].port = free_port()
    for _ in range(4):
        jobs.run_due()
        later(seconds=45)

    assert "We could not send the mail" in mei.centre.get("/confirm/code").text


def test_a_mail_that_needed_a_second_try_works(mei: Browser, centre: Flask, stand_ins: StandIns, later: Callable[..., None]) -> None:
    right, centre.extensions["mailman"].port = centre.extensions["mailman"].port, free_port()
    jobs.run_due()
    centre.extensions["mailman"].port = right
    later(seconds=45)

    assert typed(mei, mailed(stand_ins)).status_code == 303


def test_many_tries_at_once_are_five_tries(mei: Browser, stand_ins: StandIns) -> None:
    wrong = f"{(int(mailed(stand_ins)) + 1) % 10**8:08d}"
    code, start = ConfirmationCode.get(), threading.Barrier(8)

    def guess() -> None:
        db.connect()
        start.wait()
        for _ in range(3):
            codes.fits(code, wrong)  # as each of them read it, no try is used up yet
        db.database.close()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert ConfirmationCode.get().tries == 5


def test_typing_is_limited_per_person(mei: Browser, somebody_else: Browser, stand_ins: StandIns) -> None:
    somebody_else.sign_in("zai-jun")
    limiter.enabled = True
    limiter.reset()
    answers = [typed(mei, "1") for _ in range(21)]

    assert (answers[19].status_code, answers[20].status_code) == (422, 429)
    assert "That was too often in a short time" in answers[20].text
    assert typed(somebody_else, "1").status_code == 422


def test_beginning_to_sign_in_is_limited_per_address(somebody: Browser) -> None:
    limiter.enabled = True
    limiter.reset()
    here = [somebody.centre.submit("/sign-in").status_code for _ in range(31)]

    assert (here[29], here[30]) == (303, 429)
    elsewhere = somebody.centre.submit("/sign-in", environ_overrides={"REMOTE_ADDR": "203.0.113.5"})
    assert elsewhere.status_code == 303


def mailed(stand_ins: StandIns) -> str:
    """The code out of the newest mail, once the worker has sent it."""
    jobs.run_due()
    found = re.search(r"^\s+(\d{4}) (\d{4})$", stand_ins.mails()[0].text, re.MULTILINE)
    assert found
    return found.group(1) + found.group(2)


def typed(browser: Browser, code: str) -> Any:
    """The answer to a code."""
    return browser.centre.submit("/confirm/code", {"code": code, "next": "/account"})
