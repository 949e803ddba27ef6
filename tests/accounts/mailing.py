"""Codes, as they come by mail and are typed."""

from __future__ import annotations

import re
from typing import Any

from privacy_center.core import jobs
from tests.accounts.stand_ins import Browser, StandIns


def mailed(stand_ins: StandIns) -> str:
    """The code out of the newest mail, once the worker has sent it."""
    jobs.run_due()
    found = re.search(r"^\s+(\d{4}) (\d{4})$", stand_ins.mails()[0].text, re.MULTILINE)
    assert found
    return found.group(1) + found.group(2)


def typed(browser: Browser, code: str) -> Any:
    """The answer to a code."""
    return browser.centre.submit("/confirm/code", {"code": code, "next": "/account"})
