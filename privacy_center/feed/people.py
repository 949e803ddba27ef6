"""The people whose records a batch brings: found, locked, opened, and described by their own lines."""

from __future__ import annotations

from collections.abc import Iterable

from privacy_center.accounts.models import User
from privacy_center.core.db import among, execute_many, fetch, is_sqlite
from privacy_center.feed.reading import Record
from privacy_center.feed.rows import Counts, Key, settle
from privacy_center.feed.schema import TYPES

FIELDS = tuple(name for name in TYPES["user"].fields if name not in ("id", "user"))
DESCRIBE = f"UPDATE users SET {', '.join(f'{name} = ?' for name in FIELDS)}, digest = ? WHERE id = ?"  # noqa: S608 - columns of ours


class People:
    """The users of a batch by their Z.ai user ids; on PostgreSQL nobody else writes records of theirs meanwhile."""

    def __init__(self, issuer: str, subjects: Iterable[str]) -> None:
        self.issuer = issuer
        self.numbers: dict[str, int] = {}
        self.digests: dict[str, str | None] = {}
        self.revisions: dict[int, int] = {}  # the states that their histories will be in, should this batch change them
        self._find(sorted(set(subjects)))

    def _find(self, subjects: list[str]) -> None:
        """Look the users up, in one order for all, so that two calls never wait for each other in a circle."""
        condition, given = among("subject", subjects)
        lock = "" if is_sqlite() else "FOR NO KEY UPDATE"
        query = f"SELECT id, subject, digest, history_revision FROM users WHERE issuer = ? AND {condition} ORDER BY id {lock}"  # noqa: S608 - words of ours
        for number, subject, digest, revision in fetch(query, self.issuer, given) if subjects else ():
            self.numbers[subject], self.digests[subject], self.revisions[number] = number, digest, revision + 1

    def open(self, subjects: Iterable[str]) -> None:
        """Open accounts, with no more than their ids, for those that nobody has named yet."""
        missing = sorted(set(subjects) - self.numbers.keys())
        for subject in missing:
            User.open(self.issuer, subject)
        self._find(missing)

    def describe(self, records: Iterable[Record], counts: Counts) -> None:
        """Store what `user` lines say; the account is the same whatever id the line has of its own."""
        known: dict[Key, str | None] = {(self.numbers[each], ""): digest for each, digest in self.digests.items()}
        changed = settle((((self.numbers[record.owner], ""), record) for record in records), known, counts)
        execute_many(
            DESCRIBE,
            [(*(record.values.get(name) for name in FIELDS), record.digest, number) for (number, _), record in changed.items()],
        )

    def histories_changed(self, users: Iterable[int]) -> None:
        """Count a change of these people's histories, so that a page that showed the old one can tell."""
        User.update(history_revision=User.history_revision + 1).where(User.id.in_(sorted(users))).execute()
