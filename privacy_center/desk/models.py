"""Who works at the desk, what they note for each other, and what two of them must agree on."""

from __future__ import annotations

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Source, internal, personal, pgettext_lazy, secret, years

OFFICER, AUDITOR = "officer", "auditor"
ROLES = {OFFICER: pgettext_lazy("role at the desk", "Officer"), AUDITOR: pgettext_lazy("role at the desk", "Auditor")}

OPEN, SECONDED, TURNED_DOWN, WITHDRAWN, LAPSED = "open", "seconded", "turned down", "withdrawn", "lapsed"
ENDINGS = {
    OPEN: pgettext_lazy("state of a proposal", "Waits for a second officer"),
    SECONDED: pgettext_lazy("state of a proposal", "Seconded and done"),
    TURNED_DOWN: pgettext_lazy("state of a proposal", "Turned down"),
    WITHDRAWN: pgettext_lazy("state of a proposal", "Withdrawn"),
    LAPSED: pgettext_lazy("state of a proposal", "Lapsed: what it was about had changed"),
}


class Staff(Record):
    """Somebody who works at the desk: invited by e-mail address, known from the first sign-in on by issuer and user id."""

    rank = 14
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Your place at the desk"),
        description=_l("That you answer requests as our privacy officer, or audit how they are answered."),
        source=(Source.CENTRE,),
        purposes=(Purpose.SECURITY, Purpose.LEGAL),
        retention=years(3, since="removed_at"),
        on_erasure=Erase.ANONYMISE,
        kept_because=_l("We must be able to show which of our people acted on whose data (GDPR Art. 5 (2)). Only the number is left."),
        recipients=(),
        dated_by="added_at",
        titled_by="role",
        listed=("removed_at",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=True), "the account it is tied to, from the first sign-in on")
    user_id: int | None
    email = personal(CharField(max_length=320, null=True), _l("E-mail address"), identifying=True)
    role = personal(CharField(max_length=10), _l("Role"), values=ROLES)
    added_at = personal(Moment(default=clock.now), _l("Added"))
    bound_at = personal(Moment(null=True), _l("First signed in for the desk"))
    removed_at = personal(Moment(null=True), _l("Removed"))

    class Meta:
        table_name = "desk_staff"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user

    @classmethod
    def serving(cls) -> Any:
        """Those who have not been removed."""
        return cls.select().where(cls.removed_at.is_null())

    @classmethod
    def of(cls, user: User) -> Self | None:
        """The place of *user* at the desk; read on every request, so that a change counts at once."""
        found: Self | None = cls.serving().where(cls.user == user.id).first()
        return found

    @classmethod
    def invited(cls, email: str | None) -> Self | None:
        """The place that waits for whoever proves to have this address."""
        if not email:
            return None
        found: Self | None = cls.serving().where(cls.user.is_null() & (cls.email == email.casefold())).first()
        return found

    @property
    def is_officer(self) -> bool:
        """Whether they may act, and not only look."""
        return self.role == OFFICER

    @property
    def actor(self) -> str:
        """How the audit log names them."""
        return f"staff:{self.id}"

    @property
    def display_name(self) -> str:
        """What colleagues call them."""
        return (self.user.name if self.user else None) or self.email or f"staff {self.id}"


class Note(Record):
    """What officers write to each other about a case; its person is never shown it."""

    rank = 12
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Working notes of our officers"),
        description=_l("What officers note while they work on a request of yours. You see that there is one, not what it says."),
        source=(Source.CENTRE,),
        purposes=(Purpose.LEGAL,),
        retention=years(3, since="at"),
        on_erasure=Erase.DELETE,
        recipients=(),
        dated_by="at",
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    about = internal(CharField(max_length=20), "the kind of case")
    number = internal(BigIntegerField(), "the number of the case")
    person = internal(BigIntegerField(null=True, index=True), "whose case it is, as a number, where there is an account")
    at = personal(Moment(default=clock.now), _l("Written"))
    author = internal(BigIntegerField(), "the number of the officer who wrote it")
    words = secret(TextField(), "what officers write to each other")

    class Meta:
        table_name = "desk_note"
        indexes = ((("about", "number"), False),)

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.person == user.id


class Proposal(Record):
    """Something that can't be undone, which one officer proposes and another must second before it happens."""

    rank = 13
    holds = Holding(
        category=Category.LOG,
        title=_l("Decisions that took two officers"),
        description=_l("What can’t be undone, two officers decide. What was proposed is forgotten once that is over; that it was decided, and when, is kept."),
        source=(Source.CENTRE,),
        purposes=(Purpose.SECURITY, Purpose.LEGAL),
        retention=years(3, since="proposed_at"),
        on_erasure=Erase.ANONYMISE,
        kept_because=_l("We must be able to show that two people decided (GDPR Art. 5 (2)). The rows hold numbers, no names."),
        recipients=(),
        dated_by="proposed_at",
        titled_by="state",
        listed=("ended_at",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    kind = internal(CharField(max_length=40), "what is proposed")
    subject = internal(BigIntegerField(), "the number of what it is about")
    person = internal(BigIntegerField(null=True, index=True), "whose data it touches, as a number, where there is an account")
    what = secret(JSONText(null=True), "what exactly is proposed; emptied when it is over")
    proposed_by = internal(BigIntegerField(), "the number of the officer who proposed it")
    proposed_at = personal(Moment(default=clock.now), _l("Proposed"))
    state = personal(CharField(max_length=12, default=OPEN), _l("State"), values=ENDINGS)
    ended_by = internal(BigIntegerField(null=True), "the number of the officer who ended it")
    ended_at = personal(Moment(null=True), _l("Decided"))

    class Meta:
        table_name = "desk_proposal"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.person == user.id

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second officer."""
        return self.state == OPEN

    @property
    def state_words(self) -> Any:
        """The state in words."""
        return ENDINGS[self.state]


_SERVING = SQL("removed_at IS NULL")
Staff.add_index(Staff.index(Staff.email, unique=True, name="desk_staff_one_an_address", where=_SERVING))
Staff.add_index(Staff.index(Staff.user, unique=True, name="desk_staff_one_a_user", where=_SERVING))
Proposal.add_index(Proposal.index(Proposal.kind, Proposal.subject, unique=True, name="desk_proposal_one_open", where=SQL("state = 'open'")))
