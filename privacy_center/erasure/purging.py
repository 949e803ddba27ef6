"""Removes what one deletion means, in transactions so short that nobody else waits; begun again, it goes on where it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core.db import execute_many
from privacy_center.core.jobs import Work
from privacy_center.erasure import eraser
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.pace import Pace
from privacy_center.history.models import Conversation
from privacy_center.history.veils import Veil, covered_by

WINDOW = 5_000  # conversations looked up at once
AT_FIRST, FEWEST, MOST = 100, 10, 2_000  # rows a transaction

Waiting = list[tuple[int, int]]  # conversations, and about how many rows hang on each


class Purging:
    """The purge of one deletion, as one attempt of its job."""

    def __init__(self, work: Work, deletion: Deletion, veil: Veil) -> None:
        self.work, self.deletion, self.veil = work, deletion, veil
        self.owner = User.get_by_id(deletion.user_id)
        self.removed = Counter(deletion.removed)
        self.pace = Pace(AT_FIRST, fewest=FEWEST, most=MOST)

    def run(self) -> None:
        """Remove everything under the veil: rows, places in the index, files; then the list of what was hidden."""
        self._remove_files()  # of an attempt that was killed between rows and files
        while waiting := self._next():
            while waiting:
                waiting = waiting[self._erase_first_of(waiting) :]
                self._remove_files()
        while self._unlist_some():
            pass

    def _remove_files(self) -> None:
        eraser.remove_doomed(self.deletion.id, self.work.heartbeat)

    def _next(self) -> Waiting:
        """The next conversations under the veil, but for those that an earlier deletion hides: they are its to remove and to count."""
        rule, listed = self.veil.rule_in(Conversation), Conversation.id.in_(self.veil.listed)
        others = covered_by(Veil.earlier(self.veil), Conversation)
        for meant in (listed,) if rule is None else (rule, listed):
            condition = meant if others is None else meant & ~others
            rows: Any = Conversation.select(Conversation.id, Conversation.message_count + Conversation.file_count).where(condition)
            if found := sorted(rows.limit(WINDOW).tuples()):
                return found
        return []

    def _erase_first_of(self, waiting: Waiting) -> int:
        """Remove the first few conversations, or a piece of one that is very long; returns how many are gone."""
        some = [number for number, _rows in waiting[: self._how_many(waiting)]]
        parts, all_found = eraser.look_for(Conversation, some, owner=self.owner, most=self.pace.amount)
        with self.pace.chunk(self.work):
            User.locked(self.owner.id)  # so that the feed sees either the veil and what it hides, or the tombstones
            removed = self.removed + eraser.erase(parts, self.deletion.id)
            if all_found:
                # From every list: the number of a row that is gone may be given to another.
                execute_many("DELETE FROM veiled WHERE conversation = ?", [(number,) for number in some])
            Deletion.update(removed=dict(removed), done=removed[Conversation._meta.table_name]).where(Deletion.id == self.deletion.id).execute()
        self.removed = removed
        return len(some) if all_found else 0

    def _how_many(self, waiting: Waiting) -> int:
        """How many conversations have together about as many rows as a transaction takes; at least one."""
        rows = 0
        for count, (_number, length) in enumerate(waiting):
            rows += max(0, length) + 1
            if rows >= self.pace.amount:
                return max(1, count)
        return len(waiting)

    def _unlist_some(self) -> int:
        """Take what is left of the list off: conversations that earlier deletions hide."""
        with self.pace.chunk(self.work):
            return self.veil.unlist_some()
