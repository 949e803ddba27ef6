"""Requests of people, letters about them, attachments, timelines; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Request(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True, index=False)
    reference = CharField(max_length=20, unique=True)
    right = CharField(max_length=20)
    state = CharField(max_length=20)
    email = CharField(max_length=320, null=True, index=True)
    wants = JSONText(null=True)
    language = CharField(max_length=35)
    country = CharField(max_length=2, null=True)
    region = CharField(max_length=10, null=True)
    zone = CharField(max_length=50)
    law = CharField(max_length=20)
    due_law = CharField(max_length=20)
    received_at = Moment()
    verified_at = Moment(null=True)
    acknowledge_by = Moment(null=True)
    acknowledged_at = Moment(null=True)
    due_at = Moment()
    extended_at = Moment(null=True)
    extended_until = Moment(null=True)
    extension_reason = CharField(max_length=20, null=True)
    extension_words = TextField(null=True)
    answer_by = Moment(null=True)
    answered_at = Moment(null=True)
    ended_at = Moment(null=True)
    decision = CharField(max_length=10, null=True)
    decision_reason = CharField(max_length=20, null=True)
    decision_words = TextField(null=True)
    executed_at = Moment(null=True)
    executed_by = CharField(max_length=80, null=True)
    person_wrote_at = Moment(null=True)
    we_wrote_at = Moment(null=True)
    reminded_at = Moment(null=True)
    overdue_at = Moment(null=True)
    assigned_to = BigIntegerField(null=True)
    proof = BigIntegerField(null=True)
    follows = BigIntegerField(null=True)
    link_hash = CharField(max_length=64, null=True, unique=True)
    revision = IntegerField()

    class Meta:
        table_name = "rights_request"
        indexes = ((("user", "received_at", "id"), False), (("state", "due_at", "id"), False), (("received_at", "id"), False))


class Letter(Model):
    """Frozen."""

    id = BigAutoField()
    request = ForeignKeyField(Request, on_delete="CASCADE")
    direction = CharField(max_length=12)
    written_at = Moment()
    words = TextField()
    author = BigIntegerField(null=True)

    class Meta:
        table_name = "rights_letter"


class Attachment(Model):
    """Frozen."""

    id = BigAutoField()
    letter = ForeignKeyField(Letter, on_delete="CASCADE")
    added_at = Moment()
    name = TextField()
    media_type = CharField(max_length=80)
    size = BigIntegerField()
    sha256 = CharField(max_length=64)
    storage_key = CharField(max_length=200, null=True)

    class Meta:
        table_name = "rights_attachment"


class Step(Model):
    """Frozen."""

    id = BigAutoField()
    request = ForeignKeyField(Request, on_delete="CASCADE")
    at = Moment()
    what = CharField(max_length=20)
    who = CharField(max_length=10)
    until = Moment(null=True)

    class Meta:
        table_name = "rights_step"


TABLES = (Request, Letter, Attachment, Step)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
