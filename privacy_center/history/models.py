"""Conversations, messages and files as the product sent them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import PersonalRecord, User
from privacy_center.core.db import JSONText, Moment, database
from privacy_center.datamap.words import (
    Category,
    Erase,
    Holding,
    Purpose,
    Shape,
    Source,
    internal,
    personal,
    until_deleted,
    with_parent,
)
from privacy_center.history.veils import Veil, covered, covered_by

PRODUCTS_ID = _l("ZCode's own id")
TELLS_CHANGE = "tells whether the feed brought a change"
CONTENT_PURPOSES = (Purpose.PROVIDE, Purpose.IMPROVE)
PROGRAMS = {
    "desktop": _l("Desktop"),
    "web": _l("Web"),
    "cli": _l("Terminal"),
    "bot": _l("Bot"),
    "mobile": _l("Phone"),
}
SPEAKERS = {"user": _l("You"), "assistant": _l("ZCode"), "tool": _l("A tool"), "system": _l("ZCode's instructions")}


class Conversation(PersonalRecord):
    """One conversation with ZCode."""

    rank = 10
    holds = Holding(
        category=Category.CONTENT,
        title=_l("Conversations"),
        description=_l("Your conversations with ZCode: titles, models, where and when."),
        source=(Source.PERSON, Source.PRODUCT),
        purposes=CONTENT_PURPOSES,
        retention=until_deleted(),
        on_erasure=Erase.DELETE,
        dated_by="created_at",
        titled_by="title",
        listed=("model", "source", "message_count"),
        search_key="search_base",
        feed_type="conversation",
    )

    external_id = personal(CharField(max_length=200), PRODUCTS_ID)
    title = personal(TextField(default=""), _l("Title"), sensitive=True)
    created_at = personal(Moment(), _l("Begun"))
    updated_at = personal(Moment(), _l("Changed"))
    active_at = personal(Moment(), _l("Last activity"))
    model = personal(CharField(max_length=200, null=True), _l("Model"))
    workspace = personal(TextField(null=True), _l("Workspace"))
    source = personal(CharField(max_length=20, null=True), _l("Where"), values=PROGRAMS)
    parent = personal(CharField(max_length=200, null=True), _l("Begun by the conversation with the id"))
    archived = personal(BooleanField(default=False), _l("Archived in ZCode"))
    talk_id = personal(TextField(null=True), _l("Talk id"))
    message_count = personal(IntegerField(default=0), _l("Messages"))
    file_count = personal(IntegerField(default=0), _l("Files"))
    search_base = internal(BigIntegerField(unique=True), "where its words begin in the search index")
    search_count = internal(IntegerField(default=0), "how many places it uses there")
    digest = internal(CharField(max_length=64, null=True), TELLS_CHANGE)
    revision = internal(IntegerField(default=0), "the state of the history in which the feed last changed what it says of itself")

    class Meta:
        indexes = ((("user", "external_id"), True), (("user", "created_at", "id"), False))

    @classmethod
    def held_for(cls, user: User | int) -> Any:
        """The condition under which rows are in *user*'s history: theirs, and not hidden by a deletion under way."""
        hidden = covered(user, cls)
        return cls.user == user if hidden is None else (cls.user == user) & ~hidden

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The conversations of *user* that are in their history."""
        return cls.select().where(cls.held_for(user))


Clause = tuple[str, list[Any]]


def not_hidden(user_id: int, *aliases: str) -> list[Clause]:
    """What keeps hidden conversations out of a statement that calls them by these names: for each, SQL and its parameters.

    The SQL begins with AND; it is empty when nothing is hidden.
    """
    veils = Veil.drawn_for(user_id)
    return [_clause(covered_by(veils, Conversation.alias(alias))) if veils else ("", []) for alias in aliases]


def _clause(hidden: Any) -> Clause:
    """The clause for one name."""
    context = database.get_sql_context()
    with context.scope_normal(subquery=True, parentheses=True):
        context.sql(~hidden)
    sql, values = context.query()
    return f" AND {sql}", values


class PartOfConversation(PersonalRecord):
    """The base of what belongs to a conversation and is hidden with it."""

    @classmethod
    def held_for(cls, user: User | int) -> Any:
        """The condition under which rows are *user*'s, and not hidden with their conversation."""
        hidden = covered(user, Conversation)
        if hidden is None:
            return cls.user == user
        field: Any = cls._meta.fields["conversation"]
        elsewhere = ~field.in_(Conversation.select(Conversation.id).where((Conversation.user == user) & hidden))
        return (cls.user == user) & (field.is_null() | elsewhere)


class Message(PartOfConversation):
    """One message of a conversation: its parts are text, reasoning, tool calls and files."""

    rank = 11
    holds = Holding(
        category=Category.CONTENT,
        title=_l("Messages"),
        description=_l("What you wrote and what ZCode answered, with its reasoning and its use of tools."),
        source=(Source.PERSON, Source.PRODUCT),
        purposes=CONTENT_PURPOSES,
        retention=with_parent(_l("as long as the conversation")),
        on_erasure=Erase.DELETE,
        dated_by="created_at",
        titled_by="role",
        listed=("parts",),
        search_key="search_id",
    )

    conversation = internal(ForeignKeyField(Conversation, backref="messages", index=False), "the conversation it belongs to")
    external_id = personal(CharField(max_length=200), PRODUCTS_ID)
    parent = personal(CharField(max_length=200, null=True), _l("Follows the message with the id"))
    role = personal(CharField(max_length=10), _l("Who speaks"), values=SPEAKERS)
    created_at = personal(Moment(), _l("When"))
    model = personal(CharField(max_length=200, null=True), _l("Model"))
    parts = personal(JSONText(), _l("Words, reasoning, tools and files"), sensitive=True, shape=Shape.PARTS)
    search_id = internal(BigIntegerField(null=True, unique=True), "its place in the search index")
    digest = internal(CharField(max_length=64), TELLS_CHANGE)

    class Meta:
        indexes = ((("user", "external_id"), True), (("conversation", "created_at", "id"), False), (("user", "created_at", "id"), False))


class File(PartOfConversation):
    """A file that went with a message, or that a conversation made."""

    rank = 12
    holds = Holding(
        category=Category.CONTENT,
        title=_l("Files"),
        description=_l("Files that went with your conversations."),
        source=(Source.PERSON, Source.PRODUCT),
        purposes=CONTENT_PURPOSES,
        retention=with_parent(_l("as long as the conversation")),
        on_erasure=Erase.DELETE,
        dated_by="created_at",
        titled_by="name",
        listed=("media_type", "size"),
        file_key="storage_key",
        feed_type="file",
    )

    external_id = personal(CharField(max_length=200), PRODUCTS_ID)
    conversation = internal(ForeignKeyField(Conversation, null=True, backref="files", index=True), "the conversation it belongs to")
    message = personal(CharField(max_length=200, null=True), _l("Came with the message with the id"))
    name = personal(TextField(), _l("Name"), sensitive=True)
    media_type = personal(TextField(), _l("Type"))
    size = personal(BigIntegerField(), _l("Size"), shape=Shape.BYTES)
    sha256 = personal(CharField(max_length=64), _l("SHA-256 of its contents"))
    created_at = personal(Moment(), _l("When"))
    storage_key = internal(CharField(max_length=200, null=True), "where its contents lie in the file store, if we hold them")
    digest = internal(CharField(max_length=64), TELLS_CHANGE)

    class Meta:
        indexes = ((("user", "external_id"), True), (("user", "created_at", "id"), False))
