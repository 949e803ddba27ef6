"""Feedback of a batch with its attachments; it belongs to an account that it names by a digest only."""

from __future__ import annotations

from typing import Any

from privacy_center.core.db import database, is_sqlite
from privacy_center.feed.contents import Contents
from privacy_center.feed.reading import Record
from privacy_center.feed.rows import OF_ACCOUNT, Counts, known, settle, write_records
from privacy_center.feed.schema import TYPES
from privacy_center.telemetry.models import Feedback, FeedbackAttachment

FIELDS = tuple(name for name in TYPES["feedback"].fields if name not in ("id", "account_digest", "attachments"))
FEEDBACK_LOCK = 7_331_002  # the key of PostgreSQL's advisory lock that lets one call at a time replace attachments


def store_feedback(records: list[Record], counts: Counts, contents: Contents) -> None:
    """Store feedback, and name its attachments instead of those it had before."""
    if not records:
        return
    if not is_sqlite():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (FEEDBACK_LOCK,))
    before = known(Feedback, {record.key for record in records}, "digest", key=OF_ACCOUNT)
    changed = settle(((record.key, record) for record in records), {key: row[0] for key, row in before.items()}, counts)
    for key, record in list(changed.items()):
        if record.values.get("attachments") and not record.keys:  # changed by somebody else since: theirs is the last word
            counts.stored, counts.unchanged = counts.stored - 1, counts.unchanged + 1
            del changed[key]
    write_records(Feedback, FIELDS, changed, OF_ACCOUNT)
    for key, (number,) in known(Feedback, changed, "id", key=OF_ACCOUNT).items():
        _attach(number, changed[key], contents)


def _attach(number: int, record: Record, contents: Contents) -> None:
    """Give one feedback the attachments of its record, and no others."""
    mine = FeedbackAttachment.feedback == number
    before: Any = FeedbackAttachment.select(FeedbackAttachment.storage_key).where(mine).tuples()
    contents.replaced |= {key for (key,) in before}
    FeedbackAttachment.delete().where(mine).execute()
    for each, key in zip(record.values.get("attachments", ()), record.keys, strict=True):
        FeedbackAttachment.create(
            feedback=number,
            account_digest=record.owner,
            submitted_at=record.values["submitted_at"],
            name=each["name"],
            media_type=each["media_type"],
            size=each["size"],
            storage_key=key,
        )
        contents.named.add(key)
