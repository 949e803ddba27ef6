"""The codes that reports are kept in, and their words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import Words, pgettext_lazy

DRAFT, RECEIVED, IN_PROGRESS, RESTRICTED = "draft", "received", "in_progress", "restricted"
DECIDED, WITHDRAWN, EXPIRED = "decided", "withdrawn", "expired"
OPEN = (RECEIVED, IN_PROGRESS, RESTRICTED)
FINAL = (DECIDED, WITHDRAWN, EXPIRED)
STATES: dict[str, Words] = {
    DRAFT: pgettext_lazy("state of a report", "Not sent yet"),
    RECEIVED: pgettext_lazy("state of a report", "Received"),
    IN_PROGRESS: pgettext_lazy("state of a report", "Being looked into"),
    RESTRICTED: pgettext_lazy("state of a report", "Account paused while we look into it"),
    DECIDED: pgettext_lazy("state of a report", "Decided"),
    WITHDRAWN: pgettext_lazy("state of a report", "Withdrawn by you"),
    EXPIRED: pgettext_lazy("state of a report", "Closed without an answer from you"),
}

NO_ACCOUNT, NOT_A_CHILD, PERMISSION, ERASED = "no_account", "not_a_child", "permission", "erased"
OUTCOMES: dict[str, Words] = {
    NO_ACCOUNT: _l("No account found"),
    NOT_A_CHILD: _l("Not a child’s account"),
    PERMISSION: _l("You permit it"),
    ERASED: _l("Erased"),
}

PARENT, GUARDIAN, OTHER, SELF = "parent", "guardian", "other", "self"
RELATIONS: dict[str, Words] = {
    PARENT: _l("Parent"),
    GUARDIAN: _l("Legal guardian"),
    OTHER: _l("Somebody else"),
    SELF: _l("It is about me"),
}
MAY_BE_TOLD = (PARENT, GUARDIAN)  # may see a child's data, once two officers are sure

UNDER_13, THIRTEEN, FOURTEEN, FIFTEEN, SIXTEEN, UNSURE = "under_13", "13", "14", "15", "16_17", "unsure"
AGES: dict[str, Words] = {
    UNDER_13: _l("Under 13"),
    THIRTEEN: _l("13"),
    FOURTEEN: _l("14"),
    FIFTEEN: _l("15"),
    SIXTEEN: _l("16 or 17"),
    UNSURE: _l("I’m not sure"),
}

SEE, STOP, DELETE = "see", "stop", "delete"
WISHES: dict[str, Words] = {
    SEE: _l("See what you have"),
    STOP: _l("Stop using it"),
    DELETE: _l("Delete it"),
}

HINTS: dict[str, Words] = {
    "account_email": _l("E-mail address of the Z.ai account"),
    "account_name": _l("Name or user name in it"),
    "typed": _l("Something that the child typed"),
    "used_when": _l("When ZCode was used"),
    "device": _l("On which device"),
}

QUARANTINE, CLEAN, INFECTED, UNSCANNED, UNREADABLE = "quarantine", "clean", "infected", "unscanned", "unreadable"
FILE_STATES: dict[str, Words] = {
    QUARANTINE: _l("Waiting for the virus check"),
    CLEAN: _l("Checked, nothing found"),
    INFECTED: _l("Dangerous, so removed"),
    UNSCANNED: _l("Kept, not checked for viruses"),
    UNREADABLE: _l("Damaged in our store"),
}
OPENABLE = (CLEAN, UNSCANNED)

TO_US, FROM_US = "from_guardian", "to_guardian"
DIRECTIONS: dict[str, Words] = {TO_US: _l("From you"), FROM_US: _l("From us")}

STEPS: dict[str, Words] = {
    "sent": _l("Report received"),
    "taken": _l("An officer began to look into it"),
    "restricted": _l("An account was paused"),
    "lifted": _l("The account is no longer paused"),
    "answered": _l("The person behind the account answered"),
    "evidence": _l("You added a file"),
    "infected": _l("A file was dangerous and was removed"),
    "copy": _l("A copy of the data is being made for you"),
    "decided": _l("Two officers decided"),
    "erased": _l("Everything is gone"),
    "withdrawn": _l("You withdrew the report"),
    "expired": _l("Closed, because an answer we asked for did not come"),
    "relinked": _l("You made a new link; older ones no longer open this page"),
}

ASKED, LIFTED, ENDED = "asked", "lifted", "ended"
CONCERN_STATES: dict[str, Words] = {
    ASKED: _l("Paused, waits for our decision"),
    LIFTED: _l("No longer paused"),
    ENDED: _l("Decided"),
}
I_AM_GROWN, I_HAVE_PERMISSION, SOMETHING_ELSE = "grown", "permission", "other"
ANSWERS: dict[str, Words] = {
    I_AM_GROWN: _l("I am 18 or older"),
    I_HAVE_PERMISSION: _l("I am under 18, and a parent or guardian allows it"),
    SOMETHING_ELSE: _l("Something else"),
}
