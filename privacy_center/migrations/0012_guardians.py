"""Reports about children, what came with them, what reported accounts are told; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Report(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True)
    reference = CharField(max_length=12, unique=True)
    state = CharField(max_length=12)
    outcome = CharField(max_length=12, null=True)
    started_at = Moment()
    touched_at = Moment()
    received_at = Moment(null=True)
    due_at = Moment(null=True)
    answer_by = Moment(null=True)
    ended_at = Moment(null=True)
    language = CharField(max_length=35)
    name = TextField()
    relation = CharField(max_length=10, null=True)
    email = CharField(max_length=320, null=True)
    proved_at = Moment(null=True)
    age = CharField(max_length=10, null=True)
    country = CharField(max_length=2, null=True)
    account_email = CharField(max_length=320)
    account_name = TextField()
    typed = TextField()
    used_when = TextField()
    device = TextField()
    wishes = JSONText()
    no_files = BooleanField()
    certificate = CharField(max_length=24, null=True)
    copy_granted_at = Moment(null=True)
    linked_at = Moment(null=True)
    link_hash = CharField(max_length=64, unique=True)
    generation = IntegerField()
    account = BigIntegerField(null=True, index=True)
    proof = BigIntegerField(null=True)
    export = BigIntegerField(null=True)
    erasure = BigIntegerField(null=True)
    assigned_to = BigIntegerField(null=True)
    decided_by = BigIntegerField(null=True)
    seconded_by = BigIntegerField(null=True)
    seen_letter = BigIntegerField()

    class Meta:
        table_name = "guardian_report"
        indexes = ((("state", "due_at", "id"), False), (("email", "state"), False), (("account_email", "state"), False))


class Evidence(Model):
    """Frozen."""

    id = BigAutoField()
    report = ForeignKeyField(Report)
    added_at = Moment()
    name = TextField()
    media_type = CharField(max_length=80)
    size = BigIntegerField()
    sha256 = CharField(max_length=64)
    state = CharField(max_length=12)
    checked_at = Moment(null=True)
    storage_key = CharField(max_length=200, null=True)

    class Meta:
        table_name = "guardian_evidence"


class Letter(Model):
    """Frozen."""

    id = BigAutoField()
    report = ForeignKeyField(Report)
    direction = CharField(max_length=14)
    written_at = Moment()
    words = TextField()
    author = BigIntegerField(null=True)

    class Meta:
        table_name = "guardian_letter"


class ReportStep(Model):
    """Frozen."""

    id = BigAutoField()
    report = ForeignKeyField(Report)
    at = Moment()
    what = CharField(max_length=12)

    class Meta:
        table_name = "guardian_step"


class Concern(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    report = BigIntegerField(index=True)
    state = CharField(max_length=10)
    asked_at = Moment()
    answer_by = Moment()
    answer = CharField(max_length=12, null=True)
    answer_words = TextField()
    answered_at = Moment(null=True)
    ended_at = Moment(null=True)
    was_restricted = BooleanField()

    class Meta:
        table_name = "guardian_concern"
        indexes = ((("user", "asked_at"), False), (("user", "report"), True))


class OnFile(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    report = BigIntegerField()
    email = CharField(max_length=320)
    language = CharField(max_length=35)
    since = Moment()

    class Meta:
        table_name = "guardian_on_file"
        indexes = ((("user", "report"), True),)


class GuardianNotice(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    at = Moment()
    about = CharField(max_length=40)
    report = BigIntegerField()

    class Meta:
        table_name = "guardian_notice"
        indexes = ((("user", "report", "about"), True),)


TABLES = (Report, Evidence, Letter, ReportStep, Concern, OnFile, GuardianNotice)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
