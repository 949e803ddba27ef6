"""The pages of a copy that a person reads, from the disk and without a connection: many small ones, each in the archive when it is full."""

from __future__ import annotations

from typing import Any

import orjson
from flask import render_template
from flask_babel import gettext
from markupsafe import Markup, escape

from privacy_center.exports.leading import link
from privacy_center.exports.zip64 import Archive, Entry

BODY = "\x00body\x00"
FULL = 256 * 1024  # bytes of a page, after which the next begins
ROWS = 500
TITLES = 200
TITLES_AT_ONCE = 5000


class Sheets:
    """Pages of one kind, numbered; each is written on while it isn't full, and leads to the one before and after it."""

    def __init__(self, archive: Archive, folder: str, title: str, language: str, back: str | None = None) -> None:
        """*back* leads from each page to the list that leads to it, where there is one."""
        self.archive, self.folder, self.title, self.language, self.back = archive, folder, title, language, back
        self.number = 0
        self._entry: Entry | None = None
        self._ends = "", ""  # of a page that another follows, and of the last

    @property
    def path(self) -> str:
        """Where the page that is open lies in the archive."""
        return self.path_of(self.number)

    def path_of(self, number: int) -> str:
        """Where a page lies in the archive."""
        return f"{self.folder}/{number:05}.html"

    @property
    def up(self) -> str:
        """The way from a page to the top of the archive."""
        return "../" * (self.folder.count("/") + 1)

    @property
    def size(self) -> int:
        """How much of the page that is open is written."""
        return self._entry.size if self._entry else 0

    def write(self, html: str) -> None:
        """Go on with the page that is open."""
        assert self._entry is not None, "a page was turned before"
        self._entry.write(html.encode("utf-8", "replace"))

    def turn(self) -> None:
        """Begin the next page."""
        self._complete(last=False)
        self.number += 1
        begin, followed = self._frame(older=f"{self.number + 1:05}.html")
        self._ends = followed, self._frame(older=None)[1]
        self._entry = self.archive.open(self.path)
        self.write(begin)

    def close(self) -> None:
        """Complete the last page; without any, there is none."""
        self._complete(last=True)

    def _complete(self, *, last: bool) -> None:
        if self._entry is not None:
            self._entry.write(self._ends[last].encode())
            self._entry.close()
            self._entry = None

    def _frame(self, *, older: str | None) -> tuple[str, str]:
        """What stands before and after the body of the page that begins."""
        page = render_template(
            "exports/archive/sheet.html",
            language=self.language,
            up=self.up,
            back=self.back,
            title=self.title,
            number=self.number,
            newer=f"{self.number - 1:05}.html" if self.number > 1 else None,
            older=older,
            body=Markup(BODY),  # noqa: S704 - a mark of ours
        )
        begin, _body, end = page.partition(BODY)
        return begin, end


class Rows:
    """The records of one holding as pages of a table."""

    def __init__(self, sheets: Sheets, titles: list[str]) -> None:
        self.sheets = sheets
        frame = Markup('<div class="scroll" role="region" aria-labelledby="title" tabindex="0"><table><thead><tr>%s</tr></thead><tbody>\n')
        self._head = frame % Markup("").join(Markup('<th scope="col">%s</th>') % title for title in titles)
        self._on_page = 0

    def add(self, cells: list[Any], place: str | None = None) -> None:
        """One record, and where its file lies in the archive, if it has one."""
        if not self._on_page:
            self.sheets.turn()
            self.sheets.write(self._head)
        file = f"<td>{link(self.sheets.up, place, place)}</td>" if place else ""
        self.sheets.write("<tr>" + "".join([f"<td>{escape(cell)}</td>" for cell in cells]) + file + "</tr>\n")
        self._on_page += 1
        if self._on_page == ROWS:
            self._complete()

    def close(self) -> None:
        """Complete the last page."""
        if self._on_page:
            self._complete()
        self.sheets.close()

    def _complete(self) -> None:
        self.sheets.write("</tbody></table></div>\n")
        self._on_page = 0


class Titles:
    """The list of conversations: pages of links for everybody, and the same as scripts for the search."""

    def __init__(self, archive: Archive, language: str) -> None:
        self.archive = archive
        self.sheets = Sheets(archive, "conversations/list", gettext("Conversations"), language)
        self.count = self.scripts = 0
        self.years: dict[str, str] = {}  # each with the page on which it begins
        self._some: list[tuple[str, str, str]] = []

    def add(self, title: str, day: str, href: str) -> None:
        """One conversation; *href* is its place, seen from the top of the archive."""
        if self.count % TITLES == 0:
            self._end_list()
            self.sheets.turn()
            self.sheets.write('<ol class="talks">\n')
        self.years.setdefault(day[:4], self.sheets.path)
        self.sheets.write(f'<li><a href="../../{href}">{escape(title)}</a><time datetime="{day}">{day}</time></li>\n')
        self.count += 1
        self._some.append((title, day, href))
        if len(self._some) == TITLES_AT_ONCE:
            self._write_script()

    def close(self) -> None:
        """Complete both."""
        self._end_list()
        self.sheets.close()
        if self._some:
            self._write_script()

    def _end_list(self) -> None:
        if self.count:
            self.sheets.write("</ol>\n")

    def _write_script(self) -> None:
        self.scripts += 1
        self.archive.add(f"reader/titles-{self.scripts:03}.js", b"zcodeTitles(" + orjson.dumps(self._some) + b");\n")
        self._some = []
