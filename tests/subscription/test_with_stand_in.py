"""The whole way with the sandbox's Stripe: what it sells is known here, what is decided here is so there, and what happens there is heard here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.sandbox.settings import STRIPE_KEY
from privacy_center.sandbox.stripe import life
from privacy_center.subscription import portal, products, synchronising
from privacy_center.subscription.closing import Cancelled, CannotCancel, NothingToCancel, cancel_for_closure
from privacy_center.subscription.models import Invoice, Subscription
from privacy_center.subscription.renewal import set_renewal
from privacy_center.subscription.shown import state_of
from tests.sandbox.stripes import EMPTY, Stripe, running


@pytest.fixture
def shop(app: Flask, tmp_path: Path) -> Iterator[Stripe]:
    """The stand-in for Stripe, asked by the centre."""
    before = app.config["SETTINGS"]
    products.forget()
    with running(tmp_path) as shop:
        app.config["SETTINGS"] = dataclasses.replace(before, stripe_api_key=STRIPE_KEY, stripe_api_base=shop.memory.address)
        yield shop
    app.config["SETTINGS"] = before


def test_what_is_bought_is_known(shop: Stripe, mei: User) -> None:
    shop.subscribe(shop.customer())

    synchronising.synchronise(mei)

    known, invoice = Subscription.get(), Invoice.get()
    assert (known.plan_name, known.status, known.amount, known.next_amount, known.card_last4) == ("GLM Coding Pro", "active", 7200, 7200, "4242")
    assert timedelta(0) <= known.next_at - known.period_end <= timedelta(hours=1)
    assert (invoice.status, invoice.total, invoice.subscription) == ("paid", 7200, known.external_id)
    assert invoice.hosted_url and invoice.pdf_url


def test_a_card_without_money_is_told_with_the_banks_reason(shop: Stripe, mei: User) -> None:
    customer = shop.customer()
    number = shop.subscribe(customer)
    shop.give_card(customer, EMPTY)
    bill(shop, number)

    synchronising.synchronise(mei)

    assert (Subscription.get().status, Subscription.get().problem) == ("past_due", "insufficient_funds")


def bill(shop: Stripe, number: str) -> None:
    """Let the next period begin."""
    with shop.memory.changing():
        life.next_period(shop.memory, shop.memory.get("subscription", number))


@pytest.mark.parametrize("way", ["honest", "acted", "once acted"])
def test_renewal_is_off_here_when_it_is_off_there(shop: Stripe, mei: User, way: str) -> None:
    number = shop.subscribe(shop.customer())
    synchronising.synchronise(mei)
    shop.memory.way = way

    assert set_renewal(mei, Subscription.get(), False).state == "done"
    assert shop.memory.get("subscription", number)["cancel_at_period_end"] and not Subscription.get().renews


@pytest.mark.parametrize("way", ["down", "broken", "deaf", "busy", "key", "garbage"])
def test_renewal_is_not_said_to_be_off_when_it_is_not(shop: Stripe, mei: User, way: str) -> None:
    number = shop.subscribe(shop.customer())
    synchronising.synchronise(mei)
    shop.memory.way = way

    assert set_renewal(mei, Subscription.get(), False).state == "waiting"
    assert not shop.memory.get("subscription", number)["cancel_at_period_end"] and Subscription.get().renews


def test_a_closure_cancels_and_is_confirmed(shop: Stripe, mei: User) -> None:
    number = shop.subscribe(shop.customer())

    assert cancel_for_closure(mei) == Cancelled((number,))
    assert cancel_for_closure(mei) == NothingToCancel()


@pytest.mark.parametrize(("way", "reason"), [("down", "down"), ("deaf", "state"), ("refuse", "refused"), ("busy", "busy"), ("garbage", "strange")])
def test_a_closure_is_refused_while_stripe_can_not_confirm(shop: Stripe, mei: User, way: str, reason: str) -> None:
    number = shop.subscribe(shop.customer())
    shop.memory.way = way

    assert cancel_for_closure(mei) == CannotCancel.because(reason)
    assert shop.memory.get("subscription", number)["status"] == "active"


def test_without_a_search_customers_are_found_all_the_same(shop: Stripe, mei: User) -> None:
    shop.subscribe(shop.customer())
    shop.memory.way = "no search"

    synchronising.synchronise(mei)

    assert len(state_of(mei).live) == 1


def test_the_portal_opens(shop: Stripe, mei: User) -> None:
    shop.customer()
    synchronising.synchronise(mei)

    assert portal.open_portal(mei, "http://127.0.0.1:8000/subscription", "en").startswith(f"{shop.memory.address}/portal/")


def test_a_customer_deleted_there_is_gone_here(shop: Stripe, mei: User) -> None:
    shop.subscribe(customer := shop.customer())
    synchronising.synchronise(mei)

    shop.client.v1.customers.delete(customer)
    synchronising.want(mei)
    jobs.run_due()

    assert state_of(mei).was_deleted and not state_of(mei).live
