"""Making requests by the forms, as a person does, signed in or not."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from privacy_center.core import jobs
from privacy_center.rights.models import Request

DIGITS = re.compile(r"^    (\d{4}) (\d{4})$", re.MULTILINE)
DRAFT = re.compile(r'name="draft" value="([^"]+)"')
WHOSE = re.compile(r'name="whose" value="([^"]*)"')

# The least that each form takes.
ANSWERS: dict[str, dict[str, Any]] = {
    "know": {"more": "Which logs do you keep?"},
    "access": {"category": ["account", "content"]},
    "portability": {"category": ["account", "content"]},
    "deletion": {"scope": "chosen", "kind": ["usage_event"]},
    "correction": {"more": "My invoice says Hartman."},
    "output": {"said": "It says that I was born in 1901.", "true": "I was born in 1991."},
    "objection": {"purpose": ["training"]},
    "restriction": {"why": "accuracy"},
    "withdrawal": {"purpose": ["marketing"]},
    "complaint": {"what": "Nobody answered my letter."},
}
AT_ONCE = ("know", "access", "portability", "deletion", "objection", "restriction", "withdrawal")
BY_A_PERSON = ("correction", "output", "complaint")


def carried(html: str) -> dict[str, str]:
    """What the forms of a page carry to find their draft again."""
    draft, whose = DRAFT.search(html), WHOSE.search(html)
    return {"draft": draft[1] if draft else "", "whose": unescape(whose[1]) if whose else ""}


def complaint(answer: Any) -> str:
    """What a page says is wrong."""
    return f"{answer.status} {re.findall(r'class=.error.[^>]*>([^<]*)', answer.text)}"


def fill(browser: Any, path: str, data: dict[str, Any], **how: Any) -> Any:
    """Open a page with a form, fill it in, and send it; what is wrong with it is said on that page again."""
    page = browser.get(path)
    answer = browser.submit(how.pop("to", path), {**carried(page.text), **data}, page=path, **how)
    return browser.get(answer.location) if str(answer.location).endswith("?again=1") else answer


def to_check(browser: Any, right: str, *, address: str = "nadia@example.org", country: str = "DE", region: str = "", **answers: Any) -> Any:
    """Answer the questions up to the page that shows everything once more; returns it."""
    answer = fill(browser, f"/requests/new/{right}", answers or ANSWERS[right])
    assert answer.status_code == 303, complaint(answer)
    if answer.location.endswith("/home"):
        home = {"place": country, "region": region, "address": address}
        answer = fill(browser, f"/requests/new/{right}/home", home)
        assert answer.status_code == 303, complaint(answer)
    return browser.get(answer.location)


def send(browser: Any, right: str, **answers: Any) -> Any:
    """Make a request; returns where it led."""
    to_check(browser, right, **answers)
    return fill(browser, f"/requests/new/{right}/check", {})


def newest() -> Request:
    """The request that was made last."""
    found: Request = Request.select().order_by(Request.id.desc()).get()
    return found


def mailed_code(outbox: list[Any]) -> str:
    """The digits in the newest mail with a code, once the jobs are done."""
    jobs.run_due()
    return next("".join(found.groups()) for mail in reversed(outbox) if (found := DIGITS.search(mail.body)))


def prove(browser: Any, page: str, outbox: list[Any]) -> Any:
    """Type the code that was mailed."""
    code = mailed_code(outbox)
    return browser.submit(f"{page}/code", {"code": code}, page=page)


def asked_by_nadia(browser: Any, outbox: list[Any], right: str = "correction") -> str:
    """A request of Nadia's, who has no account, with her address proved; returns its page."""
    page = str(send(browser, right).location)
    answer = prove(browser, page, outbox)
    assert answer.status_code == 303, complaint(answer)
    return page
