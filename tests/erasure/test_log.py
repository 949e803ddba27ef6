"""The log of acts: who, what, when, why, in words; looks of staff among them; of oneself and of nobody else."""

from __future__ import annotations

import re
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import audit
from privacy_center.desk.seeing import TO_ANSWER

ACTS = re.compile(r"<li[^>]*>\s*<h2>")


def text_of(answer: Any) -> str:
    """The page with its spaces folded."""
    return " ".join(answer.text.split())


def test_a_look_by_staff_says_who_at_what_when_and_why(as_mei: Any, mei: User) -> None:
    audit.write("data looked at", actor="staff:7", person=mei.id, subject="request:12", reason=TO_ANSWER)
    page = text_of(as_mei.get("/account/log"))
    assert "Looked at: a request of yours" in page
    assert "Our staff, number 7" in page and "To answer a request of yours" in page


def test_codes_are_told_in_words(as_mei: Any, mei: User) -> None:
    audit.write("request made", actor=f"user:{mei.id}", person=mei.id, subject="request:1", reason="complaint")
    page = text_of(as_mei.get("/account/log"))
    assert "Request made" in page and "complaint" not in page.partition("Request made")[2].partition("</li>")[0]


def test_the_acts_of_others_can_be_seen_alone(as_mei: Any, mei: User) -> None:
    audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    assert "Nobody else has looked at or changed your data" in as_mei.get("/account/log?who=others").text
    audit.write("data looked at", actor="staff:7", person=mei.id, subject="request:12", reason=TO_ANSWER)
    page = as_mei.get("/account/log?who=others").text
    assert "Looked at" in page and "Signed in" not in page
    assert "Looked at" not in as_mei.get("/account/log?who=you").text


def test_a_long_log_is_read_page_by_page(as_mei: Any, mei: User) -> None:
    for _ in range(60):
        audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    first = as_mei.get("/account/log")
    older = re.search(r'href="(/account/log\?[^"]+after=[^"]+)"', first.text)
    assert older and len(ACTS.findall(first.text)) == 50
    assert len(ACTS.findall(as_mei.get(older[1].replace("&amp;", "&")).text)) == 10


def test_nobody_reads_the_log_of_another(as_mallory: Any, mei: User) -> None:
    audit.write("data looked at", actor="staff:7", person=mei.id, subject="request:12", reason=TO_ANSWER)
    assert "Looked at" not in as_mallory.get("/account/log").text


def test_a_made_up_filter_or_place_shows_the_first_page_of_all(as_mei: Any, mei: User) -> None:
    audit.write("signed in", actor=f"user:{mei.id}", person=mei.id)
    for path in ("/account/log?who=nobody", "/account/log?after=forged", "/account/log?who=%00&after=%00"):
        assert "Signed in" in as_mei.get(path).text
