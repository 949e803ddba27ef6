"""The pages that are there on the way to a request only are valid HTML too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privacy_center.rights.words import RIGHTS
from tests.conftest import Visitor
from tests.house.test_html import faults
from tests.rights.asking import ANSWERS, asked_by_nadia, fill, send, to_check

pytestmark = pytest.mark.engine("sqlite")


def test_the_forms_are_valid_html(as_mei: Visitor, visitor: Visitor, tmp_path: Path) -> None:
    for right in set(RIGHTS) - {"know"}:  # which takes an empty form
        (tmp_path / f"{right}.html").write_text(as_mei.get(f"/requests/new/{right}").text)
        (tmp_path / f"{right}-wrong.html").write_text(fill(visitor, f"/requests/new/{right}", {"x": "y"}).text)

    assert not (found := faults(tmp_path)), "\n".join(found)


def test_the_last_pages_are_valid_html(as_mei: Visitor, visitor: Visitor, tmp_path: Path) -> None:
    for right in ANSWERS:
        (tmp_path / f"{right}.html").write_text(to_check(as_mei, right).text)
    to_check(visitor, "complaint")
    for name in ("home", "home?again=1", "check"):
        (tmp_path / f"complaint-{name[:8].replace('?', '-')}.html").write_text(visitor.get(f"/requests/new/complaint/{name}").text)

    assert not (found := faults(tmp_path)), "\n".join(found)


def test_the_pages_of_a_link_are_valid_html(visitor: Visitor, elsewhere: Visitor, outbox: list[Any], tmp_path: Path) -> None:
    (tmp_path / "code.html").write_text(visitor.get(send(visitor, "complaint").location).text)
    page = asked_by_nadia(visitor, outbox)
    (tmp_path / "link.html").write_text(elsewhere.get(page).text)
    (tmp_path / "request.html").write_text(visitor.get(page).text)
    (tmp_path / "saved.html").write_text(visitor.get(f"{page}/correspondence.html").text)

    assert not (found := faults(tmp_path)), "\n".join(found)
