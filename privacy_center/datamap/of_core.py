"""What core's own tables hold; declared here because core knows no other room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from privacy_center.core.audit import AuditEntry, AuditStart
from privacy_center.core.jobs import Job, JobReceipt, Sweep
from privacy_center.core.outbox import Delivery, Order
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

ACTIONS = {
    "account closed": pgettext_lazy("what was done", "Account closed for good"),
    "account erased": pgettext_lazy("what was done", "Account and data erased"),
    "account opened": pgettext_lazy("what was done", "Account opened"),
    "auto-delete set": pgettext_lazy("what was done", "Auto-delete set"),
    "closing begun": pgettext_lazy("what was done", "Closing of the account begun"),
    "closing stopped": pgettext_lazy("what was done", "Account kept"),
    "confirmed": pgettext_lazy("what was done", "Confirmed to be you"),
    "conversations deleted": pgettext_lazy("what was done", "Conversations deleted"),
    "copy asked for": pgettext_lazy("what was done", "Copy asked for"),
    "copy deleted": pgettext_lazy("what was done", "Copy deleted"),
    "copy downloaded": pgettext_lazy("what was done", "Copy downloaded"),
    "copy stopped": pgettext_lazy("what was done", "Copy stopped while it was made"),
    "data looked at": pgettext_lazy("what was done", "Looked at"),
    "data corrected": pgettext_lazy("what was done", "Data corrected"),
    "decision proposed": pgettext_lazy("what was done", "Decision proposed by one officer"),
    "decision seconded": pgettext_lazy("what was done", "Decision seconded by another officer"),
    "decision turned down": pgettext_lazy("what was done", "Decision turned down by another officer"),
    "decision withdrawn": pgettext_lazy("what was done", "Proposed decision taken back"),
    "data erased": pgettext_lazy("what was done", "Kinds of data erased"),
    "deletion purged": pgettext_lazy("what was done", "Deleted conversations removed for good"),
    "consent given": pgettext_lazy("what was done", "Consent given"),
    "consent withdrawn": pgettext_lazy("what was done", "Consent withdrawn or refused"),
    "cookies answered": pgettext_lazy("what was done", "Cookies answered"),
    "erasure done": pgettext_lazy("what was done", "Erased data removed for good"),
    "note written": pgettext_lazy("what was done", "Note for colleagues written"),
    "objection made": pgettext_lazy("what was done", "Objected"),
    "objection taken back": pgettext_lazy("what was done", "Objection taken back"),
    "payment page opened": pgettext_lazy("what was done", "Your page at Stripe opened"),
    "policy agreed to": pgettext_lazy("what was done", "Agreed to the policy"),
    "policy not agreed to": pgettext_lazy("what was done", "Did not agree to the policy"),
    "place at the desk taken": pgettext_lazy("what was done", "First signed in as staff"),
    "policy read": pgettext_lazy("what was done", "Read the policy"),
    "processing restricted": pgettext_lazy("what was done", "Processing restricted"),
    "renewal confirmed by Stripe": pgettext_lazy("what was done", "Stripe confirmed what you decided about a renewal"),
    "renewal refused by Stripe": pgettext_lazy("what was done", "Stripe refused what you decided about a renewal"),
    "renewal turned off": pgettext_lazy("what was done", "Renewal of a subscription turned off"),
    "renewal turned on": pgettext_lazy("what was done", "Renewal of a subscription turned on"),
    "home of a request changed": pgettext_lazy("what was done", "Said where you live, for a request"),
    "message about a request": pgettext_lazy("what was done", "Wrote to us about a request"),
    "person asked about a request": pgettext_lazy("what was done", "Asked you for something, for a request"),
    "person written to about a request": pgettext_lazy("what was done", "Wrote to you about a request"),
    "copy for guardian granted": pgettext_lazy("what was done", "Copy granted to a guardian"),
    "letter written": pgettext_lazy("what was done", "Letter about a report written"),
    "report received": pgettext_lazy("what was done", "Report about a child received"),
    "report taken": pgettext_lazy("what was done", "Report about a child taken by an officer"),
    "report identifies": pgettext_lazy("what was done", "Found to be the account that a report is about"),
    "report restricts": pgettext_lazy("what was done", "Account paused because of a report"),
    "report restricts no more": pgettext_lazy("what was done", "Account no longer paused"),
    "report decided": pgettext_lazy("what was done", "Report about a child decided by two officers"),
    "report withdrawn": pgettext_lazy("what was done", "Report about a child withdrawn"),
    "report expired": pgettext_lazy("what was done", "Report about a child closed without an answer"),
    "request assigned": pgettext_lazy("what was done", "Request given to an officer"),
    "request brought to the account": pgettext_lazy("what was done", "Request brought to the account"),
    "request expired": pgettext_lazy("what was done", "Request closed without an answer to our question"),
    "request extended": pgettext_lazy("what was done", "Answer to a request put off"),
    "request fulfilled": pgettext_lazy("what was done", "Request granted"),
    "request fulfilled in part": pgettext_lazy("what was done", "Request granted in part"),
    "request made": pgettext_lazy("what was done", "Request made"),
    "request refused": pgettext_lazy("what was done", "Request refused"),
    "request withdrawn": pgettext_lazy("what was done", "Request withdrawn"),
    "restriction lifted": pgettext_lazy("what was done", "Restriction lifted"),
    "profile changed": pgettext_lazy("what was done", "Profile changed"),
    "session ended": pgettext_lazy("what was done", "Session ended"),
    "signed in": pgettext_lazy("what was done", "Signed in"),
    "signed out": pgettext_lazy("what was done", "Signed out"),
    "subscription cancelled": pgettext_lazy("what was done", "Subscription cancelled, as the account was to be closed"),
    "staff added": pgettext_lazy("what was done", "Given a role as staff"),
    "staff removed": pgettext_lazy("what was done", "Role as staff taken away"),
}

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
