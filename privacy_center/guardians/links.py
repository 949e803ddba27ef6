"""The secret link of a report. The token is made from the reference with our key and never kept, so that it can be mailed again; a new link ends the old."""

from __future__ import annotations

import secrets

from flask import current_app

from privacy_center.core import tokens
from privacy_center.core.proof import CODE_ALPHABET
from privacy_center.guardians.models import Report

PURPOSE = "link to a guardian's report"


def new_reference() -> str:
    """What a person can read out: GR-7K4M-92QX."""
    drawn = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
    return f"GR-{drawn[:4]}-{drawn[4:]}"


def hash_of(reference: str, generation: int) -> str:
    """What is kept of a link."""
    return tokens.at_rest(tokens.keyed_digest(PURPOSE, reference, str(generation)))


def token_of(report: Report) -> str:
    """The token that opens the report now; raises LookupError when none of our keys makes it any more."""
    made = tokens.keyed_digests(PURPOSE, report.reference, str(report.generation))
    found = next((token for token in made if tokens.at_rest(token) == report.link_hash), None)
    if found is None:
        raise LookupError("The link of this report was made with a key that we no longer have.")
    return found


def page_of(report: Report) -> str:
    """The whole address of its page, for mails."""
    return f"{current_app.config['SETTINGS'].base_url}/guardians/reports/{token_of(report)}"


def make_new(report: Report) -> bool:
    """End the link and make another; False when somebody did so at the same moment."""
    generation = report.generation + 1
    fresh = {"generation": generation, "link_hash": hash_of(report.reference, generation), "linked_at": None}
    if not Report.update(**fresh).where((Report.id == report.id) & (Report.generation == report.generation)).execute():
        return False
    report.__data__.update(fresh)
    return True
