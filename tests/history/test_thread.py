"""The tree of a conversation's messages: every message has its place, whatever its ids say, and nothing hangs."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from privacy_center.history.thread import Link, Tree, build, found_out


def tree(*messages: tuple[str, str | None] | tuple[str, str | None, str]) -> Tree:
    """The tree of messages given as id, parent and perhaps role; numbered from 1 in their order."""
    return build([Link(number, each[0], each[1], each[2] if len(each) > 2 else "user") for number, each in enumerate(messages, start=1)])


def test_without_any_parents_the_messages_follow_each_other() -> None:
    assert tree(("a", None), ("b", None, "assistant"), ("c", None)).thread() == [1, 2, 3]


def test_the_newest_version_is_shown_and_the_others_can_be_walked_to() -> None:
    found = tree(("a", None), ("b", "a", "assistant"), ("c", "b"), ("c2", "b"), ("d", "c", "assistant"))

    assert found.thread() == [1, 2, 3, 5]
    assert found.versions(3) == [3, 4]
    assert found.thread(4) == [1, 2, 4]


def test_a_first_message_that_was_edited_has_versions_too() -> None:
    found = tree(("a", None), ("b", "a", "assistant"), ("a2", None), ("c", "a2", "assistant"))

    assert found.thread() == [3, 4]
    assert found.versions(3) == [1, 3]
    assert found.thread(1) == [1, 2]


def test_a_path_through_a_message_goes_on_to_its_newest_end() -> None:
    found = tree(("a", None), ("b", "a"), ("c", "a"), ("b1", "b"), ("b2", "b"), ("c1", "c"))

    assert found.thread(2) == [1, 2, 5]


@given(st.lists(st.tuples(st.sampled_from([None, "before", "a0", "gone"]), st.sampled_from(["user", "assistant", "tool", "system"])), max_size=8))
def test_what_simply_follows_one_another_is_what_a_closer_look_would_find(said: list[tuple[str | None, str]]) -> None:
    links = [Link(at, f"a{at}", f"a{at - 1}" if parent == "before" else parent, role) for at, (parent, role) in enumerate(said)]

    assert build(links) == found_out(links)


def test_instructions_stand_before_every_version_of_the_first_words() -> None:
    found = tree(("s", None, "system"), ("a", None), ("b", "a", "assistant"), ("a2", None))

    assert found.thread() == [1, 4]
    assert found.versions(4) == [2, 4]


def test_a_message_whose_parent_is_not_here_begins_anew() -> None:
    found = tree(("a", None), ("b", "a"), ("c", "gone"), ("d", "c"))

    assert found.thread() == [3, 4]
    assert found.versions(3) == [1, 3]


def test_answers_of_tools_used_at_once_follow_each_other() -> None:
    found = tree(("a", None), ("b", "a", "assistant"), ("t1", "b", "tool"), ("t2", "b", "tool"), ("c", "b", "assistant"))

    assert found.thread() == [1, 2, 3, 4, 5]
    assert found.versions(5) == [5]


def test_a_parent_may_come_later_in_time() -> None:
    assert tree(("b", "a"), ("a", None)).thread() == [2, 1]


def test_rings_and_messages_that_follow_themselves_come_to_an_end() -> None:
    found = tree(("a", "a"), ("b", "c"), ("c", "b"), ("d", "c"))

    assert found.thread() == [2, 3, 4]
    assert found.thread(1) == [1]


def test_a_hundred_thousand_messages_are_no_trouble() -> None:
    begun = time.thread_time()

    found = build([Link(number, str(number), str(number - 1), "user") for number in range(1, 100_001)])

    assert len(found.thread()) == 100_000
    assert time.thread_time() - begun < 10


ids = st.one_of(st.none(), st.sampled_from("abcdefgh"))
messages = st.lists(st.tuples(st.sampled_from("abcdefgh"), ids, st.sampled_from(["user", "assistant", "tool", "system"])), max_size=12)


@given(messages)
def test_every_message_is_on_a_thread_and_in_exactly_one_branch(said: list[tuple[str, str | None, str]]) -> None:
    found = tree(*said)
    everybody = list(range(1, len(said) + 1))

    assert sorted(message for branch in found.branches() for message in branch) == everybody
    for message in everybody:
        assert message in found.thread(message)
        assert message in found.versions(message)
