"""Addresses to be proved, their codes, and requests that were begun; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, Model, TextField, fn

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Proof(Model):
    """Frozen."""

    id = BigAutoField()
    address = CharField(max_length=320)
    about = CharField(max_length=40)
    subject = BigIntegerField()
    language = CharField(max_length=35)
    asked_at = Moment(index=True)
    proved_at = Moment(null=True)
    reminded_at = Moment(null=True)

    class Meta:
        table_name = "verification_proof"
        indexes = ((("about", "subject"), False),)


Proof.add_index(Proof.index(fn.LOWER(Proof.address), Proof.asked_at, Proof.id, name="verification_proof_of_address"))


class Code(Model):
    """Frozen."""

    id = BigAutoField()
    proof = ForeignKeyField(Proof, on_delete="CASCADE")
    mailbox = CharField(max_length=64)
    origin = CharField(max_length=64)
    code_hash = CharField(max_length=64, null=True)
    asked_at = Moment()
    sent_at = Moment(null=True)
    tries = IntegerField()
    used_at = Moment(null=True)

    class Meta:
        table_name = "verification_code"
        indexes = ((("mailbox", "asked_at"), False), (("origin", "asked_at"), False))


class Draft(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True)
    token_hash = CharField(max_length=64)
    right = CharField(max_length=20)
    answers = JSONText()
    saved_at = Moment(index=True)
    request = BigIntegerField(null=True)

    class Meta:
        table_name = "rights_draft"
        indexes = ((("token_hash", "right"), True),)


class DraftFile(Model):
    """Frozen."""

    id = BigAutoField()
    draft = ForeignKeyField(Draft, on_delete="CASCADE")
    added_at = Moment()
    name = TextField()
    media_type = CharField(max_length=80)
    size = BigIntegerField()
    sha256 = CharField(max_length=64)
    storage_key = CharField(max_length=200, null=True)

    class Meta:
        table_name = "rights_draft_file"


TABLES = (Proof, Code, Draft, DraftFile)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
