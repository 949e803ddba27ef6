"""Writes everything that was chosen into one archive, row by row, out of one consistent state; the data map says what there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson
from flask import render_template
from flask_babel import force_locale, gettext
from peewee import Model

from privacy_center.accounts.models import User
from privacy_center.consent.models import ConsentRecord
from privacy_center.core import clock
from privacy_center.core.db import snapshot
from privacy_center.datamap import registry
from privacy_center.datamap.words import Holding
from privacy_center.exports import talks
from privacy_center.exports.about import About, KindOfRecord, Package
from privacy_center.exports.chats import Chats
from privacy_center.exports.contents import Choice, in_turn
from privacy_center.exports.enclosed import Enclosed
from privacy_center.exports.pages import Rows, Sheets
from privacy_center.exports.readable import Readable
from privacy_center.exports.tables import Table, columns_of, in_words
from privacy_center.exports.zip64 import Archive
from privacy_center.history.models import Conversation, Message

READER = Path(__file__).parents[2] / "static" / "reader"


@dataclass(frozen=True)
class Summary:
    """What became of it."""

    made_at: datetime
    counts: dict[str, int]
    missing: int  # files that could not be read
    sha256: str
    size: int


Report = Callable[[int, int], None]  # hears how many records, and bytes of the archive, there are so far; may raise to stop


def write(file: IO[bytes], user: User, choice: Choice, language: str, *, begins: Callable[[int], None], report: Report) -> Summary:
    """Write the archive to *file*. *begins* hears how many records there will be; raises StorageDown, and whatever *report* raises."""
    with force_locale(language), snapshot():
        copy = Copy(file, user, choice, language, report)
        begins(sum(copy.counts.values()))
        with copy.archive:
            copy.write()
    return Summary(copy.about.made_at, copy.counts, copy.about.unread, copy.archive.sha256, copy.archive.position)


class Copy:
    """One copy while it is written."""

    def __init__(self, file: IO[bytes], user: User, choice: Choice, language: str, report: Report) -> None:
        self.user, self.choice, self.report = user, choice, report
        self.language = language.replace("_", "-")  # as HTML writes it
        self.package = Package()
        self.about = About(user, choice, self.language, clock.now())
        name = getattr(file, "name", None)  # a file in memory has none
        self.archive = Archive(file, self.about.made_at, folder=str(Path(name).parent) if name else None, done=self.package.describe)
        self.counts = choice.counts(user)
        self.enclosed = Enclosed(self.archive, self.about, lambda: self._count(0))
        self.done = 0

    def write(self) -> None:
        """Everything, in the order in which each part needs what another says."""
        holdings = self.choice.holdings
        for model, said in holdings:
            if model is not Message:
                self._table(model, said)
        if any(model is Conversation for model, _said in holdings):
            self._conversations()
        self._consents()
        order = list(self.counts)
        self.about.kinds.sort(key=lambda each: order.index(each.table))
        self._around()

    def _table(self, model: Any, said: Holding) -> None:
        """The records of one holding, for programs and to be read, and the contents of its files."""
        columns = columns_of(model)
        has_files = said.file_key is not None and not said.copies
        table = Table(self.archive, model, with_place=has_files)
        self.package.schemas[table.path], self.package.titles[table.path] = table.schema, str(said.title)
        slug = registry.slug_of(model)
        # Conversations have pages of their own.
        sheets = None if model is Conversation else Sheets(self.archive, f"tables/{slug}", str(said.title), self.language)
        rows = Rows(sheets, [column.title for column in columns] + [gettext("File")] * has_files) if sheets else None
        name = [column.name for column in columns].index("name") if has_files else 0
        extra = [model._meta.primary_key, model._meta.fields[said.file_key]] if has_files else []
        for stored in in_turn(self.choice.rows(model, self.user), model, [*(column.field for column in columns), *extra]):
            values = stored[: len(columns)]
            place = self.enclosed.add(slug, stored[-2], str(values[name]), stored[-1], sealed=said.sealed) if has_files else None
            table.add(values, place)
            if rows:
                rows.add([*in_words(columns, values), *[""] * (has_files and place is None)], place)
                self._count(1)
        table.close()
        if rows:
            rows.close()
        read = sheets.path_of(1) if sheets and table.count else None
        self.about.kinds.append(_kind(model, said, table.count, [table.path], read))

    def _conversations(self) -> None:
        """Conversations with their messages: for programs and to be read."""
        columns = talks.columns()
        chats, readable = Chats(self.archive, columns), Readable(self.archive, self.language)
        created_at, active_at = (next(at for at, column in enumerate(columns) if column.name == name) for name in ("created_at", "active_at"))
        messages = 0
        for talk in talks.talks(self.choice, self.user):
            files = self.enclosed.of_conversation(talk.id) if talk.file_count else {}
            chats.begin(talk)
            readable.begin(talk, talk.values[created_at], talk.values[active_at])
            for some in talk.bodies():
                chats.add(talk, some)
                readable.add(talk, some, files)
                self._count(len(some))
            messages += len(talk.messages)
            chats.end()
            readable.end()
            self._count(1)
        chats.close()
        readable.close()
        self.about.conversations = readable.titles.count
        self.about.years = readable.titles.years
        self.about.first_list, self.about.titles = readable.titles.sheets.path_of(1), readable.titles.scripts
        for model, said in self.choice.holdings:
            if model is Message:
                self.about.kinds.append(_kind(model, said, messages, chats.paths, readable.titles.sheets.path_of(1) if messages else None))
            if model is Conversation:
                mine = next(each for each in self.about.kinds if each.table == model._meta.table_name)
                mine.paths += chats.paths
                mine.read = readable.titles.sheets.path_of(1) if mine.count else None

    def _consents(self) -> None:
        """Each answer as its person can check it: the record, and the hash of it."""
        if ConsentRecord in [model for model, _said in self.choice.holdings]:
            for each in self.choice.rows(ConsentRecord, self.user):
                said = orjson.dumps({"record": each.body, "sha256": each.digest}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
                self.archive.add(f"consents/{each.record_id}.json", said)

    def _around(self) -> None:
        """What explains all of it."""
        for path in sorted(READER.iterdir()):
            self.archive.add(f"reader/{path.name}", path.read_bytes())
        self.archive.add("about.json", self.about.as_json())
        page = render_template("exports/archive/index.html", language=self.language, up="", about=self.about)
        self.archive.add("index.html", page.encode())
        self.archive.settle()
        package = self.archive.open("datapackage.json")
        for piece in self.package.pieces(self.about):
            package.write(piece)
        package.close()

    def _count(self, records: int) -> None:
        """Tell how far it is."""
        self.done += records
        self.report(self.done, self.archive.position)


def _kind(model: type[Model], said: Holding, count: int, paths: list[str], read: str | None) -> KindOfRecord:
    """A kind of record as the copy tells of it."""
    return KindOfRecord(model._meta.table_name, str(said.title), str(said.description), count, list(paths), read)
