"""Reports about children, what came with them, and what each account that was reported is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from dateutil.relativedelta import relativedelta
from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, PersonalRecord, User
from privacy_center.core import clock, tokens
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import (
    Category,
    Erase,
    Holding,
    Purpose,
    Recipient,
    Shape,
    Source,
    days,
    internal,
    personal,
    secret,
    while_account_exists,
    with_parent,
)
from privacy_center.guardians import words

DRAFT_LASTS = timedelta(days=14)
EVIDENCE_LASTS = timedelta(days=90)
CASE_LASTS = relativedelta(years=3)
MOST_FILES = 5

WHY_KEPT = _l("It is about a child’s data and must be looked into whoever sent it (privacy policy, section 7). It goes when the case’s time is over.")
WITH_REPORT = with_parent(_l("as long as the report"))
HANDLED = (Purpose.COMMUNICATE, Purpose.LEGAL)


class Report(Record):
    """One report that a child gave us data: who says so, what helps to find them, what is wished, how far it is."""

    rank = 30
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Your reports about a child’s data"),
        description=_l("What you told us as a parent or guardian, and what became of it. Drafts go after 14 days."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=HANDLED,
        retention=with_parent(_l("3 years after the case; drafts 14 days")),
        on_erasure=Erase.KEEP,
        kept_because=WHY_KEPT,
        forgets_itself=True,
        recipients=(Recipient.AUTHORITIES,),
        dated_by="started_at",
        titled_by="reference",
        listed=("state", "received_at", "outcome"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=True), "the account of whoever reports, if they were signed in")
    user_id: int | None
    reference = personal(CharField(max_length=12, unique=True), _l("Reference"))
    state = personal(CharField(max_length=12, default=words.DRAFT), _l("State"), values=words.STATES)
    outcome = personal(CharField(max_length=12, null=True), _l("Outcome"), values=words.OUTCOMES)
    started_at = personal(Moment(default=clock.now), _l("Begun"))
    touched_at = personal(Moment(default=clock.now), _l("Last written"))
    received_at = personal(Moment(null=True), _l("Received"))
    due_at = personal(Moment(null=True), _l("We decide by"))
    answer_by = personal(Moment(null=True), _l("Your answer is awaited by"))
    ended_at = personal(Moment(null=True), _l("Closed"))
    language = personal(CharField(max_length=35, default="en"), _l("Language"))
    name = personal(TextField(default=""), _l("Your name"), identifying=True)
    relation = personal(CharField(max_length=10, null=True), _l("Who you are to the child"), values=words.RELATIONS)
    email = personal(CharField(max_length=320, null=True), _l("E-mail address"), identifying=True)
    proved_at = personal(Moment(null=True), _l("E-mail address confirmed"))
    age = personal(CharField(max_length=10, null=True), _l("Age of the child"), values=words.AGES, sensitive=True)
    country = personal(CharField(max_length=2, null=True), _l("Country where the child lives"))
    account_email = personal(CharField(max_length=320, default=""), _l("E-mail address of the account"), identifying=True, sensitive=True)
    account_name = personal(TextField(default=""), _l("Name in the account"), identifying=True, sensitive=True)
    typed = personal(TextField(default=""), _l("What the child typed"), sensitive=True)
    used_when = personal(TextField(default=""), _l("When ZCode was used"), sensitive=True)
    device = personal(TextField(default=""), _l("On which device"), sensitive=True)
    wishes = personal(JSONText(default=list), _l("What you want"))
    no_files = personal(BooleanField(default=False), _l("Goes without files"))
    certificate = personal(CharField(max_length=24, null=True), _l("Certificate of erasure"))
    copy_granted_at = personal(Moment(null=True), _l("Copy granted"))
    linked_at = personal(Moment(null=True), _l("Link last sent"))
    link_hash = secret(CharField(max_length=64, unique=True), "opens the report; only the hash of its link is kept")
    generation = internal(IntegerField(default=0), "counts the links, of which the newest opens")
    account = internal(BigIntegerField(null=True, index=True), "the number of the account that it turned out to be about")
    proof = internal(BigIntegerField(null=True), "the number of the proof of the address")
    export = internal(BigIntegerField(null=True), "the number of the copy that was made for the guardian")
    erasure = internal(BigIntegerField(null=True), "the number of the erasure that was decided")
    assigned_to = internal(BigIntegerField(null=True), "the number of the officer who looks into it")
    decided_by = internal(BigIntegerField(null=True), "the number of the officer who proposed the decision")
    seconded_by = internal(BigIntegerField(null=True), "the number of the officer who seconded it")
    seen_letter = internal(BigIntegerField(default=0), "the newest letter that the desk has read")

    files: Any
    letters: Any
    steps: Any

    class Meta:
        table_name = "guardian_report"
        indexes = ((("state", "due_at", "id"), False), (("email", "state"), False), (("account_email", "state"), False))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s: who was signed in when they reported; an address alone proves nobody's account."""
        return cls.user == user

    @classmethod
    def by_link(cls, token: str) -> Self | None:
        """The report that a secret link opens."""
        return cls.get_or_none(cls.link_hash == tokens.at_rest(token))

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent."""
        return self.state == words.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether we look into it."""
        return self.state in words.OPEN

    @property
    def is_final(self) -> bool:
        """Whether it is over."""
        return self.state in words.FINAL

    @property
    def is_late(self) -> bool:
        """Whether we should have decided by now."""
        return self.is_open and self.due_at is not None and self.due_at < clock.now()

    @property
    def state_words(self) -> Any:
        """The state in words."""
        return words.STATES[self.state]

    @property
    def draft_ends(self) -> datetime:
        """Until when the draft is kept."""
        found: datetime = self.touched_at + DRAFT_LASTS
        return found

    @property
    def evidence_ends(self) -> datetime | None:
        """When the files go."""
        return self.ended_at + EVIDENCE_LASTS if self.ended_at else None

    @property
    def hints(self) -> dict[str, str]:
        """What was given to find the account by, as far as anything was."""
        names = ("account_email", "account_name", "typed", "used_when", "device")
        return {name: said for name in names if (said := str(getattr(self, name)).strip())}


class Evidence(Record):
    """A file that came with a report; encrypted, out of reach until it has been scanned."""

    rank = 31
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Files in your reports"),
        description=_l("Papers and pictures that you sent with a report. Only the officers of your case can open them."),
        source=(Source.PERSON,),
        purposes=(Purpose.LEGAL,),
        retention=with_parent(_l("90 days after the case")),
        on_erasure=Erase.KEEP,
        kept_because=WHY_KEPT,
        recipients=(),
        dated_by="added_at",
        titled_by="name",
        listed=("media_type", "size", "state"),
        file_key="storage_key",
        sealed=True,
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    report = internal(ForeignKeyField(Report, backref="files", index=True), "the report that it came with")
    report_id: int
    added_at = personal(Moment(default=clock.now), _l("Added"))
    name = personal(TextField(), _l("Name"), sensitive=True)
    media_type = personal(CharField(max_length=80), _l("Type"))
    size = personal(BigIntegerField(), _l("Size"), shape=Shape.BYTES)
    sha256 = personal(CharField(max_length=64), _l("SHA-256"))
    state = personal(CharField(max_length=12, default=words.QUARANTINE), _l("State"), values=words.FILE_STATES)
    checked_at = personal(Moment(null=True), _l("Checked"))
    storage_key = internal(CharField(max_length=200, null=True), "where it lies in the file store, encrypted")

    class Meta:
        table_name = "guardian_evidence"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.report.in_(Report.select(Report.id).where(Report.held_for(user)))

    @property
    def can_be_opened(self) -> bool:
        """Whether the desk may download it."""
        return self.state in words.OPENABLE and self.storage_key is not None


class Letter(Record):
    """One letter between the guardian and us."""

    rank = 32
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Letters about your reports"),
        description=_l("What you and our privacy officers wrote to each other about a report."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=HANDLED,
        retention=WITH_REPORT,
        on_erasure=Erase.KEEP,
        kept_because=WHY_KEPT,
        recipients=(),
        dated_by="written_at",
        titled_by="direction",
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    report = internal(ForeignKeyField(Report, backref="letters", index=True), "the report that it is about")
    report_id: int
    direction = personal(CharField(max_length=14), _l("Direction"), values=words.DIRECTIONS)
    written_at = personal(Moment(default=clock.now), _l("Written"))
    words = personal(TextField(), _l("Words"), sensitive=True)
    author = internal(BigIntegerField(null=True), "the number of the officer who wrote it")

    class Meta:
        table_name = "guardian_letter"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.report.in_(Report.select(Report.id).where(Report.held_for(user)))

    @property
    def is_ours(self) -> bool:
        """Whether we wrote it."""
        return self.direction == words.FROM_US


class ReportStep(Record):
    """One thing that happened to a report."""

    rank = 33
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Timelines of your reports"),
        description=_l("What happened to each report, and when."),
        source=(Source.CENTRE,),
        purposes=HANDLED,
        retention=WITH_REPORT,
        on_erasure=Erase.KEEP,
        kept_because=WHY_KEPT,
        recipients=(),
        dated_by="at",
        titled_by="what",
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    report = internal(ForeignKeyField(Report, backref="steps", index=True), "the report that it is about")
    report_id: int
    at = personal(Moment(default=clock.now), _l("When"))
    what = personal(CharField(max_length=12), _l("What happened"), values=words.STEPS)

    class Meta:
        table_name = "guardian_step"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.report.in_(Report.select(Report.id).where(Report.held_for(user)))

    @property
    def title(self) -> Any:
        """What happened, in words."""
        return words.STEPS[self.what]


class Concern(PersonalRecord):
    """That an account was reported as a child's and is paused: what its person is told, and what they answered."""

    rank = 34
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Reports that your account is a child’s"),
        description=_l("That somebody told us so and we paused your account, what you answered, and what we decided. Never who it was."),
        source=(Source.CENTRE, Source.PERSON),
        purposes=HANDLED,
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        recipients=(),
        dated_by="asked_at",
        titled_by="state",
        listed=("answered_at", "ended_at"),
    )

    user_id: int
    report = internal(BigIntegerField(index=True), "the number of the report")
    state = personal(CharField(max_length=10, default=words.ASKED), _l("State"), values=words.CONCERN_STATES)
    asked_at = personal(Moment(default=clock.now), _l("Paused"))
    answer_by = personal(Moment(), _l("Your answer is most useful until"))
    answer = personal(CharField(max_length=12, null=True), _l("Your answer"), values=words.ANSWERS)
    answer_words = personal(TextField(default=""), _l("Your words"), sensitive=True)
    answered_at = personal(Moment(null=True), _l("Answered"))
    ended_at = personal(Moment(null=True), _l("Over"))
    was_restricted = internal(BooleanField(default=False), "whether the person had restricted processing before, which then stays")

    class Meta:
        table_name = "guardian_concern"
        indexes = ((("user", "asked_at"), False), (("user", "report"), True))

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """What *user* was told, newest first."""
        return cls.select().where(cls.user == user).order_by(cls.id.desc())

    @property
    def state_words(self) -> Any:
        """The state in words."""
        return words.CONCERN_STATES[self.state]


class OnFile(PersonalRecord):
    """A guardian who permits a child's account: whom to tell when a service ends (privacy policy, section 5)."""

    rank = 35
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Your guardian"),
        description=_l("The parent or guardian who permits that you use ZCode, so that we can tell them when a service ends."),
        source=(Source.PERSON,),
        purposes=HANDLED,
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        recipients=(Recipient.VENDORS,),
        dated_by="since",
        titled_by="email",
    )

    user_id: int
    report = internal(BigIntegerField(), "the number of the report by which it became known")
    email = personal(CharField(max_length=320), _l("E-mail address"), identifying=True)
    language = personal(CharField(max_length=35, default="en"), _l("Language"))
    since = personal(Moment(default=clock.now), _l("Since"))

    class Meta:
        table_name = "guardian_on_file"
        indexes = ((("user", "report"), True),)


class GuardianNotice(PersonalRecord):
    """That a guardian was told of an announcement, so that nobody is told twice."""

    rank = 36
    holds = Holding(
        category=Category.LOG,
        title=_l("Notices to your guardian"),
        description=_l("That we told your guardian of the end of a service."),
        source=(Source.CENTRE,),
        purposes=HANDLED,
        retention=days(1095, since="at"),
        on_erasure=Erase.DELETE,
        recipients=(),
        dated_by="at",
        titled_by="about",
    )

    user_id: int
    at = personal(Moment(default=clock.now), _l("When"))
    about = personal(CharField(max_length=40), _l("Of what"))
    report = internal(BigIntegerField(), "the number of the report by which the guardian became known")

    class Meta:
        table_name = "guardian_notice"
        indexes = ((("user", "report", "about"), True),)
