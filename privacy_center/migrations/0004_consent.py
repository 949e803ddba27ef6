"""Answers of people, and page visits that they allowed to be counted; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, CharField, ForeignKeyField, Model

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class ConsentRecord(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True, index=False)
    record_id = CharField(max_length=36, unique=True)
    purpose = CharField(max_length=40)
    answer = CharField(max_length=20)
    scope = JSONText(null=True)
    said_at = Moment()
    method = CharField(max_length=20)
    language = CharField(max_length=35)
    words_version = CharField(max_length=64)
    notice_version = CharField(max_length=40)
    body = JSONText()
    digest = CharField(max_length=64)

    class Meta:
        table_name = "consent_record"
        indexes = ((("user", "purpose", "said_at"), False), (("said_at",), False))


class PageVisit(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True, index=False)
    visitor = CharField(max_length=64, null=True, index=True)
    occurred_at = Moment(index=True)
    kind = CharField(max_length=10)
    page = CharField(max_length=200)
    came_from = CharField(max_length=200, null=True)
    browser = CharField(max_length=80)

    class Meta:
        table_name = "page_visit"
        indexes = ((("user", "occurred_at"), False),)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx((User, ConsentRecord, PageVisit)):
        db.create_tables((ConsentRecord, PageVisit), safe=False)
