"""The person's own page at Stripe opens for whoever its customer names, and for nobody else."""

from __future__ import annotations

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import audit
from privacy_center.subscription import asking, portal, synchronising
from privacy_center.subscription.models import StripeCustomer
from privacy_center.subscription.portal import open_portal
from tests.subscription.double import Double
from tests.subscription.double_door import say

BACK = "http://127.0.0.1:8000/subscription"


def test_it_opens_on_the_click_and_leads_back(stripe: Double, mei: User) -> None:
    customer = stripe.customer()
    synchronising.synchronise(mei)

    assert open_portal(mei, BACK, "zh_Hans") == f"{stripe.url}/p/session/{customer}"
    asked = stripe.sent[-1]
    assert (asked["customer"], asked["return_url"], asked["locale"]) == (customer, BACK, "zh")
    assert audit.about(mei.id).first().action == "payment page opened"


def test_of_several_customers_the_one_that_pays_is_opened(stripe: Double, mei: User) -> None:
    stripe.subscription(paying := stripe.customer(created=1_700_000_000))
    stripe.customer(created=1_760_000_000)
    synchronising.synchronise(mei)

    assert open_portal(mei, BACK, "en").endswith(paying)


def test_whoever_is_no_customer_has_no_page(stripe: Double, mei: User, mallory: User) -> None:
    stripe.customer()
    synchronising.synchronise(mei)

    with pytest.raises(asking.Gone):
        open_portal(mallory, BACK, "en")


def test_a_customer_that_names_somebody_else_by_now_is_not_opened(stripe: Double, mei: User, mallory: User) -> None:
    customer = stripe.customer()
    synchronising.synchronise(mei)
    stripe.customers[customer]["metadata"]["zai_user_id"] = mallory.subject

    with pytest.raises(asking.Gone):
        open_portal(mei, BACK, "en")
    assert "POST /v1/billing_portal/sessions" not in stripe.calls


def test_a_customer_that_was_deleted_at_stripe_is_not_opened(stripe: Double, mei: User) -> None:
    customer = stripe.customer()
    synchronising.synchronise(mei)
    stripe.delete(customer)

    with pytest.raises(asking.Gone):
        open_portal(mei, BACK, "en")


def test_an_address_that_is_not_stripes_is_not_gone_to(stripe: Double, mei: User) -> None:
    stripe.customer()
    synchronising.synchronise(mei)
    stripe.behave = lambda door, call, _said: (
        "billing_portal" in call and say(door, 200, b'{"object":"billing_portal.session","url":"https://stripe.example.com/p"}')
    )

    with pytest.raises(asking.Strange):
        open_portal(mei, BACK, "en")


def test_forms_may_lead_to_stripe_only_where_it_is_used(app: Flask, stripe: Double) -> None:
    assert portal.origins(app.config["SETTINGS"]) == [stripe.url]


def test_without_stripe_forms_lead_nowhere_else(app: Flask) -> None:
    assert portal.origins(app.config["SETTINGS"]) == []
    assert not StripeCustomer.select().exists()
