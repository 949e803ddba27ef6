"""An address is proved by the code that was sent there, and by nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from privacy_center.core import db, jobs
from privacy_center.verification import proving
from privacy_center.verification.models import Code, Proof
from privacy_center.verification.proving import Result, State
from tests.verification.conftest import again, ask, mailed, wrong


def test_the_code_in_the_mail_proves_the_address(outbox: list[Any]) -> None:
    proof = ask()
    assert proving.state_of(proof) is State.UNDER_WAY

    code = mailed(outbox)

    assert outbox[0].to == ["nadia@example.org"] and proving.state_of(proof) is State.SENT
    assert proving.check(proof, f" {code[:4]}-{code[4:]} ") is Result.RIGHT
    assert Proof.get().proved_at is not None


def test_the_code_is_kept_as_a_keyed_digest_only(outbox: list[Any]) -> None:
    ask()
    code = mailed(outbox)

    assert code not in str(list(Code.select().dicts())) + str(list(jobs.Job.select().dicts()))
    assert code not in outbox[0].subject and "nadia" not in outbox[0].body


def test_guessing_ends_after_five_tries(outbox: list[Any]) -> None:
    proof = ask()
    code = mailed(outbox)

    assert [proving.check(proof, wrong(code)) for _ in range(5)] == [Result.WRONG] * 5
    assert proving.state_of(proof) is State.USED_UP
    assert proving.check(proof, code) is Result.CLOSED
    assert Proof.get().proved_at is None


def test_what_is_no_code_costs_no_try(outbox: list[Any]) -> None:
    proof = ask()
    mailed(outbox)

    assert proving.check(proof, "1234") is Result.WRONG
    assert proving.tries_left(proof) == 5


def test_a_code_runs_out_after_ten_minutes(later: Callable[..., None], outbox: list[Any]) -> None:
    proof = ask()
    code = mailed(outbox)
    later(minutes=10)

    assert proving.state_of(proof) is State.RUN_OUT
    assert proving.check(proof, code) is Result.CLOSED


def test_a_newer_code_makes_the_older_worthless(later: Callable[..., None], outbox: list[Any]) -> None:
    proof = ask()
    older = mailed(outbox)
    later(minutes=1)
    again(proof)
    newer = mailed(outbox)

    assert proving.check(proof, older) is Result.WRONG
    assert proving.check(proof, newer) is Result.RIGHT


def test_a_code_works_once(outbox: list[Any]) -> None:
    proof = ask()
    code = mailed(outbox)
    proving.check(proof, code)

    assert proving.check(proof, code) is Result.CLOSED


def test_the_code_of_one_proof_opens_no_other(outbox: list[Any]) -> None:
    ask()
    code = mailed(outbox)
    other = ask("olga@example.org")
    mailed(outbox)

    assert proving.check(other, code) is Result.WRONG


def test_no_code_is_sent_to_an_address_that_is_proved(later: Callable[..., None], outbox: list[Any]) -> None:
    proof = ask()
    proving.check(proof, mailed(outbox))
    later(minutes=1)
    again(proof)
    jobs.run_due()

    assert len(outbox) == 1


@pytest.mark.engine("sqlite")
def test_many_tries_at_once_are_five_at_most(outbox: list[Any]) -> None:
    proof = ask()
    code = mailed(outbox)
    results: list[Result] = []

    def guess() -> None:
        db.connect()
        results.append(proving.check(proof, wrong(code)))
        db.database.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (results.count(Result.WRONG), len(results)) == (5, 12)


def test_the_mail_is_in_the_persons_language(app: Any, outbox: list[Any]) -> None:
    with app.test_request_context():
        proving.ask("nadia@example.org", about="trial", subject=1, language="zh_Hans")
    jobs.run_due()

    assert "验证码" in outbox[0].subject
