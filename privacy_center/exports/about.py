"""What a copy says of itself: `about.json`, `index.html`, and `datapackage.json`, which describes every file in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import orjson
from flask_babel import gettext

from privacy_center.accounts.models import User
from privacy_center.core.db import Record
from privacy_center.datamap import policy, registry
from privacy_center.datamap.words import Category, Kind
from privacy_center.exports.contents import Choice
from privacy_center.exports.zip64 import Written

FORMAT = "zcode-data-copy-1"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MOST_NAMED = 1000
MEDIA = {"json": "application/json", "csv": "text/csv", "html": "text/html", "js": "text/javascript", "css": "text/css"}


@dataclass
class KindOfRecord:
    """One kind of record in the copy: how many, and where."""

    table: str
    title: str
    description: str
    count: int
    paths: list[str] = field(default_factory=list)
    read: str | None = None


@dataclass
class Missing:
    """A file that could not be put in, and why."""

    file: str
    why: str


@dataclass
class About:
    """What the copy holds and what it does not."""

    user: User
    choice: Choice
    language: str
    made_at: datetime
    kinds: list[KindOfRecord] = field(default_factory=list)
    missing_files: list[Missing] = field(default_factory=list)
    missing: int = 0
    unread: int = 0
    conversations: int = 0
    first_list: str = ""
    years: dict[str, str] = field(default_factory=dict)
    titles: int = 0

    controller = policy.CONTROLLER

    @property
    def person(self) -> str:
        """Whose data they are."""
        return self.user.display_name

    @property
    def records(self) -> int:
        """How many records there are in all."""
        return sum(each.count for each in self.kinds)

    @property
    def what(self) -> str:
        """What was chosen, in words."""
        return in_words(self.choice)

    def lacks(self, name: str, why: str, *, unread: bool = False) -> None:
        """Note a file that could not be put in; *unread* when we should have been able to."""
        self.missing += 1
        self.unread += unread
        if len(self.missing_files) < MOST_NAMED:
            self.missing_files.append(Missing(name, why))

    @property
    def left_out(self) -> list[dict[str, str]]:
        """What is not in the copy, and why."""
        return [{"what": what, "why": why} for what, why in _left_out(self.choice)]

    def as_json(self) -> bytes:
        """The file about.json."""
        said = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "language": self.language,
            "controller": {"name": self.controller.name, "address": self.controller.address, "contact": self.controller.contact},
            "person": {"subject": self.user.subject, "issuer": self.user.issuer, "name": self.user.name, "email": self.user.email},
            "chosen": {
                "categories": sorted(self.choice.categories),
                "since": self.choice.since.isoformat() if self.choice.since else None,
                "until": self.choice.until.isoformat() if self.choice.until else None,
                "with_files": self.choice.with_files,
            },
            "records": self.records,
            "kinds": [{"table": each.table, "title": each.title, "records": each.count, "files": each.paths} for each in self.kinds],
            "missing": {"files": self.missing, "named": [vars(each) for each in self.missing_files]},
            "left_out": self.left_out,
        }
        return orjson.dumps(said, option=orjson.OPT_INDENT_2)


def in_words(choice: Choice) -> str:
    """What was chosen: everything, or which categories and of which time."""
    if choice.is_everything:
        return gettext("Everything")
    names = [str(policy.CATEGORIES[each].title) for each in Category if each in choice.categories]
    said = [gettext("All categories") if len(names) == len(Category) else gettext(", ").join(names)]
    said += [gettext("not older than %(day)s", day=choice.since.date())] if choice.since else []
    said += [gettext("not newer than %(day)s", day=choice.until.date() - timedelta(days=1))] if choice.until else []
    said += [] if choice.with_files else [gettext("without the contents of files")]
    return gettext("; ").join(said)


def _left_out(choice: Choice) -> Iterator[tuple[str, str]]:
    """What no copy holds, and what was taken out of this one."""
    if not choice.is_everything:
        yield gettext("What you took out."), gettext("It holds: %(what)s.", what=in_words(choice))
    for place in policy.PLACES:
        if not place.inside:
            yield f"{place.title}.", str(place.what)
    yield (
        gettext("Keys and fingerprints."),
        gettext("What guards your sessions and finds your feedback would harm you in other hands: %(names)s.", names=_secrets()),
    )
    yield gettext("What you have deleted."), gettext("It was not there any more when this copy was made.")


def _secrets() -> str:
    """The tables that have fields which never leave the house."""
    titles = [str(said.title) for model, said in registry.holdings() if _has_secret(model)]
    return gettext(", ").join(titles)


def _has_secret(model: type[Record] | Any) -> bool:
    """Whether a field of the model is secret."""
    notes = (registry.note(model, each) for each in model._meta.sorted_fields)
    return any(note is not None and note.kind is Kind.SECRET for note in notes)


class Package:
    """`datapackage.json`: one description for each file, kept out of memory however many there are."""

    def __init__(self) -> None:
        self._lines: IO[bytes] = SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 - gone with the copy
        self.schemas: dict[str, dict[str, Any]] = {}
        self.titles: dict[str, str] = {}
        self.count = 0

    def describe(self, written: Written) -> None:
        """A file that is complete."""
        self.count += 1
        ending = written.name.rsplit(".", 1)[-1].lower()
        of_ours = not written.name.startswith("files/")
        said: dict[str, Any] = {"name": f"file-{self.count}", "path": written.name}
        if title := self.titles.get(written.name):
            said["title"] = title
        if of_ours and ending in MEDIA:
            said |= {"format": ending, "mediatype": MEDIA[ending], "encoding": "utf-8"}
        said |= {"bytes": written.size, "hash": f"sha256:{written.sha256}"}
        if schema := self.schemas.get(written.name):
            said |= {"type": "table", "schema": schema}
        self._lines.write((b",\n" if self.count > 1 else b"") + orjson.dumps(said))

    def pieces(self, about: About) -> Iterator[bytes]:
        """The file, in pieces."""
        head = {
            "$schema": PROFILE,
            "name": "zcode-data",
            "title": gettext("Your data at ZCode"),
            "created": about.made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "contributors": [{"title": about.controller.name, "roles": ["publisher"]}],
        }
        yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b',"resources":[\n'
        self._lines.seek(0)
        while piece := self._lines.read(1024 * 1024):
            yield piece
        yield b"\n]}\n"
