"""The stand-in for Stripe: what it sells, bills, refuses, repeats, and how it fails when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe

from privacy_center.sandbox.settings import STRIPE_KEY, Place
from privacy_center.sandbox.stripe.life import next_period
from privacy_center.sandbox.stripe.memory import Memory
from tests.sandbox.stripes import ASKS, EMPTY, GOOD, Stripe, running


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stripe]:
    """The stand-in."""
    with running(tmp_path) as found:
        yield found


def test_a_card_that_is_good_makes_a_subscription_active_and_an_invoice_paid(shop: Stripe) -> None:
    number = shop.subscribe(shop.customer())
    found = shop.client.v1.subscriptions.retrieve(number, {"expand": ["latest_invoice"]})

    assert found.status == "active"
    assert isinstance(found.latest_invoice, stripe.Invoice) and (found.latest_invoice.status, found.latest_invoice.amount_paid) == ("paid", 7200)
    assert found["items"].data[0].current_period_end > found["items"].data[0].current_period_start
    assert shop.events()[-1] == "customer.subscription.created" and "invoice.paid" in shop.events()


@pytest.mark.parametrize(("card", "why"), [(EMPTY, "insufficient_funds"), (ASKS, "authentication_required")])
def test_a_card_that_declines_says_why(shop: Stripe, card: str, why: str) -> None:
    found = shop.client.v1.subscriptions.retrieve(shop.subscribe(shop.customer(card=card)))
    payments = shop.client.v1.invoice_payments.list({"invoice": str(found.latest_invoice), "expand": ["data.payment.payment_intent"]})

    assert found.status == "incomplete"
    assert payments.data[0].payment.payment_intent.last_payment_error.decline_code == why  # type: ignore[union-attr]


def test_a_renewal_that_fails_is_past_due_until_a_good_card_comes(shop: Stripe) -> None:
    customer = shop.customer()
    number = shop.subscribe(customer)
    shop.give_card(customer, EMPTY)
    with shop.memory.changing():
        next_period(shop.memory, shop.memory.get("subscription", number))

    assert shop.client.v1.subscriptions.retrieve(number).status == "past_due"
    assert shop.events()[-2:] == ["invoice.payment_failed", "customer.subscription.updated"]


def test_what_is_to_end_with_its_period_ends_then(shop: Stripe) -> None:
    number = shop.subscribe(shop.customer())
    stopped = shop.client.v1.subscriptions.update(number, {"cancel_at_period_end": True})
    with shop.memory.changing():
        next_period(shop.memory, shop.memory.get("subscription", number))
    over = shop.client.v1.subscriptions.retrieve(number)

    assert stopped.cancel_at == stopped["items"].data[0].current_period_end and stopped.canceled_at
    assert (over.status, over.ended_at) == ("canceled", stopped.cancel_at)
    with pytest.raises(stripe.InvalidRequestError):
        shop.client.v1.subscriptions.update(number, {"cancel_at_period_end": False})


def test_lists_come_in_pages_and_hide_what_has_ended(shop: Stripe) -> None:
    customer, price = shop.customer(), shop.price()
    numbers = [shop.subscribe(customer, price) for _ in range(5)]
    shop.client.v1.subscriptions.cancel(numbers[0])
    asked = shop.client.v1.subscriptions

    assert {each.id for each in asked.list({"customer": customer, "limit": 2}).auto_paging_iter()} == set(numbers[1:])
    assert {each.id for each in asked.list({"customer": customer, "limit": 2, "status": "all"}).auto_paging_iter()} == set(numbers)


def test_the_same_key_is_answered_the_same_and_acts_once(shop: Stripe) -> None:
    customer, price = shop.customer(), shop.price()
    wanted = {"customer": customer, "items": [{"price": price}]}
    first, again = (shop.client.v1.subscriptions.create(wanted, {"idempotency_key": "once"}) for _ in range(2))  # type: ignore[arg-type]

    assert first.id == again.id and len(shop.memory.all("subscription")) == 1
    with pytest.raises(stripe.IdempotencyError):
        shop.client.v1.subscriptions.create({"customer": customer, "items": []}, {"idempotency_key": "once"})


def test_an_error_after_it_has_acted_is_repeated_for_the_same_key(shop: Stripe) -> None:
    number = shop.subscribe(shop.customer())
    shop.memory.way = "once acted"
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            shop.client.v1.subscriptions.update(number, {"cancel_at_period_end": True}, {"idempotency_key": "broken"})

    assert shop.memory.way == "honest"
    assert shop.client.v1.subscriptions.retrieve(number).cancel_at_period_end


@pytest.mark.parametrize(
    ("way", "error"),
    [
        ("down", stripe.APIError), ("busy", stripe.RateLimitError), ("broken", stripe.APIError), ("refuse", stripe.InvalidRequestError),
        ("key", stripe.AuthenticationError), ("garbage", stripe.APIError),
    ],
)  # fmt: skip
def test_it_fails_as_it_is_told_and_does_nothing(shop: Stripe, way: str, error: type[Exception]) -> None:
    number = shop.subscribe(shop.customer())
    shop.memory.way = way
    with pytest.raises(error):
        shop.client.v1.subscriptions.update(number, {"cancel_at_period_end": True})

    assert not shop.memory.get("subscription", number)["cancel_at_period_end"]
    assert shop.memory.asked[0].what == f"POST /v1/subscriptions/{number}"


def test_told_to_be_deaf_it_says_yes_and_does_nothing(shop: Stripe) -> None:
    number = shop.subscribe(shop.customer())
    shop.memory.way = "deaf"
    shop.client.v1.subscriptions.update(number, {"cancel_at_period_end": True})

    assert not shop.client.v1.subscriptions.retrieve(number).cancel_at_period_end


def test_nobody_is_answered_without_the_key(shop: Stripe) -> None:
    with pytest.raises(stripe.AuthenticationError):
        stripe.StripeClient("sk_test_other", base_addresses={"api": shop.memory.address}).v1.customers.list()


def test_a_field_that_stripe_does_not_have_is_refused(shop: Stripe) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter: e_mail"):
        shop.client.v1.customers.create({"e_mail": "mei@example.com"})  # type: ignore[arg-type]


def test_a_customer_that_is_deleted_takes_what_is_active_along_and_is_named_deleted(shop: Stripe) -> None:
    customer = shop.customer()
    number = shop.subscribe(customer)
    shop.client.v1.customers.delete(customer)

    assert shop.client.v1.customers.retrieve(customer).deleted
    assert shop.client.v1.subscriptions.retrieve(number).status == "canceled"
    assert list(shop.client.v1.customers.search({"query": 'metadata["zai_user_id"]:"zai-mei"'})) == []


def test_a_currency_without_decimals_is_billed_in_whole_units(shop: Stripe) -> None:
    found = shop.client.v1.subscriptions.retrieve(shop.subscribe(shop.customer(), shop.price(980, "jpy")), {"expand": ["latest_invoice"]})

    assert (found.currency, found.latest_invoice.total) == ("jpy", 980)  # type: ignore[union-attr]


def test_what_it_knows_outlasts_the_process(shop: Stripe, tmp_path: Path) -> None:
    number = shop.subscribe(shop.customer(card=GOOD))

    assert Memory(Place(1, 2, tmp_path, "http://127.0.0.1:9")).get("subscription", number)["status"] == "active"
    assert STRIPE_KEY not in (tmp_path / "stripe.json").read_text()
