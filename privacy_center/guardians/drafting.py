"""A report that is being written: begun, filled in page by page, sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.core import audit, clock, jobs
from privacy_center.core.db import database
from privacy_center.guardians import links, states, telling, words
from privacy_center.guardians.models import Report
from privacy_center.rights import deadlines
from privacy_center.rights.homes import Home
from privacy_center.verification import proving
from privacy_center.verification.models import Proof

ABOUT = "guardian report"
DECIDE_WITHIN = timedelta(days=15)
FIRST_WORD_WITHIN = timedelta(days=3)
MOST_OPEN = 5  # of one address: whoever has more to tell writes it into one of them


def begin(said: dict[str, Any], *, language: str, user: User | None) -> Report:
    """Begin a report with the first answers."""
    reference = links.new_reference()
    while Report.select().where(Report.reference == reference).exists():  # once in a hundred thousand million
        reference = links.new_reference()
    return Report.create(reference=reference, link_hash=links.hash_of(reference, 0), language=language, user=user, **said)


def save(report: Report, **said: Any) -> bool:
    """Keep answers of a draft; False when it has been sent meanwhile, in another tab."""
    said["touched_at"] = clock.now()
    kept = Report.update(**said).where((Report.id == report.id) & (Report.state == words.DRAFT)).execute()
    if kept:
        report.__data__.update(said)
    return bool(kept)


def ask_for_code(report: Report, address: str, language: str) -> None:
    """Have a code sent to the address, unless one has just gone there; raises proving.TooMany."""
    proof = proof_of(report)
    if report.proved_at and report.email == address:
        return
    if proof and proof.address == address and proving.state_of(proof) in (proving.State.SENT, proving.State.UNDER_WAY):
        return
    with database.atomic():
        if proof and proof.address == address and proof.proved_at is None:
            proving.send_again(proof)
        else:
            proof = proving.ask(address, about=ABOUT, subject=report.id, language=language)
        save(report, email=address, proof=proof.id, proved_at=None, language=language)


def proof_of(report: Report) -> Proof | None:
    """The proof of its address, for as long as it is kept."""
    return Proof.get_or_none(Proof.id == report.proof) if report.proof else None


def type_code(report: Report, typed: str) -> proving.Result:
    """Take the code; when it is right, the address is proved and the link goes there."""
    proof = proof_of(report)
    if proof is None:
        return proving.Result.CLOSED
    result = proving.check(proof, typed)
    if result is proving.Result.RIGHT:
        with database.atomic():
            now = clock.now()
            same = (Report.id == report.id) & (Report.proof == proof.id)
            if Report.update(email=proof.address, proved_at=now, touched_at=now).where(same).execute():
                report.proved_at, report.email = now, proof.address
                telling.send_link(report)
    return result


def is_about_oneself(report: Report) -> bool:
    """Whether the account that is named has the address that reports it."""
    return report.relation == words.SELF or bool(report.email and report.account_email.casefold() == report.email.casefold())


def missing(report: Report) -> list[str]:
    """The pages on which something is still to be said before it can be sent, in their order."""
    said = {
        "who": bool(report.relation),
        "address": bool(report.email),
        "code": bool(report.proved_at),
        "child": bool(report.age and report.country),
        "account": bool(report.hints),
        "wishes": bool(report.wishes),
        "files": report.no_files or bool(report.files.exists()),
    }
    return [page for page, is_said in said.items() if not is_said]


class TooManyOpen(Exception):
    """The address has as many open reports as anybody may have."""


def send(report: Report) -> bool:
    """Send it: from now on we owe an answer. False when it was sent already; raises TooManyOpen."""
    now = clock.now()
    with database.atomic():
        if _open_of(report) >= MOST_OPEN:
            raise TooManyOpen
        if not states.move(report, words.RECEIVED, "sent", received_at=now, touched_at=now, due_at=due(report, now)):
            return False
        jobs.start(telling.RECEIVED, report.id)
        audit.write("report received", actor="visitor", subject=f"report:{report.id}")
    return True


def _open_of(report: Report) -> int:
    """How many open reports there are of the same address."""
    same = fn.LOWER(Report.email) == str(report.email).lower()
    return int(Report.select().where(same & Report.state.in_(words.OPEN) & (Report.id != report.id)).count())


def due(report: Report, received: datetime) -> datetime:
    """By when two officers decide: after 15 days, or sooner where the law of the child's country says so."""
    legal = deadlines.strictest(Home.of(report.country), "deletion", received).due
    return min(legal, received + DECIDE_WITHIN)
