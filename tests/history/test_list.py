"""The list of conversations: what comes first, what a row says, and how one gets to the oldest."""

from __future__ import annotations

from tests.conftest import Visitor
from tests.history.conftest import Feed, all_pages, older, talk, titles, words_of
from tests.makers import message

PIECE = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_the_conversation_that_was_active_last_comes_first(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("old", minutes=0), talk("new", minutes=5), talk("revived", minutes=1), message("revived", "Still there?", minutes=9))

    assert titles(as_mei.get("/history").text) == ["revived", "new", "old"]


def test_a_row_says_with_which_model_where_and_how_much(as_mei: Visitor, feed: Feed) -> None:
    feed(
        talk("Payment", model="GLM-4.7", source="cli", archived=True),
        message("Payment", "One"),
        message("Payment", "Two"),
        {"type": "file", "user": "zai-mei", "id": "f", "conversation": "Payment", "name": "a.txt", "media_type": "text/plain", "size": 1}
        | {"sha256": "0" * 64, "created_at": "2026-11-01T12:00:00Z"},
    )

    page = words_of(as_mei.get("/history").text)
    assert "November 2026 Payment Sun 1, 12:00 GLM-4.7 · Terminal · 2 messages · 1 file · archived in ZCode" in page


def test_a_sub_agent_names_the_conversation_it_ran_for(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Main"), talk("Helper", parent="Main"), talk("Lost helper", parent="nowhere"))

    page = words_of(as_mei.get("/history").text)
    assert "sub-agent of “Main”" in page
    assert "Lost helper Sun 1, 12:00 0 messages · sub-agent" in page
    assert "1 sub-agent" in page


def test_a_conversation_without_a_title_can_still_be_opened(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("blank", title="   \n "))

    assert titles(as_mei.get("/history").text) == ["Without a title"]


def test_a_title_that_would_turn_the_line_round_cannot(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("tricky", title="ab\u202ecd\nef" + "x" * 900))

    [title] = titles(as_mei.get("/history").text)
    assert title.startswith("ab\ufffdcd ef")
    assert len(title) == 200


def test_all_pages_together_show_every_conversation_once(as_mei: Visitor, feed: Feed) -> None:
    # Many at the same moment, so that the order within it matters.
    feed(*(talk(f"Talk {number}", minutes=number // 20) for number in range(83)))

    shown = [title for page in all_pages(as_mei, "/history") for title in titles(page)]

    assert shown == [f"Talk {number}" for number in sorted(range(83), key=lambda number: (number // 20, number), reverse=True)]


def test_a_page_that_joins_the_list_does_not_repeat_its_month(as_mei: Visitor, feed: Feed) -> None:
    feed(*(talk(f"Talk {number}", minutes=number) for number in range(30)))
    address = older(as_mei.get("/history").text) or ""

    piece = as_mei.get(address, headers=PIECE).text

    assert titles(piece) == [f"Talk {number}" for number in (4, 3, 2, 1, 0)]
    assert "November 2026" not in piece
    assert "<main" not in piece
    assert "November 2026" in as_mei.get(address).text


def test_a_forged_place_leads_to_the_newest_and_says_so(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Only"))

    for forged in ("x", "WzEsMl0.abc", "é", "9" * 600):
        page = as_mei.get("/history", query_string={"after": forged}).text
        assert titles(page) == ["Only"]
        assert "We lost that place in the list" in page


def test_a_place_from_another_list_is_no_place_here(as_mei: Visitor, feed: Feed) -> None:
    feed(*(message(f"Talk {number}", "pear", minutes=number) for number in range(30)))
    place = (older(as_mei.get("/history?q=pear").text) or "").partition("after=")[2]

    assert "We lost that place" in as_mei.get(f"/history?after={place}").text


def test_somebody_elses_place_shows_ones_own_conversations_only(as_mei: Visitor, as_mallory: Visitor, feed: Feed) -> None:
    feed(*(talk(f"Mei's {number}", minutes=number) for number in range(30)), talk("Mallory's", user="zai-mallory", minutes=-5))
    place = older(as_mei.get("/history").text) or ""

    assert titles(as_mallory.get(place).text) == ["Mallory's"]


def test_whoever_has_no_conversations_reads_why(as_mei: Visitor) -> None:
    page = as_mei.get("/history").text

    assert "There are no conversations here" in page
    assert "Narrow by" not in page
