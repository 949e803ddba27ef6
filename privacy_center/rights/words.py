"""The codes that a request carries, and the words that people read for them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import pgettext_lazy

KNOW, ACCESS, PORTABILITY, DELETION, CORRECTION = "know", "access", "portability", "deletion", "correction"
OUTPUT, OBJECTION, RESTRICTION, WITHDRAWAL, COMPLAINT = "output", "objection", "restriction", "withdrawal", "complaint"
RIGHTS = {
    KNOW: _l("Know what we hold about you"),
    ACCESS: _l("Get a copy of your data"),
    PORTABILITY: _l("Take your data elsewhere"),
    DELETION: _l("Have data deleted"),
    CORRECTION: _l("Have data corrected"),
    OUTPUT: _l("Something untrue about you in an answer"),
    OBJECTION: _l("Object to a use of your data"),
    RESTRICTION: _l("Limit what we do with your data"),
    WITHDRAWAL: _l("Withdraw a consent"),
    COMPLAINT: _l("Complain"),
}

NEEDS_VERIFICATION, OPEN, IN_PROGRESS, WAITING_FOR_YOU = "needs_verification", "open", "in_progress", "waiting_for_you"
FULFILLED, DENIED, WITHDRAWN, EXPIRED = "fulfilled", "denied", "withdrawn", "expired"
STATES = {
    NEEDS_VERIFICATION: pgettext_lazy("state of a request", "Waits for you to confirm your address"),
    OPEN: pgettext_lazy("state of a request", "Received"),
    IN_PROGRESS: pgettext_lazy("state of a request", "Being worked on"),
    WAITING_FOR_YOU: pgettext_lazy("state of a request", "Waits for your answer"),
    FULFILLED: pgettext_lazy("state of a request", "Done"),
    DENIED: pgettext_lazy("state of a request", "Refused"),
    WITHDRAWN: pgettext_lazy("state of a request", "Withdrawn by you"),
    EXPIRED: pgettext_lazy("state of a request", "Closed without your answer"),
}

GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"
DECISIONS = {
    GRANTED: pgettext_lazy("decision on a request", "Granted"),
    PARTLY: pgettext_lazy("decision on a request", "Granted in part"),
    REFUSED: pgettext_lazy("decision on a request", "Refused"),
}

# Why a request, or a part of it, is refused; the officer adds words of their own.
REASONS = {
    "not_confirmed": _l("We could not confirm that the data are yours"),
    "not_held": _l("We hold no such data about you"),
    "is_correct": _l("What we hold is correct"),
    "others": _l("It would give away what concerns somebody else"),
    "law_keeps": _l("A law obliges us to keep these data"),
    "claims": _l("We need these data to establish, exercise or defend legal claims"),
    "grounds": _l("We have compelling legitimate grounds that outweigh your objection"),
    "excessive": _l("The request is manifestly unfounded or excessive"),
    "repeated": _l("We have answered the same request a short time ago"),
    "not_possible": _l("It can’t be done with the models that there are"),
    "not_ours": _l("It is not for us to decide; we say who can"),
    "other": _l("For another reason, which we explain"),
}

# Why an answer takes longer. Each law names these, and no others.
EXTENSIONS = {
    "complex": _l("The request is complex"),
    "many": _l("There are many requests, and we can’t answer all of them in time"),
    "others": _l("We have to ask others who are concerned"),
    "format": _l("The data have to be brought into another form first"),
}

PERSON, US, MACHINE = "person", "us", "machine"
ACTORS = {
    PERSON: pgettext_lazy("who acts", "You"),
    US: pgettext_lazy("who acts", "We"),
    MACHINE: pgettext_lazy("who acts", "Automatic"),
}

# What happened to a request; the timeline reads them.
STEPS = {
    "received": _l("Request received"),
    "verified": _l("Address confirmed"),
    "acknowledged": _l("Receipt confirmed by mail"),
    "begun": _l("Begun at once, without anybody having to decide"),
    "assigned": _l("Taken up by a privacy officer"),
    "asked_for_more": _l("We asked you for something"),
    "answered_us": _l("You answered"),
    "person_wrote": _l("You wrote to us"),
    "we_wrote": _l("We wrote to you"),
    "reminded": _l("Reminder sent"),
    "extended": _l("Answer put off"),
    "home_changed": _l("You changed where you live"),
    "approved": _l("Approved; being carried out"),
    "failed": _l("Could not be done at once; a privacy officer takes over"),
    "fulfilled": _l("Done"),
    "partly": _l("Done in part"),
    "denied": _l("Refused"),
    "withdrawn": _l("Withdrawn by you"),
    "expired": _l("Closed without your answer"),
    "overdue": _l("Due date passed without an answer"),
}

FROM_PERSON, FROM_US = "from_person", "from_us"
DIRECTIONS = {FROM_PERSON: _l("From you to us"), FROM_US: _l("From us to you")}
