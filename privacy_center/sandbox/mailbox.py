"""The mailbox: a real SMTP server on loopback that keeps every mail as a file, so that it is still there after a restart."""

from __future__ import annotations

import email
import email.policy
import itertools
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from privacy_center.sandbox.settings import HOST, Place

FOLDER = "mailbox"
NAME = re.compile(r"\d{19,20}-\d+-\d+")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Mail:
    """A mail that has come in."""

    name: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text of it."""
        part = self.message.get_body(("plain",))
        return part.get_content().replace("\r\n", "\n") if part else ""

    @property
    def at(self) -> datetime:
        """When it came in."""
        return datetime.fromtimestamp(int(self.name.split("-")[0]) / 1e9, UTC)

    def header(self, name: str) -> str:
        """One of its headers."""
        return str(self.message.get(name, ""))


class Mailbox:
    """Mails in a folder, one a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes) -> str:
        """Keep a mail, whole or not at all; returns its name."""
        name = f"{time.time_ns()}-{os.getpid()}-{next(_numbers)}"
        half = self.folder / f"{name}.half"
        half.write_bytes(content)
        half.rename(self.folder / f"{name}.eml")
        return name

    def __iter__(self) -> Iterator[Mail]:
        """All mails, the newest first."""
        for path in sorted(self.folder.glob("*.eml"), reverse=True):
            if mail := self.named(path.stem):
                yield mail

    def named(self, name: str) -> Mail | None:
        """The mail of that name."""
        path = self.folder / f"{name}.eml"
        if not NAME.fullmatch(name) or not path.exists():
            return None
        # The default policy makes EmailMessages, whatever the annotation says.
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return Mail(name, message)  # type: ignore[arg-type]

    def empty(self) -> int:
        """Throw all mails away; returns how many there were."""
        paths = list(self.folder.glob("*.eml"))
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)


class Door:
    """What the SMTP server does with what comes in."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd calls it so)
        """Take every mail."""
        self.mailbox.keep(envelope.original_content)
        return "250 Kept"


def open_mailbox(place: Place) -> Mailbox:
    """The mailbox of an instance."""
    return Mailbox(place.instance / FOLDER)


def listen(mailbox: Mailbox, port: int) -> Controller:
    """Take mail on a port of loopback, until the answer's `stop` is called."""
    controller = Controller(Door(mailbox), hostname=HOST, port=port, ready_timeout=10)
    controller.start()
    return controller
