"""The words for what Stripe says in codes: what a status means, why a bank declined, how often one pays, with which card."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from privacy_center.core.language import is_chinese
from privacy_center.subscription import money
from privacy_center.subscription.models import STATUSES, Subscription

TONES = {"active": "done", "trialing": "now", "past_due": "bad", "unpaid": "bad", "incomplete": "wait", "paused": "wait"}
MEANINGS = {
    "trialing": _l("The first payment comes when the trial ends."),
    "past_due": _l("A payment did not come through. What you get may go on while Stripe tries again."),
    "unpaid": _l("Stripe has stopped trying. Its invoices stay open until they are paid."),
    "incomplete": _l("It begins when the first payment has come, for which Stripe waits 23 hours."),
    "incomplete_expired": _l("The first payment did not come within 23 hours, so nothing of it is owed."),
    "paused": _l("The trial ended without a means of payment. It goes on when you add one."),
    "canceled": _l("It has ended for good. You can order a new one in ZCode."),
}
UNKNOWN = _l("Stripe calls it so, and we have no words of our own for it. It may still cost money.")
REASONS = {
    "insufficient_funds": _l("There was not enough money on the account."),
    "expired_card": _l("The card has expired."),
    "authentication_required": _l("Your bank wants you to confirm the payment."),
    "no_payment_method": _l("There is no card to collect it from."),
    "incorrect_number": _l("The number of the card is not right."),
    "incorrect_cvc": _l("The security code of the card is not right."),
    "card_velocity_exceeded": _l("The card has reached its limit."),
    "withdrawal_count_limit_exceeded": _l("The card has reached its limit."),
    "processing_error": _l("The bank could not process it just then."),
    "card_not_supported": _l("The card can’t be used for this kind of payment."),
    "currency_not_supported": _l("The card can’t be used in this currency."),
}
DECLINED = _l("The bank declined it, and gave no reason.")
BRANDS = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "amex": "American Express",
    "unionpay": "UnionPay",
    "jcb": "JCB",
    "diners": "Diners Club",
    "discover": "Discover",
    "cartes_bancaires": "Cartes Bancaires",
    "eftpos_au": "eftpos",
}
KINDS = {
    "alipay": _l("Alipay"),
    "wechat_pay": _l("WeChat Pay"),
    "paypal": _l("PayPal"),
    "sepa_debit": _l("SEPA direct debit"),
    "us_bank_account": _l("Bank account"),
    "link": "Link",
    "cashapp": "Cash App",
}


def day(value: datetime | None) -> str:
    """18 November 2026"""
    return format_date(value, "y 年 M 月 d 日" if is_chinese() else "d MMMM y") if value else ""


def meaning(subscription: Subscription) -> Any:
    """What its status means for the person; nothing where the word says it all."""
    if subscription.missing_at:
        return _("Stripe does not have it any more, so nothing is paid for it.")
    if subscription.status == "active":
        return ""
    return MEANINGS.get(subscription.status, UNKNOWN if subscription.status not in STATUSES else "")


def reason(code: str | None) -> Any:
    """Why a payment failed, as the bank said."""
    return REASONS.get(code or "", DECLINED)


def rhythm(interval: str | None, count: int) -> str:
    """How often one pays, as the rest of a price."""
    single = {"day": _("a day"), "week": _("a week"), "month": _("a month"), "year": _("a year")}
    return single.get(interval or "", "") if count == 1 else _several(interval, count)


def every(interval: str | None, count: int) -> str:
    """How often it renews, as the rest of a sentence."""
    single = {"day": _("every day"), "week": _("every week"), "month": _("every month"), "year": _("every year")}
    return single.get(interval or "", "") if count == 1 else _several(interval, count)


def _several(interval: str | None, count: int) -> str:
    """Every so many days, weeks, months or years; nothing for a rhythm that we don't know."""
    words = {
        "day": _("every %(num)s days", num=count),
        "week": _("every %(num)s weeks", num=count),
        "month": _("every %(num)s months", num=count),
        "year": _("every %(num)s years", num=count),
    }
    return words.get(interval or "", "")


def paid(amount: str, interval: str | None, count: int) -> str:
    """US$ 72.00 a month"""
    how_often = rhythm(interval, count)
    return _("%(amount)s %(rhythm)s", amount=amount, rhythm=how_often) if how_often else amount


def price(subscription: Subscription) -> str:
    """The price of a period before discounts; where its parts have none in common, nothing."""
    if subscription.amount is None:
        return ""
    return paid(money.in_words(subscription.amount, subscription.currency), subscription.interval, subscription.interval_count)


def part(each: dict[str, Any], currency: str) -> str:
    """One part of a subscription: 3 × GLM Coding Pro, US$ 72.00 a month."""
    minor = each.get("amount") if each.get("amount") is not None else each.get("exactly")
    cost = _("priced by use") if minor is None else money.in_words(Decimal(str(minor)), currency)
    what = f"{each['quantity']} × {each['name']}" if (each.get("quantity") or 1) != 1 else each["name"]
    return _("%(what)s, %(cost)s", what=what, cost=paid(cost, each.get("interval"), each.get("interval_count") or 1))


def discount(each: dict[str, Any], currency: str) -> str:
    """One discount: less 10 %, Invited by a friend."""
    off = f"{each['percent']} %" if each.get("percent") is not None else ""
    if each.get("amount") is not None:
        off = money.in_words(each["amount"], each.get("currency") or currency)
    if not off:
        return _("with the discount “%(name)s”", name=each.get("name") or "")
    return _("less %(off)s: %(name)s", off=off, name=each["name"]) if each.get("name") else _("less %(off)s", off=off)


def means(subscription: Subscription) -> str:
    """What it is paid with: Visa ending in 4242."""
    if subscription.card_last4:
        brand = BRANDS.get(subscription.card_brand or "", (subscription.card_brand or "").replace("_", " ").title()) or _("Card")
        return _("%(brand)s ending in %(last4)s", brand=brand, last4=subscription.card_last4)
    if subscription.payment_kind:
        return str(KINDS.get(subscription.payment_kind, subscription.payment_kind.replace("_", " ")))
    return _("By invoice") if subscription.collection == "send_invoice" else _("None on file")


def expiry(subscription: Subscription) -> str:
    """Until when the card is good: 08/2029."""
    year, _dash, month = (subscription.card_expires or "").partition("-")
    return f"{month}/{year}" if month else ""
