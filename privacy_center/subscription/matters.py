"""What of payments needs the person: one that failed, a plan that is about to end, a decision that Stripe has not confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.core.matters import Matter, source
from privacy_center.datamap import registry
from privacy_center.subscription import orders_shown, told
from privacy_center.subscription.models import Order, RenewalDecision, Subscription

PAYMENTS_STAY = timedelta(days=60)


@source
def payments(user: User) -> Iterable[Matter]:
    """What is wrong with a subscription, as Stripe said; where Stripe has said nothing of one, the newest order if it was not paid."""
    live = [each for each in Subscription.owned_by(user) if not each.is_over]
    for each in told.tell(user, live):
        yield from _of(each)
    yield from _unconfirmed(user)
    if not live:
        yield from _unpaid_order(user)


def _of(each: told.Told) -> Iterator[Matter]:
    """What of one subscription needs the person."""
    href, problem = url_for("subscription.index"), each.problem
    if problem:
        yield Matter(problem.title, href, _("See what to do"), each.row.plan_name, each.row.synchronised_at, pressing=problem.tone == "bad")
    if not each.row.renews and each.row.ends_at and each.row.ends_at > clock.now():
        yield Matter(_("%(plan)s ends, and is not renewed", plan=each.row.plan_name), href, _("See your subscription"), "", each.row.ends_at)


def _unconfirmed(user: User) -> Iterator[Matter]:
    """A decision about renewal that Stripe has not confirmed."""
    waiting = RenewalDecision.select().where((RenewalDecision.user == user) & (RenewalDecision.state == "waiting")).order_by(RenewalDecision.id.desc()).first()
    if waiting:
        yield Matter(
            _("Stripe has not yet confirmed what you decided about renewal"), url_for("subscription.index"), _("See how it stands"), "", waiting.decided_at
        )


def _unpaid_order(user: User) -> Iterator[Matter]:
    """The newest order, when its payment failed or was never finished."""
    newest = registry.rows_of(Order, user).order_by(Order.payment_created_at.desc(), Order.id.desc()).first()
    if newest is None or newest.payment_created_at < clock.now() - PAYMENTS_STAY:
        return
    state = newest.payment_status.upper()
    words = {"FAIL": _("Your last payment did not go through"), "WAIT": _("Your last payment is not finished")}
    if title := words.get(state[:4]):
        what = _("%(plan)s, %(amount)s", plan=newest.plan_name, amount=orders_shown.amount(newest))
        yield Matter(title, url_for("subscription.index"), _("See the order"), what, newest.payment_created_at, pressing=state.startswith("FAIL"))
