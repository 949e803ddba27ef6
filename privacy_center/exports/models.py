"""Copies of everything, as a person or somebody for them asked for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import SQL, BigIntegerField, BooleanField, CharField, IntegerField, TextField

from privacy_center.accounts.models import PersonalRecord, User
from privacy_center.core import clock, tokens
from privacy_center.core.db import JSONText, Moment
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Shape, Source, internal, personal, while_account_exists

KEPT = timedelta(days=7)
FOLDER = "exports/"  # in the file store
UNFINISHED = ("waiting", "building")
STATES = {
    "waiting": _l("Waiting"),
    "building": _l("Being made"),
    "ready": _l("Ready"),
    "failed": _l("Failed"),
    "cancelled": _l("Cancelled by you"),
    "expired": _l("Expired"),
    "deleted": _l("Deleted by you"),
    "withdrawn": _l("Removed with what you deleted"),
}
MADE_FOR = {
    "person": _l("Asked for by you"),
    "request": _l("Made for a request"),
    "guardian": _l("Made for a guardian"),
}


class Export(PersonalRecord):
    """One copy of somebody's data: what it was to hold, how far it is, where it lies."""

    rank = 43
    holds = Holding(
        category=Category.LOG,
        title=_l("Copies of your data"),
        description=_l("That you asked for a copy, when, of what, and how large it was."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="asked_at",
        recipients=(),
        titled_by="state",
        listed=("ready_at", "size"),
        file_key="storage_key",
        copies=True,
    )

    asked_at = personal(Moment(default=clock.now), _l("Asked for"))
    made_for = personal(CharField(max_length=10, default="person"), _l("For whom"), values=MADE_FOR)
    categories = personal(JSONText(), _l("Categories"))
    since = personal(Moment(null=True), _l("Not older than"))
    until = personal(Moment(null=True), _l("Not newer than"))
    with_files = personal(BooleanField(default=True), _l("With the contents of files"))
    language = personal(CharField(max_length=35), _l("Language"))
    state = personal(CharField(max_length=10, default="waiting"), _l("State"), values=STATES)
    total = personal(IntegerField(default=0), _l("Records"))
    done = personal(IntegerField(default=0), _l("Records so far"))
    written = personal(BigIntegerField(default=0), _l("Written so far"), shape=Shape.BYTES)
    seen_at = personal(Moment(null=True), _l("Shows the state of"))
    ended_at = personal(Moment(null=True), _l("Came to its end"))
    ready_at = personal(Moment(null=True), _l("Ready since"))
    expires_at = personal(Moment(null=True), _l("Until"))
    size = personal(BigIntegerField(null=True), _l("Size"), shape=Shape.BYTES)
    sha256 = personal(CharField(max_length=64, null=True), _l("SHA-256 of the file"))
    counts = personal(JSONText(default=dict), _l("Records by kind"))
    missing = personal(IntegerField(default=0), _l("Files that could not be read"))
    downloads = personal(IntegerField(default=0), _l("Times downloaded"))
    downloaded_at = personal(Moment(null=True), _l("Last downloaded"))
    trouble = personal(TextField(null=True), _l("What went wrong"))
    era = internal(IntegerField(default=0), "counts what was deleted while it was made, after which it is made anew")
    storage_key = internal(CharField(max_length=200, null=True), "where the archive lies, or will lie, in the file store")

    class Meta:
        indexes = ((("user", "asked_at", "id"), False),)

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The copies that *user* asked for, by a request or without one, newest first; those made for a guardian have pages of their own."""
        return cls.select().where((cls.user == user) & cls.made_for.in_(["person", "request"])).order_by(cls.id.desc())

    @classmethod
    def unfinished(cls) -> Any:
        """The condition under which a copy is still to be made, or being made."""
        return cls.state.in_(UNFINISHED)

    @classmethod
    def withdraw(cls, user: User) -> list[str]:
        """Something of *user*'s was deleted: no copy may hold it. Returns what is to be removed from the file store.

        A copy that is ready is one no more; one that is being made begins anew. In the transaction of the deletion.
        """
        # First of all: until this transaction ends, none of these can become ready any more.
        cls.update(era=cls.era + 1).where((cls.user == user) & cls.unfinished()).execute()
        theirs = (cls.user == user) & cls.storage_key.is_null(False)
        keys = [str(each.storage_key) for each in cls.select(cls.storage_key).where(theirs & ~cls.unfinished())]
        now = clock.now()
        cls.update(state="withdrawn", ended_at=now).where(theirs & (cls.state == "ready")).execute()
        cls.update(storage_key=None).where(theirs & ~cls.unfinished()).execute()
        return keys

    @classmethod
    def living_copies(cls, user: User) -> int:
        """How many copies of *user*'s would go with anything that is deleted."""
        return int(cls.select().where((cls.user == user) & cls.state.in_([*UNFINISHED, "ready"])).count())

    @property
    def is_unfinished(self) -> bool:
        """Whether it is still to be made."""
        return self.state in UNFINISHED

    @property
    def is_there(self) -> bool:
        """Whether it can be downloaded now."""
        return self.state == "ready" and self.expires_at is not None and self.expires_at > clock.now()

    @property
    def shown_state(self) -> str:
        """The state as the person should see it: what has run out is expired, even before it was swept away."""
        return "expired" if self.state == "ready" and not self.is_there else self.state

    @property
    def words(self) -> Any:
        """That state in words."""
        return STATES[self.shown_state]

    @property
    def file_name(self) -> str:
        """What the archive is called when it is saved."""
        return f"zcode-data-{(self.seen_at or self.asked_at):%Y-%m-%d}.zip"

    @classmethod
    def new_key(cls) -> str:
        """A place in the file store that nobody can guess."""
        return f"{FOLDER}{tokens.new_token()}.zip"


# A condition in an index can't have placeholders. Without a name it would be called like the key's own index, and left out in silence.
_one_each = SQL("state IN ('waiting', 'building') AND made_for = 'person'")
Export.add_index(Export.index(Export.user, unique=True, name="export_one_unfinished", where=_one_each))


def until(ready_at: datetime) -> datetime:
    """When an archive that became ready then is removed."""
    return ready_at + KEPT
