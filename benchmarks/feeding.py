"""The process that takes records in, by the feed or past it: `python -m benchmarks.feeding site|floor DATABASE CONVERSATIONS PARTS`.

It says when it is ready, stores one part for every line that it is sent, and answers with seconds, messages and its memory.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from benchmarks.data import batches, connect_anew
from benchmarks.fill import ISSUER, Filler, Rows
from benchmarks.people import HEAVY, Conversation, Person, Writer
from privacy_center.core import db
from privacy_center.feed import lines as feed_lines
from privacy_center.feed.ingest import ingest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
IN_ONE_TRANSACTION = 20  # conversations, so that the floor keeps other writers waiting no longer than the feed does


def main(kind: str, database: Path, conversations: int, parts: int) -> None:
    """Prepare each part outside the clock, and store it when told to."""
    connect_anew(database)
    db.migrations().up()
    person = Person(HEAVY, conversations, "en")
    story = Writer().conversations(person)
    prepare = Lines(person, database.with_suffix(".ndjson")) if kind == "site" else Prepared(person)
    _say({"ready": True})
    for _ in range(parts):
        messages = prepare(islice(story, conversations // parts))
        if not sys.stdin.readline():
            return
        begun = time.perf_counter()
        prepare.store()
        _say({"seconds": time.perf_counter() - begun, "messages": messages, "memory": memory()})


class Prepared:
    """The floor: rows ready for their tables, in lists of one transaction each."""

    def __init__(self, person: Person) -> None:
        self.person, self.filler = person, Filler()
        self.filler.add_people([person])
        self.ready: list[Rows] = []

    def __call__(self, part: Iterable[Conversation]) -> int:
        """Make the rows of a part; returns how many messages it has."""
        self.ready = [self.filler.rows(self.person, batch) for batch in batches(part, IN_ONE_TRANSACTION)]
        return sum(len(rows.messages) for rows in self.ready)

    def store(self) -> None:
        """Put them into the tables."""
        for rows in self.ready:
            rows.write()


class Lines:
    """The feed: a file of lines, as the product sends them and as `flask ingest` reads them."""

    def __init__(self, person: Person, file: Path) -> None:
        self.person, self.file = person, file

    def __call__(self, part: Iterable[Conversation]) -> int:
        """Write the lines of a part; returns how many messages it has."""
        messages = 0
        with self.file.open("wb") as stream:
            for conversation in part:
                stream.writelines(line + b"\n" for line in lines_of(self.person, conversation))
                messages += len(conversation.messages)
        return messages

    def store(self) -> None:
        """Take the file in."""
        with self.file.open("rb") as stream:
            outcome = ingest(feed_lines.lines_of(stream), issuer=ISSUER)
        assert outcome.refused_count == 0, str(outcome.refused[:1])


def lines_of(person: Person, conversation: Conversation) -> Iterator[bytes]:
    """A conversation and its messages as lines of the feed."""
    whole = conversation._asdict() | {
        "created_at": _moment(conversation.created_at),
        "updated_at": _moment(conversation.updated_at),
    }
    del whole["messages"]
    yield orjson.dumps({"type": "conversation", "user": person.subject, **whole})
    for message in conversation.messages:
        said = message._asdict() | {"created_at": _moment(message.created_at), "conversation": conversation.id}
        yield orjson.dumps({"type": "message", "user": person.subject, **said})


def memory() -> int:
    """The bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _moment(microseconds: int) -> str:
    """A time as the feed has it."""
    return (EPOCH + timedelta(microseconds=microseconds)).isoformat()


def _say(what: dict[str, Any]) -> None:
    """Answer in one line."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
