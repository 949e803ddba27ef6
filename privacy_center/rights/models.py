"""Requests, the letters about them with what is attached, and the timeline of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, User
from privacy_center.core import clock, tokens
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Recipient, Shape, Source, internal, personal, secret, with_parent, years
from privacy_center.rights import laws, words

HANDLED_BY = (Recipient.AUTHORITIES,)
WITH_REQUEST = with_parent(_l("as long as the request"))


class Request(Record):
    """What somebody asked of us: which right, by which law, by when; how far it is, and how it was answered."""

    rank = 5
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Your requests"),
        description=_l("What you asked of us, when, by when we owed an answer, and the answer. After an erasure only right, dates and outcome are left."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=(Purpose.PROVIDE, Purpose.COMMUNICATE, Purpose.LEGAL),
        retention=years(3, since="ended_at"),
        on_erasure=Erase.ANONYMISE,
        kept_because=_l("We must be able to show that we answered, and when (GDPR Art. 5 (2) and 12 (3)). What identifies you is blanked."),
        recipients=HANDLED_BY,
        dated_by="received_at",
        titled_by="right",
        listed=("state", "due_at", "ended_at"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=False), "whose it is; nobody's, while it was made without signing in")
    user_id: int | None
    reference = personal(CharField(max_length=20, unique=True), _l("Reference"))
    right = personal(CharField(max_length=20), _l("What"), values=words.RIGHTS)
    state = personal(CharField(max_length=20), _l("State"), values=words.STATES)
    email = personal(CharField(max_length=320, null=True, index=True), _l("E-mail address"), identifying=True)
    wants = personal(JSONText(null=True), _l("What exactly"), identifying=True, sensitive=True)
    language = personal(CharField(max_length=35, default="en"), _l("Language"))
    country = personal(CharField(max_length=2, null=True), _l("Country where you live"))
    region = personal(CharField(max_length=10, null=True), _l("State or province"))
    zone = personal(CharField(max_length=50), _l("Time zone of its dates"))
    law = personal(CharField(max_length=20), _l("Law of the place where you live"), values=laws.TITLES)
    due_law = personal(CharField(max_length=20), _l("Law that sets the due date"), values=laws.TITLES)
    received_at = personal(Moment(default=clock.now), _l("Received"))
    verified_at = personal(Moment(null=True), _l("Address confirmed"))
    acknowledge_by = personal(Moment(null=True), _l("Receipt to be confirmed by"))
    acknowledged_at = personal(Moment(null=True), _l("Receipt confirmed"))
    due_at = personal(Moment(), _l("Due"))
    extended_at = personal(Moment(null=True), _l("Put off"))
    extended_until = personal(Moment(null=True), _l("Put off until"))
    extension_reason = personal(CharField(max_length=20, null=True), _l("Put off because"), values=words.EXTENSIONS)
    extension_words = personal(TextField(null=True), _l("Put off: our words"), identifying=True)
    answer_by = personal(Moment(null=True), _l("Your answer needed by"))
    answered_at = personal(Moment(null=True), _l("Answered"))
    ended_at = personal(Moment(null=True), _l("Closed"))
    decision = personal(CharField(max_length=10, null=True), _l("Decision"), values=words.DECISIONS)
    decision_reason = personal(CharField(max_length=20, null=True), _l("Reason"), values=words.REASONS)
    decision_words = personal(TextField(null=True), _l("Our words"), identifying=True, sensitive=True)
    executed_at = personal(Moment(null=True), _l("Carried out"))
    executed_by = personal(CharField(max_length=80, null=True), _l("Carried out by"))
    person_wrote_at = personal(Moment(null=True), _l("You last wrote"))
    we_wrote_at = personal(Moment(null=True), _l("We last wrote"))
    reminded_at = personal(Moment(null=True), _l("You were reminded"))
    overdue_at = personal(Moment(null=True), _l("Noted as late"))
    assigned_to = internal(BigIntegerField(null=True), "the number of the officer who has it")
    proof = internal(BigIntegerField(null=True), "the number of the proof of its address")
    follows = internal(BigIntegerField(null=True), "the number of the request that it objects to")
    link_hash = secret(CharField(max_length=64, null=True, unique=True), "opens the request without signing in; only its hash is kept")
    revision = internal(IntegerField(default=0), "counts every change, so that nobody decides by a page that is old")

    class Meta:
        table_name = "rights_request"
        indexes = ((("user", "received_at", "id"), False), (("state", "due_at", "id"), False), (("received_at", "id"), False))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s.

        Requests made without signing in are nobody's, even under the same e-mail address: Z.ai doesn't say whether it proved an
        account's address, and whoever gave somebody else's would read what that person wrote. Opening the secret link while signed in
        brings a request to the account (`asking.adopt`).
        """
        return cls.user == user

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The requests of *user*, newest first."""
        return cls.select().where(cls.user == user).order_by(cls.received_at.desc(), cls.id.desc())

    @classmethod
    def by_link(cls, token: str) -> Self | None:
        """The request that a secret link opens."""
        return cls.get_or_none(cls.link_hash == tokens.at_rest(token))

    @classmethod
    def unfinished(cls) -> Any:
        """The condition under which somebody still has to act."""
        return cls.ended_at.is_null()

    @classmethod
    def late(cls) -> Any:
        """The condition under which we owe an answer and its date is over; what nobody has verified owes none."""
        until = clock.now()
        put_off = cls.extended_until.is_null(False) & (cls.extended_until < until)
        return cls.unfinished() & (cls.state != words.NEEDS_VERIFICATION) & (put_off | (cls.extended_until.is_null() & (cls.due_at < until)))

    @property
    def is_final(self) -> bool:
        """Whether nobody has to act any more."""
        return self.ended_at is not None

    @property
    def promised(self) -> datetime:
        """By when we owe the answer: the due date, or the date it was put off to."""
        return self.extended_until or self.due_at

    @property
    def promised_on(self) -> date:
        """That date, as the person's calendar has it."""
        return self.on(self.promised)

    @property
    def is_late(self) -> bool:
        """Whether we owe an answer and its date is over."""
        return not self.is_final and self.state != words.NEEDS_VERIFICATION and self.promised < clock.now()

    @property
    def next_actor(self) -> str | None:
        """Who acts next: the person, we, a machine; nobody when it is over."""
        if self.is_final:
            return None
        if self.state in (words.NEEDS_VERIFICATION, words.WAITING_FOR_YOU):
            return words.PERSON
        return words.MACHINE if self.executed_at else words.US

    @property
    def title(self) -> Any:
        """What was asked for, in words."""
        return words.RIGHTS[self.right]

    @property
    def state_words(self) -> Any:
        """The state in words."""
        return words.STATES[self.state]

    @property
    def address(self) -> str | None:
        """Where mails about it go: the account's e-mail, or the one that was proved."""
        return self.user.email if self.user else self.email

    def on(self, moment: datetime) -> date:
        """The day of *moment* where the person lives."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


class Letter(Record):
    """One message in the correspondence of a request."""

    rank = 6
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Messages about your requests"),
        description=_l("What you and our privacy officers wrote to each other."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=(Purpose.PROVIDE, Purpose.COMMUNICATE, Purpose.LEGAL),
        retention=WITH_REQUEST,
        on_erasure=Erase.DELETE,
        recipients=HANDLED_BY,
        dated_by="written_at",
        titled_by="direction",
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    request = internal(ForeignKeyField(Request, on_delete="CASCADE", backref="letters"), "the request that it is about")
    request_id: int
    direction = personal(CharField(max_length=12), _l("Direction"), values=words.DIRECTIONS)
    written_at = personal(Moment(default=clock.now), _l("Written"))
    words = personal(TextField(), _l("Words"), sensitive=True)
    author = internal(BigIntegerField(null=True), "the number of the officer who wrote it")

    attachments: Any

    class Meta:
        table_name = "rights_letter"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.request.in_(Request.select(Request.id).where(Request.held_for(user)))


class Attachment(Record):
    """A file that came with a letter; stored encrypted, under a name that nobody can guess."""

    rank = 7
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Files in your requests"),
        description=_l("Files that you or we attached to a message about a request."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=(Purpose.PROVIDE, Purpose.COMMUNICATE, Purpose.LEGAL),
        retention=WITH_REQUEST,
        on_erasure=Erase.DELETE,
        recipients=HANDLED_BY,
        dated_by="added_at",
        titled_by="name",
        listed=("media_type", "size"),
        file_key="storage_key",
        sealed=True,
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    letter = internal(ForeignKeyField(Letter, on_delete="CASCADE", backref="attachments"), "the letter that it came with")
    letter_id: int
    added_at = personal(Moment(default=clock.now), _l("Added"))
    name = personal(TextField(), _l("Name"), sensitive=True)
    media_type = personal(CharField(max_length=80), _l("Type"))
    size = personal(BigIntegerField(), _l("Size"), shape=Shape.BYTES)
    sha256 = personal(CharField(max_length=64), _l("SHA-256"))
    storage_key = internal(CharField(max_length=200, null=True), "where it lies in the file store")

    class Meta:
        table_name = "rights_attachment"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.letter.in_(Letter.select(Letter.id).where(Letter.held_for(user)))


class Step(Record):
    """One thing that happened to a request: its timeline."""

    rank = 8
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Timelines of your requests"),
        description=_l("What happened to each request, when, and by whom."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=WITH_REQUEST,
        on_erasure=Erase.DELETE,
        recipients=HANDLED_BY,
        dated_by="at",
        titled_by="what",
        listed=("who",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    request = internal(ForeignKeyField(Request, on_delete="CASCADE", backref="steps"), "the request that it is about")
    request_id: int
    at = personal(Moment(default=clock.now), _l("When"))
    what = personal(CharField(max_length=20), _l("What happened"), values=words.STEPS)
    who = personal(CharField(max_length=10), _l("Who"), values=words.ACTORS)
    until = personal(Moment(null=True), _l("Until"))

    class Meta:
        table_name = "rights_step"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.request.in_(Request.select(Request.id).where(Request.held_for(user)))

    @property
    def title(self) -> Any:
        """What happened, in words."""
        return words.STEPS[self.what]
