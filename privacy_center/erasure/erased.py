"""Erasures of a person's data, accounts that are closing, and what went by itself when its time was over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, PersonalRecord, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.core.proof import new_code
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Recipient, Shape, Source, internal, personal, while_account_exists, years

TIME_TO_RECONSIDER = timedelta(days=7)
CAUSES = {
    "closure": _l("You closed the account"),
    "request": _l("You asked for it in a request"),
    "guardian": _l("A guardian asked for it"),
    "staff": _l("Two officers decided it"),
    "restore": _l("Repeated after a backup was put back"),
}
OUTCOMES = {"cancelled": _l("You kept the account"), "done": _l("The account was closed")}


class Erasure(PersonalRecord):
    """What was decided to be erased of one person: kinds of data, or everything with the account; and how far that is."""

    rank = 39
    holds = Holding(
        category=Category.LOG,
        title=_l("Your erasures"),
        description=_l("That data of yours were erased, when, which kinds and how many. Never what they were."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(10, since="decided_at"),
        on_erasure=Erase.KEEP,
        kept_because=_l("We must be able to show that it was done (GDPR Art. 5 (2)). It holds kinds and numbers, no names."),
        dated_by="decided_at",
        recipients=(Recipient.AUTHORITIES,),
        titled_by="code",
        listed=("whole", "removed_at", "purged_at"),
    )

    user_id: int
    code = personal(CharField(max_length=24, unique=True, default=lambda: new_code("ER")), _l("Code of the receipt"))
    whole = personal(BooleanField(), _l("Everything, with the account"))
    kinds = personal(JSONText(default=list), _l("Kinds of data"))
    cause = personal(CharField(max_length=12), _l("Why"), values=CAUSES)
    cause_number = internal(BigIntegerField(null=True), "the row that it was decided by")
    decided_by = personal(CharField(max_length=80), _l("Who decided"), shape=Shape.ACTOR)
    decided_at = personal(Moment(default=clock.now), _l("Decided"))
    reach = internal(JSONText(default=dict), "for each kind the moment up to which rows are meant: what came later is not")
    deletion = internal(BigIntegerField(null=True), "the deletion of conversations that it brought about")
    walked = internal(JSONText(default=dict), "how far kinds whose rows stay have been gone through")
    removed = personal(JSONText(default=dict), _l("Removed so far, by kind"))
    anonymised = personal(JSONText(default=dict), _l("Made nameless so far, by kind"))
    kept = internal(JSONText(default=list), "what stays, why and until when, as it was when everything else was gone")
    removed_at = personal(Moment(null=True, index=True), _l("Removed from the database"))
    purged_at = personal(Moment(null=True), _l("Gone from our disks"))
    trouble = personal(TextField(null=True), _l("What went wrong"))

    class Meta:
        indexes = ((("user", "decided_at"), False),)

    @property
    def state(self) -> str:
        """hidden, removed, purged or failed: how far it is."""
        if self.purged_at:
            return "purged"
        if self.trouble:
            return "failed"
        return "removed" if self.removed_at else "hidden"

    @property
    def is_under_way(self) -> bool:
        """Whether work goes on."""
        return self.state in ("hidden", "removed")

    @property
    def matter(self) -> str:
        """How orders to connected systems name it."""
        return f"erasure:{self.id}"

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The erasures of *user*, newest first."""
        return cls.select().where(cls.user == user).order_by(cls.id.desc())

    @classmethod
    def of_account(cls, user: User) -> Self | None:
        """The erasure of *user*'s whole account, if it was decided."""
        return cls.get_or_none((cls.user == user) & cls.whole)


class Closure(PersonalRecord):
    """That a person is closing the account: seven days in which they may still change their mind."""

    rank = 3
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Closing your account"),
        description=_l("That you asked to close the account, and until when you can change your mind."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="begun_at",
        recipients=(),
        titled_by="outcome",
        listed=("ends_at", "ended_at"),
    )

    user_id: int
    begun_at = personal(Moment(default=clock.now), _l("Begun"))
    ends_at = personal(Moment(), _l("Closes for good"))
    ended_at = personal(Moment(null=True), _l("Ended"))
    outcome = personal(CharField(max_length=12, null=True), _l("How it ended"), values=OUTCOMES)

    class Meta:
        indexes = ((("user", "begun_at"), False), (("ended_at", "ends_at"), False))

    @classmethod
    def open_for(cls, user: User) -> Self | None:
        """The closure of *user*'s account that has begun and not ended."""
        return cls.get_or_none((cls.user == user) & cls.ended_at.is_null())

    @property
    def left(self) -> timedelta:
        """How long there still is to change one's mind."""
        ends: datetime = self.ends_at
        return max(timedelta(0), ends - clock.now())


class Expiry(Record):
    """How many rows of one kind went by themselves on one day, because their time was over."""

    rank = 44
    holds = Holding(
        category=Category.LOG,
        title=_l("What went by itself"),
        description=_l("How many of your records we removed because their time was over, and when. Never what they were."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(1, since="swept_at"),
        on_erasure=Erase.DELETE,
        dated_by="swept_at",
        recipients=(),
        titled_by="kind",
        listed=("number",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=False), "whose they were; nobody's, where they had no account")
    user_id: int | None
    kind = personal(CharField(max_length=64), _l("Kind of data"))
    day = internal(CharField(max_length=10), "the day, as 2026-06-15")
    swept_at = personal(Moment(default=clock.now), _l("When"))
    number = personal(IntegerField(default=0), _l("How many"))
    slot = internal(CharField(max_length=120, unique=True), "person, kind and day in one, so that there is one row for each, also where there is no person")

    class Meta:
        indexes = ((("user", "swept_at"), False), (("day",), False))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """What went by itself of *user*'s, newest first."""
        return cls.select().where(cls.user == user).order_by(cls.swept_at.desc(), cls.id.desc())
