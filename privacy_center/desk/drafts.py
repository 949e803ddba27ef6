"""Drafts of letters: in the language of whoever gets them, to be changed by the officer before they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l

from privacy_center.datamap.policy import CONTROLLER
from privacy_center.rights.models import Request

LETTER, MORE, EXTEND, GRANT, REFUSE = "letter", "more", "extension", "answer", "refusal"


@dataclass(frozen=True)
class Draft:
    """One draft: its name, for which kind of letter, what it is called at the desk, and its words."""

    name: str
    act: str
    title: Any
    words: Any


DRAFTS = (
    Draft(
        "news",
        LETTER,
        _l("We are working on it"),
        _l("We are working on your request, and answer it by the date that its page shows.\n\nYou need do nothing."),
    ),
    Draft(
        "objection",
        LETTER,
        _l("Your objection was read again"),
        _l("We have looked at your request and our decision once more, and a second officer has too.\n\n[What we found, and whether the decision stands.]"),
    ),
    Draft("thanks", LETTER, _l("Thank you for writing"), _l("Thank you for telling us. We have noted what you wrote, and it will count when we answer.")),
    Draft(
        "identity",
        MORE,
        _l("Which account is meant"),
        _l(
            "So that nobody else gets at your data, we have to know which account your request is about.\n\n"
            "Tell us the e-mail address of the account, or the number of an order. Better still, sign in with it and open this page.\n\n"
            "Do not send us a copy of an identity card. We do not need one."
        ),
    ),
    Draft(
        "which",
        MORE,
        _l("Which data are meant"),
        _l("Tell us which data you mean: for instance from when they are, or where in ZCode you saw them."),
    ),
    Draft(
        "proof",
        MORE,
        _l("What shows that it is wrong"),
        _l("Tell us what is right, and how we can see that. A sentence is often enough. Cover everything on a document that has nothing to do with it."),
    ),
    Draft(
        "output",
        MORE,
        _l("Which answer of the model is meant"),
        _l(
            "Tell us what you asked, what the model answered, which model it was, and about when.\n\n"
            "Then tell us which part of the answer is not true, or should not be said about you."
        ),
    ),
    Draft(
        "complex",
        EXTEND,
        _l("The request is complex"),
        _l("Your request touches data in several places, and we want the answer to be whole. So we need longer than usual. [What takes the time.]"),
    ),
    Draft("done", GRANT, _l("It is done"), _l("We have done what you asked for. [What was done, and what you can see of it.]")),
    Draft(
        "corrected",
        GRANT,
        _l("Corrected"),
        _l(
            "We have corrected your data, and told the systems that are connected to ours.\n\n"
            "When you sign in, Z.ai tells us your name and address again. If they are wrong there, have them changed there too."
        ),
    ),
    Draft(
        "output done",
        GRANT,
        _l("Something untrue in an answer"),
        _l("We have passed what you told us to the people who look after the model. [What was done, and what can’t be done with the models that there are.]"),
    ),
    Draft(
        "complaint",
        GRANT,
        _l("Complaint looked into"),
        _l("We have looked into your complaint. [What we found. What we change. What we do not change, and why.]"),
    ),
    Draft(
        "no",
        REFUSE,
        _l("Refused, with the reason"),
        _l("We can’t do what you asked for. [Why: what we looked at, and what follows from it.]"),
    ),
)


def drafts(act: str) -> list[Draft]:
    """The drafts for one kind of letter."""
    return [each for each in DRAFTS if each.act == act]


def written(request: Request, act: str, name: str) -> str:
    """The whole letter that a draft makes, in the person's language; nothing for a name that there is not."""
    draft = next((each for each in drafts(act) if each.name == name), None)
    if draft is None:
        return ""
    with force_locale("zh_Hans" if request.language.lower().startswith("zh") else "en"):
        name_of = request.user.name if request.user and request.user.name else ""
        greeting = gettext("Dear %(name)s,", name=name_of) if name_of else gettext("Good day,")
        farewell = gettext("The privacy officers of %(company)s", company=CONTROLLER.name)
        return f"{greeting}\n\n{draft.words}\n\n{farewell}"
