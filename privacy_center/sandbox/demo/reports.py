"""A report about a child, so that the desk has one to look into from the first look."""

from __future__ import annotations

from datetime import datetime, timedelta

from privacy_center.core import clock
from privacy_center.guardians import drafting, words
from privacy_center.guardians.models import Report

AGO = timedelta(days=3)
SAID = {
    "country": "PL",
    "age": words.THIRTEEN,
    "account_email": "olga@example.com",
    "typed": "Questions about her biology homework, and a letter to a friend",
    "used_when": "In the autumn holidays",
    "wishes": [words.SEE, words.DELETE],
    "no_files": True,
}


def report(now: datetime) -> bool:
    """Make the report, unless there is one; returns whether it was made."""
    if Report.select().exists():
        return False
    with clock.at(now - AGO):
        made = drafting.begin({"relation": words.PARENT, "name": "Marta"}, language="en", user=None)
        drafting.save(made, email="marta@example.org", proved_at=clock.now(), **SAID)
        return drafting.send(made)
