"""What was erased does not come back through the feed: neither accounts nor what their users deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from privacy_center.accounts.digest import account_digest
from privacy_center.accounts.models import Tombstone, User
from privacy_center.core import storage, tokens
from privacy_center.feed.ingest import Outcome
from privacy_center.feed.schema import TYPES
from privacy_center.history.models import Conversation, File, Message
from privacy_center.telemetry.models import LogEntry
from tests.cast import ISSUER
from tests.feed.test_contents import with_contents
from tests.makers import line, message

ERASED = "names a user whose account was erased"
DELETED = "deleted by its user"
OF_USER = [type_ for type_ in TYPES if type_ not in ("user", "feedback")]


@pytest.mark.parametrize("type_", [*OF_USER, "user"])
def test_a_record_of_an_erased_account_is_refused(refused: Callable[[Any], str], type_: str) -> None:
    Tombstone.raise_for_account(ISSUER, "zai-mei")

    assert refused(line(type_)) == ERASED
    assert User.select().count() == 0


def test_feedback_of_an_erased_account_is_refused_though_it_names_nobody(refused: Callable[[Any], str]) -> None:
    Tombstone.raise_for_account(ISSUER, "zai-mei")

    assert refused(line("feedback", account_digest=account_digest("zai-mei"))) == ERASED


@pytest.mark.parametrize("type_", OF_USER)
def test_a_record_that_its_user_deleted_is_refused(refused: Callable[[Any], str], type_: str) -> None:
    Tombstone.raise_for(type_, ISSUER, "zai-mei", "it")

    assert refused(line(type_, id="it")) == DELETED
    assert User.select().count() == 0


def test_feedback_that_its_user_deleted_is_refused(refused: Callable[[Any], str]) -> None:
    Tombstone.raise_for("feedback", account_digest("zai-mei"), "it")

    assert refused(line("feedback", id="it", account_digest=account_digest("zai-mei"))) == DELETED


@pytest.mark.parametrize("record", [message("c", "hello"), line("file", conversation="c"), with_contents(b"hello", conversation="c")])
def test_what_belongs_to_a_deleted_conversation_is_refused(refused: Callable[[Any], str], record: dict[str, Any]) -> None:
    Tombstone.raise_for("conversation", ISSUER, "zai-mei", "c")

    assert refused(record) == DELETED
    assert Conversation.select().count() == Message.select().count() == File.select().count() == 0
    assert not list(storage.listed("files/999999"))


def test_a_file_that_came_with_a_deleted_message_is_refused(refused: Callable[[Any], str]) -> None:
    Tombstone.raise_for("message", ISSUER, "zai-mei", "m")

    assert refused(line("file", message="m")) == DELETED


def test_a_tombstone_stands_for_one_persons_record_of_one_type_only(feed: Callable[..., Outcome]) -> None:
    Tombstone.raise_for("conversation", ISSUER, "zai-mei", "it")
    Tombstone.raise_for("conversation", "https://another.example", "zai-mei", "other")
    Tombstone.raise_for_account(ISSUER, "zai-mallory")

    outcome = feed(line("order", id="it"), line("conversation", id="it", user="zai-olga"), line("conversation", id="other"))

    assert (outcome.stored, outcome.refused) == (3, [])


def test_the_others_of_the_same_call_are_stored(feed: Callable[..., Outcome]) -> None:
    Tombstone.raise_for("log_entry", ISSUER, "zai-mei", "two")

    outcome = feed(*(line("log_entry", id=id_) for id_ in ("one", "two", "three")))

    assert outcome.stored == 2
    assert [(refusal.line, refusal.type, refusal.id, refusal.reason) for refusal in outcome.refused] == [(2, "log_entry", "two", DELETED)]
    assert {row.external_id for row in LogEntry.select()} == {"one", "three"}


def test_a_tombstone_outlives_a_change_of_our_key(refused: Callable[[Any], str]) -> None:
    Tombstone.raise_for_account(ISSUER, "zai-mei")
    before = "secret-key-of-the-tests-0123456789abcdef"
    tokens.set_keys("another-secret-key-of-the-tests-0123456789", before)
    try:
        assert refused(line("order")) == ERASED
    finally:
        tokens.set_keys(before)
