"""What people pay for: orders as the product sent them (policy section 2 (3)), and what Stripe says of subscriptions and invoices.

Money from Stripe is whole numbers of the smallest unit of its currency, as Stripe has it; `money.py` puts it into words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, PersonalRecord, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import (
    Category,
    Erase,
    Holding,
    Purpose,
    Recipient,
    Source,
    days,
    internal,
    personal,
    pgettext_lazy,
    secret,
    while_account_exists,
    years,
)

SERVICES = {"stripe": "Stripe", "paypal": "PayPal", "alipay": "Alipay", "wechat": "WeChat Pay"}
TAX_LAW = _l("Tax and company law ask us to keep orders for 7 years. They are kept without your name.")

# The statuses that Stripe has; it may have more one day, which are shown as they are.
STATUSES = {
    "active": pgettext_lazy("status of a subscription", "Active"),
    "trialing": pgettext_lazy("status of a subscription", "Trial"),
    "past_due": pgettext_lazy("status of a subscription", "Payment overdue"),
    "unpaid": pgettext_lazy("status of a subscription", "Unpaid"),
    "incomplete": pgettext_lazy("status of a subscription", "Waiting for the first payment"),
    "incomplete_expired": pgettext_lazy("status of a subscription", "Never begun: the first payment did not come"),
    "paused": pgettext_lazy("status of a subscription", "Paused"),
    "canceled": pgettext_lazy("status of a subscription", "Ended"),
}
OVER = ("canceled", "incomplete_expired")  # from these there is no way back; any other status, known or not, may still cost money
INVOICE_STATUSES = {
    "open": pgettext_lazy("status of an invoice", "Open"),
    "paid": pgettext_lazy("status of an invoice", "Paid"),
    "uncollectible": pgettext_lazy("status of an invoice", "Given up"),
    "void": pgettext_lazy("status of an invoice", "Void"),
}
COLLECTION = {"charge_automatically": _l("Charged by itself"), "send_invoice": _l("By invoice")}
DECISIONS = {
    "waiting": pgettext_lazy("state of a decision", "On its way to Stripe"),
    "done": pgettext_lazy("state of a decision", "Confirmed by Stripe"),
    "refused": pgettext_lazy("state of a decision", "Refused by Stripe"),
    "failed": pgettext_lazy("state of a decision", "Stripe has not confirmed it, and we have stopped trying"),
    "superseded": pgettext_lazy("state of a decision", "Replaced by a later decision"),
}
# What kept us from hearing from Stripe; the words of subscription.asking.
TROUBLES = {
    "down": _l("Stripe could not be reached"),
    "slow": _l("Stripe did not answer in time"),
    "busy": _l("Stripe asked us to come back later"),
    "key": _l("Stripe does not take our key"),
    "refused": _l("Stripe refused"),
    "strange": _l("Stripe answered something that we can’t read"),
    "gone": _l("Stripe does not have it any more"),
}


class Order(PersonalRecord):
    """One order of a plan, through whichever payment service."""

    rank = 30
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("Orders"),
        description=_l("What you ordered, what it cost, how it was paid."),
        source=(Source.PERSON, Source.PRODUCT, Source.PAYMENT_SERVICE),
        purposes=(Purpose.PROVIDE, Purpose.SECURITY, Purpose.LEGAL),
        retention=years(7, since="payment_created_at"),
        on_erasure=Erase.KEEP,
        kept_because=TAX_LAW,
        recipients=(Recipient.AFFILIATES, Recipient.VENDORS, Recipient.AUTHORITIES),
        dated_by="payment_created_at",
        titled_by="plan_name",
        listed=("price", "currency", "payment_status"),
    )

    external_id = personal(CharField(max_length=200), _l("Order id"))
    order_number = personal(TextField(), _l("Order number"))
    plan_id = personal(TextField(), _l("Plan or product id"))
    plan_name = personal(TextField(), _l("Plan or product"))
    price = personal(TextField(), _l("Price"))
    currency = personal(CharField(max_length=3), _l("Currency"))
    discount_amount = personal(TextField(null=True), _l("Discount"))
    amount_payable = personal(TextField(), _l("Amount payable"))
    invitation_code = personal(TextField(null=True), _l("Invitation code"))
    sales_channel = personal(TextField(null=True), _l("Sales channel"))
    risk_verification_ticket = personal(TextField(null=True), _l("Risk verification ticket"))
    business_serial_number = personal(TextField(null=True), _l("Business serial number"))
    payment_method = personal(TextField(), _l("Payment method"))
    payment_status = personal(TextField(), _l("Payment status"))
    payment_created_at = personal(Moment(), _l("Payment created"))
    subscription_status = personal(TextField(null=True), _l("Subscription status"))
    renewal_status = personal(TextField(null=True), _l("Renewal"))
    agreement_number = personal(TextField(null=True), _l("Agreement number"))
    provider = personal(CharField(max_length=20, null=True), _l("Payment service"), values=SERVICES)
    # It may hold a name or an address, and no law asks for it: an erasure empties it.
    provider_data = personal(JSONText(null=True), _l("What the payment service returned"), identifying=True)
    digest = internal(CharField(max_length=64), "tells whether the feed brought a change")

    class Meta:
        table_name = "purchase_order"
        indexes = ((("user", "external_id"), True),)


class StripeCustomer(PersonalRecord):
    """A customer at Stripe whose metadata name this person's Z.ai account; a person may have several."""

    rank = 31
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("You as a customer of Stripe"),
        description=_l("Which customer you are at Stripe, and what you have to your credit there. It is found by your Z.ai user id, never by e-mail alone."),
        source=(Source.PAYMENT_SERVICE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="linked_at",
        recipients=(Recipient.VENDORS,),
        titled_by="external_id",
        listed=("synchronised_at", "deleted_at"),
    )

    external_id = personal(CharField(max_length=255, index=True), _l("Customer number at Stripe"), identifying=True)
    created_at = personal(Moment(null=True), _l("Customer there since"))
    balance = personal(BigIntegerField(default=0), _l("Balance, in the smallest unit; below zero it is to your credit"))
    currency = personal(CharField(max_length=3, null=True), _l("Currency"))
    linked_at = personal(Moment(default=clock.now), _l("Found"))
    synchronised_at = personal(Moment(default=clock.now), _l("As Stripe said on"))
    deleted_at = personal(Moment(null=True), _l("Deleted at Stripe; noticed"))

    class Meta:
        indexes = ((("user", "external_id"), True),)

    @classmethod
    def living(cls, user: User) -> Any:
        """The person's customers that Stripe still has, the newest first."""
        return cls.select().where((cls.user == user) & cls.deleted_at.is_null()).order_by(cls.created_at.desc(), cls.id.desc())


class Synchronisation(PersonalRecord):
    """How far what is known of a person's payments is up to date with Stripe. One a person.

    Every round of questions draws a ticket before the first; what it found is kept only if no later ticket's was.
    """

    rank = 32
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("When we asked Stripe"),
        description=_l("When we last asked Stripe about your subscription, and whether it answered."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE,),
        retention=while_account_exists(),
        on_erasure=Erase.DELETE,
        dated_by="wanted_at",
        recipients=(),
        listed=("seen_at", "trouble"),
    )

    wanted_at = personal(Moment(default=clock.now), _l("Last wanted"))
    seen_at = personal(Moment(null=True), _l("As Stripe said on"))
    tried_at = personal(Moment(null=True), _l("Last asked"))
    trouble = personal(CharField(max_length=20, null=True), _l("What went wrong"), values=TROUBLES)
    begun = internal(IntegerField(default=0), "the last ticket drawn")
    stored = internal(IntegerField(default=0), "the ticket of what is known")

    class Meta:
        indexes = ((("user",), True),)


class Subscription(PersonalRecord):
    """One subscription at Stripe, as it was when we last asked."""

    rank = 33
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("Subscriptions"),
        description=_l("Your plan, what it costs, until when it runs, and how it is paid, as Stripe says."),
        source=(Source.PERSON, Source.PAYMENT_SERVICE),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(7, since="ended_at"),
        on_erasure=Erase.DELETE,
        recipients=(Recipient.AFFILIATES, Recipient.VENDORS, Recipient.AUTHORITIES),
        dated_by="started_at",
        titled_by="plan_name",
        listed=("status", "period_end", "ended_at"),
    )

    external_id = personal(CharField(max_length=255), _l("Subscription number at Stripe"))
    customer = personal(CharField(max_length=255), _l("Customer number at Stripe"), identifying=True)
    status = personal(CharField(max_length=40), _l("Status"), values=STATUSES)
    plan_id = personal(TextField(default=""), _l("Plan or product id"))
    plan_name = personal(TextField(default=""), _l("Plan or product"))
    quantity = personal(BigIntegerField(null=True), _l("Quantity"))
    amount = personal(BigIntegerField(null=True), _l("Price of a period, in the smallest unit"))
    currency = personal(CharField(max_length=3), _l("Currency"))
    interval = personal(CharField(max_length=10, null=True), _l("Paid every"))
    interval_count = personal(IntegerField(default=1), _l("So many of these"))
    parts = personal(JSONText(default=list), _l("What it consists of"))
    discounts = personal(JSONText(default=list), _l("Discounts"))
    next_amount = personal(BigIntegerField(null=True), _l("Next payment, in the smallest unit"))
    next_at = personal(Moment(null=True), _l("Next payment on"))
    period_start = personal(Moment(null=True), _l("Present period began"))
    period_end = personal(Moment(null=True), _l("Present period ends"))
    last_period_end = personal(Moment(null=True), _l("The last of its parts’ periods ends"))
    started_at = personal(Moment(), _l("Started"))
    trial_ends_at = personal(Moment(null=True), _l("Trial ends"))
    cancel_at_period_end = personal(BooleanField(default=False), _l("Ends with the present period"))
    cancel_at = personal(Moment(null=True), _l("Will end"))
    canceled_at = personal(Moment(null=True), _l("Cancelled"))
    ended_at = personal(Moment(null=True), _l("Ended"))
    collection = personal(CharField(max_length=40), _l("How it is collected"), values=COLLECTION)
    collection_paused = personal(BooleanField(default=False), _l("Collection paused"))
    collection_resumes_at = personal(Moment(null=True), _l("Collection goes on"))
    payment_kind = personal(CharField(max_length=40, null=True), _l("Means of payment"))
    card_brand = personal(CharField(max_length=40, null=True), _l("Card brand"))
    card_last4 = personal(CharField(max_length=4, null=True), _l("Last four digits of the card"))
    card_expires = personal(CharField(max_length=7, null=True), _l("Card is good until"))
    latest_invoice = personal(CharField(max_length=255, null=True), _l("Latest invoice"))
    problem = personal(CharField(max_length=100, null=True), _l("Why the latest payment failed"))
    attempts = personal(IntegerField(default=0), _l("Tries to collect the latest invoice"))
    next_attempt_at = personal(Moment(null=True), _l("Next try to collect it"))
    missing_at = personal(Moment(null=True), _l("Not at Stripe any more; noticed"))
    synchronised_at = personal(Moment(), _l("As Stripe said on"))

    class Meta:
        indexes = ((("user", "external_id"), True),)

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The person's subscriptions, the newest first."""
        return cls.select().where(cls.user == user).order_by(cls.started_at.desc(), cls.id.desc())

    @property
    def is_over(self) -> bool:
        """Whether it has ended for good, or is not at Stripe any more."""
        return self.status in OVER or self.missing_at is not None

    @property
    def renews(self) -> bool:
        """Whether it goes on by itself after the present period."""
        return not self.is_over and not self.cancel_at_period_end and self.cancel_at is None

    @property
    def ends_at(self) -> datetime | None:
        """When it ended or will end; None while it goes on."""
        if self.ended_at or self.cancel_at:
            return self.ended_at or self.cancel_at
        return self.last_period_end or self.period_end if self.cancel_at_period_end else None

    @property
    def words(self) -> Any:
        """Its status in a word; one that we don't know as Stripe has it."""
        return STATUSES.get(self.status, self.status)


class Invoice(PersonalRecord):
    """One invoice at Stripe. Drafts are not kept: nobody has to pay them, and they may still change."""

    rank = 34
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("Invoices"),
        description=_l("Invoices of your subscription, as Stripe says, with the links that open them."),
        source=(Source.PAYMENT_SERVICE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(7, since="created_at"),
        on_erasure=Erase.KEEP,
        kept_because=TAX_LAW,
        recipients=(Recipient.AFFILIATES, Recipient.VENDORS, Recipient.AUTHORITIES),
        dated_by="created_at",
        titled_by="number",
        listed=("status", "total", "currency"),
    )

    external_id = personal(CharField(max_length=255), _l("Invoice id at Stripe"))
    customer = personal(CharField(max_length=255), _l("Customer number at Stripe"), identifying=True)
    number = personal(CharField(max_length=255, null=True), _l("Invoice number"))
    subscription = personal(CharField(max_length=255, null=True), _l("Subscription number at Stripe"))
    status = personal(CharField(max_length=40), _l("Status"), values=INVOICE_STATUSES)
    currency = personal(CharField(max_length=3), _l("Currency"))
    subtotal = personal(BigIntegerField(), _l("Before discount and tax, in the smallest unit"))
    discount = personal(BigIntegerField(default=0), _l("Discount, in the smallest unit"))
    tax = personal(BigIntegerField(default=0), _l("Tax, in the smallest unit"))
    total = personal(BigIntegerField(), _l("Total, in the smallest unit"))
    amount_due = personal(BigIntegerField(), _l("Amount payable, in the smallest unit"))
    amount_paid = personal(BigIntegerField(), _l("Paid, in the smallest unit"))
    amount_remaining = personal(BigIntegerField(), _l("Still to pay, in the smallest unit"))
    created_at = personal(Moment(), _l("Made"))
    period_start = personal(Moment(null=True), _l("For the time from"))
    period_end = personal(Moment(null=True), _l("For the time until"))
    due_at = personal(Moment(null=True), _l("Due"))
    paid_at = personal(Moment(null=True), _l("Paid on"))
    next_attempt_at = personal(Moment(null=True), _l("Next try to collect it"))
    attempts = personal(IntegerField(default=0), _l("Tries to collect it"))
    # Whoever has these can open the invoice, with the name on it: an erasure empties them even where the row is kept.
    hosted_url = personal(TextField(null=True), _l("Link to the invoice"), identifying=True, sensitive=True)
    pdf_url = personal(TextField(null=True), _l("Link to the PDF"), identifying=True, sensitive=True)
    synchronised_at = personal(Moment(), _l("As Stripe said on"))

    class Meta:
        indexes = ((("user", "external_id"), True), (("user", "created_at"), False))

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The person's invoices, the newest first."""
        return cls.select().where(cls.user == user).order_by(cls.created_at.desc(), cls.id.desc())

    @property
    def words(self) -> Any:
        """Its status in a word; one that we don't know as Stripe has it."""
        return INVOICE_STATUSES.get(self.status, self.status)


class RenewalDecision(PersonalRecord):
    """That a person turned the renewal of a subscription off or on: kept before Stripe is told, settled when Stripe confirms."""

    rank = 35
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("Renewals turned off or on"),
        description=_l("What you decided here about the renewal of a subscription, and whether Stripe has confirmed it."),
        source=(Source.PERSON, Source.CENTRE),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(3, since="decided_at"),
        on_erasure=Erase.DELETE,
        dated_by="decided_at",
        recipients=(Recipient.VENDORS,),
        listed=("wanted", "state", "confirmed_at"),
    )

    subscription = internal(ForeignKeyField(Subscription, on_delete="CASCADE", index=True), "the subscription that it is about")
    subscription_id: int
    wanted = personal(BooleanField(), _l("Renewal"))
    decided_at = personal(Moment(default=clock.now), _l("Decided"))
    state = personal(CharField(max_length=12, default="waiting"), _l("State"), values=DECISIONS)
    attempts = personal(IntegerField(default=0), _l("Tries"))
    confirmed_at = personal(Moment(null=True), _l("Confirmed"))
    trouble = personal(CharField(max_length=20, null=True), _l("What went wrong"), values=TROUBLES)
    key = secret(CharField(max_length=64), "lets Stripe know a repeated request as the same")
    round = internal(IntegerField(default=0), "counts the times that Stripe was found not to have acted, each with a key of its own")
    trying_until = internal(Moment(null=True), "until when somebody is telling Stripe")

    class Meta:
        indexes = ((("user", "decided_at"), False),)


class StripeEvent(Record):
    """That Stripe told us of a change: what of, and whether we have looked. What it says is not kept; we ask."""

    rank = 36
    holds = Holding(
        category=Category.PAYMENT,
        title=_l("News from Stripe"),
        description=_l("That Stripe told us of a change in your subscription, and when we looked at it."),
        source=(Source.PAYMENT_SERVICE,),
        purposes=(Purpose.PROVIDE, Purpose.SECURITY),
        retention=days(30, since="received_at"),
        on_erasure=Erase.DELETE,
        dated_by="received_at",
        recipients=(),
        titled_by="kind",
        listed=("done_at",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=True), "whom it is about, once that is known")
    user_id: int | None
    event_id = personal(CharField(max_length=255, unique=True), _l("Number of the news"))
    kind = personal(CharField(max_length=100), _l("What happened"))
    object_id = personal(CharField(max_length=255, null=True), _l("To what"))
    customer = personal(CharField(max_length=255, null=True), _l("Customer number at Stripe"), identifying=True)
    created_at = personal(Moment(null=True), _l("Happened"))
    received_at = personal(Moment(default=clock.now), _l("Received"))
    done_at = personal(Moment(null=True), _l("Looked at"))

    class Meta:
        indexes = ((("customer", "done_at"), False), (("received_at",), False))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user
