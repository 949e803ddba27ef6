"""One request as the desk opens it: everything that is needed to answer it, and nothing more; that it was opened is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort

from privacy_center.consent.wording import PURPOSES
from privacy_center.datamap import policy, registry
from privacy_center.desk import deciding, four_eyes
from privacy_center.desk.candidates import Candidate, candidates
from privacy_center.desk.filters import not_own
from privacy_center.desk.listing import Row, names_of_staff
from privacy_center.desk.models import Note, Proposal, Staff
from privacy_center.desk.seeing import PERHAPS_MEANT, TO_ANSWER, seen
from privacy_center.erasure import person
from privacy_center.erasure.kinds import UnknownKind
from privacy_center.rights import answering, correcting, states, words
from privacy_center.rights.correcting import Beside
from privacy_center.rights.laws import LAWS, TITLES
from privacy_center.rights.letters import correspondence
from privacy_center.rights.models import Letter, Request, Step

ABOUT = "request"
MOST_EARLIER = 10
SAID_BY_LETTERS = ("we_wrote", "person_wrote", "answered_us")


def find(reference: str, staff: Staff) -> Request:
    """The request of that reference; as if it were not there when it is the officer's own."""
    found: Request | None = Request.select().where((Request.reference == reference) & not_own(staff)).first()
    if found is None:
        abort(404)
    return found


@dataclass(frozen=True)
class Case:
    """What the page of a request shows an officer."""

    request: Request
    row: Row
    staff: Staff
    letters: list[Letter]
    steps: list[Step]
    notes: list[Note]
    names: dict[int, str]
    candidates: list[Candidate]
    beside: list[Beside]
    proposal: Proposal | None
    earlier: list[Request]

    @property
    def because(self) -> Any:
        """Why it is due on that day."""
        return LAWS[self.request.due_law].clock(self.request.right).because if self.request.due_law in LAWS else ""

    @property
    def due_law(self) -> Any:
        """The law that sets the due date."""
        return TITLES.get(self.request.due_law, self.request.due_law)

    @property
    def wanted(self) -> list[str]:
        """What exactly is asked for, as far as it was ticked."""
        return wanted(self.request)

    @property
    def may_decide(self) -> bool:
        """Whether it is an officer's turn to decide."""
        return self.staff.is_officer and states.may_move(self.request, words.DENIED) and self.proposal is None

    @property
    def takes_two(self) -> bool:
        """Whether granting it takes a second officer in any case."""
        return self.request.right == words.DELETION or bool(self.beside)

    @property
    def may_ask(self) -> bool:
        """Whether something may be asked of the person."""
        return self.staff.is_officer and states.may_move(self.request, words.WAITING_FOR_YOU)

    @property
    def may_write(self) -> bool:
        """Whether a letter may go to the person."""
        return self.staff.is_officer and self.request.state in (*states.WORKED_ON, words.FULFILLED, words.DENIED)

    @property
    def may_extend(self) -> bool:
        """Whether the answer may be put off."""
        return self.staff.is_officer and answering.latest_extension(self.request) is not None and bool(answering.reasons_to_extend(self.request))

    @property
    def may_assign(self) -> bool:
        """Whether somebody may take it."""
        return self.request.state in states.WORKED_ON

    @property
    def thread(self) -> list[tuple[datetime, str, Any]]:
        """Letters and what else happened, the oldest first; that a letter was written the letter itself says."""
        events = [(each.at, "event", each) for each in self.steps if each.what not in SAID_BY_LETTERS]
        return sorted([*events, *((each.written_at, "letter", each) for each in self.letters)], key=lambda each: each[0])

    @property
    def preview(self) -> list[Any]:
        """What an erasure would do now to the account that is known, or was proposed; nothing for another right."""
        user = deciding.whose(self.request, self.proposed) if self.proposed else self.request.user
        if self.request.right != words.DELETION or user is None:
            return []
        try:
            return list(person.preview(user, (self.request.wants or {}).get("kinds")))
        except UnknownKind:
            return []

    @property
    def reason(self) -> Any:
        """The reason of the decision, in words."""
        return words.REASONS.get(self.request.decision_reason or "")

    @property
    def proposed(self) -> deciding.Grant | None:
        """What waits for a second officer."""
        return deciding.proposed(self.proposal) if self.proposal else None

    @property
    def may_second(self) -> bool:
        """Whether this officer is the one who may second it."""
        return self.proposal is not None and self.staff.is_officer and self.proposal.proposed_by != self.staff.id


def opened(request: Request, staff: Staff) -> Case:
    """The case, looked at: its person, and whoever it might be about, find that in their log."""
    found = candidates(request, staff)
    seen(request.user_id, f"request:{request.id}", TO_ANSWER, by=staff)
    for each in found:
        seen(each.user.id, f"user:{each.user.id}", PERHAPS_MEANT, by=staff)
    names = names_of_staff()
    proposal = four_eyes.waiting(deciding.DECIDE, request.id)
    account = deciding.whose(request, deciding.proposed(proposal)) if proposal else None
    return Case(
        request=request,
        row=Row(request, names.get(request.assigned_to or 0, "")),
        staff=staff,
        letters=correspondence(request),
        steps=list(Step.select().where(Step.request == request).order_by(Step.at, Step.id)),
        notes=list(Note.select().where((Note.about == ABOUT) & (Note.number == request.id)).order_by(Note.id)),
        names=names,
        candidates=found,
        beside=correcting.beside(request, account) if request.right == words.CORRECTION else [],
        proposal=proposal,
        earlier=earlier(request),
    )


def earlier(request: Request) -> list[Request]:
    """Other requests of the same account, or under the same proved address: whether this was answered already."""
    if request.user_id:
        same = Request.user == request.user_id
    elif request.email and request.verified_at:
        same = (Request.email == request.email) & Request.verified_at.is_null(False)
    else:
        return []
    return list(Request.select().where(same & (Request.id != request.id)).order_by(Request.received_at.desc()).limit(MOST_EARLIER))


def wanted(request: Request) -> list[str]:
    """What was ticked: kinds of data, categories, purposes; a key that is no more is shown as it is."""
    said = request.wants or {}
    found = [_kind(each) for each in said.get("kinds") or ()]
    titles = {str(key): facts.title for key, facts in policy.CATEGORIES.items()}
    found += [str(titles.get(each, each)) for each in said.get("categories") or ()]
    found += [str(PURPOSES[each].title) if each in PURPOSES else str(each) for each in said.get("purposes") or ()]
    return found


def _kind(table: str) -> str:
    """What a table holds, in words."""
    named = registry.holding_named(str(table).replace("_", "-"))
    return str(named[1].title) if named else str(table)
