"""The tables of the first edition, frozen as they were: this file never changes once it has landed."""

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
from privacy_center.core.jobs import Storage

INDEXES = (
    "CREATE INDEX conversation_latest ON conversation (user_id, active_at DESC, id DESC)",
    "CREATE INDEX conversation_model ON conversation (user_id, model, active_at DESC, id DESC)",
    "CREATE INDEX conversation_workspace ON conversation (user_id, workspace, active_at DESC, id DESC)",
    "CREATE INDEX conversation_source ON conversation (user_id, source, active_at DESC, id DESC)",
    "CREATE INDEX conversation_archived ON conversation (user_id, archived, active_at DESC, id DESC)",
    "CREATE INDEX conversation_parent ON conversation (user_id, parent) WHERE parent IS NOT NULL",
)

# Contentless: the words are kept once, in the messages; the index holds places only, and forgets them one by one.
SEARCH_IN_SQLITE = (
    "CREATE VIRTUAL TABLE word_index USING fts5("
    "words, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 2\")",
)

# Each word carries its user, so that the index itself is scoped: a rare word never walks other people's rows.
SEARCH_IN_POSTGRESQL = (
    "CREATE TABLE word_index (search_id bigint PRIMARY KEY, words text[] NOT NULL)",
    "CREATE INDEX word_index_words ON word_index USING gin (words)",
)

APPEND_ONLY_IN_SQLITE = tuple(
    f"CREATE TRIGGER audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for act in ("UPDATE", "DELETE")
)

APPEND_ONLY_IN_POSTGRESQL = (
    "CREATE FUNCTION audit_entry_refuse() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
)


class AuditEntry(Model):
    """Frozen."""

    at = Moment()
    actor = CharField(max_length=80)
    action = CharField(max_length=80)
    person = IntegerField(index=True, null=True)
    subject = CharField(max_length=200, default='')
    reason = TextField(default='')
    previous = CharField(max_length=64)
    digest = CharField(unique=True, max_length=64)
    class Meta:
        table_name = 'audit_entry'

class User(Model):
    """Frozen."""

    id = BigAutoField()
    subject = CharField(max_length=200)
    issuer = CharField(max_length=200)
    email = CharField(index=True, null=True, max_length=320)
    name = TextField(null=True)
    avatar_url = TextField(null=True)
    country = CharField(null=True, max_length=10)
    language = CharField(null=True, max_length=35)
    created_at = Moment(null=True)
    opened_at = Moment()
    signed_in_at = Moment(null=True)
    feedback_digest = CharField(index=True, max_length=64)
    digest = CharField(null=True, max_length=64)
    class Meta:
        table_name = 'users'
        indexes = ((('issuer', 'subject'), True),)

class Session(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    token_hash = CharField(unique=True, max_length=64)
    started_at = Moment()
    seen_at = Moment()
    confirmed_at = Moment(null=True)
    browser = TextField(default='')
    address = CharField(max_length=45, default='')
    class Meta:
        table_name = 'session'
        indexes = ((('user', 'started_at'), False),)

class ConfirmationCode(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    session = ForeignKeyField(Session, on_delete='CASCADE')
    code_hash = CharField(null=True, max_length=64)
    asked_at = Moment()
    sent_at = Moment(null=True)
    tries = IntegerField(default=0)
    used_at = Moment(null=True)
    class Meta:
        table_name = 'confirmation_code'
        indexes = ((('user', 'asked_at'), False),)

class Conversation(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    title = TextField(default='')
    created_at = Moment()
    updated_at = Moment()
    active_at = Moment()
    model = CharField(null=True, max_length=200)
    workspace = TextField(null=True)
    source = CharField(null=True, max_length=20)
    parent = CharField(null=True, max_length=200)
    archived = BooleanField(default=False)
    talk_id = TextField(null=True)
    message_count = IntegerField(default=0)
    file_count = IntegerField(default=0)
    search_base = BigIntegerField(unique=True)
    search_count = IntegerField(default=0)
    digest = CharField(null=True, max_length=64)
    class Meta:
        table_name = 'conversation'
        indexes = ((('user', 'external_id'), True), (('user', 'created_at', 'id'), False))

class Correspondence(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    sent_at = Moment()
    direction = CharField(max_length=10)
    channel = TextField()
    subject = TextField(null=True)
    body = TextField()
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'correspondence'
        indexes = ((('user', 'external_id'), True), (('user', 'sent_at', 'id'), False))

class Device(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    brand = TextField()
    model = TextField()
    manufacturer = TextField()
    system_version = TextField()
    api_version = TextField(null=True)
    cpu = JSONText(null=True)
    disk = TextField(null=True)
    architecture = TextField()
    network_status = TextField(null=True)
    time_zone = TextField()
    region = TextField()
    language = TextField()
    thread_count = IntegerField(null=True)
    uptime_seconds = BigIntegerField(null=True)
    application = JSONText(null=True)
    seen_at = Moment()
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'device'
        indexes = ((('user', 'external_id'), True),)

class Feedback(Model):
    """Frozen."""

    id = BigAutoField()
    external_id = CharField(max_length=200)
    account_digest = CharField(max_length=64)
    submitted_at = Moment()
    text = TextField()
    application_version = TextField()
    build = TextField(null=True)
    node_version = TextField(null=True)
    os_platform = TextField(null=True)
    os_version = TextField(null=True)
    os_architecture = TextField(null=True)
    client_id = TextField(null=True)
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'feedback'
        indexes = ((('account_digest', 'external_id'), True),)

class FeedbackAttachment(Model):
    """Frozen."""

    id = BigAutoField()
    feedback = ForeignKeyField(Feedback, on_delete='CASCADE')
    account_digest = CharField(index=True, max_length=64)
    submitted_at = Moment()
    name = TextField()
    media_type = TextField()
    size = BigIntegerField()
    storage_key = CharField(max_length=200)
    class Meta:
        table_name = 'feedback_attachment'

class File(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    conversation = ForeignKeyField(Conversation, null=True)
    message = CharField(null=True, max_length=200)
    name = TextField()
    media_type = TextField()
    size = BigIntegerField()
    sha256 = CharField(max_length=64)
    created_at = Moment()
    storage_key = CharField(null=True, max_length=200)
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'file'
        indexes = ((('user', 'external_id'), True), (('user', 'created_at', 'id'), False))

class Job(Model):
    """Frozen."""

    kind = CharField(max_length=80)
    subject = BigIntegerField()
    state = CharField(max_length=10, default='waiting')
    attempts = IntegerField(default=0)
    token = CharField(null=True, max_length=64)
    leased_until = Moment(null=True)
    run_after = Moment()
    woken_at = Moment(null=True)
    created_at = Moment()
    ended_at = Moment(null=True)
    reason = TextField(null=True)
    class Meta:
        table_name = 'job'
        indexes = ((('state', 'run_after'), False), (('kind', 'subject'), False))

class JobReceipt(Model):
    """Frozen."""

    job = ForeignKeyField(Job, on_delete="CASCADE", index=False)
    step = CharField(max_length=120)
    at = Moment()
    class Meta:
        table_name = 'job_receipt'
        indexes = ((('job', 'step'), True),)

class LogEntry(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    occurred_at = Moment()
    ip_address = TextField()
    browser = TextField(null=True)
    isp = TextField(null=True)
    referring_page = TextField(null=True)
    exit_page = TextField(null=True)
    page = TextField(null=True)
    operating_system = TextField(null=True)
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'log_entry'
        indexes = ((('user', 'external_id'), True), (('user', 'occurred_at', 'id'), False))

class Message(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    conversation = ForeignKeyField(Conversation)
    external_id = CharField(max_length=200)
    parent = CharField(null=True, max_length=200)
    role = CharField(max_length=10)
    created_at = Moment()
    model = CharField(null=True, max_length=200)
    parts = JSONText()
    search_id = BigIntegerField(unique=True, null=True)
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'message'
        indexes = ((('user', 'external_id'), True), (('conversation', 'created_at', 'id'), False), (('user', 'created_at', 'id'), False))

class Order(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    order_number = TextField()
    plan_id = TextField()
    plan_name = TextField()
    price = TextField()
    currency = CharField(max_length=3)
    discount_amount = TextField(null=True)
    amount_payable = TextField()
    invitation_code = TextField(null=True)
    sales_channel = TextField(null=True)
    risk_verification_ticket = TextField(null=True)
    business_serial_number = TextField(null=True)
    payment_method = TextField()
    payment_status = TextField()
    payment_created_at = Moment()
    subscription_status = TextField(null=True)
    renewal_status = TextField(null=True)
    agreement_number = TextField(null=True)
    provider = CharField(null=True, max_length=20)
    provider_data = JSONText(null=True)
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'purchase_order'
        indexes = ((('user', 'external_id'), True),)

class SignInAttempt(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True)
    state_hash = CharField(unique=True, max_length=64)
    browser_hash = CharField(max_length=64)
    nonce = CharField(max_length=64)
    code_verifier = CharField(max_length=128)
    next_page = TextField(default='/')
    started_at = Moment()
    used_at = Moment(null=True)
    class Meta:
        table_name = 'sign_in_attempt'

class Sweep(Model):
    """Frozen."""

    name = CharField(unique=True, max_length=80)
    last_run = Moment()
    class Meta:
        table_name = 'sweep'

class Tombstone(Model):
    """Frozen."""

    kind = CharField(max_length=20)
    digest = CharField(max_length=64)
    raised_at = Moment()
    class Meta:
        table_name = 'tombstone'
        indexes = ((('kind', 'digest'), True),)

class UsageEvent(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, index=False)
    external_id = CharField(max_length=200)
    occurred_at = Moment()
    event_name = TextField()
    event_type = TextField()
    event_region = TextField(null=True)
    event_extension = JSONText(null=True)
    client_time_zone = TextField(null=True)
    language = TextField(null=True)
    screen_resolution = TextField(null=True)
    application_version = TextField(null=True)
    os_type = TextField(null=True)
    os_version = TextField(null=True)
    device = TextField(null=True)
    talk_id = TextField(null=True)
    message_id = TextField(null=True)
    digest = CharField(max_length=64)
    class Meta:
        table_name = 'usage_event'
        indexes = ((('user', 'external_id'), True), (('user', 'occurred_at', 'id'), False))


TABLES = (AuditEntry, User, Session, ConfirmationCode, Conversation, Correspondence, Device, Feedback, FeedbackAttachment, File, Job, JobReceipt, LogEntry, Message, Order, SignInAttempt, Sweep, Tombstone, UsageEvent)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make every table, index, trigger and the queue."""
    sqlite = isinstance(db, SqliteDatabase)
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
        queue = Storage("centre", database=db, create_tables=False)
        db.create_tables([queue.KV, queue.Schedule, queue.Task, queue.Counter], safe=False)
    search = SEARCH_IN_SQLITE if sqlite else SEARCH_IN_POSTGRESQL
    append_only = APPEND_ONLY_IN_SQLITE if sqlite else APPEND_ONLY_IN_POSTGRESQL
    for statement in (*INDEXES, *search, *append_only):
        db.execute_sql(statement)
