"""Deletions, what they hide, their receipts, and auto-delete; frozen as it was: this file never changes once it has landed."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Veil(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    made_at = Moment()
    drawn_at = Moment(null=True)
    through = BigIntegerField(null=True)
    revision = IntegerField(null=True)
    since = Moment(null=True)
    before = Moment(null=True)
    model = TextField(null=True)
    source = TextField(null=True)
    workspace = TextField(null=True)
    archived = BooleanField(null=True)

    class Meta:
        table_name = "veil"
        indexes = ((("user", "drawn_at"), False),)


class Veiled(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    veil = ForeignKeyField(Veil, on_delete="CASCADE", index=False)
    conversation = BigIntegerField(index=True)
    made_at = Moment()

    class Meta:
        table_name = "veiled"
        indexes = ((("veil", "conversation"), True), (("user", "made_at", "id"), False))


class Receipt(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True, on_delete="SET NULL")
    code = CharField(max_length=24, unique=True)
    issued_at = Moment()
    body = JSONText()
    digest = CharField(max_length=64)

    class Meta:
        table_name = "receipt"


class Deletion(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    scope = CharField(max_length=12)
    before = Moment(null=True)
    asked_at = Moment()
    hidden_at = Moment(null=True)
    removed_at = Moment(null=True, index=True)
    purged_at = Moment(null=True)
    total = IntegerField(default=0)
    done = IntegerField(default=0)
    removed = JSONText(default="{}")
    shown = JSONText(default="{}")
    revision = IntegerField(default=0)
    trouble = TextField(null=True)
    veil = BigIntegerField(null=True)
    receipt = ForeignKeyField(Receipt, null=True, index=False)

    class Meta:
        table_name = "deletion"
        indexes = ((("user", "asked_at"), False),)


class AutoDelete(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    months = IntegerField()
    set_at = Moment()
    first_run_at = Moment()
    last_run_at = Moment(null=True)

    class Meta:
        table_name = "auto_delete"
        indexes = ((("user",), True),)


class DoomedFile(Model):
    """Frozen."""

    id = BigAutoField()
    key = CharField(max_length=200, unique=True)
    deletion = BigIntegerField(index=True)

    class Meta:
        table_name = "doomed_file"


TABLES = (Veil, Veiled, Receipt, Deletion, AutoDelete, DoomedFile)


# Which state of a person's history a page showed, and in which state a conversation last changed. Added with a default of the
# database's own, so that no row has to be written anew.
REVISIONS = ("users ADD COLUMN history_revision", "conversation ADD COLUMN revision")

# To count conversations and messages without reading the conversations themselves.
COUNTED = "CREATE INDEX conversation_counted ON conversation (user_id, id, active_at, message_count)"

# FTS5 would merge much of its index whenever a tenth of it is gone, in the transaction that happens to remove the next entry; others would
# wait for a second. Whoever removes entries merges them away afterwards, in small steps.
MERGE_BY_OURSELVES = "INSERT INTO word_index(word_index, rank) VALUES ('deletemerge', 0)"
# And when we merge, two segments of about one size are enough to become one: a search opens every segment for every word.
MERGE_EARLY = "INSERT INTO word_index(word_index, rank) VALUES ('usermerge', 2)"


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables, count changes of each person's history, and keep removals from the search index short."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
    for each in REVISIONS:
        db.execute_sql(f"ALTER TABLE {each} INTEGER NOT NULL DEFAULT 0")
    db.execute_sql(COUNTED)
    if isinstance(db, SqliteDatabase):
        db.execute_sql(MERGE_BY_OURSELVES)
        db.execute_sql(MERGE_EARLY)
