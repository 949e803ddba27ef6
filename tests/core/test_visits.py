"""A visit's cookie and the token of its forms: signed once, and never anybody else's."""

from __future__ import annotations

from flask import Flask

from tests.conftest import CSRF_FIELD, Visitor


def token_of(visitor: Visitor) -> str:
    """The token that the forms of the sign-in page carry in this visit."""
    found = CSRF_FIELD.search(visitor.get("/sign-in").text)
    assert found
    return found.group(1)


def test_every_page_of_a_visit_carries_its_token_and_no_other_visits(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()

    assert token_of(one) == token_of(one)
    assert token_of(one) != token_of(other)


def test_another_visits_token_is_refused(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()
    own, foreign = token_of(one), token_of(other)

    assert one.post("/confirm/code", data={"csrf_token": foreign}).status_code == 400
    assert one.post("/confirm/code", data={"csrf_token": own}).status_code == 303


def test_the_cookie_is_signed_with_the_key_of_the_moment(app: Flask, visitor: Visitor) -> None:
    before, app.secret_key = app.secret_key, "another-key-of-the-tests-0123456789abcdef"
    try:
        under_another_key = token_of(visitor)
    finally:
        app.secret_key = before

    assert token_of(visitor) != under_another_key
