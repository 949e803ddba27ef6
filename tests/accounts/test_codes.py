"""Codes by mail, typed: for when Z.ai can't prove that somebody has just signed in."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from privacy_center.accounts import codes
from privacy_center.accounts.models import ConfirmationCode, Session
from privacy_center.core import db, jobs
from tests.accounts.mailing import mailed, typed
from tests.accounts.stand_ins import Browser, StandIns, entries

pytestmark = pytest.mark.parametrize("shape", ["zai"], indirect=True)


def test_a_code_comes_by_mail_and_confirms(asking: Browser, stand_ins: StandIns) -> None:
    assert "We are sending it to mei@example.com" in asking.centre.get("/confirm/code").text
    code = mailed(stand_ins)
    assert "We have sent it to mei@example.com" in asking.centre.get("/confirm/code").text
    before = asking.token()

    answer = typed(asking, code)

    assert (answer.status_code, answer.location) == (303, "/account")
    assert Session.get().is_confirmed and asking.token() != before
    assert [entry.reason for entry in entries("confirmed")] == ["code by mail"]


def test_the_code_is_kept_as_a_keyed_digest_only(asking: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)

    row = ConfirmationCode.select().dicts().get()
    assert code not in str(row) and len(row["code_hash"]) == 64
    assert code not in str(list(jobs.Job.select().dicts()))


@pytest.mark.parametrize("shown", ["{0} {1}", " {0}-{1} ", "{0}{1}"])
def test_spaces_and_hyphens_do_not_matter(asking: Browser, stand_ins: StandIns, shown: str) -> None:
    code = mailed(stand_ins)

    assert typed(asking, shown.format(code[:4], code[4:])).status_code == 303


def test_full_width_figures_are_figures(asking: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)

    assert typed(asking, "".join(chr(ord(digit) + 0xFEE0) for digit in code)).status_code == 303


def test_what_is_no_code_costs_no_try(asking: Browser, stand_ins: StandIns) -> None:
    mailed(stand_ins)

    answer = typed(asking, "1234")

    assert (answer.status_code, "Type the eight digits of the code." in answer.text) == (422, True)
    assert ConfirmationCode.get().tries == 0


def test_guessing_ends_after_five_tries(asking: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)
    wrong = f"{(int(code) + 1) % 10**8:08d}"

    assert "That is not the code. 4 tries are left." in typed(asking, wrong).text
    for _ in range(2):
        typed(asking, wrong)
    assert "That is not the code. 1 try is left." in typed(asking, wrong).text
    assert "This code is used up" in typed(asking, wrong).text

    assert typed(asking, code).status_code == 422
    assert not Session.get().is_confirmed


def test_a_code_runs_out_after_ten_minutes(asking: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    code = mailed(stand_ins)
    later(minutes=10, seconds=1)

    assert "This code has run out" in asking.centre.get("/confirm/code").text
    assert typed(asking, code).status_code == 422
    assert not Session.get().is_confirmed


def test_a_code_works_once(asking: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    code = mailed(stand_ins)
    typed(asking, code)
    Session.update(confirmed_at=None).execute()

    assert typed(asking, code).status_code == 422
    assert not Session.get().is_confirmed


def test_a_new_code_makes_the_old_one_worthless(asking: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    old = mailed(stand_ins)
    later(seconds=31)
    asking.centre.submit("/confirm/codes", {"next": "/account"}, page="/confirm/code")
    new = mailed(stand_ins)

    assert typed(asking, old).status_code == 422
    assert typed(asking, new).status_code == 303


def test_another_browsers_code_is_worth_nothing_here(asking: Browser, somebody_else: Browser, stand_ins: StandIns, later: Callable[..., None]) -> None:
    code = mailed(stand_ins)
    somebody_else.sign_in("zai-mei")
    later(seconds=31)
    somebody_else.centre.submit("/confirm", {"next": "/account"})
    mailed(stand_ins)

    assert typed(somebody_else, code).status_code == 422


def test_many_tries_at_once_are_five_tries(asking: Browser, stand_ins: StandIns) -> None:
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
