"""Style, script and pictures: packed, kept, and never stale."""

from __future__ import annotations

import gzip
import re

import pytest

from privacy_center.core.assets import tight
from tests.conftest import Visitor

PLAIN = "/static/css/base.css"
PACKED = {"Accept-Encoding": "gzip"}


def versioned(visitor: Visitor) -> str:
    """The address that a page gives for the style."""
    found = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]{10})"', visitor.get("/").text)
    assert found
    return found.group(1)


def test_style_travels_packed_and_is_the_same_style(visitor: Visitor) -> None:
    plain, packed = visitor.get(PLAIN), visitor.get(PLAIN, headers=PACKED)

    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == tight(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]


def test_what_is_left_out_of_style_is_for_its_readers_only() -> None:
    style = b"/*! rights */\n/* why,\n  at length */ a {\n    color: red;\n  }\n"

    assert tight(style) == b"/*! rights */\na {\ncolor: red;\n}\n"


def test_a_page_asks_for_this_very_version_which_is_kept_for_a_year(visitor: Visitor) -> None:
    assert visitor.get(versioned(visitor)).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", [PLAIN, f"{PLAIN}?v=0000000000", f"{PLAIN}?v="])
def test_any_other_address_is_asked_for_again(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("how", [PACKED, {}], ids=["packed", "plain"])
def test_what_has_not_changed_is_not_sent_again(visitor: Visitor, how: dict[str, str]) -> None:
    tag = visitor.get(PLAIN, headers=how).headers["ETag"]

    answer = visitor.get(PLAIN, headers={**how, "If-None-Match": tag})

    assert answer.status_code == 304 and not answer.data


@pytest.mark.parametrize("path", ["/static/nothing.css", "/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/static//etc/passwd", "/static/css"])
def test_there_is_nothing_outside_the_folder(visitor: Visitor, path: str) -> None:
    assert visitor.get(path, headers=PACKED, follow_redirects=True).status_code == 404


def test_the_base_layer_is_asked_for_at_one_address_only(visitor: Visitor) -> None:
    assert 'href="/static/vendor/pico.min.css"' in visitor.get("/").text
    assert '@import url("/static/vendor/pico.min.css")' in visitor.get(PLAIN).text
