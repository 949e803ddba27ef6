"""The mail that says a copy is ready or failed: it leads to the page and says nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from flask_mailman import EmailMessage

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.exports import asking
from privacy_center.exports.contents import Choice
from privacy_center.exports.models import Export
from tests.conftest import BASE_URL
from tests.exports.meanwhile import history, work
from tests.exports.taking import ask, build, newest

pytestmark = pytest.mark.usefixtures("store")


def fail() -> None:
    """Let the copy that is being made be given up."""
    jobs.Job.update(attempts=99).where(jobs.Job.kind == asking.BUILD).execute()
    work()


def test_a_copy_that_is_ready_is_announced_once(as_mei: Any, outbox: list[Any]) -> None:
    history()
    export = build(as_mei)
    work()
    [mail] = outbox
    assert (mail.to, mail.subject) == (["mei@example.com"], "Your copy is ready")
    assert f"{BASE_URL}/exports/{export.id}\n" in mail.body and "for seven days" in mail.body
    assert not [word for word in ("Mei", "bread", "boats", "notes.txt") if word in mail.body]


def test_a_copy_that_failed_is_announced_too(as_mei: Any, outbox: list[Any]) -> None:
    ask(as_mei)
    fail()
    [mail] = outbox
    assert mail.subject == "Your copy could not be made"
    assert f"{BASE_URL}/exports/{newest().id}" in mail.body


@pytest.mark.parametrize("ready", [True, False])
def test_who_reads_chinese_is_written_to_in_chinese(as_mei: Any, outbox: list[Any], ready: bool) -> None:
    User.update(language="zh-Hans").execute()
    ask(as_mei)
    if not ready:
        fail()
    work()
    [mail] = outbox
    assert "副本" in mail.subject and "副本" in mail.body and f"/exports/{newest().id}" in mail.body
    assert "copy" not in mail.body


def test_the_pages_promise_a_mail_only_to_whom_we_can_write(as_mei: Any) -> None:
    assert "We write to you when it is ready" in as_mei.get("/exports").text
    assert "a mail says when it is ready" in ask(as_mei).text
    asking.cancel(newest())
    User.update(email=None).execute()
    for page in (as_mei.get("/exports"), ask(as_mei)):
        assert "no e-mail address" in page.text
        assert "mail says" not in page.text and "We write to you" not in page.text


def test_nobody_is_written_to_without_an_address(as_mei: Any, outbox: list[Any]) -> None:
    User.update(email=None).execute()
    build(as_mei)
    work()
    assert (newest().state, outbox) == ("ready", [])


def test_a_copy_for_somebody_else_is_not_announced_to_the_person(mei: User, outbox: list[Any]) -> None:
    asking.ask(mei, Choice(), "en", made_for="request")
    work()
    assert (newest().state, outbox) == ("ready", [])


def test_a_copy_that_is_gone_before_its_mail_is_not_announced(as_mei: Any, outbox: list[Any]) -> None:
    ask(as_mei)
    jobs.perform(jobs.Job.get(jobs.Job.kind == asking.BUILD).id)
    asking.delete(newest())
    work()
    assert outbox == []


def test_a_mail_that_was_not_taken_is_sent_again_and_the_copy_is_there_meanwhile(as_mei: Any, outbox: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refused)
        build(as_mei)
        assert (newest().state, outbox) == ("ready", [])
    work()
    assert len(outbox) == 1


def test_a_worker_that_dies_right_after_the_copy_is_ready_still_has_it_announced(as_mei: Any, outbox: list[Any]) -> None:
    ask(as_mei)
    job = jobs.Job.get(jobs.Job.kind == asking.BUILD)
    jobs.perform(job.id)
    jobs.Job.update(state=jobs.RUNNING, leased_until=0).where(jobs.Job.id == job.id).execute()  # it has never said that it is done
    work()
    assert (Export.select().count(), newest().state, len(outbox)) == (1, "ready", 1)
