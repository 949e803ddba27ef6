"""What can keep a person from being signed in or confirmed, and the words for it: what happened, and what to do."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


class Kind(enum.StrEnum):
    """What went wrong."""

    CANCELLED = "cancelled"
    REFUSED = "refused"
    FOREIGN = "foreign"
    USED = "used"
    LATE = "late"
    DOWN = "down"
    SLOW = "slow"
    UNTRUSTWORTHY = "untrustworthy"
    ERASED = "erased"
    SOMEBODY_ELSE = "somebody else"


class Trouble(Exception):
    """A sign-in or a confirmation that came to nothing; the text is for our log, the kind has words for the person."""

    def __init__(self, kind: Kind, reason: str = "") -> None:
        super().__init__(reason or kind.value)
        self.kind = kind
        self.reason = reason or kind.value
        self.reason = reason
        self.next_page = "/"
        self.confirming = False


@dataclass(frozen=True)
class Words:
    """The page of one kind of trouble."""

    status: int
    title: Any
    text: Any
    advice: Any
    again: bool = True
    write: bool = False


WORDS = {
    Kind.CANCELLED: Words(
        200,
        _l("You stopped at Z.ai"),
        _l("Z.ai sent you back without telling us who you are. Nothing has changed here."),
        _l("If you did not mean to, try again."),
    ),
    Kind.REFUSED: Words(
        502,
        _l("Z.ai did not sign you in"),
        _l("Z.ai sent you back with an error of its own. We did not learn who you are, and nothing has changed here."),
        _l("Try again. If it happens again, see whether you can sign in to ZCode: if you can’t, Z.ai can help you and we can’t."),
    ),
    Kind.FOREIGN: Words(
        400,
        _l("This sign-in did not begin here"),
        _l(
            "The way back from Z.ai only works in the browser it began in. Perhaps you opened the link in another browser, or this browser "
            "keeps no cookies, or somebody wanted to sign you in as somebody else. We did not let it happen."
        ),
        _l("Begin again in this browser."),
    ),
    Kind.USED: Words(
        410,
        _l("This sign-in has already been used"),
        _l("Each way back from Z.ai works once. You probably came here with the back button, or loaded the page again."),
        _l("Nothing is lost. Begin again."),
    ),
    Kind.LATE: Words(
        410,
        _l("This sign-in took too long"),
        _l("More than 15 minutes have passed since you left for Z.ai, so its answer no longer counts here."),
        _l("Begin again. At Z.ai you are probably still signed in, so it will be quick."),
    ),
    Kind.DOWN: Words(
        502,
        _l("Z.ai does not answer"),
        _l("Only Z.ai can tell us who you are, and just now we can’t reach it. Nothing has changed here."),
        _l("Try again in a few minutes."),
    ),
    Kind.SLOW: Words(
        504,
        _l("Z.ai takes too long to answer"),
        _l("Only Z.ai can tell us who you are. We waited for its answer, and it did not come. Nothing has changed here."),
        _l("Try again in a few minutes."),
    ),
    Kind.UNTRUSTWORTHY: Words(
        502,
        _l("We could not trust Z.ai’s answer"),
        _l("Something in it did not fit what we had asked, so we let nobody in. This protects your data. Nothing has changed here."),
        _l("Try again. If it happens again, write to us: the fault lies with us or with Z.ai, and you can’t mend it."),
        write=True,
    ),
    Kind.ERASED: Words(
        410,
        _l("This account was erased"),
        _l(
            "It was closed here, and what ZCode held about it was erased for good. We keep only a mark, from which nobody can tell whose it was, "
            "so that nothing of it comes back."
        ),
        _l("You can’t sign in here with it again. If you did not close it, or have a question, write to us."),
        again=False,
        write=True,
    ),
    Kind.SOMEBODY_ELSE: Words(
        403,
        _l("That was another account"),
        _l("You are signed in here with one Z.ai account and came back from Z.ai with another. So we could not confirm that it is you."),
        _l("Try again, and choose at Z.ai the account you are signed in with here. Or sign out first, and sign in with the other one."),
    ),
}
