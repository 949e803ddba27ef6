"""Reading one conversation: all its parts, its versions, its length, what it began, and what can be saved of it."""

from __future__ import annotations

import re

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.journeys import records
from tests.journeys.reading import Conversation, History


def test_every_part_of_a_conversation_can_be_read(ines: Tab) -> None:
    conversation = History(ines).open().read(records.WEBHOOK)

    expect(conversation.heading).to_have_text(records.WEBHOOK)
    expect(conversation.said("You do not need a lock.").get_by_role("heading", name="Claim the event first")).to_be_visible()
    expect(conversation.main.get_by_role("cell", name="the licence goes out")).to_be_visible()
    expect(conversation.main.locator("pre").filter(has_text="def receive").locator("span").first).to_be_visible()  # coloured
    expect(conversation.unfold("Reasoning")).to_contain_text("Two deliveries can both pass")
    expect(conversation.unfold("webhooks.py")).to_contain_text("43      pass")


def test_what_is_hostile_in_a_message_does_nothing(ines: Tab) -> None:
    conversation = History(ines).open().read(records.WEBHOOK)

    expect(conversation.main.locator("img")).to_have_count(0)
    expect(conversation.main.locator("script")).to_have_count(0)
    link = conversation.main.get_by_role("link", name="The provider's page")
    assert {"noreferrer", "nofollow"} & set((link.get_attribute("rel") or "").split())


def test_the_versions_of_a_message_are_walked(ines: Tab) -> None:
    conversation = History(ines).open().read(records.NAMES)
    expect(conversation.main).to_contain_text("Version 3 of 3")
    expect(conversation.turns.last).to_contain_text("Call it mercy.")

    conversation.version(2)
    expect(conversation.turns.last).to_contain_text("Call it persistence.")
    conversation.version(1)

    expect(conversation.turns.last).to_contain_text("Call it patience.")
    expect(conversation.said("Help me name a module.")).to_be_visible()


def test_a_long_conversation_is_read_page_by_page(ines: Tab) -> None:
    conversation = History(ines).open().read(records.LONG_NIGHT)
    expect(conversation.said("Step 0 of the night.")).to_be_visible()
    expect(conversation.main).to_contain_text(f"of {records.LONG_LENGTH}")

    for _page in range(10):
        if not conversation.main.get_by_role("link", name="Next messages").count():
            break
        conversation.page("Next messages")

    expect(conversation.said(f"Step {records.LONG_LENGTH - 1} of the night.")).to_be_visible()
    conversation.page("Previous messages")
    expect(conversation.said(f"Step {records.LONG_LENGTH - 1} of the night.")).to_have_count(0)


def test_a_sub_agent_and_what_it_ran_for_lead_to_each_other(ines: Tab) -> None:
    conversation = History(ines).open().read("Read the log of yesterday")

    conversation.main.get_by_role("link", name=records.WEBHOOK).click()
    expect(conversation.heading).to_have_text(records.WEBHOOK)
    ines.get_by_text("1 sub-agent ran for this conversation").click()
    conversation.main.get_by_role("link", name="Read the log of yesterday").click()

    expect(conversation.heading).to_have_text("Read the log of yesterday")


def test_a_file_is_saved_under_its_own_name(ines: Tab) -> None:
    conversation = History(ines).open().read(records.WEBHOOK)

    name, contents = conversation.save("notes on retries.txt")

    assert (name, contents) == ("notes on retries.txt", records.NOTES)
    expect(conversation.main.get_by_text("schema.sql").first).to_contain_text("contents not held")


def test_a_conversation_is_saved_as_markdown(ines: Tab) -> None:
    conversation = History(ines).open().read(records.NAMES)

    name, contents = conversation.save("Save as Markdown")

    assert name == f"{records.NAMES}.md"
    assert contents.startswith(f"# {records.NAMES}")
    assert "Call it mercy." in contents


def test_a_conversation_without_messages_says_so(ines: Tab) -> None:
    History(ines).open().read(records.EMPTY)

    expect(ines.get_by_role("main").get_by_role("heading", level=2)).to_have_text("This conversation has no messages")


def test_the_way_back_leads_to_the_search_one_came_from(ines: Tab) -> None:
    history = History(ines).open().search("lighthouse")
    history.read(records.LONG_NIGHT)

    ines.get_by_role("link", name=re.compile("Conversations with .lighthouse.")).click()

    expect(history.titles).to_have_text([records.LONG_NIGHT])
    assert Conversation(ines).heading.inner_text() == "History"
