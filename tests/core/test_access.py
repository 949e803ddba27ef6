"""Where people may be led: to pages of ours and nowhere else."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from privacy_center.core.access import is_local
from tests.conftest import Visitor

HERE = "https://centre.example"


@pytest.mark.parametrize("path", ["/", "/history", "/history?q=a+b&after=x", "/know/account", "/历史"])
def test_a_page_of_ours_is_local(path: str) -> None:
    assert is_local(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        None,
        "history",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\nb",
        " /a",
    ],
)
def test_an_address_of_somebody_else_is_not_local(path: str | None) -> None:
    assert not is_local(path)


@given(st.text(st.sampled_from("/\\:.@?#%ab\t\n\r \x00")) | st.text())
@example("/%09/evil.example")
@example("/..//evil.example")
def test_whatever_passes_as_local_leads_a_browser_to_us(path: str) -> None:
    if is_local(path):
        browsers_reading = path.replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/")
        assert urlsplit(urljoin(HERE, browsers_reading)).netloc == "centre.example"


def test_who_asks_for_a_closed_page_is_led_to_sign_in_and_back(visitor: Visitor) -> None:
    answer = visitor.get("/history?q=lock")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/history?q%3Dlock"


def test_htmx_is_told_to_go_to_the_sign_in_page_rather_than_to_swap_it_in(visitor: Visitor) -> None:
    answer = visitor.get("/history", headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://127.0.0.1:8000/history?q=lock"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/history?q%3Dlock"


def test_a_page_of_somebody_else_is_not_what_one_comes_back_to(visitor: Visitor) -> None:
    answer = visitor.get("/history", headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "https://evil.example/history"})

    assert answer.headers["HX-Redirect"] == "/sign-in"
