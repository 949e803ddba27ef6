"""Mails about material changes and announcements: to everybody, once, whatever breaks in between."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from flask_mailman.backends.locmem import EmailBackend

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.policy import mailing
from privacy_center.policy.models import Mailing, Notification
from tests.policy import texts

PEOPLE = 7  # as many as `people` are


def told(outbox: list[Any]) -> list[str]:
    """Who was mailed, in order."""
    return [each.to[0] for each in outbox]


def test_a_material_change_is_mailed_to_everybody_who_has_an_address(publish: Any, outbox: list[Any], people: list[str]) -> None:
    assert "7 people with an address are mailed" in publish(texts.PLAIN, "2026-06-15", "--material")
    jobs.run_due()

    assert told(outbox) == people
    assert "http://127.0.0.1:8000/policy/2026-06-15\n" in outbox[0].body
    assert outbox[0].subject == "The ZCode privacy policy has changed"


def test_a_change_that_is_not_material_is_mailed_to_nobody(publish: Any, outbox: list[Any], people: list[str]) -> None:
    publish()
    jobs.run_due()

    assert outbox == []


def test_the_mails_carry_nothing_of_their_reader_and_say_that_they_go_to_many(publish: Any, outbox: list[Any], people: list[str]) -> None:
    publish(texts.PLAIN, "2026-06-15", "--material")
    jobs.run_due()

    assert not any(word in outbox[0].body + outbox[0].subject for word in ("Person", "person0", "zai-"))
    headers = outbox[0].extra_headers
    assert headers["List-Id"] == "ZCode privacy notices <privacy-notices.127.0.0.1>"
    assert (headers["Precedence"], headers["Auto-Submitted"], headers["List-Help"]) == ("bulk", "auto-generated", "<http://127.0.0.1:8000/policy>")


def test_mails_are_in_the_language_of_their_reader(publish: Any, outbox: list[Any], people: list[str]) -> None:
    User.update(language="zh-Hans").where(User.subject == "zai-0").execute()
    publish(texts.PLAIN, "2026-06-15", "--material")
    jobs.run_due()

    assert outbox[0].subject != outbox[1].subject


def test_many_people_are_mailed_slice_by_slice(publish: Any, outbox: list[Any], people: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "AT_ONCE", 3)
    publish(texts.PLAIN, "2026-06-15", "--material")
    jobs.perform(jobs.Job.due().get().id)

    assert told(outbox) == people[:3]
    jobs.run_due()
    assert told(outbox) == people
    assert Mailing.get().ended_at and Mailing.get().sent == PEOPLE


class Killed(BaseException):
    """The worker dies here."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_dies_leaves_nobody_mailed_twice(publish: Any, outbox: list[Any], people: list[str], monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """Whether its last mail left can't be known, so that person is not mailed again."""
    publish(texts.PLAIN, "2026-06-15", "--material")
    break_at(monkeypatch, 3, Killed(), when)
    with pytest.raises(Killed):
        jobs.run_due()
    with clock.at(clock.now() + 2 * jobs.LEASE):
        jobs.run_due()

    assert len(told(outbox)) == len(set(told(outbox))) == PEOPLE - (when == "before")
    assert (Mailing.get().sent, Mailing.get().unsure) == (PEOPLE - 1, 1)


def break_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException, when: str = "before") -> None:
    """Let the mail of that number break."""
    seen, whole = [], EmailBackend.send_messages

    def send(self: Any, messages: Any) -> int:
        seen.append(messages)
        if len(seen) == number and when == "before":
            raise error
        done = whole(self, messages)
        if len(seen) == number:
            raise error
        return done  # type: ignore[no-any-return]

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_an_address_that_is_refused_stops_nobody_else(publish: Any, outbox: list[Any], people: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    publish(texts.PLAIN, "2026-06-15", "--material")
    break_at(monkeypatch, 3, smtplib.SMTPRecipientsRefused({people[2]: (550, b"no such person")}))
    jobs.run_due()

    assert told(outbox) == people[:2] + people[3:]
    assert (Mailing.get().sent, Mailing.get().refused, Mailing.get().unsure) == (PEOPLE - 1, 1, 0)


def test_a_server_that_ends_the_connection_is_asked_anew(publish: Any, outbox: list[Any], people: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    publish(texts.PLAIN, "2026-06-15", "--material")
    break_at(monkeypatch, 3, smtplib.SMTPSenderRefused(421, b"too many", "us"))
    jobs.run_due()

    assert told(outbox) == people
    assert Mailing.get().sent == PEOPLE


def test_a_server_that_takes_nothing_is_left_alone_for_a_while(
    policy: Any, publish: Any, outbox: list[Any], people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(texts.PLAIN, "2026-06-15", "--material")
    break_at(monkeypatch, 1, smtplib.SMTPSenderRefused(451, b"not now", "us"))
    jobs.run_due()

    assert outbox == []
    assert "The mail server takes no mail just now." in policy("status").output
    with clock.at(clock.now() + 2 * jobs.LEASE * 15):
        jobs.run_due()
    assert told(outbox) == people


def test_a_server_that_is_not_there_costs_nobody_their_mail(publish: Any, people: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing.mail.mailer, "get_connection", Unreachable)
    publish(texts.PLAIN, "2026-06-15", "--material")
    jobs.run_due()

    assert jobs.Job.get(jobs.Job.kind == mailing.MAIL).reason == "The mail server does not answer."
    assert not Notification.select().exists()


class Unreachable:
    """A mail server that can't be reached."""

    def open(self) -> None:
        """Fail."""
        raise ConnectionRefusedError


def test_a_mailing_whose_job_is_lost_goes_on(publish: Any, outbox: list[Any], people: list[str]) -> None:
    publish(texts.PLAIN, "2026-06-15", "--material")
    jobs.Job.delete().execute()
    jobs.run_sweeps(only_due=False)
    jobs.run_due()

    assert told(outbox) == people
