"""What Stripe says of subscriptions; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class Users(Model):
    """Frozen: what the new tables point at."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class StripeCustomer(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(Users, index=False)
    external_id = CharField(max_length=255, index=True)
    created_at = Moment(null=True)
    balance = BigIntegerField()
    currency = CharField(max_length=3, null=True)
    linked_at = Moment()
    synchronised_at = Moment()
    deleted_at = Moment(null=True)

    class Meta:
        table_name = "stripe_customer"
        indexes = ((("user", "external_id"), True),)


class Synchronisation(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(Users, index=False)
    wanted_at = Moment()
    seen_at = Moment(null=True)
    tried_at = Moment(null=True)
    trouble = CharField(max_length=20, null=True)
    begun = IntegerField()
    stored = IntegerField()

    class Meta:
        table_name = "synchronisation"
        indexes = ((("user",), True),)


class Subscription(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(Users, index=False)
    external_id = CharField(max_length=255)
    customer = CharField(max_length=255)
    status = CharField(max_length=40)
    plan_id = TextField()
    plan_name = TextField()
    quantity = BigIntegerField(null=True)
    amount = BigIntegerField(null=True)
    currency = CharField(max_length=3)
    interval = CharField(max_length=10, null=True)
    interval_count = IntegerField()
    parts = JSONText()
    discounts = JSONText()
    next_amount = BigIntegerField(null=True)
    next_at = Moment(null=True)
    period_start = Moment(null=True)
    period_end = Moment(null=True)
    last_period_end = Moment(null=True)
    started_at = Moment()
    trial_ends_at = Moment(null=True)
    cancel_at_period_end = BooleanField()
    cancel_at = Moment(null=True)
    canceled_at = Moment(null=True)
    ended_at = Moment(null=True)
    collection = CharField(max_length=40)
    collection_paused = BooleanField()
    collection_resumes_at = Moment(null=True)
    payment_kind = CharField(max_length=40, null=True)
    card_brand = CharField(max_length=40, null=True)
    card_last4 = CharField(max_length=4, null=True)
    card_expires = CharField(max_length=7, null=True)
    latest_invoice = CharField(max_length=255, null=True)
    problem = CharField(max_length=100, null=True)
    attempts = IntegerField()
    next_attempt_at = Moment(null=True)
    missing_at = Moment(null=True)
    synchronised_at = Moment()

    class Meta:
        table_name = "subscription"
        indexes = ((("user", "external_id"), True),)


class Invoice(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(Users, index=False)
    external_id = CharField(max_length=255)
    customer = CharField(max_length=255)
    number = CharField(max_length=255, null=True)
    subscription = CharField(max_length=255, null=True)
    status = CharField(max_length=40)
    currency = CharField(max_length=3)
    subtotal = BigIntegerField()
    discount = BigIntegerField()
    tax = BigIntegerField()
    total = BigIntegerField()
    amount_due = BigIntegerField()
    amount_paid = BigIntegerField()
    amount_remaining = BigIntegerField()
    created_at = Moment()
    period_start = Moment(null=True)
    period_end = Moment(null=True)
    due_at = Moment(null=True)
    paid_at = Moment(null=True)
    next_attempt_at = Moment(null=True)
    attempts = IntegerField()
    hosted_url = TextField(null=True)
    pdf_url = TextField(null=True)
    synchronised_at = Moment()

    class Meta:
        table_name = "invoice"
        indexes = ((("user", "external_id"), True), (("user", "created_at"), False))


class RenewalDecision(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(Users, index=False)
    subscription = ForeignKeyField(Subscription, on_delete="CASCADE", index=True)
    wanted = BooleanField()
    decided_at = Moment()
    state = CharField(max_length=12)
    attempts = IntegerField()
    confirmed_at = Moment(null=True)
    trouble = CharField(max_length=20, null=True)
    key = CharField(max_length=64)
    round = IntegerField()
    trying_until = Moment(null=True)

    class Meta:
        table_name = "renewal_decision"
        indexes = ((("user", "decided_at"), False),)


class StripeEvent(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(Users, null=True, index=True)
    event_id = CharField(max_length=255, unique=True)
    kind = CharField(max_length=100)
    object_id = CharField(max_length=255, null=True)
    customer = CharField(max_length=255, null=True)
    created_at = Moment(null=True)
    received_at = Moment()
    done_at = Moment(null=True)

    class Meta:
        table_name = "stripe_event"
        indexes = ((("customer", "done_at"), False), (("received_at",), False))


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    made = (StripeCustomer, Synchronisation, Subscription, Invoice, RenewalDecision, StripeEvent)
    with db.bind_ctx((Users, *made)):
        db.create_tables(made, safe=False)
