"""The contents of files and attachments: put away before the transaction that names them, removed after it when nothing does."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import jobs, storage, tokens
from privacy_center.feed.gates import turned_away
from privacy_center.feed.reading import Record
from privacy_center.feed.rows import OF_ACCOUNT, known
from privacy_center.history.models import File
from privacy_center.telemetry.models import Feedback, FeedbackAttachment

FOLDER = "files/"
# A call puts contents away some seconds before it names them; nothing younger than this is taken for forgotten.
OLD_ENOUGH = timedelta(days=1)


class Contents:
    """The contents that one batch brought: which were put away, which are named now, which no longer are."""

    def __init__(self) -> None:
        self.put_away: set[str] = set()
        self.named: set[str] = set()
        self.replaced: set[str] = set()

    def put(self, records: list[Record], issuer: str) -> None:
        """Put away the contents of records that are new or changed; each record then knows its keys."""
        brought = [record for record in records if record.contents]
        if not brought:
            return
        refused = turned_away(brought, issuer)
        for record, folder in _new_ones([record for record in brought if record.line not in refused], issuer):
            for contents in record.contents:
                key = f"{FOLDER}{folder}/{tokens.new_token()}"
                self.put_away.add(key)
                storage.keep(key, contents)
                record.keys.append(key)
        for record in brought:
            record.contents = []  # memory stays flat: the transaction needs the keys only

    def tidy(self, *, failed: bool) -> None:
        """Remove what nothing names: after a failure all that was put away, else what was replaced or not needed."""
        for key in self.put_away if failed else (self.put_away - self.named) | self.replaced:
            storage.remove(key)


@contextlib.contextmanager
def put_away(records: list[Record], issuer: str) -> Iterator[Contents]:
    """Put contents away for the transaction inside the block, and tidy up behind it, however it ends."""
    contents = Contents()
    try:
        contents.put(records, issuer)
        yield contents
    except BaseException:
        contents.tidy(failed=True)
        raise
    contents.tidy(failed=False)


def _new_ones(records: list[Record], issuer: str) -> Iterator[tuple[Record, str]]:
    """Records that are not stored like this already, each with the folder of its contents."""
    files = [record for record in records if record.type == "file"]
    numbers = {owner: User.open(issuer, owner).id for owner in sorted({record.owner for record in files})}
    digests = known(File, {(numbers[record.owner], record.id) for record in files}, "digest")
    for record in files:
        if digests.get((numbers[record.owner], record.id)) != (record.digest,):
            yield record, str(numbers[record.owner])
    feedback = [record for record in records if record.type == "feedback"]
    digests = known(Feedback, {record.key for record in feedback}, "digest", key=OF_ACCOUNT)
    for record in feedback:
        if digests.get(record.key) != (record.digest,):
            yield record, "feedback"


@jobs.sweep("forgotten files", every=timedelta(days=1))
def remove_forgotten() -> int:
    """Remove contents that a broken call has left and nothing names."""
    return storage.remove_unnamed(FOLDER, OLD_ENOUGH, _named)


def _named(keys: list[str]) -> set[str]:
    """Those of the keys that a file or an attachment names; of files only the rows of the users in question are looked at."""
    folders = {key.split("/")[1] for key in keys}
    of_users = File.user.in_([int(folder) for folder in folders if folder.isdecimal()])
    queries: list[Any] = [File.select(File.storage_key).where(of_users & File.storage_key.in_(keys))]
    if "feedback" in folders:
        queries.append(FeedbackAttachment.select(FeedbackAttachment.storage_key).where(FeedbackAttachment.storage_key.in_(keys)))
    return {key for query in queries for (key,) in query.tuples()}
