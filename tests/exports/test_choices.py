"""What of a person's records is in a copy: of which time, and never what they have deleted."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.datamap.words import Category
from privacy_center.erasure import asking
from privacy_center.erasure.meant import Rule
from privacy_center.exports.contents import Choice
from privacy_center.history.models import Conversation, File
from privacy_center.history.veils import Veil
from privacy_center.telemetry.models import LogEntry
from tests import makers
from tests.erasure.doing import finish
from tests.exports.everything import CONTENT, messages, only, table, talks, words, write
from tests.exports.taking import feed, file, talk

DAY = timedelta(days=1)


def history() -> None:
    """Two conversations, a day apart, each with a file; a file of none; two visits."""
    feed(
        *talk("early", "Words of the first", at=makers.NOON - DAY),
        *talk("late", "Words of the second", at=makers.NOON),
        *(file(f"{name}.txt", CONTENT, conversation=name) for name in ("early", "late")),
        file("loose.txt", CONTENT, created_at=makers.iso(makers.NOON - DAY)),
        makers.line("log_entry", page="/early", occurred_at=makers.iso(makers.NOON - DAY)),
        makers.line("log_entry", page="/late"),
    )


def held_in(choice: Choice, user: User) -> dict[str, set[str]]:
    """What of that history is in a copy."""
    written = write(user, choice)
    return {
        "talks": {each["id"] for each in talks(written)},
        "messages": set(messages(written)),
        "files": {line["name"] for line in table(written, File)},
        "contents": {name.rsplit("/", 1)[-1] for name in written.namelist() if name.startswith("files/")},
        "visits": {line["page"] for line in table(written, LogEntry)},
    }


def test_a_copy_of_a_time_holds_what_was_used_then_and_conversations_whole(mei: User) -> None:
    history()
    since = held_in(Choice(since=makers.NOON), mei)
    assert since == {"talks": {"late"}, "messages": {"late-0"}, "files": {"late.txt"}, "contents": {"late.txt"}, "visits": {"/late"}}
    until = held_in(Choice(until=makers.NOON), mei)
    names = {"early.txt", "loose.txt"}
    assert until == {"talks": {"early"}, "messages": {"early-0"}, "files": names, "contents": names, "visits": {"/early"}}
    between = held_in(Choice(since=makers.NOON - DAY, until=makers.NOON + DAY), mei)
    assert between["talks"] == {"early", "late"} and len(between["contents"]) == 3


def test_a_conversation_that_was_taken_up_again_counts_by_its_last_activity(mei: User) -> None:
    feed(*talk("old", "Begun", at=makers.NOON - 30 * DAY), makers.message("old", "Taken up again", id="again"))
    found = held_in(Choice(since=makers.NOON - DAY), mei)
    assert found["messages"] == {"old-0", "again"}


def test_the_account_is_in_it_whatever_the_time(mei: User) -> None:
    [line] = table(write(mei, only(Category.ACCOUNT, since=makers.NOON, until=makers.NOON)), User)
    assert line["subject"] == "zai-mei"


def test_what_is_hidden_by_a_deletion_is_not_in_it_before_its_bytes_are_gone(mei: User) -> None:
    history()
    deletion = asking.ask(mei, "before", rule=Rule(before=makers.NOON))
    assert deletion and asking.confirm(deletion, None)
    for moment in ("hidden", "gone"):
        found = held_in(Choice(), mei)
        assert (found["talks"], found["messages"], found["contents"]) == ({"late"}, {"late-0"}, {"late.txt", "loose.txt"}), moment
        assert not [name for name, text in words(write(mei)) if "Words of the first" in text]
        finish()
    assert Conversation.select().count() == 1


def test_what_is_only_meant_to_be_deleted_is_in_it(mei: User) -> None:
    history()
    asking.ask(mei, "everything", rule=Rule())
    assert held_in(Choice(), mei)["talks"] == {"early", "late"}
    assert len(table(write(mei), Veil)) == 1


def test_about_tells_what_was_chosen_and_what_is_in_no_copy(mei: User) -> None:
    about: Any = json.loads(write(mei, only(Category.CONTENT, since=makers.NOON - DAY, with_files=False)).read("about.json"))
    assert about["chosen"] == {"categories": ["content"], "since": "2026-10-31T12:00:00+00:00", "until": None, "with_files": False}
    assert about["left_out"][0]["why"] == "It holds: Conversations and files; not older than 2026-10-31; without the contents of files."
    assert "What you have deleted." in [each["what"] for each in about["left_out"]]
    assert "Keys and fingerprints." in [each["what"] for each in about["left_out"]]
