"""Through the list of conversations: older ones, filters, and a search in two languages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys import records
from tests.journeys.entrance import Entrance
from tests.journeys.reading import History

HELD = 9 + records.CASES


def test_the_newest_conversations_come_first(ines: Tab) -> None:
    history = History(ines).open()

    titles = history.titles.all_inner_texts()
    assert titles.index(records.WEBHOOK) < titles.index(records.NAMES) < titles.index(records.LONG_NIGHT) < titles.index(records.CHINESE)
    expect(history.titles.filter(has_text="Without a title")).to_be_visible()


def test_older_conversations_come_by_scrolling_or_by_a_link(ines: Tab, script: bool) -> None:
    history = History(ines).open()
    last = f"Case {records.CASES - 1} of the checkout suite"

    for _page in range(8):
        if history.titles.filter(has_text=last).count():
            break
        before = history.titles.last.inner_text()
        if script:
            ines.mouse.wheel(0, 20_000)
        else:
            history.older.click()
        expect(history.titles.last).not_to_have_text(before)

    expect(history.titles.filter(has_text=last)).to_be_visible()
    if script:
        assert history.titles.count() == HELD


def test_the_way_back_from_a_conversation_leads_to_the_same_place_in_the_list(ines: Tab, script: bool) -> None:
    history = History(ines).open()
    if script:
        ines.mouse.wheel(0, 20_000)
    else:
        history.older.click()
    history.read("Case 40 of")
    expect(ines.get_by_role("heading", level=1)).to_have_text("Case 40 of the checkout suite")

    ines.go_back()

    expect(history.titles.filter(has_text="Case 40 of")).to_be_in_viewport()


def test_the_list_is_narrowed_and_widened_again(ines: Tab) -> None:
    history = History(ines).open().narrow(Model="GLM-4.7", Where="Desktop")
    expect(history.titles).to_have_text([records.WEBHOOK])

    history.take_off("Desktop")
    expect(history.titles).to_have_text([re.compile("."), re.compile("."), re.compile(".")])
    history.take_off("GLM-4.7")

    expect(history.titles.filter(has_text=records.CHINESE)).to_be_visible()


def test_the_list_is_narrowed_by_days(ines: Tab) -> None:
    the_day = f"{records.NOW - timedelta(days=6):%Y-%m-%d}"

    history = History(ines).open().narrow(Active_from=the_day, Active_until=the_day)

    expect(history.titles).to_have_text([records.EMPTY])
    expect(ines.get_by_role("list", name="Narrowed by").get_by_role("listitem")).to_have_count(2)


def test_what_is_archived_in_zcode_can_be_looked_for(ines: Tab) -> None:
    history = History(ines).open().narrow(Archived_in_ZCode="Archived")

    expect(history.titles).to_have_text([records.EMPTY])


def test_a_day_that_is_none_is_said_beside_its_field(ines: Tab) -> None:
    History(ines).open("?from=yesterday")

    expect(ines).to_have_title(re.compile("^Error:"))
    expect(ines.get_by_role("alert")).to_be_focused()
    ines.get_by_role("alert").get_by_role("link").click()
    expect(ines.get_by_label("Active from")).to_be_focused()


def test_a_word_is_found_marked_and_opened_where_it_stands(ines: Tab) -> None:
    history = History(ines).open().search("lighthouse")
    expect(history.titles).to_have_text([records.LONG_NIGHT])
    expect(ines.get_by_role("mark")).to_have_text(["lighthouse"])

    conversation = history.read(records.LONG_NIGHT)

    expect(conversation.said("Here the lighthouse went dark.")).to_be_in_viewport()
    expect(conversation.said("lighthouse").get_by_role("mark")).to_have_text("lighthouse")


def test_chinese_words_are_found(ines: Tab) -> None:
    history = History(ines).open().search("重试")

    expect(history.titles).to_have_text([records.CHINESE])
    expect(ines.get_by_role("mark").first).to_have_text("重试")


def test_a_search_in_vain_says_where_was_looked_and_leads_on(ines: Tab) -> None:
    history = History(ines).open().search('xylophone "')

    expect(ines.get_by_role("main").get_by_role("heading", level=2)).to_contain_text("No conversation has")
    ines.get_by_role("main").get_by_role("link", name="Show everything").click()
    expect(history.titles.filter(has_text=records.CHINESE)).to_be_visible()


def test_nobody_finds_what_is_somebody_elses(ines: Tab) -> None:
    history = History(ines).open().search("Mallory")

    expect(history.titles).to_have_count(0)


def test_a_long_search_goes_on_below(ines: Tab, script: bool) -> None:
    history = History(ines).open().search("fixture retry")
    first = history.titles.first.inner_text()

    if script:
        ines.mouse.wheel(0, 20_000)
        expect(history.titles.nth(30)).to_be_attached()
    else:
        history.older.click()
        expect(history.titles.first).not_to_have_text(first)


def test_a_session_that_ends_while_the_list_is_open_leads_to_the_sign_in_and_back(window: Any, script: bool) -> None:
    there, here = window("zai-mei", script=script, fresh=True), window("zai-mei", script=script, fresh=True)
    history = History(there).open()
    here.goto("/account/sessions")
    here.get_by_role("main").get_by_role("button", name=re.compile("^End (all|the)")).click()
    expect(here.get_by_role("status")).to_be_visible()

    if script:
        there.mouse.wheel(0, 20_000)
    else:
        history.older.click()

    expect(there.get_by_role("heading", level=1)).to_have_text("You have been signed out")
    there.get_by_role("button", name="Sign in and go back there").click()
    Entrance(there).choose("Mei Hartmann")
    expect(there.get_by_role("heading", level=1)).to_have_text("History")
