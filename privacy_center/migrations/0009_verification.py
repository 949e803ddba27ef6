"""Addresses to be proved, and their codes; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, Model

from privacy_center.core.db import Moment


class Proof(Model):
    """Frozen."""

    id = BigAutoField()
    address = CharField(max_length=320, index=True)
    about = CharField(max_length=40)
    subject = BigIntegerField()
    language = CharField(max_length=35)
    asked_at = Moment(index=True)
    proved_at = Moment(null=True)
    reminded_at = Moment(null=True)

    class Meta:
        table_name = "verification_proof"
        indexes = ((("about", "subject"), False),)


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


TABLES = (Proof, Code)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
