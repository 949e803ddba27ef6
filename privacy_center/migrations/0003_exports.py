"""Copies of everything; frozen as it was: this file never changes once it has landed."""

from peewee import SQL, BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Export(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    asked_at = Moment()
    made_for = CharField(max_length=10)
    categories = JSONText()
    since = Moment(null=True)
    until = Moment(null=True)
    with_files = BooleanField()
    language = CharField(max_length=35)
    state = CharField(max_length=10)
    total = IntegerField()
    done = IntegerField()
    written = BigIntegerField()
    seen_at = Moment(null=True)
    ended_at = Moment(null=True)
    ready_at = Moment(null=True)
    expires_at = Moment(null=True)
    size = BigIntegerField(null=True)
    sha256 = CharField(max_length=64, null=True)
    counts = JSONText()
    missing = IntegerField()
    downloads = IntegerField()
    downloaded_at = Moment(null=True)
    trouble = TextField(null=True)
    era = IntegerField()
    storage_key = CharField(max_length=200, null=True)

    class Meta:
        table_name = "export"
        indexes = ((("user", "asked_at", "id"), False),)


Export.add_index(Export.index(Export.user, unique=True, name="export_one_unfinished", where=SQL("state IN ('waiting', 'building') AND made_for = 'person'")))


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the table."""
    with db.bind_ctx((User, Export)):
        db.create_tables((Export,), safe=False)
