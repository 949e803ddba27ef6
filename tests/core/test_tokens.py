"""Tokens, digests and signatures: random where they must be, ours only where they must be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy_center.core import tokens

KEY, EARLIER_KEY = "a key of the tests, long enough", "the key that was before it"


@pytest.fixture(autouse=True)
def keys() -> Iterator[None]:
    """Keys of these tests; the app's own come back afterwards."""
    before = [key.decode() for key in tokens._keys]
    tokens.set_keys(KEY)
    yield
    if before:
        tokens.set_keys(*before)


def test_no_two_tokens_are_the_same_and_each_has_256_bits() -> None:
    made = {tokens.new_token() for _ in range(1000)}

    assert len(made) == 1000
    assert all(len(token) == 43 for token in made)


def test_a_code_is_eight_digits_also_when_it_begins_with_noughts() -> None:
    assert all(len(code) == 8 and code.isdigit() for code in (tokens.new_code() for _ in range(200)))


def test_a_stored_hash_does_not_show_its_token() -> None:
    token = tokens.new_token()

    assert token not in tokens.at_rest(token)
    assert tokens.at_rest(token) == tokens.at_rest(token)


def test_a_digest_depends_on_its_purpose_and_its_key() -> None:
    made = tokens.keyed_digest("erased", "mei")
    tokens.set_keys(EARLIER_KEY)

    assert made != tokens.keyed_digest("erased", "mei")
    assert tokens.keyed_digest("erased", "mei") != tokens.keyed_digest("confirmed", "mei")


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_two_lists_of_words_share_a_digest_only_if_they_are_the_same(one: list[str], other: list[str]) -> None:
    assert (tokens.keyed_digest("p", *one) == tokens.keyed_digest("p", *other)) == (one == other)


def test_after_a_change_of_keys_what_the_earlier_one_made_is_still_known() -> None:
    digest, signature = tokens.keyed_digest("erased", "mei"), tokens.sign("cursor", [1, 2])
    tokens.set_keys("the newest key of all, also long", KEY)

    assert digest in tokens.keyed_digests("erased", "mei")
    assert tokens.signed("cursor", signature) == [1, 2]


def test_a_signature_of_a_key_that_is_gone_is_worth_nothing() -> None:
    signature = tokens.sign("cursor", [1, 2])
    tokens.set_keys("the newest key of all, also long")

    assert tokens.signed("cursor", signature) is None


def test_what_was_signed_for_one_purpose_is_no_good_for_another() -> None:
    assert tokens.signed("link", tokens.sign("cursor", [1])) is None


@given(st.text())
def test_words_that_we_did_not_sign_are_never_believed(words: str) -> None:
    assert tokens.signed("cursor", words) is None


@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_what_was_signed_comes_back_as_it_was(value: object) -> None:
    assert tokens.signed("cursor", tokens.sign("cursor", value)) == value
