"""Templates are given the words of the language they are rendered in, and addresses that follow their files."""

from __future__ import annotations

from flask import Flask, render_template_string
from flask_babel import force_locale

from tests.conftest import BASE_URL

NOTE = "{{ _('History') }} {{ ui.pager('', older='/history') }}"
GREETING = "{{ _('No conversation has “%(words)s” in it', words=words) }}"


def test_each_language_has_its_own_words_in_the_same_process(app: Flask) -> None:
    with app.test_request_context("/history", base_url=BASE_URL):
        with force_locale("en"):
            english = render_template_string(NOTE)
        with force_locale("zh_Hans"):
            chinese = render_template_string(NOTE)

    assert "History" in english and "Older" in english
    assert "History" not in chinese and "Older" not in chinese


def test_what_somebody_typed_is_escaped_inside_a_translated_text(app: Flask) -> None:
    with app.test_request_context("/history", base_url=BASE_URL):
        assert "“&lt;b&gt;”" in render_template_string(GREETING, words="<b>")


def test_addresses_stay_below_the_path_that_the_centre_is_served_at(app: Flask) -> None:
    with app.test_request_context("/history", base_url=BASE_URL, environ_overrides={"SCRIPT_NAME": "/privacy"}):
        addresses = render_template_string("{{ url_for('history.index') }} {{ url_for('static', filename='css/base.css') }}")

    page, file = addresses.split()
    assert page == "/privacy/history"
    assert file.startswith("/privacy/static/css/base.css?v=")


def test_the_same_address_is_given_with_what_a_page_adds_to_it(app: Flask) -> None:
    with app.test_request_context("/history", base_url=BASE_URL):
        assert render_template_string("{{ url_for('history.index', q='a b') }}") == "/history?q=a+b"
