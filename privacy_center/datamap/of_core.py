"""What core's own tables hold; declared here because core knows no other room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from privacy_center.core.audit import AuditEntry
from privacy_center.core.jobs import Job, JobReceipt, Sweep
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
    years,
)

ACTIONS = {
    "account opened": pgettext_lazy("what was done", "Account opened"),
    "auto-delete set": pgettext_lazy("what was done", "Auto-delete set"),
    "confirmed": pgettext_lazy("what was done", "Confirmed to be you"),
    "conversations deleted": pgettext_lazy("what was done", "Conversations deleted"),
    "copy asked for": pgettext_lazy("what was done", "Copy asked for"),
    "copy deleted": pgettext_lazy("what was done", "Copy deleted"),
    "copy downloaded": pgettext_lazy("what was done", "Copy downloaded"),
    "copy stopped": pgettext_lazy("what was done", "Copy stopped while it was made"),
    "deletion purged": pgettext_lazy("what was done", "Deleted conversations removed for good"),
    "profile changed": pgettext_lazy("what was done", "Profile changed"),
    "session ended": pgettext_lazy("what was done", "Session ended"),
    "signed in": pgettext_lazy("what was done", "Signed in"),
    "signed out": pgettext_lazy("what was done", "Signed out"),
}

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
