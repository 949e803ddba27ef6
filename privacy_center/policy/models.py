"""Editions of the policy, announcements, the mails that tell of them, and what people answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, PersonalRecord, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, NotPersonal, Purpose, Recipient, Source, internal, personal, while_account_exists

MARKDOWN, PLAIN = "markdown", "plain"
READ, AGREE, REFUSE = "read", "agree", "refuse"
ANSWERS = {READ: _l("Read"), AGREE: _l("Agreed"), REFUSE: _l("Not agreed")}


def midnight(day: str) -> datetime:
    """The moment at which a day, written as 2026-06-15, begins."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def today() -> str:
    """The day it is, in UTC, as editions write theirs."""
    return clock.now().date().isoformat()


class Edition(Record):
    """The official text as it was published, for the day from which it counts; never changed."""

    holds = NotPersonal("the text of the policy, the same for everybody")

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    effective_on = internal(CharField(max_length=10, unique=True), "from which day on it counts, as 2026-06-15")
    published_at = internal(Moment(default=clock.now), "when")
    material = internal(BooleanField(default=False), "whether it changes how personal data are processed, so that agreement is asked")
    form = internal(CharField(max_length=10), "Markdown or plain text")
    text = internal(TextField(), "the official text")
    digest = internal(CharField(max_length=64), "SHA-256 of the text")

    @property
    def day(self) -> datetime:
        """The moment from which it counts, for pages that write it out."""
        return midnight(self.effective_on)

    @property
    def is_upcoming(self) -> bool:
        """Whether it counts only from a later day on."""
        return self.effective_on > today()


class Acknowledgement(PersonalRecord):
    """That a person has read an edition, or agreed to it or not; added, never changed, and its own receipt."""

    rank = 6
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Your answers about the privacy policy"),
        description=_l("Which edition of the policy you have read, whether you agreed where we asked, and in which words we asked."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="at",
        recipients=(),
        titled_by="code",
        listed=("answer",),
    )

    edition = internal(ForeignKeyField(Edition, index=False), "the edition that was answered about")
    edition_id: int
    answer = personal(CharField(max_length=10), _l("Answer"), values=ANSWERS)
    at = personal(Moment(default=clock.now), _l("When"))
    code = personal(CharField(max_length=24, unique=True), _l("Code of the receipt"))
    body = personal(JSONText(), _l("What it says"))
    digest = personal(CharField(max_length=64), _l("SHA-256 of what it says"))

    class Meta:
        indexes = ((("user", "edition"), False),)

    @property
    def answered(self) -> Any:
        """The answer in words."""
        return ANSWERS[self.answer]

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The answers of *user*, newest first."""
        return cls.select(cls, Edition).join(Edition).where(cls.user == user).order_by(cls.id.desc())

    @classmethod
    def standing(cls, user: User, edition: Edition) -> Self | None:
        """What the person has answered about an edition; the newest answer counts."""
        return cls.owned_by(user).where(cls.edition == edition).first()


class Announcement(Record):
    """Something that everybody must hear of, such as the end of a service, with the day on which it happens."""

    holds = NotPersonal("a text of ours, the same for everybody")

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    happens_on = internal(CharField(max_length=10), "on which day it happens, as 2026-06-15")
    published_at = internal(Moment(default=clock.now), "when")
    ended_at = internal(Moment(null=True), "when it was taken back")
    title = internal(TextField(), "its first line")
    form = internal(CharField(max_length=10), "Markdown or plain text")
    text = internal(TextField(), "the rest")
    digest = internal(CharField(max_length=64, unique=True), "SHA-256 of day and text, so that nothing is announced twice")

    @property
    def day(self) -> datetime:
        """The day on which it happens, for pages that write it out."""
        return midnight(self.happens_on)


class Mailing(Record):
    """One text that everybody is mailed about: how far that is."""

    holds = NotPersonal("what is mailed about, and how many have been")

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    edition = internal(ForeignKeyField(Edition, null=True, index=True), "the edition that it tells of")
    announcement = internal(ForeignKeyField(Announcement, null=True, index=True), "the announcement that it tells of")
    edition_id: int | None
    announcement_id: int | None
    begun_at = internal(Moment(default=clock.now), "when")
    ended_at = internal(Moment(null=True), "when nobody was left to mail")
    total = internal(IntegerField(default=0), "how many people had an address when it began")
    reached = internal(BigIntegerField(default=0), "the number of the last person it came to")
    sent = internal(IntegerField(default=0), "how many mails the mail server took")
    refused = internal(IntegerField(default=0), "how many addresses the mail server refused")
    unsure = internal(IntegerField(default=0), "how many were broken off, and are not sent again")
    trouble = internal(TextField(null=True), "why it stands still")


class Notification(PersonalRecord):
    """That a person was mailed about an edition or an announcement; written before the mail leaves, so that none leaves twice."""

    rank = 12
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Mails about the policy"),
        description=_l("That we wrote to you about the privacy policy or an announcement, and when. The mails carry no data of yours."),
        source=(Source.CENTRE,),
        purposes=(Purpose.COMMUNICATE, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="at",
        recipients=(Recipient.VENDORS,),
        titled_by="about",
        listed=("state",),
    )

    mailing = internal(ForeignKeyField(Mailing, index=False), "the mailing it belongs to")
    about = personal(TextField(), _l("About"))
    at = personal(Moment(default=clock.now), _l("When"))
    state = personal(
        CharField(max_length=10),
        _l("State"),
        values={"leaving": _l("Broken off; perhaps sent"), "sent": _l("Sent"), "refused": _l("Your mail server refused it")},
    )

    class Meta:
        indexes = ((("mailing", "user"), True), (("user", "at"), False))
