"""What every page asks about its reader: all rooms' questions in one statement, and nobody's answers for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import every_page
from privacy_center.desk.models import Staff
from privacy_center.rights import asking
from privacy_center.rights.homes import Home
from tests.conftest import Visitor


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements with which the questions were asked."""
    statements: list[str] = []
    fetch: Callable[..., Any] = every_page.fetch

    def noted(sql: str, *values: Any) -> Any:
        statements.append(sql)
        return fetch(sql, *values)

    monkeypatch.setattr(every_page, "fetch", noted)
    return statements


def test_a_page_asks_all_of_it_in_one_statement(as_mei: Visitor, asked: list[str]) -> None:
    assert as_mei.get("/know").status_code == 200

    (statement,) = asked
    assert all(table in statement for table in ("rights_request", "desk_staff", "edition", "announcement"))


def test_the_navigation_says_what_is_open_for_its_reader_and_for_nobody_else(app: Flask, as_mei: Visitor, as_mallory: Visitor, mei: User) -> None:
    asking.ask("complaint", user=mei, home=Home("DE"), language="en", words="Nobody answers.")
    Staff.create(email="mei@example.com", role="officer", user=mei)

    mine, others = as_mei.get("/know").text, as_mallory.get("/know").text

    assert '<span class="count">1</span>' in mine and "/desk" in mine
    assert '<span class="count">1</span>' not in others and "/desk" not in others


def test_whoever_is_not_signed_in_is_nobody(visitor: Visitor, mei: User) -> None:
    asking.ask("complaint", user=mei, home=Home("DE"), language="en", words="Nobody answers.")

    assert '<span class="count">' not in visitor.get("/").text
