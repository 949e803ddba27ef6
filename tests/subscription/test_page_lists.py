"""Orders with every field that the policy names, whoever was paid; invoices with Stripe's own links; nobody else's."""

from __future__ import annotations

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.datamap import registry
from privacy_center.subscription.models import Order
from tests.conftest import Visitor
from tests.subscription import paying
from tests.subscription.double import Double
from tests.subscription.test_page_plan import page


def test_an_order_shows_every_field_that_we_hold_of_it(as_mei: Visitor, mei: User) -> None:
    paying.order(mei)
    text = page(as_mei)

    for _column, note in registry.personal_fields(Order):
        assert f"<dt>{note.words}</dt>" in text, str(note.words)
    for value in ("OLGA-7Q4K", "ticket-77", "B261101", "agr-5", "m***@example.com", "US$ 80.00", "US$ 8.00", "US$ 72.00"):
        assert value in text, value


@pytest.mark.parametrize(("provider", "words"), [("paypal", "through PayPal"), ("alipay", "through Alipay"), ("wechat", "through WeChat Pay")])
def test_orders_through_others_stand_beside_stripes(stripe: Double, as_mei: Visitor, mei: User, provider: str, words: str) -> None:
    paying.plan(mei)
    paying.order(mei, provider=provider, currency="CNY", amount_payable="49.00")

    assert words in page(as_mei) and "CN¥ 49.00" in page(as_mei)


@pytest.mark.parametrize(("amount", "words"), [("980", "¥ 980"), ("980.5", "¥ 980.5"), ("a gift", "a gift JPY"), ("NaN", "NaN JPY")])
def test_an_orders_money_is_shown_exactly_or_as_it_came(as_mei: Visitor, mei: User, amount: str, words: str) -> None:
    paying.order(mei, amount_payable=amount, currency="JPY")

    assert words in page(as_mei)


def test_many_orders_come_in_pages(as_mei: Visitor, mei: User) -> None:
    for number in range(11):
        paying.order(mei, order_number=f"number-{number:02}", payment_created_at=paying.in_days(-number))
    first = page(as_mei)
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = page(as_mei, older.replace("&amp;", "&"))

    assert "1 to 10 of 11" in first and "number-10" not in first
    assert "11 to 11 of 11" in second and "number-10" in second and "number-09" not in second
    assert "1 to 10 of 11" in page(as_mei, "/subscription?after=forged")


def test_an_invoice_opens_at_stripe_and_says_so(stripe: Double, as_mei: Visitor, mei: User) -> None:
    row = paying.invoice(mei)
    text = page(as_mei)

    assert f'<a href="{row.hosted_url}" rel="external noopener noreferrer">' in text
    assert f'<a href="{row.pdf_url}" rel="external noopener noreferrer">' in text
    assert f"of invoice {row.number} at Stripe" in text and "They open at Stripe, outside this site." in text


def test_of_many_invoices_the_older_ones_are_folded_and_the_oldest_are_among_the_records(stripe: Double, as_mei: Visitor, mei: User) -> None:
    for number in range(26):
        paying.invoice(mei, number=f"ZC-old-{number:02}", created_at=paying.in_days(-number))
    text = page(as_mei)

    assert "18 earlier invoices" in text and "2 older invoices are among your records." in text
    assert 'href="/know/payment/invoice"' in text


def test_nothing_of_anybody_elses_is_there(stripe: Double, mei: User, as_mallory: Visitor) -> None:
    paying.overdue(mei)
    paying.order(mei)
    text = page(as_mallory)

    assert "GLM" not in text and "4242" not in text


def test_without_a_key_the_page_works_from_orders_and_says_where_the_rest_is(app: Flask, as_mei: Visitor, mei: User) -> None:
    paying.order(mei)
    text = page(as_mei)

    assert "Payment details come from ZCode, with your orders." in text
    assert "GLM Coding Pro" in text and "Stop renewing" not in text and "Ask Stripe" not in text


def test_without_a_key_and_without_orders_it_says_that_there_is_nothing(app: Flask, as_mei: Visitor) -> None:
    assert "ZCode has sent us no order of yours." in page(as_mei)


def test_the_overview_leads_to_a_payment_that_failed_and_to_a_plan_that_ends(stripe: Double, app: Flask, as_mei: Visitor, mei: User) -> None:
    paying.overdue(mei)
    paying.stopped(mei, plan_name="GLM Coding Lite")
    paying.order(mei, payment_status="FAIL")
    text = page(as_mei, "/")

    assert "The payment of US$ 72.00 of" in text and "GLM Coding Lite ends, and is not renewed" in text
    assert "Your last payment did not go through" not in text  # Stripe has said it better


def test_an_order_that_was_not_paid_is_a_matter_where_stripe_says_nothing(app: Flask, as_mei: Visitor, mei: User) -> None:
    paying.order(mei, payment_status="FAIL")

    assert "Your last payment did not go through" in page(as_mei, "/")
