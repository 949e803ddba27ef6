"""A guardian who writes a report, page by page, in a browser without an account."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from privacy_center.core import jobs
from privacy_center.guardians.models import Report
from tests.conftest import Visitor

ADDRESS = "petra@example.org"
CODE = re.compile(r"\b(\d{4}) (\d{4})\b")
LINK = re.compile(r"/guardians/reports/([0-9a-f]{64})")


def photo(width: int = 40, height: int = 30, **more: Any) -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, "JPEG", **more)
    return out.getvalue()


class Guardian:
    """Petra, whose child has used ZCode; she has no account."""

    def __init__(self, app: Flask, outbox: list[Any]) -> None:
        self.browser: Visitor = app.test_client()  # type: ignore[assignment]
        self.outbox = outbox
        self.token = ""

    def begins(self, **said: Any) -> Any:
        """Say who she is; from then on she has the link."""
        answer = self.browser.submit("/guardians/reports/new", {"relation": "parent", "name": "Petra", **said})
        self.token = LINK.search(answer.location)[1]  # type: ignore[index]
        return answer

    def at(self, page: str = "") -> str:
        """The address of a page of her report."""
        return f"/guardians/reports/{self.token}" + (f"/{page}" if page else "")

    def sees(self, page: str = "") -> str:
        """What she reads there."""
        return " ".join(self.browser.get(self.at(page), follow_redirects=True).text.split())

    def says(self, page: str, **said: Any) -> Any:
        """Fill in a page."""
        return self.browser.submit(self.at(page), said)

    def code(self) -> str:
        """The newest code that was mailed to her."""
        jobs.run_due()
        bodies = [mail.body for mail in self.outbox if CODE.search(mail.body)]
        return "".join(CODE.search(bodies[-1]).groups())  # type: ignore[union-attr]

    def proves(self, address: str = ADDRESS) -> Any:
        """Give her address and type the code."""
        self.says("address", email=address)
        return self.says("code", code=self.code())

    def fills_in(self, **said: Any) -> None:
        """Everything but sending, with what a test cares about."""
        self.begins(relation=said.pop("relation", "parent"))
        self.proves(said.pop("address", ADDRESS))
        self.says("child", age=said.pop("age", "under_13"), country=said.pop("country", "DE"))
        wishes = said.pop("wishes", ["see", "stop", "delete"])
        self.says("account", **(said or {"account_email": "mei@example.com"}))
        self.says("wishes", wishes=wishes)
        self.says("files")

    def sends(self, **said: Any) -> Any:
        """The whole report."""
        self.fills_in(**said)
        answer = self.says("check", declared="y")
        jobs.run_due()
        return answer

    @property
    def report(self) -> Report:
        """Her report, as it is kept."""
        found = Report.by_link(self.token)
        assert found
        return found


@pytest.fixture
def petra(app: Flask, outbox: list[Any]) -> Guardian:
    """Petra."""
    return Guardian(app, outbox)
