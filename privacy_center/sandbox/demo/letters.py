"""What was written to and fro: letters with ZCode's support, and feedback from within ZCode."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from privacy_center.accounts.digest import account_digest
from privacy_center.sandbox.demo.lines import Line, identity
from privacy_center.sandbox.demo.moments import iso
from privacy_center.sandbox.demo.pictures import screenshot

HERE = Path(__file__).parent
MEDIA_TYPES = {".png": "image/png", ".log": "text/plain"}


def written() -> dict[str, list[dict[str, Any]]]:
    """The letters and the feedback as they stand in `letters.toml`."""
    return tomllib.loads((HERE / "letters.toml").read_text("utf-8"))


def correspondence(subject: str, now: datetime) -> Iterator[Line]:
    """The letters of *subject*, both directions."""
    for number, letter in enumerate(each for each in written()["letter"] if each["user"] == subject):
        yield {
            "type": "correspondence",
            "id": identity("mail", f"{subject}/{number}"),
            "user": subject,
            "sent_at": iso(now - timedelta(days=letter["days_ago"], minutes=13 * number)),
            **{name: letter[name].strip() for name in ("direction", "channel", "subject", "body") if name in letter},
        }


def feedback(subject: str, now: datetime) -> Iterator[Line]:
    """The feedback of *subject*, which carries no user id but a digest."""
    for number, said in enumerate(each for each in written()["feedback"] if each["user"] == subject):
        key = f"{subject}/{number}"
        yield {
            "type": "feedback",
            "id": identity("fb", key),
            "account_digest": account_digest(subject),
            "submitted_at": iso(now - timedelta(days=said["days_ago"], hours=2)),
            "text": said["text"].strip(),
            "application_version": said["version"],
            "build": "20261102.3",
            "node_version": "22.20.0",
            "os_platform": said["platform"],
            "os_version": said["os_version"],
            "os_architecture": said["architecture"],
            "client_id": identity("anon", subject),
            "attachments": [attachment(name, key, said.get("log", "")) for name in said.get("attachments", [])],
        }


def attachment(name: str, key: str, log: str) -> Line:
    """A screenshot, drawn here, or the log that was sent along."""
    contents = screenshot(key + name) if name.endswith(".png") else log.strip().encode() + b"\n"
    return {"name": name, "media_type": MEDIA_TYPES[Path(name).suffix], "content_base64": base64.b64encode(contents).decode()}
