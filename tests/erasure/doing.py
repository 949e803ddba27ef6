"""Deleting as the tests do it: a small history, asking, confirming."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from privacy_center.core import clock, jobs
from privacy_center.erasure.models import Deletion, Receipt
from privacy_center.feed.ingest import ingest
from tests import cast, makers

NUMBER = re.compile(r"/history/deletions/(\d+)")
SEEN = re.compile(r'name="seen" value="([^"]*)"')


def feed(*records: dict[str, Any]) -> Any:
    """Bring records in by the feed."""
    return ingest(makers.lines(records), issuer=cast.ISSUER)


def talk(name: str, *texts: str, user: str = "zai-mei", **fields: Any) -> list[dict[str, Any]]:
    """A conversation with messages."""
    conversation = makers.line("conversation", id=name, title=f"About {name}", user=user, **fields)
    return [conversation, *(makers.message(name, text, minutes=at, user=user, id=f"{name}-{at}") for at, text in enumerate(texts))]


def ask(browser: Any, **form: Any) -> Any:
    """Ask for a deletion from the history page; returns the confirmation page."""
    return browser.submit("/history/deletions", form, page="/history/deletions", follow_redirects=True)


def confirm(browser: Any, page: Any) -> Any:
    """Press the button of the confirmation page, as it was when it was seen."""
    number, seen = NUMBER.search(page.request.path), SEEN.search(page.text)
    assert number and seen, page.text
    address = f"/history/deletions/{number[1]}/confirmation"
    return browser.submit(address, {"seen": seen[1]}, page="/history/deletions", follow_redirects=True)


def finish() -> None:
    """Let all work be done, also what waits for a while until it can go on."""
    for hours in range(5):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()
    assert not jobs.Job.select().where(jobs.Job.state.in_([jobs.WAITING, jobs.RUNNING])).exists()


def removed(deletion: Deletion) -> dict[str, int]:
    """What the receipt of a deletion says was removed."""
    said: Any = Receipt.get(Receipt.id == Deletion.get_by_id(deletion.id).receipt_id).body
    return {line["table"]: line["removed"] for line in said["what"]}
