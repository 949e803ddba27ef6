"""Orders to connected systems; frozen as it was: this file never changes once it has landed."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class Order(Model):
    """Frozen."""

    id = BigAutoField()
    number = CharField(max_length=36, unique=True)
    kind = CharField(max_length=20)
    person = BigIntegerField()
    identity = CharField(max_length=200, null=True)
    about = CharField(max_length=80)
    scope = JSONText(null=True)
    decided_at = Moment()
    settled_at = Moment(null=True)
    reach = BigIntegerField(null=True)

    class Meta:
        table_name = "outbox_order"
        indexes = ((("person", "about"), False), (("person", "decided_at", "id"), False))


class Delivery(Model):
    """Frozen."""

    id = BigAutoField()
    order = ForeignKeyField(Order, index=False)
    system = CharField(max_length=200)
    state = CharField(max_length=12)
    since = Moment()
    attempts = IntegerField()
    next_at = Moment(null=True)
    delivered_at = Moment(null=True)
    expected_at = Moment(null=True)
    confirmed_at = Moment(null=True)
    failed_at = Moment(null=True)
    trouble = TextField(null=True)

    class Meta:
        table_name = "outbox_delivery"
        indexes = ((("order", "system"), True), (("state", "next_at"), False))


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make both tables."""
    with db.bind_ctx((Order, Delivery)):
        db.create_tables((Order, Delivery), safe=False)
