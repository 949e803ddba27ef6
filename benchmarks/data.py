"""The data of the measurements: made once, kept until the generator, the tables or the index change."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.fill import Filler
from benchmarks.people import OTHERS, Writer, people
from privacy_center.core import db
from privacy_center.history import segments

HERE = Path(__file__).parent
ROOT = HERE.parent
KEPT_IN = HERE / "data"
BATCH = 400  # conversations in one transaction
KEY_LENGTH = 12
PAGES_A_MERGE = 256
SOURCES = ("words.py", "people.py", "fill.py", "data.py")
SHADOWS = {"word_index_data": "8 + length(block)", "word_index_idx": "16 + length(term)", "word_index_docsize": "8 + length(sz)"}

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Data:
    """One filled database, and what is known of it."""

    path: Path
    conversations: int
    messages: int
    all_messages: int
    text_bytes: int
    index_bytes: int
    users: dict[str, int]

    @property
    def url(self) -> str:
        """Where the database is, as the settings have it."""
        return f"sqlite:///{self.path}"


def ready(conversations: int, others: int = OTHERS, kept_in: Path = KEPT_IN) -> Data:
    """The database with a heavy user of so many conversations; made if it isn't there."""
    folder = kept_in / key() / f"{conversations}-{others}"
    facts = folder / "facts.json"
    if not facts.exists():
        _forget_other_keys(kept_in)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        begun = time.monotonic()
        print(f"Making the data of {conversations:,} conversations …", end=" ", flush=True)
        facts.write_text(json.dumps(_make(folder / "centre.sqlite", conversations, others)))
        print(f"{time.monotonic() - begun:.0f} s")
    return Data(folder / "centre.sqlite", **json.loads(facts.read_text()))


def key() -> str:
    """A short digest of everything that decides what the data are."""
    files = [HERE / name for name in SOURCES]
    files += [ROOT / "privacy_center/history/index.py", *sorted(db.MIGRATIONS.glob("*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:KEY_LENGTH]


def _forget_other_keys(kept_in: Path) -> None:
    """Remove data that nobody will ask for again; they are large."""
    for folder in kept_in.glob("?" * KEY_LENGTH):
        if folder.name != key():
            shutil.rmtree(folder)


def _make(path: Path, conversations: int, others: int) -> dict[str, Any]:
    """Fill a new database; returns its facts."""
    connect_anew(path, quick=True)
    db.migrations().up()
    crowd, writer, filler = people(conversations, others), Writer(), Filler()
    filler.add_people(crowd)
    heavy = 0
    for person in crowd:
        for batch in batches(writer.conversations(person), BATCH):
            filler.rows(person, batch).write()
        heavy = heavy or filler.messages
    while segments.merge(PAGES_A_MERGE):  # as the site does once a day
        pass
    facts = Data(path, conversations, heavy, filler.messages, filler.text_bytes, index_size(), filler.users)
    settle()
    return {name: value for name, value in asdict(facts).items() if name != "path"}


def connect_anew(path: Path, *, quick: bool = False) -> None:
    """Bind the centre's tables to another file; *quick* doesn't wait for the disk."""
    if db.database.obj is not None and not db.database.is_closed():
        db.database.close()
    db.open_database(f"sqlite:///{path}")
    db.connect()
    if quick:
        db.database.connection().execute("PRAGMA synchronous=OFF")


def settle() -> None:
    """Write everything into one file and let go of it. No ANALYZE: the site has none."""
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.database.close()


def index_size() -> int:
    """The bytes of the search index: all that its own tables hold, in the database that is open."""
    return sum(db.fetch(f"SELECT coalesce(sum({size}), 0) FROM {table}")[0][0] for table, size in SHADOWS.items())


def batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of so many."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
