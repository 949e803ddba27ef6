"""The policy's editions and what people answered, announcements, mailings; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Edition(Model):
    """Frozen."""

    id = BigAutoField()
    effective_on = CharField(max_length=10, unique=True)
    published_at = Moment()
    material = BooleanField()
    form = CharField(max_length=10)
    text = TextField()
    digest = CharField(max_length=64)

    class Meta:
        table_name = "edition"


class Acknowledgement(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    edition = ForeignKeyField(Edition, index=False)
    answer = CharField(max_length=10)
    at = Moment()
    code = CharField(max_length=24, unique=True)
    body = JSONText()
    digest = CharField(max_length=64)

    class Meta:
        table_name = "acknowledgement"
        indexes = ((("user", "edition"), False),)


class Announcement(Model):
    """Frozen."""

    id = BigAutoField()
    happens_on = CharField(max_length=10)
    published_at = Moment()
    ended_at = Moment(null=True)
    title = TextField()
    form = CharField(max_length=10)
    text = TextField()
    digest = CharField(max_length=64, unique=True)

    class Meta:
        table_name = "announcement"


class Mailing(Model):
    """Frozen."""

    id = BigAutoField()
    edition = ForeignKeyField(Edition, null=True, index=True)
    announcement = ForeignKeyField(Announcement, null=True, index=True)
    begun_at = Moment()
    ended_at = Moment(null=True)
    total = IntegerField()
    reached = BigIntegerField()
    sent = IntegerField()
    refused = IntegerField()
    unsure = IntegerField()
    trouble = TextField(null=True)

    class Meta:
        table_name = "mailing"


class Notification(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    mailing = ForeignKeyField(Mailing, index=False)
    about = TextField()
    at = Moment()
    state = CharField(max_length=10)

    class Meta:
        table_name = "notification"
        indexes = ((("mailing", "user"), True), (("user", "at"), False))


TABLES = (Edition, Acknowledgement, Announcement, Mailing, Notification)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
