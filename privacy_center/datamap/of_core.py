"""What core's own tables hold; declared here because core knows no other room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from privacy_center.core.audit import AuditEntry, AuditStart
from privacy_center.core.jobs import Job, JobReceipt, Sweep
from privacy_center.core.outbox import Delivery, Order
from privacy_center.datamap.acts import ACTIONS
from privacy_center.datamap.registry import declare
from privacy_center.datamap.words import (
    Category,
    Erase,
    Holding,
    Kind,
    Note,
    NotPersonal,
    Purpose,
    Recipient,
    Shape,
    Source,
    pgettext_lazy,
    with_parent,
    years,
)

ORDERS = {
    "erasure": pgettext_lazy("what was decided", "Deletion"),
    "restriction": pgettext_lazy("what was decided", "Restriction"),
    "objection": pgettext_lazy("what was decided", "Objection"),
    "consent": pgettext_lazy("what was decided", "Consent"),
    "correction": pgettext_lazy("what was decided", "Correction"),
}
STANDINGS = {
    "waiting": pgettext_lazy("state of an order", "Not delivered yet"),
    "delivered": pgettext_lazy("state of an order", "Delivered"),
    "confirmed": pgettext_lazy("state of an order", "Confirmed"),
    "failed": pgettext_lazy("state of an order", "Could not be delivered"),
    "superseded": pgettext_lazy("state of an order", "Replaced by a later decision"),
}
TOLD_EVEN_THEN = _l("Connected systems must be told of what you decided even when your account is gone, and we must be able to show that they were.")

declare(AuditStart, NotPersonal("where the chain of the audit log begins: the number and digest of the last entry that was removed"))
declare(Job, NotPersonal("work to be done, named by kind and number of a row; never what the row says"))
declare(JobReceipt, NotPersonal("steps of jobs that have taken effect"))
declare(Sweep, NotPersonal("when the recurring sweeps last ran"))
declare(
    AuditEntry,
    Holding(
        category=Category.LOG,
        title=_l("Acts upon your data"),
        description=_l("Who looked at or changed your data, when and why. Entries can't be changed, by anybody."),
        source=(Source.CENTRE,),
        purposes=(Purpose.SECURITY, Purpose.LEGAL),
        retention=years(3, since="at"),
        on_erasure=Erase.KEEP,
        kept_because=_l("We must be able to show what was done (GDPR Art. 5 (2)). The entries hold numbers, no names."),
        recipients=(Recipient.AUTHORITIES,),
        dated_by="at",
        titled_by="action",
        listed=("actor", "reason"),
    ),
    {
        "at": Note(Kind.PERSONAL, _l("When")),
        "actor": Note(Kind.PERSONAL, _l("Who"), shape=Shape.ACTOR),
        "action": Note(Kind.PERSONAL, _l("What was done"), values=ACTIONS),
        "person": Note(Kind.PERSONAL, _l("Whose data, as a number")),
        "subject": Note(Kind.PERSONAL, _l("To what")),
        "reason": Note(Kind.PERSONAL, _l("Why")),
        "previous": Note(Kind.INTERNAL, "the digest of the entry before, which makes the chain"),
        "digest": Note(Kind.INTERNAL, "the digest of this entry"),
    },
)
AuditEntry.held_for = classmethod(lambda cls, user: cls.person == user.id)  # type: ignore[attr-defined]
declare(
    Order,
    Holding(
        category=Category.LOG,
        title=_l("Your decisions, passed on"),
        description=_l("What connected systems are told of your deletions, objections and consents. What you deleted is forgotten here once all have it."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(3, since="decided_at"),
        on_erasure=Erase.KEEP,
        kept_because=TOLD_EVEN_THEN,
        recipients=(Recipient.AFFILIATES, Recipient.VENDORS),
        forgets_itself=True,
        dated_by="decided_at",
        titled_by="kind",
        listed=("about", "settled_at"),
    ),
    {
        "number": Note(Kind.PERSONAL, _l("Number of the order")),
        "kind": Note(Kind.PERSONAL, _l("What was decided"), values=ORDERS),
        "person": Note(Kind.INTERNAL, "whose decision it is, as a number"),
        "identity": Note(Kind.PERSONAL, _l("Z.ai user id, until all have it"), identifying=True),
        "about": Note(Kind.PERSONAL, _l("The decision")),
        "scope": Note(Kind.PERSONAL, _l("What it says; of a deletion, until all have it")),
        "decided_at": Note(Kind.PERSONAL, _l("Decided")),
        "settled_at": Note(Kind.PERSONAL, _l("All have it since")),
        "reach": Note(Kind.INTERNAL, "how far the list of what is deleted has been passed on"),
    },
)
declare(
    Delivery,
    Holding(
        category=Category.LOG,
        title=_l("Who has your decisions"),
        description=_l("For each decision and each connected system: when it was told, and when it confirmed."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=with_parent(_l("as long as the decision that was passed on")),
        on_erasure=Erase.KEEP,
        kept_because=TOLD_EVEN_THEN,
        recipients=(),
        dated_by="since",
        titled_by="system",
        listed=("state", "delivered_at", "confirmed_at"),
    ),
    {
        "order": Note(Kind.INTERNAL, "the decision it belongs to"),
        "system": Note(Kind.PERSONAL, _l("System")),
        "state": Note(Kind.PERSONAL, _l("State"), values=STANDINGS),
        "since": Note(Kind.PERSONAL, _l("Under way since")),
        "attempts": Note(Kind.PERSONAL, _l("Tries")),
        "next_at": Note(Kind.PERSONAL, _l("Next try")),
        "delivered_at": Note(Kind.PERSONAL, _l("Delivered")),
        "expected_at": Note(Kind.PERSONAL, _l("It expects to be done")),
        "confirmed_at": Note(Kind.PERSONAL, _l("Confirmed")),
        "failed_at": Note(Kind.PERSONAL, _l("Given up")),
        "trouble": Note(Kind.PERSONAL, _l("Why not yet")),
    },
)
Order.held_for = classmethod(lambda cls, user: cls.person == user.id)  # type: ignore[attr-defined]
Delivery.held_for = classmethod(lambda cls, user: cls.order.in_(Order.select(Order.id).where(Order.person == user.id)))  # type: ignore[attr-defined]
