"""The front page for strangers: what this is, the doors there are, and light."""

from __future__ import annotations

import re

from privacy_center.datamap.policy import CONTROLLER
from tests.conftest import Visitor
from tests.know.rows import shown

LOADED = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="(/static/[^"#]+)')


def test_it_says_what_this_is_and_where_to_sign_in(visitor: Visitor) -> None:
    page = shown(visitor.get("/"))

    assert "See what ZCode holds about you." in page
    assert '<a class="button" href="/sign-in">Sign in with Z.ai</a>' in page
    assert f"mailto:{CONTROLLER.contact}" in page


def test_the_first_visit_is_light_and_needs_no_script(visitor: Visitor) -> None:
    page = visitor.get("/")
    loaded = set(LOADED.findall(page.text)) | {"/static/vendor/pico.min.css"}

    sizes = [len(page.data), *(len(visitor.get(path, headers={"Accept-Encoding": "gzip"}).data) for path in loaded)]

    assert "<script" not in page.text
    assert len(sizes) <= 8
    assert sum(sizes) + len(sizes) * 1000 < 40_000  # a kilobyte of headers for each answer


def test_no_door_leads_nowhere(visitor: Visitor) -> None:
    paths = set(re.findall(r'href="(/[^"]*)"', visitor.get("/").text))

    for path in paths:
        assert visitor.get(path).status_code in (200, 303), path


def test_crawlers_may_list_the_front_page_and_no_other(visitor: Visitor, as_mei: Visitor) -> None:
    assert 'content="noindex"' not in visitor.get("/").text
    assert 'content="noindex"' in as_mei.get("/").text


def test_it_tells_how_long_each_kind_is_kept(visitor: Visitor) -> None:
    page = shown(visitor.get("/"))

    assert '<th scope="row">Usage events</th><td>13 months each</td>' in page
    assert '<th scope="row">Conversations</th><td>until you delete it or close your account</td>' in page
