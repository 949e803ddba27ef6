"""Carries an erasure out from the data map, in transactions so short that nobody else waits; begun again, it goes on where it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock, jobs
from privacy_center.core.jobs import Work
from privacy_center.datamap import registry
from privacy_center.datamap.words import Erase
from privacy_center.erasure import eraser, person
from privacy_center.erasure.erased import Erasure
from privacy_center.erasure.kinds import blanks, gone_through, named, names, table_of, treated
from privacy_center.erasure.models import Deletion
from privacy_center.erasure.pace import Pace
from privacy_center.erasure.receipts import in_english

AT_FIRST, FEWEST, MOST = 100, 10, 2_000  # rows a transaction
DELETION_COUNTED = "deletion"  # in `walked`: the conversations that its deletion removed have been counted in
FAREWELL_WAITED_FOR = timedelta(hours=1)  # the mail needs the address; a mail server that is away must not hold an erasure up for longer


class Erasing:
    """One attempt at an erasure."""

    def __init__(self, work: Work, erasure: Erasure) -> None:
        self.work, self.erasure = work, erasure
        self.owner = User.get_by_id(erasure.user_id)
        self.owner.erasing = None  # what is hidden from everybody else is what goes
        self.removed, self.anonymised, self.walked = Counter(erasure.removed), Counter(erasure.anonymised), dict(erasure.walked)
        self.pace = Pace(AT_FIRST, fewest=FEWEST, most=MOST)

    def run(self) -> bool:
        """Do all that can be done now; False while something else must be done first."""
        self._remove_files()  # of an attempt that was killed between rows and files
        if not self._history_is_purged():
            return False
        self._count_deletion()
        if self.erasure.whole:
            return self._end_person()
        for model, said, loose in gone_through(named(self.erasure.kinds)):
            meant = model.held_for(self.owner) & (model._meta.fields[said.dated_by] <= self.erasure.reach[table_of(model)])
            self._remove(model, meant if loose is None else meant & loose.is_null())
        return True

    def _end_person(self) -> bool:
        """Everything that goes, then everything that is made nameless; False while the mail that needs the address has not left."""
        for model, _said in treated(Erase.DELETE):
            self._remove(model, model.held_for(self.owner))
        for model, _said in treated(Erase.ANONYMISE):
            self._make_nameless(model, blanks(model), self.anonymised)
        for model, _said in treated(Erase.KEEP):
            if said := names(model):
                self._make_nameless(model, said, Counter())
        waits = jobs.unfinished(person.FAREWELL, self.erasure.id) and clock.now() < self.erasure.decided_at + FAREWELL_WAITED_FOR
        return not waits

    def _history_is_purged(self) -> bool:
        """Whether no deletion of theirs is removing rows at this moment: what it hides is its to remove and to count."""
        mine = Deletion.user == self.owner if self.erasure.whole else Deletion.id == self.erasure.deletion
        return not Deletion.select().where(mine & Deletion.hidden_at.is_null(False) & Deletion.removed_at.is_null()).exists()

    def _count_deletion(self) -> None:
        """Count in, once, what the deletion that this erasure brought about has removed."""
        found = Deletion.get_or_none((Deletion.id == self.erasure.deletion) & (Deletion.user == self.owner))
        if found is None or DELETION_COUNTED in self.walked:
            return
        with self.work.chunk():
            self.removed, self.walked = self.removed + Counter(found.removed), {**self.walked, DELETION_COUNTED: found.id}
            self._note(removed=dict(self.removed), walked=self.walked)

    def _remove(self, model: Any, meant: Any) -> None:
        """Remove the rows that are meant and what hangs on them."""
        while True:
            with self.pace.chunk(self.work):
                ids = [number for (number,) in model.select(model._meta.primary_key).where(meant).limit(self.pace.amount).tuples()]
                # Looked up inside: the number of a row that somebody else has just removed may be given to another.
                parts, _all_found = eraser.look_for(model, ids, owner=self.owner, most=self.pace.amount)
                if ids:
                    self.removed = self.removed + eraser.erase(parts, -self.erasure.id)
                    self._note(removed=dict(self.removed))
            self._remove_files()
            if not ids:
                return

    def _make_nameless(self, model: Any, blank: dict[Any, Any], counted: Counter[str]) -> None:
        """Blank what names the person in their rows, each once; how far it is stands in `walked`."""
        table, key = table_of(model), model._meta.primary_key
        while True:
            beyond = model.held_for(self.owner) & (key > self.walked.get(table, 0))
            with self.pace.chunk(self.work):
                ids = [number for (number,) in model.select(key).where(beyond).order_by(key).limit(self.pace.amount).tuples()]
                if ids:
                    if blank:
                        model.update(blank).where(key.in_(ids)).execute()
                    counted[table] += len(ids)
                    self.walked = {**self.walked, table: ids[-1]}
                    self._note(anonymised=dict(self.anonymised), walked=self.walked)
            if not ids:
                return

    def conclude(self) -> None:
        """Leave the user's row nameless, note what stays, and that everything else is gone; in a transaction of the caller's."""
        anonymised = Counter(self.anonymised)
        kept = [line for line in self._lines() if line.kept]
        if self.erasure.whole:
            User.forget(self.owner.id)
            anonymised[table_of(User)] += 1
        said = [{**asdict(line), "title": in_english(line.title), "kept_because": in_english(line.kept_because or "")} for line in kept]
        written = [{**line, "kept_until": line["kept_until"].isoformat(timespec="seconds") if line["kept_until"] else None} for line in said]
        self._note(removed_at=clock.now(), trouble=None, anonymised=dict(anonymised), kept=written)
        person.hide(self.owner.id)

    def _lines(self) -> list[person.Line]:
        """What stays, where everything was meant."""
        if not self.erasure.whole:
            return []
        return [person.line_of(model, said, self.owner) for model, said in registry.holdings() if said.on_erasure is Erase.KEEP]

    def _remove_files(self) -> None:
        eraser.remove_doomed(-self.erasure.id, self.work.heartbeat)

    def _note(self, **said: Any) -> None:
        """Write down how far it is."""
        Erasure.update(**said).where(Erasure.id == self.erasure.id).execute()
