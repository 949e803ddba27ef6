"""What Stripe says of plans, prices, payments and invoices is kept exactly, whatever shape it has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.subscription import synchronising
from privacy_center.subscription.models import Invoice, Subscription
from tests.subscription.double import DAY, Double


def only(user: User) -> Subscription:
    """The person's one subscription, as it is known."""
    return Subscription.get(Subscription.user == user)  # type: ignore[no-any-return]


def test_a_subscription_is_known_with_all_that_a_person_wants_to_know(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())

    synchronising.synchronise(mei)

    known = only(mei)
    assert (known.plan_name, known.plan_id, known.status, known.renews) == ("GLM Coding Pro", "prod_pro", "active", True)
    assert (known.amount, known.currency, known.interval, known.interval_count) == (7200, "usd", "month", 1)
    assert (known.card_brand, known.card_last4, known.card_expires, known.payment_kind) == ("visa", "4242", "2028-04", "card")
    assert (known.next_amount, known.next_at) == (7200, known.period_end)


def test_parts_with_periods_of_their_own_end_first_and_last(stripe: Double, mei: User) -> None:
    number = stripe.subscription(stripe.customer())
    parts = stripe.subscriptions[number]["items"]["data"]
    yearly = {**parts[0]["price"], "id": "price_seat", "unit_amount": 10_000, "recurring": {"interval": "year", "interval_count": 1}}
    parts.append({**parts[0], "id": "si_2", "price": yearly, "current_period_end": parts[0]["current_period_end"] + 300 * DAY})

    synchronising.synchronise(mei)

    known = only(mei)
    assert known.last_period_end - known.period_end == timedelta(days=300)
    assert known.amount is None and known.interval is None, "a month and a year can't be added up"
    assert [each["amount"] for each in known.parts] == [7200, 10_000]


def test_a_currency_without_decimals_keeps_its_amounts(stripe: Double, mei: User) -> None:
    customer = stripe.customer(currency="jpy")
    stripe.subscription(customer, currency="jpy", price={"unit_amount": 9800})

    synchronising.synchronise(mei)

    assert (only(mei).amount, only(mei).currency, only(mei).next_amount) == (9800, "jpy", 9800)


@pytest.mark.parametrize("status", ["trialing", "unpaid", "incomplete", "incomplete_expired", "paused", "canceled", "frozen_by_the_future"])
def test_every_status_is_kept_as_it_is_even_one_that_nobody_knows(stripe: Double, mei: User, status: str) -> None:
    stripe.subscription(stripe.customer(), status=status)

    synchronising.synchronise(mei)

    assert only(mei).status == status
    assert only(mei).is_over == (status in ("canceled", "incomplete_expired"))
    assert str(only(mei).words)


def test_why_a_payment_failed_and_when_it_is_tried_again_is_known(stripe: Double, mei: User) -> None:
    customer = stripe.customer()
    invoice = stripe.invoice(customer, status="open", amount_paid=0, amount_remaining=7200, attempt_count=2, next_payment_attempt=1_800_000_000)
    stripe.subscription(customer, status="past_due", latest_invoice=invoice)
    error = {"code": "card_declined", "decline_code": "insufficient_funds"}
    intent = {"id": "pi_1", "object": "payment_intent", "status": "requires_payment_method", "last_payment_error": error}
    stripe.payments[invoice] = [{"id": "inpay_1", "object": "invoice_payment", "payment": {"type": "payment_intent", "payment_intent": intent}}]

    synchronising.synchronise(mei)

    assert (only(mei).problem, only(mei).attempts) == ("insufficient_funds", 2)
    assert only(mei).next_attempt_at == datetime.fromtimestamp(1_800_000_000, UTC)


@pytest.mark.parametrize(
    ("coupon", "kept"),
    [
        ({"percent_off": 12.5, "amount_off": None}, {"percent": "12.5", "amount": None}),
        ({"percent_off": None, "amount_off": 700, "currency": "usd"}, {"percent": None, "amount": 700}),
    ],
)
def test_a_discount_is_kept_exactly(stripe: Double, mei: User, coupon: dict[str, Any], kept: dict[str, Any]) -> None:
    whole = {"id": "spring", "object": "coupon", "name": "Spring", **coupon}
    stripe.subscription(
        stripe.customer(), discounts=[{"id": "di_1", "object": "discount", "source": {"type": "coupon", "coupon": whole}, "end": 1_800_000_000}]
    )

    synchronising.synchronise(mei)

    assert only(mei).discounts == [{"name": "Spring", "currency": coupon.get("currency"), "ends": 1_800_000_000, **kept}]


def test_invoices_are_kept_with_their_links_and_drafts_are_not(stripe: Double, mei: User) -> None:
    customer = stripe.customer()
    paid = stripe.invoice(customer, total_taxes=[{"amount": 432}])
    stripe.invoice(customer, status="draft", number=None)

    synchronising.synchronise(mei)

    invoice = Invoice.get()
    assert (Invoice.select().count(), invoice.external_id, invoice.total, invoice.tax) == (1, paid, 7200, 432)
    assert invoice.hosted_url == f"https://invoice.stripe.com/i/{paid}"


def test_an_invoice_with_a_link_that_leads_elsewhere_is_kept_without_it(stripe: Double, mei: User) -> None:
    stripe.invoice(stripe.customer(), hosted_invoice_url="javascript:alert(1)")

    synchronising.synchronise(mei)

    assert Invoice.get().hosted_url is None


def test_what_is_older_than_we_keep_it_does_not_come_back_from_stripe(stripe: Double, mei: User) -> None:
    customer, long_ago = stripe.customer(), 1_500_000_000
    stripe.invoice(customer, created=long_ago)
    stripe.subscription(customer, status="canceled", start_date=long_ago - DAY, ended_at=long_ago)

    synchronising.synchronise(mei)

    assert not Invoice.select().exists() and not Subscription.select().exists()


def test_an_invoice_that_is_paid_in_the_meantime_is_paid_here_too(stripe: Double, mei: User) -> None:
    number = stripe.invoice(stripe.customer(), status="open", amount_paid=0, amount_remaining=7200)
    synchronising.synchronise(mei)
    before = Invoice.get().synchronised_at

    stripe.invoices[number] |= {"status": "paid", "amount_paid": 7200, "amount_remaining": 0}
    synchronising.synchronise(mei)

    assert (Invoice.get().status, Invoice.get().amount_remaining, Invoice.select().count()) == ("paid", 0, 1)
    assert Invoice.get().synchronised_at > before
