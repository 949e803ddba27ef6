"""Every page is valid HTML, by a checker of somebody else's (html-validate, from npm)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.feed.ingest import ingest
from tests.conftest import ISSUER, Visitor
from tests.house.every_page import BEHIND_A_STEP_UP, NOT_PAGES, PAGES, SPOKEN_BY_MACHINES, Page, address_of
from tests.journeys import copies, deletions, endings, records
from tests.makers import lines

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "node_modules" / ".bin" / "html-validate"


def test_every_page_is_in_the_list_of_pages(app: Flask) -> None:
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages = {endpoint for endpoint in opened - NOT_PAGES.keys() if endpoint.partition(".")[0] not in (*SPOKEN_BY_MACHINES, *BEHIND_A_STEP_UP)}

    assert pages == {page.endpoint for page in PAGES if page.endpoint}


@pytest.mark.engine("sqlite")
def test_every_page_is_valid_html(app: Flask, tmp_path: Path) -> None:
    everything = [*records.everything(salt=app.config["SETTINGS"].feedback_digest_salt), *deletions.records(), *copies.records()]
    assert not ingest(lines(everything), issuer=ISSUER).refused
    deletions.tell(User.open(ISSUER, deletions.DORA))
    endings.tell(ISSUER)
    copies.tell(ISSUER)
    for page in PAGES:
        (tmp_path / f"{page}.html").write_text(html_of(app, page))

    assert not (found := faults(tmp_path)), "\n".join(found)


def test_a_form_in_error_is_valid_html(as_mei: Visitor, tmp_path: Path) -> None:
    answer = as_mei.submit("/exports", {"since": "yesterday", "until": "2026-01-01"})
    assert answer.status_code == 422
    (tmp_path / "copies.html").write_text(answer.text)

    assert not (found := faults(tmp_path)), "\n".join(found)


def html_of(app: Flask, page: Page) -> str:
    """The page as a browser gets it, reached by its way."""
    client: Any = app.test_client()
    if page.visitor:
        client.sign_in(User.open(ISSUER, page.visitor))
    first, *links = page.way
    answer = client.get(first)
    for words in links:
        answer = client.get(address_of(answer.text, words))
    assert answer.status_code == page.status, f"{page.name} answered {answer.status_code}"
    return str(answer.text)


def faults(folder: Path) -> list[str]:
    """What the checker finds in the HTML files of a folder, a line each."""
    assert CHECKER.exists(), "html-validate is not installed; `make test` installs it."
    report = folder / "report.json"
    files = sorted(str(path) for path in folder.glob("*.html"))
    subprocess.run([CHECKER, "--config", ROOT / ".htmlvalidate.json", "--formatter", f"json={report}", *files], cwd=ROOT, check=False, capture_output=True)
    return [
        f"{Path(each['filePath']).stem}: {said['message']} ({said['ruleId']}, {said['selector']})"
        for each in json.loads(report.read_text())
        for said in each["messages"]
    ]
