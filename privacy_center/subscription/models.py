"""Orders as the product sent them, with every field the policy names (section 2 (3))."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from peewee import CharField, TextField

from privacy_center.accounts.models import PersonalRecord
from privacy_center.core.db import JSONText, Moment
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Recipient, Source, internal, personal, years

SERVICES = {"stripe": "Stripe", "paypal": "PayPal", "alipay": "Alipay", "wechat": "WeChat Pay"}


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
        kept_because=_l("Tax and company law ask us to keep orders for 7 years. They are kept without your name."),
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
    provider_data = personal(JSONText(null=True), _l("What the payment service returned"))
    digest = internal(CharField(max_length=64), "tells whether the feed brought a change")

    class Meta:
        table_name = "purchase_order"
        indexes = ((("user", "external_id"), True),)
