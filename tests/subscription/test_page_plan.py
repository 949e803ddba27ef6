"""The page of what one pays says in words what Stripe says in codes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from privacy_center.accounts.models import User
from tests.conftest import Visitor
from tests.know.rows import shown
from tests.subscription import paying
from tests.subscription.double import Double


def page(visitor: Visitor, path: str = "/subscription") -> str:
    """The page as a person reads it."""
    return shown(visitor.get(path)).replace("\N{NO-BREAK SPACE}", " ")


def fact(text: str, term: str) -> str:
    """What stands beside a term."""
    return text.split(f"<dt>{term}</dt>")[1].split("</dd>", maxsplit=1)[0]


def test_a_plan_says_what_it_costs_when_it_is_paid_next_and_with_what(stripe: Double, as_mei: Visitor, mei: User) -> None:
    row = paying.plan(mei, discounts=[{"name": "Invited", "percent": "10", "amount": None, "currency": None, "ends": None}], next_amount=6480)
    text = page(as_mei)
    due = f"{row.next_at.day} {row.next_at:%B %Y}"

    assert "GLM Coding Pro, since 24 January 2026." in text
    assert "US$ 72.00 a month" in fact(text, "Price") and "less 10 %: Invited" in fact(text, "Price")
    assert f"{due}, US$ 64.80" in fact(text, "Next payment")
    assert "Visa ending in 4242" in fact(text, "Paid with") and "08/2030" in fact(text, "Paid with")
    assert "Yes, every month" in fact(text, "Renews by itself")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("active", "Active"), ("trialing", "Trial"), ("past_due", "Payment overdue"), ("unpaid", "Unpaid"), ("incomplete", "Waiting for the first payment"),
        ("incomplete_expired", "Never begun"), ("paused", "Paused"), ("canceled", "Ended"), ("on_the_moon", "on_the_moon"),
    ],
)  # fmt: skip
def test_every_status_has_a_word(stripe: Double, as_mei: Visitor, mei: User, status: str, words: str) -> None:
    paying.plan(mei, status=status, ended_at=paying.in_days(-1) if status == "canceled" else None)

    assert words in page(as_mei)


def test_a_status_that_nobody_knows_may_still_cost_money(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.plan(mei, status="on_the_moon")
    text = page(as_mei)

    assert "we have no words of our own for it. It may still cost money." in text
    assert "Stop renewing…" in text


def test_a_payment_that_failed_says_why_when_it_is_tried_again_and_what_to_do(stripe: Double, as_mei: Visitor, mei: User) -> None:
    row = paying.overdue(mei)
    text = page(as_mei)
    tried = f"{row.next_attempt_at.day} {row.next_attempt_at:%B %Y}"

    assert "The payment of US$ 72.00 of" in text and "failed</h2>" in text
    assert f"There was not enough money on the account. Stripe tries again on {tried}." in text
    assert "Change the card" in text and 'rel="external noopener noreferrer">Pay the invoice at Stripe' in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"problem": "authentication_required"}, "Your bank wants you to confirm the payment."),
        ({"problem": "never heard of"}, "The bank declined it, and gave no reason."),
        ({"next_attempt_at": None}, "Stripe does not try again by itself."),
        ({"next_attempt_at": datetime(2026, 1, 2, tzinfo=UTC)}, "Stripe was to try again on 2 January 2026; we have not heard yet how that went."),
        ({"status": "unpaid"}, "Stripe has stopped trying to collect it."),
        ({"status": "incomplete"}, "The first payment is not finished"),
        ({"status": "paused"}, "The plan is paused"),
    ],
)
def test_each_trouble_has_its_words(stripe: Double, as_mei: Visitor, mei: User, fields: dict[str, Any], words: str) -> None:
    paying.overdue(mei, **fields)

    assert words in page(as_mei)


def test_a_try_that_lies_in_the_past_is_not_told_as_one_to_come(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.overdue(mei, next_attempt_at=paying.in_days(-1))

    assert "US$ 72.00 is open" in fact(page(as_mei), "Next payment")


def test_a_card_that_expires_first_is_said_before_it_does(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.plan(mei, card_expires="2020-01")

    assert "The card expires before the next payment" in page(as_mei)


def test_a_plan_that_is_not_renewed_says_when_it_ends_and_that_nothing_more_is_paid(stripe: Double, as_mei: Visitor, mei: User) -> None:
    ends = paying.stopped(mei).cancel_at
    text = page(as_mei)

    assert f"No, it ends on {ends.day} {ends:%B %Y}" in fact(text, "Renews by itself")
    assert "None" in fact(text, "Next payment") and "Nothing more is collected for it." in fact(text, "Next payment")
    assert "Renew again…" in text


def test_two_plans_are_told_apart(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.plan(mei)
    paying.plan(mei, plan_name="GLM Coding Lite", customer="cus_2", amount=1800)
    text = page(as_mei)

    assert "2 subscriptions go on." in text
    assert ">GLM Coding Pro</h2>" in text and ">GLM Coding Lite</h2>" in text


def test_what_is_over_is_shown_as_over(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.plan(mei, status="canceled", ended_at=datetime(2026, 5, 6, tzinfo=UTC))
    paying.plan(mei, plan_name="GLM Coding Lite", missing_at=paying.in_days(-1))
    text = page(as_mei)

    assert "You have no subscription that goes on." in text
    assert "From 24 January 2026 to 6 May 2026" in text
    assert "Not at Stripe any more" in text


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (980, "jpy", "¥ 980"),
        (1234567, "usd", "US$ 12,345.67"),
        (1234, "kwd", "KWD 1.234"),
        (500, "isk", "ISK 5"),
        (4900, "cny", "CN¥ 49.00"),
        (0, "eur", "€ 0.00"),
    ],
)  # fmt: skip
def test_money_is_exact_in_every_currency(stripe: Double, as_mei: Visitor, mei: User, amount: int, currency: str, words: str) -> None:
    paying.plan(mei, amount=amount, currency=currency, next_amount=amount)

    assert f"{words} a month" in page(as_mei)


def test_parts_with_rhythms_of_their_own_say_their_prices_each(stripe: Double, as_mei: Visitor, mei: User) -> None:
    seats = {**paying.PART, "name": "Seats", "quantity": 3, "interval": "year"}
    tokens = {**paying.PART, "name": "Tokens", "amount": None, "exactly": "0.0025"}
    paying.plan(mei, amount=None, interval=None, parts=[seats, tokens])

    assert "3 × Seats, US$ 72.00 a year; Tokens, US$ 0.000025 a month" in fact(page(as_mei), "Price")


def test_it_is_said_in_chinese_too(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.overdue(mei)
    text = page(as_mei, "/subscription?lang=zh")

    assert "US$72.00" in text and "Payment" not in text.split("<main")[1].split("</main>")[0]


def test_a_collection_that_is_put_off_says_until_when(stripe: Double, as_mei: Visitor, mei: User) -> None:
    paying.plan(mei, collection_paused=True, collection_resumes_at=datetime(2027, 2, 3, tzinfo=UTC))

    assert "Until 3 February 2027." in page(as_mei)
