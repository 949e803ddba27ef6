"""Conversations as pages that a person reads: what was said in order, what ZCode thought and used folded away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape as escape_quotes
from typing import Any

import orjson
from flask_babel import gettext, lazy_gettext

from privacy_center.exports.leading import link, picture
from privacy_center.exports.pages import FULL, Sheets, Titles
from privacy_center.exports.tables import time_of
from privacy_center.exports.talks import Body, Message, Talk
from privacy_center.exports.zip64 import Archive
from privacy_center.history.models import SPEAKERS
from privacy_center.history.plain import one_line

FENCE = "```"
escape = partial(escape_quotes, quote=False)  # for text between tags
FOLDS = {"reasoning": lazy_gettext("Reasoning"), "tool": lazy_gettext("Tool"), "other": lazy_gettext("Something that we don’t know")}
Files = dict[str, tuple[str, str | None]]  # by the product's id: a file's name, and where it lies in the archive


class Readable:
    """The pages `conversations/pages/`, and the list that leads to them, while they are written."""

    def __init__(self, archive: Archive, language: str) -> None:
        self.sheets = Sheets(archive, "conversations/pages", gettext("Conversations"), language, back="../list/00001.html")
        self.titles = Titles(archive, language)
        self.speakers = {role: escape(str(words)) for role, words in SPEAKERS.items()}
        self.folds = {kind: str(words) for kind, words in FOLDS.items()}
        self.untitled, self.file, self.absent = gettext("Without a title"), gettext("File"), gettext("not in this copy")
        self.version = gettext("Version %(number)s of %(all)s", number="{0}", all="{1}")
        self.when, self.goes_on = gettext("%(first)s to %(last)s, UTC", first="{0}", last="{1}"), gettext("It goes on on the next page")

    def begin(self, talk: Talk, created_at: int, active_at: int) -> None:
        """One conversation, up to where its messages begin."""
        if self.sheets.size > FULL or not self.sheets.number:
            self.sheets.turn()
        title = one_line(talk.title) or self.untitled
        place, begun, used = f"c{talk.id}", time_of(created_at), time_of(active_at)
        self.titles.add(title, used[:10], f"{self.sheets.path}#{place}")
        when = self.when.format(*(f'<time datetime="{each}">{_moment(each)}</time>' for each in (begun, used)))
        self.sheets.write(f'<article class="talk" id="{place}"><h2>{escape(title)}</h2><p>{when}</p>\n')

    def add(self, talk: Talk, some: list[Body], files: Files) -> None:
        """The next messages of that conversation."""
        turns: list[str] = []
        length = self.sheets.size
        for message, parts in some:
            if length > FULL:
                self.sheets.write("".join(turns))
                self._go_on(talk)
                turns, length = [], self.sheets.size
            turns.append(self._turn(talk, message, parts, files))
            length += len(turns[-1])
        self.sheets.write("".join(turns))

    def _go_on(self, talk: Talk) -> None:
        """Let the conversation go on, on the next page."""
        place = f"c{talk.id}"
        self.sheets.write(f'<p><a rel="next" href="{self.sheets.number + 1:05}.html#{place}">{self.goes_on}</a></p></article>\n')
        self.sheets.turn()
        self.sheets.write(f'<article class="talk" id="{place}"><h2>{escape(one_line(talk.title) or self.untitled)}</h2>\n')

    def _turn(self, talk: Talk, message: Message, parts: list[Any], files: Files) -> str:
        """One message."""
        when = time_of(message.created_at)
        about = f'<time datetime="{when}">{_moment(when)}</time>'
        if message.model:
            about += f" <span>{escape(message.model)}</span>"
        if not talk.tree.is_line and len(versions := talk.tree.versions(message.id)) > 1:
            about += f" <span>{self.version.format(versions.index(message.id) + 1, len(versions))}</span>"
        said = "".join([self._part(part, files) for part in parts])
        speaker = self.speakers.get(message.role) or escape(message.role)
        return f'<section class="turn {escape_quotes(message.role)}"><header><h3>{speaker}</h3> {about}</header><div>{said}</div></section>\n'

    def end(self) -> None:
        """That conversation is complete."""
        self.sheets.write("</article>\n")

    def close(self) -> None:
        """Complete all pages."""
        self.sheets.close()
        self.titles.close()

    def _part(self, part: Any, files: Files) -> str:
        """One part of a message."""
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "text":
            return _words(str(part.get("text") or ""))
        if kind == "reasoning":
            return self._fold(self.folds["reasoning"], str(part.get("text") or ""))
        if kind == "tool":
            given = [_text(part[name]) for name in ("input", "output") if part.get(name) not in (None, "", {}, [])]
            return self._fold(f"{self.folds['tool']}: {part.get('name') or ''}", *given)
        if kind == "file":
            return self._enclosed(*files.get(str(part.get("file")), (str(part.get("file")), None)))
        return self._fold(self.folds["other"], _text(part))

    def _enclosed(self, name: str, place: str | None) -> str:
        words = one_line(name) or self.file
        if place is None:
            return f'<p class="enclosed">{self.file}: {escape(words)} <small>{self.absent}</small></p>'
        return f'<p class="enclosed">{picture(self.sheets.up, place, words)}{self.file}: {link(self.sheets.up, place, words)}</p>'

    def _fold(self, title: str, *texts: str) -> str:
        inside = "".join(f"<pre>{escape(text)}</pre>" for text in texts)
        return f"<details><summary>{escape(title)}</summary>{inside}</details>"


def _words(text: str) -> str:
    """The words of a message, as they were typed; what stands between fences as code."""
    safe = escape(text)
    if FENCE not in safe:
        return f'<p class="words">{safe}</p>' if safe.strip() else ""
    return "".join(_fenced(safe))


def _fenced(safe: str) -> Iterator[str]:
    """The same with code in it."""
    for place, piece in enumerate(safe.split(FENCE)):
        if place % 2:
            language, line, code = piece.partition("\n")
            named = language.strip() if line else ""
            pre = f"<pre>{code if line else piece}</pre>"
            yield f"<figure><figcaption>{named}</figcaption>{pre}</figure>" if named else pre
        elif stripped := piece.strip("\n"):
            yield f'<p class="words">{stripped}</p>'


def _text(value: Any) -> str:
    """Any value as text."""
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _moment(iso: str) -> str:
    """2026-11-17 16:02"""
    return f"{iso[:10]} {iso[11:16]}"
