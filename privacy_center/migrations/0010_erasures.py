"""Erasures, closing accounts, retention, the ledger; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, SqliteDatabase, TextField

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Erasure(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    code = CharField(max_length=24, unique=True)
    whole = BooleanField()
    kinds = JSONText()
    cause = CharField(max_length=12)
    cause_number = BigIntegerField(null=True)
    decided_by = CharField(max_length=80)
    decided_at = Moment()
    reach = JSONText()
    deletion = BigIntegerField(null=True)
    walked = JSONText()
    removed = JSONText()
    anonymised = JSONText()
    kept = JSONText()
    removed_at = Moment(null=True, index=True)
    purged_at = Moment(null=True)
    trouble = TextField(null=True)

    class Meta:
        table_name = "erasure"
        indexes = ((("user", "decided_at"), False),)


class Closure(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    begun_at = Moment()
    ends_at = Moment()
    ended_at = Moment(null=True)
    outcome = CharField(max_length=12, null=True)

    class Meta:
        table_name = "closure"
        indexes = ((("user", "begun_at"), False), (("ended_at", "ends_at"), False))


class Expiry(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True, index=False)
    kind = CharField(max_length=64)
    day = CharField(max_length=10)
    swept_at = Moment()
    number = IntegerField()
    slot = CharField(max_length=120, unique=True)

    class Meta:
        table_name = "expiry"
        indexes = ((("user", "swept_at"), False), (("day",), False))


class AuditStart(Model):
    """Frozen."""

    at = Moment()
    entry = IntegerField()
    digest = CharField(max_length=64)
    removed = IntegerField()

    class Meta:
        table_name = "audit_start"


TABLES = (Erasure, Closure, Expiry, AuditStart)

MOMENTS = ("users ADD COLUMN closing_at", "tombstone ADD COLUMN noted_at", "receipt ADD COLUMN noted_at")
UNNOTED = tuple(f"CREATE INDEX {table}_unnoted ON {table} (id) WHERE noted_at IS NULL" for table in ("tombstone", "receipt"))

# Entries of the audit log may go once the beginning of the chain has been moved past them, and only then.
REMOVABLE_IN_SQLITE = (
    "DROP TRIGGER audit_entry_no_delete",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
    "WHEN OLD.id > (SELECT COALESCE(MAX(entry), 0) FROM audit_start) "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
)
REMOVABLE_IN_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND OLD.id <= (SELECT COALESCE(MAX(entry), 0) FROM audit_start) THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql",
)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables, and let closing, noting in the ledger and the end of audit entries be written down."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
    for each in MOMENTS:
        db.execute_sql(f"ALTER TABLE {each} BIGINT")
    db.execute_sql("ALTER TABLE users ADD COLUMN erasing TEXT")
    for each in (*UNNOTED, *(REMOVABLE_IN_SQLITE if isinstance(db, SqliteDatabase) else REMOVABLE_IN_POSTGRESQL)):
        db.execute_sql(each)
