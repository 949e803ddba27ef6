"""What the stand-in for Stripe remembers: its objects, the first answer to each key, and what it was asked; kept as a file."""

from __future__ import annotations

import contextlib
import copy
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from privacy_center.sandbox.behaviour import HONEST
from privacy_center.sandbox.settings import Place
from privacy_center.sandbox.stripe.shapes import KINDS, Object

FILE = "stripe.json"


class Missing(KeyError):
    """There is no such thing."""


@dataclass(frozen=True)
class Asked:
    """Something that the stand-in was asked, and what it answered."""

    what: str
    said: dict[str, Any]
    key: str
    status: int
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Memory:
    """The stand-in's memory; it outlasts the process where there is a folder for it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.address = f"{place.address}/stripe"
        self.lock = threading.RLock()
        self.objects: dict[str, Object] = {}
        self.answers: dict[str, list[Any]] = {}
        self.asked: deque[Asked] = deque(maxlen=200)
        self.way, self.delivery = HONEST, "once"
        self.patience = 65.0  # seconds that `slow` keeps the centre waiting
        self._file = place.instance / FILE
        self.is_new = not self._file.exists()
        if not self.is_new:
            kept = json.loads(self._file.read_text())
            self.objects, self.answers = kept["objects"], kept["answers"]

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """Change what is kept, while nobody else does; whole or not at all."""
        with self.lock:
            before = copy.deepcopy(self.objects)
            try:
                yield
            except BaseException:
                self.objects = before
                raise
            self.save()

    def save(self) -> None:
        """Write it down."""
        with self.lock:
            self._write()

    def _write(self) -> None:
        """Write a new file, and put it in the place of the old one."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half = self._file.with_suffix(".half")
        half.write_text(json.dumps({"objects": self.objects, "answers": self.answers}))
        half.replace(self._file)

    def make(self, kind: str, *, number: str = "", created: int = 0, **fields: Any) -> Object:
        """A new object of a kind, whole; kept at once."""
        prefix, shape = KINDS[kind]
        born = {} if kind == "discount" else {"created": created or now()}
        made = {"id": number or new_id(prefix), "object": kind, **born, **copy.deepcopy(shape), **fields}
        self.objects[made["id"]] = made
        return made

    def get(self, kind: str, number: Any) -> Object:
        """The object of that kind and id; raises Missing."""
        found = self.objects.get(str(number))
        if found is None or found["object"] != kind:
            raise Missing(f"No such {kind.replace('_', ' ')}: '{number}'")
        return found

    def all(self, kind: str, **same: Any) -> list[Object]:
        """The objects of a kind whose fields are as given, the newest first."""
        with self.lock:
            kept = list(self.objects.values())
        found = [each for each in kept if each["object"] == kind and all(each.get(name) == value for name, value in same.items())]
        return [each for _place, each in sorted(enumerate(found), key=lambda pair: (pair[1].get("created", 0), pair[0]), reverse=True)]

    def is_told(self, *ways: str) -> bool:
        """Whether it was told to answer in one of these ways."""
        return self.way in ways


def new_id(prefix: str) -> str:
    """An id that nothing has yet."""
    return f"{prefix}_{secrets.token_hex(9)}"


def now() -> int:
    """The time as Stripe has it."""
    return int(time.time())
