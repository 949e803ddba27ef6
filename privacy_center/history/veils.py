"""What is hidden from history though its bytes are not gone yet: a veil is drawn in the request, and lifted when the purge ends.

A veil hides by rule (everything up to a number, before a date, of a model…), so that hiding 200,000 conversations costs what
hiding one costs; what no rule can say (ticked ones, hits of a search, sub-agents of what a rule hides) is listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from peewee import BigIntegerField, BooleanField, FieldAlias, ForeignKeyField, IntegerField, ModelAlias, TextField, Value, chunked, fn

from privacy_center.accounts.models import PersonalRecord, User
from privacy_center.core import clock
from privacy_center.core.db import Moment, database, fetch, give_way
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Source, internal, personal, with_parent

LISTED_AT_ONCE = 500
UNTIL_GONE = with_parent(_l("until its bytes are gone, at the latest in 24 hours; if you don't confirm it, a day"))


class Veil(PersonalRecord):
    """What one deletion hides, from the moment it is drawn."""

    rank = 15
    holds = Holding(
        category=Category.CONTENT,
        title=_l("Deletions asked for and under way"),
        description=_l("What you mean to delete: for a day at most until you confirm it, then hidden until its bytes are gone."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE,),
        retention=UNTIL_GONE,
        on_erasure=Erase.DELETE,
        dated_by="made_at",
        recipients=(),
        listed=("before", "model"),
    )

    made_at = personal(Moment(default=clock.now), _l("Asked for"))
    drawn_at = personal(Moment(null=True), _l("Hidden since"))
    through = internal(BigIntegerField(null=True), "rows up to this number are meant, so that what came later is not")
    revision = internal(IntegerField(null=True), "the state of the history it was drawn over; what changed since is not meant")
    since = personal(Moment(null=True), _l("Last activity since"))
    before = personal(Moment(null=True), _l("Last activity before"))
    model = personal(TextField(null=True), _l("Model"))
    source = personal(TextField(null=True), _l("Where"))
    workspace = personal(TextField(null=True), _l("Workspace"))
    archived = personal(BooleanField(null=True), _l("Archived in ZCode"))

    class Meta:
        indexes = ((("user", "drawn_at"), False),)

    @classmethod
    def drawn_for(cls, user: User | int) -> list[Self]:
        """The veils that hide something of *user*'s now."""
        found = fetch("SELECT id FROM veil WHERE user_id = ? AND drawn_at IS NOT NULL", user if isinstance(user, int) else user.id)
        # Mostly there is none, and this is asked on every page: the quick question first.
        return list(cls.select().where(cls.id.in_([number for (number,) in found]))) if found else []

    def rule_in(self, conversation: Any) -> Any:
        """The condition under which a row of Conversation, or of an alias of it, is hidden by rule; None when the veil only lists.

        What is hidden can't change, as the feed refuses it. So what has changed since the veil was drawn was never meant: it may
        meet the rule only now, or have got the number of a row that is gone.
        """
        if self.through is None:
            return None
        meant = (conversation.user == self.user_id) & (conversation.id <= self.through)
        if self.revision is not None:
            meant &= conversation.revision <= self.revision
        if self.since is not None:
            meant &= conversation.active_at >= self.since
        if self.before is not None:
            meant &= conversation.active_at < self.before
        for name in ("model", "source", "workspace", "archived"):
            if (value := getattr(self, name)) is not None:
                # Said twice, because NOT (NULL = x) is NULL: it would hide conversations without a model.
                field = _field(conversation, name)
                meant &= field.is_null(False) & (field == value)
        return meant

    @property
    def listed(self) -> Any:
        """The numbers of the conversations that are hidden one by one."""
        return Veiled.select(Veiled.conversation).where(Veiled.veil == self)

    def covers_in(self, conversation: Any) -> Any:
        """The condition under which a row of Conversation, or of an alias of it, is hidden by this veil."""
        one_by_one, rule = conversation.id.in_(self.listed), self.rule_in(conversation)
        return one_by_one if rule is None else rule | one_by_one

    def list_also(self, conversations: Iterable[int]) -> int:
        """List conversations, in short transactions; returns how many. Nothing is added to a veil that is drawn."""
        count = 0
        for some in chunked(conversations, LISTED_AT_ONCE):
            rows = [{"user": self.user_id, "veil": self.id, "conversation": each, "made_at": clock.now()} for each in some]
            with database.atomic():
                User.locked(self.user_id)
                if not Veil.select().where((Veil.id == self.id) & Veil.drawn_at.is_null()).exists():
                    break
                Veiled.insert_many(rows).on_conflict_ignore().execute()
                count += len(rows)
            give_way()
        return count

    def unlist_some(self) -> int:
        """Take some conversations off the list, in a transaction of the caller's; returns how many."""
        some = Veiled.select(Veiled.id).where(Veiled.veil == self).limit(LISTED_AT_ONCE)
        return int(Veiled.delete().where(Veiled.id.in_([each.id for each in some])).execute())

    def draw(self, at: datetime, revision: int) -> None:
        """Hide, from this moment, everything the veil covers in that state of the history."""
        Veil.update(drawn_at=at, revision=revision).where(Veil.id == self.id).execute()
        self.drawn_at, self.revision = at, revision

    def lift(self) -> None:
        """Forget the veil: what it hid is gone, or it never hid anything."""
        Veil.delete().where(Veil.id == self.id).execute()

    @classmethod
    def earlier(cls, veil: Self) -> list[Self]:
        """The veils that were drawn for the same person before *veil*, and are not lifted."""
        return list(cls.select().where((cls.user == veil.user_id) & (cls.revision < veil.revision)))


class Veiled(PersonalRecord):
    """One conversation that a veil lists."""

    rank = 16
    holds = Holding(
        category=Category.CONTENT,
        title=_l("Conversations meant by a deletion"),
        description=_l("Which conversations such a deletion means one by one."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE,),
        retention=UNTIL_GONE,
        on_erasure=Erase.DELETE,
        dated_by="made_at",
        recipients=(),
        listed=("conversation",),
    )

    veil = internal(ForeignKeyField(Veil, on_delete="CASCADE", index=False), "the deletion it belongs to")
    conversation = personal(BigIntegerField(index=True), _l("Number of the conversation"))
    made_at = personal(Moment(default=clock.now), _l("Asked for"))

    class Meta:
        indexes = ((("veil", "conversation"), True), (("user", "made_at", "id"), False))


def covered(user: User | int, conversation: Any) -> Any:
    """The condition under which a conversation of *user*'s is hidden by any veil; None when nothing is."""
    return covered_by(Veil.drawn_for(user), conversation)


def covered_by(veils: list[Veil], conversation: Any) -> Any:
    """The condition under which a conversation is hidden by any of the veils, however many; None when there is none."""
    if not veils:
        return None
    listed = Veiled.select(Value(1)).where((Veiled.conversation == conversation.id) & Veiled.veil.in_([veil.id for veil in veils]))
    condition = fn.EXISTS(listed)
    for veil in veils:
        if (rule := veil.rule_in(conversation)) is not None:
            condition |= rule
    return condition


def _field(conversation: Any, name: str) -> Any:
    """A field of Conversation or of an alias of it; an alias has a `model` of its own, which is the class."""
    if isinstance(conversation, ModelAlias):
        return FieldAlias(conversation, conversation.model._meta.fields[name])
    return conversation._meta.fields[name]
