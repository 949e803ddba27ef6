"""Deletions, the wish to delete old conversations by itself, files whose rows are gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, PersonalRecord, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, NotPersonal, Purpose, Source, internal, personal, until_deleted, while_account_exists
from privacy_center.erasure.proof import Receipt

AUTO_DELETE_CHOICES = (3, 12, 18, 36)
AUTO_DELETE_NOTICE = relativedelta(days=7)
LONGEST = relativedelta(hours=24)
SCOPES = {
    "one": _l("A conversation that was chosen"),
    "ticked": _l("Conversations that were chosen one by one"),
    "matching": _l("Conversations that a search found"),
    "before": _l("Conversations last used before a date"),
    "everything": _l("The whole history of conversations"),
    "auto": _l("Old conversations, by auto-delete"),
    "restore": _l("What was deleted before a backup was put back"),
}


class Deletion(PersonalRecord):
    """A deletion of conversations: asked for, confirmed and hidden, then purged."""

    rank = 40
    holds = Holding(
        category=Category.LOG,
        title=_l("Your deletions"),
        description=_l("That you deleted conversations, when, and how many. Never which."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="asked_at",
        recipients=(),
        titled_by="scope",
        listed=("total", "hidden_at", "purged_at"),
    )

    scope = personal(CharField(max_length=12), _l("What"), values=SCOPES)
    before = personal(Moment(null=True), _l("Last activity before"))
    asked_at = personal(Moment(default=clock.now), _l("Asked for"))
    hidden_at = personal(Moment(null=True), _l("Hidden"))
    removed_at = personal(Moment(null=True, index=True), _l("Removed from the database"))
    purged_at = personal(Moment(null=True), _l("Gone from our disks"))
    total = personal(IntegerField(default=0), _l("Conversations"))
    done = personal(IntegerField(default=0), _l("Conversations removed so far"))
    removed = personal(JSONText(default=dict), _l("Removed so far, by kind"))
    shown = internal(JSONText(default=dict), "the numbers that the confirmation page showed")
    revision = internal(IntegerField(default=0), "the state of the history that those numbers are of")
    trouble = personal(TextField(null=True), _l("What went wrong"))
    veil = internal(BigIntegerField(null=True), "what hides it, until it is gone")
    receipt = internal(ForeignKeyField(Receipt, null=True, index=False), "its receipt")

    class Meta:
        indexes = ((("user", "asked_at"), False),)

    @property
    def state(self) -> str:
        """asked, hidden, removed, purged or failed: how far it is."""
        if self.purged_at:
            return "purged"
        if self.trouble:
            return "failed"
        if self.removed_at:
            return "removed"
        return "hidden" if self.hidden_at else "asked"

    @property
    def numbers(self) -> str:
        """The numbers that the confirmation page shows, in one word: what is confirmed is what was seen."""
        return "-".join(str(self.shown[name]) for name in sorted(self.shown))

    @property
    def deadline(self) -> datetime | None:
        """By when its bytes must be gone: 24 hours after it was hidden."""
        return self.hidden_at + LONGEST if self.hidden_at else None

    @property
    def is_under_way(self) -> bool:
        """Whether work goes on."""
        return self.state in ("hidden", "removed")

    @property
    def is_late(self) -> bool:
        """Whether it has taken longer than was promised, and goes on."""
        return self.deadline is not None and self.purged_at is None and self.deadline < clock.now()

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The deletions of *user*, newest first."""
        return cls.select().where(cls.user == user).order_by(cls.id.desc())

    @classmethod
    def unconfirmed(cls) -> Any:
        """The condition under which a deletion was asked for, and no more."""
        return cls.hidden_at.is_null()


class AutoDelete(PersonalRecord):
    """The wish that conversations without activity for so many months go by themselves."""

    rank = 42
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Auto-delete"),
        description=_l("After how many months without activity your conversations are deleted by themselves."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE,),
        retention=until_deleted(),
        on_erasure=Erase.DELETE,
        dated_by="set_at",
        recipients=(),
        listed=("months",),
    )

    months = personal(IntegerField(), _l("Months"))
    set_at = personal(Moment(default=clock.now), _l("Set"))
    first_run_at = personal(Moment(), _l("First deletion not before"))
    last_run_at = personal(Moment(null=True), _l("Last looked"))

    class Meta:
        indexes = ((("user",), True),)

    @property
    def cutoff(self) -> datetime:
        """Conversations without activity since this moment go."""
        return clock.now() - relativedelta(months=self.months)


class DoomedFile(Record):
    """A stored file whose row is gone; removed from the store as soon as the transaction is over."""

    holds = NotPersonal("keys of the file store, random, for the moment between row and file")

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    key = internal(CharField(max_length=200, unique=True), "where it lies")
    deletion = internal(BigIntegerField(index=True), "the number of the deletion that removes it; of an erasure, negative; 0 when its time was over")
