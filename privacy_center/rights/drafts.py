"""Requests that were begun and not sent: what was typed and attached so far, kept so that neither an error nor a lapsed session loses it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Shape, Source, days, internal, personal, secret, with_parent
from privacy_center.rights import words

KEPT = timedelta(days=2)
FOLDER = "drafts/"  # in the file store


class Draft(Record):
    """A request that somebody is writing in one browser: one for each right."""

    rank = 9
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Requests that you have begun"),
        description=_l("What you typed into a form of this privacy centre and have not sent yet, so that it is still there when you come back."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE,),
        retention=days(2, since="saved_at"),
        on_erasure=Erase.DELETE,
        recipients=(),
        dated_by="saved_at",
        titled_by="right",
        listed=("saved_at",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True), "whose it is; nobody's, while nobody is signed in")
    user_id: int | None
    token_hash = secret(CharField(max_length=64), "ties it to one browser")
    right = personal(CharField(max_length=20), _l("What"), values=words.RIGHTS)
    answers = personal(JSONText(default=dict), _l("What you typed"), identifying=True, sensitive=True)
    saved_at = personal(Moment(default=clock.now, index=True), _l("Saved"))
    request = internal(BigIntegerField(null=True), "the number of the request that came of it")

    class Meta:
        table_name = "rights_draft"
        indexes = ((("token_hash", "right"), True),)

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user


class DraftFile(Record):
    """A file that was attached to a request before it was sent; stored encrypted."""

    rank = 10
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Files in requests that you have begun"),
        description=_l("Files that you attached to a request that you have not sent yet."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE,),
        retention=with_parent(_l("as long as the request that you have begun")),
        on_erasure=Erase.DELETE,
        recipients=(),
        dated_by="added_at",
        titled_by="name",
        listed=("media_type", "size"),
        file_key="storage_key",
        sealed=True,
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    draft = internal(ForeignKeyField(Draft, on_delete="CASCADE", backref="files"), "the request that was begun")
    draft_id: int
    added_at = personal(Moment(default=clock.now), _l("Added"))
    name = personal(TextField(), _l("Name"), sensitive=True)
    media_type = personal(CharField(max_length=80), _l("Type"))
    size = personal(BigIntegerField(), _l("Size"), shape=Shape.BYTES)
    sha256 = personal(CharField(max_length=64), _l("SHA-256"))
    storage_key = internal(CharField(max_length=200, null=True), "where it lies in the file store")

    class Meta:
        table_name = "rights_draft_file"

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.draft.in_(Draft.select(Draft.id).where(Draft.held_for(user)))
