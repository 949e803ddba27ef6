"""What Stripe says of a person is found by their Z.ai account, kept whole, and never by an older answer in place of a newer one."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from privacy_center.accounts.arrivals import arrive
from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.subscription import asking, storing, synchronising
from privacy_center.subscription.fetching import fetch
from privacy_center.subscription.models import Invoice, StripeCustomer, Subscription, Synchronisation
from privacy_center.subscription.shown import state_of
from tests.subscription.double import Double


def only(user: User) -> Subscription:
    """The person's one subscription, as it is known."""
    return Subscription.get(Subscription.user == user)


def test_whoever_has_the_same_email_is_not_the_same_person(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer("zai-somebody-else", email=mei.email))
    stripe.subscription(stripe.customer(None, email=mei.email))

    synchronising.synchronise(mei)

    assert not StripeCustomer.select().exists() and not Subscription.select().exists()


def test_a_customer_whom_the_search_does_not_know_yet_is_found_by_email_and_metadata(stripe: Double, mei: User) -> None:
    stripe.unsearchable.add(number := stripe.customer())

    synchronising.synchronise(mei)

    assert [each.external_id for each in StripeCustomer.living(mei)] == [number]


def test_where_the_search_finds_the_customer_stripe_is_told_no_email(stripe: Double, mei: User) -> None:
    stripe.customer()

    synchronising.synchronise(mei)

    assert not any("email" in each for each in stripe.sent)


def test_a_strange_user_id_is_asked_for_exactly(stripe: Double, mei: User) -> None:
    User.update(subject='a"b\\c').where(User.id == mei.id).execute()
    number = stripe.customer('a"b\\c')

    synchronising.synchronise(User.get_by_id(mei.id))

    assert [each.external_id for each in StripeCustomer.select()] == [number]


def test_two_customers_and_two_subscriptions_of_one_person_are_all_known(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    stripe.subscription(second := stripe.customer(), status="past_due")
    stripe.subscription(second, status="canceled", ended_at=1_750_000_000)

    synchronising.synchronise(mei)

    shown = state_of(mei)
    assert sorted(each.status for each in shown.live) == ["active", "past_due"]
    assert [each.status for each in shown.over] == ["canceled"]


def test_more_invoices_than_fit_on_one_page_are_all_known(stripe: Double, mei: User) -> None:
    customer = stripe.customer()
    for number in range(130):
        stripe.invoice(customer, created=1_700_000_000 + number)

    synchronising.synchronise(mei)

    assert (Invoice.select().count(), state_of(mei).more_invoices) == (130, 106)


def test_a_customer_deleted_at_stripe_is_noticed_and_the_subscription_has_ended(stripe: Double, mei: User) -> None:
    stripe.subscription(customer := stripe.customer())
    synchronising.synchronise(mei)

    stripe.delete(customer)
    synchronising.synchronise(mei)

    shown = state_of(mei)
    assert shown.was_deleted and not shown.has_portal
    assert [each.status for each in shown.over] == ["canceled"]


def test_a_subscription_that_stripe_has_no_more_is_over(stripe: Double, mei: User) -> None:
    number = stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)

    del stripe.subscriptions[number]
    synchronising.synchronise(mei)

    assert only(mei).missing_at is not None and only(mei).is_over


def test_a_customer_that_names_somebody_else_now_is_let_go_with_all_that_was_its(stripe: Double, mei: User, mallory: User) -> None:
    stripe.subscription(customer := stripe.customer())
    stripe.invoice(customer)
    synchronising.synchronise(mei)

    stripe.customers[customer]["metadata"]["zai_user_id"] = mallory.subject
    synchronising.synchronise(mei)

    assert not Subscription.select().exists() and not Invoice.select().exists() and not StripeCustomer.select().exists()


def test_an_older_answer_never_replaces_a_newer_one(stripe: Double, mei: User) -> None:
    number = stripe.subscription(stripe.customer())
    ticket, then = storing.draw(mei), clock.now()
    old = fetch(asking.client(), mei)
    stripe.subscriptions[number]["status"] = "past_due"
    synchronising.synchronise(mei)

    assert not storing.store(mei, ticket, then, old)
    assert only(mei).status == "past_due"


def test_what_is_known_stays_and_says_since_when_while_stripe_is_down(stripe: Double, mei: User) -> None:
    stripe.subscription(stripe.customer())
    synchronising.synchronise(mei)
    seen_at = state_of(mei).known_since
    stripe.stop()

    synchronising.want(mei)
    jobs.run_due()

    shown = state_of(mei)
    assert (shown.known_since, shown.trouble, len(shown.live)) == (seen_at, "down", 1)
    assert shown.under_way, "it is tried again by itself"


def test_whoever_comes_back_soon_is_not_asked_about_again(stripe: Double, mei: User) -> None:
    synchronising.want_at_sign_in(mei)
    jobs.run_due()
    asked = len(stripe.calls)

    synchronising.want_at_sign_in(mei)
    jobs.run_due()
    assert len(stripe.calls) == asked

    with clock.at(clock.now() + timedelta(minutes=16)):
        synchronising.want_at_sign_in(mei)
        jobs.run_due()
    assert len(stripe.calls) > asked


def test_wanted_ten_times_it_is_asked_for_once(stripe: Double, mei: User) -> None:
    for _ in range(10):
        assert synchronising.want(mei)

    assert jobs.run_due() == 1
    assert Synchronisation.select().count() == 1


def test_signing_in_lets_stripe_be_asked(app: Flask, stripe: Double, mei: User) -> None:
    number = stripe.subscription(stripe.customer())

    with app.test_request_context():
        arrive(mei)
    jobs.run_due()

    assert only(mei).external_id == number
