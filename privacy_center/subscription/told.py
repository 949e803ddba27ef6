"""One subscription as a page tells it: its state, what is paid next, whether it renews, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.subscription import money, wording
from privacy_center.subscription.models import Invoice, RenewalDecision, Subscription
from privacy_center.subscription.wording import day

BILLED = ("active", "trialing", "past_due")


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with a payment, why, what happens, and what one can do: change the means of payment, or open the invoice."""

    title: str
    text: str
    tone: str = "bad"
    change_card: bool = True
    invoice: str | None = None


@dataclass(frozen=True)
class Told:
    """A subscription in words."""

    row: Subscription
    invoice: Invoice | None  # the latest, where we have it
    decision: RenewalDecision | None  # the latest about its renewal

    @property
    def tone(self) -> str:
        """How its status looks."""
        return "" if self.row.missing_at else wording.TONES.get(self.row.status, "")

    @property
    def meaning(self) -> str:
        """What its status means."""
        return str(wording.meaning(self.row))

    @property
    def means(self) -> str:
        """What it is paid with."""
        return wording.means(self.row)

    @property
    def held(self) -> str:
        """Until when the card is good, and who knows its number."""
        until = wording.expiry(self.row)
        return _("Good until %(month)s. Held by Stripe; we never see the number.", month=until) if until else ""

    @property
    def coming(self) -> str:
        """How much is paid next, where Stripe has said so."""
        return "" if self.row.next_amount is None else money.in_words(self.row.next_amount, self.row.currency)

    @property
    def price(self) -> str:
        """The price of a period, or of each of its parts."""
        return wording.price(self.row) or "; ".join(self.parts)

    @property
    def parts(self) -> list[str]:
        """Its parts, each with its price."""
        return [wording.part(each, self.row.currency) for each in self.row.parts]

    @property
    def reductions(self) -> list[str]:
        """Its discounts, and until when each lasts."""
        found = []
        for each in self.row.discounts:
            words = wording.discount(each, self.row.currency)
            ends = datetime.fromtimestamp(each["ends"], clock.now().tzinfo) if each.get("ends") else None
            found.append(_("%(discount)s, until %(day)s", discount=words, day=day(ends)) if ends else words)
        return found

    @property
    def due(self) -> tuple[str, str]:
        """The next payment: when and how much, and what is to be known about it."""
        row = self.row
        if row.status in ("past_due", "unpaid") and self.owed:
            return self._next_try
        if not row.renews or row.status not in BILLED:
            return _("None"), _("Nothing more is collected for it.") if row.status in BILLED or row.is_over else ""
        when = row.next_at or row.period_end
        if row.collection_paused:
            until = day(row.collection_resumes_at)
            return _("Put off"), _("Until %(day)s.", day=until) if until else _("Stripe collects nothing at present.")
        if when is None:
            return _("Not known"), ""
        if row.next_amount is None:
            return day(when), _("Stripe has not said how much.")
        return _("%(day)s, %(amount)s", day=day(when), amount=money.in_words(row.next_amount, row.currency)), ""

    @property
    def _next_try(self) -> tuple[str, str]:
        """When what is open is tried again, if that is still to come."""
        tried_at = self.row.next_attempt_at
        if tried_at and tried_at > clock.now():
            return _("%(day)s, %(amount)s", day=day(tried_at), amount=self.owed), _("Stripe tries to collect it again then.")
        return _("%(amount)s is open", amount=self.owed), "" if tried_at else _("Stripe does not try again by itself.")

    @property
    def owed(self) -> str:
        """What is open of the latest invoice."""
        open_now = self.invoice and self.invoice.status == "open" and self.invoice.amount_remaining
        return money.in_words(self.invoice.amount_remaining, self.invoice.currency) if self.invoice and open_now else ""

    @property
    def renewal(self) -> str:
        """Whether it renews by itself."""
        if self.row.is_over:
            return _("No, it has ended")
        if self.row.renews:
            how_often = wording.every(self.row.interval, self.row.interval_count)
            return _("Yes, %(rhythm)s", rhythm=how_often) if how_often else _("Yes")
        return _("No, it ends on %(day)s", day=day(self.row.ends_at)) if self.row.ends_at else _("No")

    @property
    def problem(self) -> Problem | None:
        """What is wrong with its payments, if anything is."""
        row = self.row
        if row.is_over:
            return None
        link = self.invoice.hosted_url if self.invoice and self.owed else None
        if row.status == "past_due":
            return Problem(self._failed, f"{wording.reason(row.problem)} {self._tries}", invoice=link)
        if row.status == "unpaid":
            return Problem(
                _("A payment is open"), _("Stripe has stopped trying to collect it. Pay the open invoice, or add a card that is good."), invoice=link
            )
        if row.status == "incomplete":
            return Problem(_("The first payment is not finished"), f"{wording.reason(row.problem)} {wording.MEANINGS['incomplete']}", invoice=link)
        if row.status == "paused":
            return Problem(_("The plan is paused"), str(wording.MEANINGS["paused"]), tone="wait")
        return self._card_runs_out

    @property
    def _failed(self) -> str:
        """That a payment failed, and which."""
        if self.invoice and self.owed:
            return _("The payment of %(amount)s of %(day)s failed", amount=self.owed, day=day(self.invoice.created_at))
        return _("The last payment failed")

    @property
    def _tries(self) -> str:
        """When Stripe tries again."""
        if self.row.next_attempt_at and self.row.next_attempt_at < clock.now():
            return _("Stripe was to try again on %(day)s; we have not heard yet how that went.", day=day(self.row.next_attempt_at))
        if self.row.next_attempt_at:
            return _("Stripe tries again on %(day)s. You can change the card before that.", day=day(self.row.next_attempt_at))
        return _("Stripe does not try again by itself. Change the card, or pay the invoice.")

    @property
    def _card_runs_out(self) -> Problem | None:
        """That the card will have expired when the next payment is due."""
        when, good_until = self.row.next_at or self.row.period_end, self.row.card_expires
        if not (good_until and when and self.row.renews) or f"{when:%Y-%m}" <= good_until:
            return None
        text = _("It is good until %(month)s; the next payment is on %(day)s.", month=wording.expiry(self.row), day=day(when))
        return Problem(_("The card expires before the next payment"), text, tone="wait")


def tell(user: User, subscriptions: list[Subscription], decisions: dict[int, RenewalDecision] | None = None) -> list[Told]:
    """Subscriptions of *user*'s in words, each with the invoice and the decision that belong to it."""
    latest = [each.latest_invoice for each in subscriptions if each.latest_invoice]
    invoices = {each.external_id: each for each in Invoice.owned_by(user).where(Invoice.external_id.in_(latest))} if latest else {}
    return [Told(each, invoices.get(each.latest_invoice or ""), (decisions or {}).get(each.id)) for each in subscriptions]
