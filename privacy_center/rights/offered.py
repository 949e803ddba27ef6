"""The rights as the pages offer them: what each does, in plain words, and what is done at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from privacy_center.datamap.words import Category, Words
from privacy_center.rights import words
from privacy_center.rights.homes import Home

SEND = _l("Send the request")


@dataclass(frozen=True)
class Offer:
    """One right: what it is called, what it does, what happens after sending, and the words of the button."""

    right: str
    title: Words
    does: Words
    then: Words  # when a person has to answer
    at_once: Words = ""  # when a machine does it, for whoever is signed in
    button: Words = SEND
    group: str = "person"  # in the list of rights: what is done at once, or what a person answers


RIGHTS: dict[str, Offer] = {
    each.right: each
    for each in (
        Offer(
            words.KNOW,
            words.RIGHTS[words.KNOW],
            _l("Which data there are, where they come from, what for, who gets them, and how long they stay."),
            _l("A privacy officer looks for what is held under your address, and writes to you."),
            _l("You see it at once, live from our records, on the page “What we hold”."),
            group="at once",
        ),
        Offer(
            words.ACCESS,
            words.RIGHTS[words.ACCESS],
            _l("Everything that we hold about you, in one file that you can read offline."),
            _l("A privacy officer makes the copy and hands it to you on the page of this request."),
            _l("The copy is begun at once; it usually takes a few minutes."),
            SEND,
            "at once",
        ),
        Offer(
            words.PORTABILITY,
            words.RIGHTS[words.PORTABILITY],
            _l("The same data as files that other services can import."),
            _l("A privacy officer makes the copy and hands it to you on the page of this request."),
            _l("The copy is begun at once; it usually takes a few minutes."),
            SEND,
            "at once",
        ),
        Offer(
            words.DELETION,
            words.RIGHTS[words.DELETION],
            _l("Some kinds of data, or everything. Before you decide, you see what goes, what stays, and until when."),
            _l("Two privacy officers look at it, since it can’t be undone; then it is carried out, and you get a receipt."),
            _l("It is carried out at once, after you have confirmed that it is you, and you get a receipt."),
            SEND,
            "at once",
        ),
        Offer(
            words.OBJECTION,
            words.RIGHTS[words.OBJECTION],
            _l("Training models and improving ZCode rest on our own interest, not on your yes. Say no, without a reason."),
            _l("A privacy officer stops it, or writes to you why it can’t be stopped."),
            _l("It stops at once, here and in the systems that are connected."),
            _l("Send the objection"),
            "at once",
        ),
        Offer(
            words.RESTRICTION,
            words.RIGHTS[words.RESTRICTION],
            _l("We keep your data as they are and use them for nothing else, for as long as something is in question."),
            _l("A privacy officer looks at it and writes to you."),
            _l("It holds from the moment you send it, until you lift it."),
            SEND,
            "at once",
        ),
        Offer(
            words.WITHDRAWAL,
            words.RIGHTS[words.WITHDRAWAL],
            _l("Take back a yes that you gave. What was done before stays lawful; nothing more is done."),
            _l("A privacy officer sees to it and writes to you."),
            _l("It holds at once, and you get a receipt."),
            _l("Withdraw"),
            "at once",
        ),
        Offer(
            words.CORRECTION,
            words.RIGHTS[words.CORRECTION],
            _l("Your name, your address, an invoice, anything that we hold and that is wrong."),
            _l("A privacy officer compares both, changes what is wrong, tells connected systems, and writes to you."),
        ),
        Offer(
            words.OUTPUT,
            words.RIGHTS[words.OUTPUT],
            _l("The model says something about you that is not true, or that it should not say at all."),
            _l("A privacy officer tries it out, does what can be done with the models that there are, and writes to you."),
        ),
        Offer(
            words.COMPLAINT,
            words.RIGHTS[words.COMPLAINT],
            _l("We did something wrong, or our answer was wrong. Somebody who did not decide it looks at it."),
            _l("A privacy officer looks at it and writes to you. You can go to your regulator at any time as well."),
            button=_l("Send the complaint"),
        ),
    )
}
GROUPS = {"at once": _l("Done at once, if you are signed in"), "person": _l("Answered by a person")}


def home_of_account(user: Any) -> Home:
    """Where the account says that its person lives; nowhere for a stranger."""
    country, _dash, region = (getattr(user, "country", None) or "").partition("-")
    return Home.of(country, region or None)


def beginning(right: str, asked: Mapping[str, str]) -> MultiDict[str, str]:
    """What the form begins with: the request that a complaint is about, all categories of a copy, what is held."""
    if right == words.COMPLAINT and (about := asked.get("about", "")[:20]):
        return MultiDict([("about", about)])
    if right in (words.ACCESS, words.PORTABILITY):
        return MultiDict([("category", each.value) for each in Category])
    return MultiDict()
