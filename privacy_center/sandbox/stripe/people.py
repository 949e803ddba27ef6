"""The demo people as customers of Stripe: what they pay for fits the orders that the feed tells of."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from privacy_center.sandbox.demo.lines import identity
from privacy_center.sandbox.demo.orders import PLANS, Plan, newest_order
from privacy_center.sandbox.people import PEOPLE, Person
from privacy_center.sandbox.stripe import life
from privacy_center.sandbox.stripe.memory import Memory, now
from privacy_center.sandbox.stripe.shapes import Object

ACCOUNT_FIELD = "zai_user_id"
CARDS = {"zai-mei": ("4242", "visa"), "zai-alex": ("4444", "mastercard"), "zai-sam": ("4242", "visa")}


def move_in(memory: Memory, moment: datetime) -> None:
    """Let the demo people who pay through Stripe have paid until *moment*."""
    with memory.changing():
        for person in PEOPLE:
            plan = PLANS.get(person.subject)
            if plan and plan.provider == "stripe":
                _begin(memory, person, plan, newest_order(moment))
        life.let_time_pass(memory)
        for event in memory.all("event"):
            del memory.objects[event["id"]]  # it is history that nobody need be told of


def _begin(memory: Memory, person: Person, plan: Plan, newest: datetime) -> None:
    """One person, their card, and their subscription with every invoice so far."""
    began = newest - relativedelta(months=plan.months - 1)
    at = int(began.timestamp())
    customer = memory.make("customer", number=identity("cus", person.subject)[:18], created=at, email=person.email, name=person.name)
    customer["metadata"] = {ACCOUNT_FIELD: person.subject}
    customer["invoice_prefix"] = identity("", person.subject)[1:9].upper()
    last4, brand = CARDS[person.subject]
    life.new_card(memory, customer, last4, brand, year=2029)
    price = _price(memory, plan, at)
    coupons = [_coupon(memory, plan)] if plan.discount != "0.00" else []
    made = life.begin(memory, customer, [{"price": price["id"], "quantity": "1"}], at=at, number=identity("sub", person.subject), coupons=coupons)
    for month in range(1, plan.months):
        if month == plan.months - 1 and plan.last_fails:
            _card_goes_bad(memory, customer)
        life.next_period(memory, made)
    if not plan.renews:
        life.stop_renewing(memory, made, stop=True)
        made["canceled_at"] = min(at + 2 * 86400, now())


def _card_goes_bad(memory: Memory, customer: Object) -> None:
    """From now on the bank says that there is not enough on the account."""
    card = memory.get("payment_method", customer["invoice_settings"]["default_payment_method"])
    card["metadata"]["declines"] = "insufficient_funds"


def _price(memory: Memory, plan: Plan, at: int) -> Object:
    """The plan as product and price, made when the first person has it."""
    product = memory.objects.get(f"prod_{plan.plan_id}") or memory.make("product", number=f"prod_{plan.plan_id}", created=at, name=plan.name)
    found = memory.all("price", product=product["id"])
    minor = int(Decimal(plan.price) * 100)
    return found[0] if found else memory.make("price", product=product["id"], currency=plan.currency.lower(), unit_amount=minor, unit_amount_decimal=str(minor))


def _coupon(memory: Memory, plan: Plan) -> str:
    """The discount of the first month, as a coupon that is used up once."""
    percent = float(Decimal(plan.discount) / Decimal(plan.price) * 100)
    number = f"invited-{percent:g}"
    if number not in memory.objects:
        memory.make("coupon", number=number, name="Invited by a friend", percent_off=percent, duration=plan.discount_lasts)
    return number
