"""A whole conversation as one Markdown file: every message of every branch, nothing cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask_babel import gettext

from privacy_center.history.calendar import calendar
from privacy_center.history.files import Files, safe_name
from privacy_center.history.models import SPEAKERS, Conversation
from privacy_center.history.opened import Opened, Stored, messages
from privacy_center.history.plain import one_line
from privacy_center.history.reading import facts, title_of
from privacy_center.history.shown import pretty

IN_MEMORY = 4 * 1024 * 1024
AT_ONCE = 50
BACKTICKS = re.compile(r"`{3,}")


def write(opened: Opened) -> IO[bytes]:
    """The file, written to its end and ready to be read; beyond 4 MiB it lies on disk, and is gone when it is closed."""
    # Whole before it is sent: the database is not there any more when the answer goes out.
    document = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    for piece in pieces(opened):
        document.write(piece.encode("utf-8", "replace"))
    document.seek(0)
    return document  # type: ignore[return-value]


def pieces(opened: Opened) -> Iterator[str]:
    """The file's text: the newest thread first, then what other versions said."""
    yield _head(opened.conversation)
    files = Files(opened.conversation)
    for number, branch in enumerate(opened.tree.branches()):
        if number:
            yield f"---\n\n# {gettext('Another version')}\n\n"
        for begin in range(0, len(branch), AT_ONCE):
            for message in messages(branch[begin : begin + AT_ONCE]):
                yield from _message(message, files)


def name_of(conversation: Conversation) -> str:
    """What the file is called: like the conversation, which may have slashes in its title and is no path."""
    title = one_line(conversation.title, 80).replace("/", " ").replace("\\", " ").strip()
    return f"{safe_name(title or gettext('Conversation'))}.md"


def _head(conversation: Conversation) -> str:
    return f"# {title_of(conversation)}\n\n{' · '.join(facts(conversation))} (UTC)\n\n"


def _message(message: Stored, files: Files) -> Iterator[str]:
    """One message: who and when, then its parts in their order, then its files."""
    model = f" · {one_line(message.model, 80)}" if message.model else ""
    yield f"## {SPEAKERS.get(message.role, message.role)}\n\n*{calendar().moment(message.created_at)}{model}*\n\n"
    named = []
    for part in message.parts:
        if isinstance(part, dict) and part.get("type") == "file" and isinstance(part.get("file"), str):
            named.append(part["file"])
        else:
            yield _part(part)
    for file in files.of_message(message.external_id, named):
        yield f"- {gettext('File')}: {file.name}\n\n"


def _part(part: Any) -> str:
    """One part, as Markdown."""
    kind = part.get("type") if isinstance(part, dict) else None
    if kind == "text":
        return f"{part.get('text') or ''}\n\n"
    if kind == "reasoning":
        quoted = "\n> ".join(str(part.get("text") or "").splitlines())
        return f"> *{gettext('Reasoning')}*\n>\n> {quoted}\n\n"
    if kind == "tool":
        given = f"\n{_fenced(pretty(part['input']))}" if part.get("input") not in (None, "", {}, []) else ""
        output = part.get("output")
        answer = "" if output is None else f"\n{_fenced(output if isinstance(output, str) else pretty(output))}"
        return f"**{gettext('Tool')}: {part.get('name') or ''}**\n{given}{answer}\n"
    return _fenced(pretty(part)) + "\n"


def _fenced(text: str) -> str:
    """The text between fences longer than any within."""
    fence = "`" * max(3, *(len(run) + 1 for run in BACKTICKS.findall(text)), 3)
    return f"{fence}\n{text}\n{fence}\n"
