"""Copies as the tests take them: asked for in the browser, built, confirmed, downloaded."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any

from privacy_center.accounts.models import Session
from privacy_center.core import clock, jobs
from privacy_center.exports.models import Export
from privacy_center.feed.ingest import ingest
from tests import cast, makers

NUMBER = re.compile(r"/exports/(\d+)")
EVERYTHING = ["account", "communication", "content", "device", "usage", "log", "cookies", "payment"]


def ask(browser: Any, category: Any = EVERYTHING, *, files: bool = True, **form: Any) -> Any:
    """Ask for a copy; returns the page it leads to."""
    asked = {"category": category, **({"files": "y"} if files else {}), **form}
    return browser.submit("/exports", asked, page="/exports", follow_redirects=True)


def newest() -> Export:
    """The copy asked for last."""
    return Export.select().order_by(Export.id.desc()).get()  # type: ignore[no-any-return]


def build(browser: Any, **form: Any) -> Export:
    """Ask for a copy and let it be built."""
    ask(browser, **form)
    jobs.run_due()
    return newest()


def confirm_it_is_them() -> None:
    """Let every session be confirmed just now, as by a fresh sign-in."""
    Session.update(confirmed_at=clock.now()).execute()


def download(browser: Any, export: Export, **headers: str) -> Any:
    """The answer to the download of a copy, confirmed."""
    confirm_it_is_them()
    return browser.get(f"/exports/{export.id}/archive", headers=headers)


def opened(answer: Any) -> zipfile.ZipFile:
    """The archive that was downloaded."""
    assert answer.status_code == 200, answer.status
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


def said(archive: zipfile.ZipFile, name: str) -> Any:
    """A JSON file of the archive."""
    return json.loads(archive.read(name))


def feed(*records: dict[str, Any]) -> None:
    """Bring records in by the feed."""
    assert not ingest(makers.lines(records), issuer=cast.ISSUER).refused


def talk(name: str, *texts: str, at: datetime = makers.NOON, user: str = "zai-mei", **fields: Any) -> list[dict[str, Any]]:
    """A conversation with messages, begun at that moment."""
    begun = {"created_at": makers.iso(at), "updated_at": makers.iso(at)}
    said = [
        makers.line("message", conversation=name, id=f"{name}-{number}", role="user", user=user, parts=[{"type": "text", "text": text}])
        | {"created_at": makers.iso(at + timedelta(minutes=number))}
        for number, text in enumerate(texts)
    ]
    return [makers.line("conversation", id=name, title=f"About {name}", user=user, **begun, **fields), *said]


def file(name: str, content: bytes, **fields: Any) -> dict[str, Any]:
    """A file whose contents come along."""
    sent = {"content_base64": base64.b64encode(content).decode(), "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return makers.line("file", name=name, **sent, **fields)
