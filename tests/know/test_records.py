"""The records themselves: every personal field in words, nothing else, nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.datamap import registry
from privacy_center.history.models import Conversation, Message
from privacy_center.telemetry.models import Device, Feedback
from tests.conftest import Visitor
from tests.know.rows import HOLDINGS, address, filled, hidden_fields, marker, said_of, shown

NAMES = [model.__name__ for model in HOLDINGS]


@pytest.mark.parametrize("model", HOLDINGS, ids=NAMES)
def test_every_personal_field_is_named_in_words(as_mei: Visitor, mei: User, model: Any) -> None:
    filled(model, mei)

    page = shown(as_mei.get(address(model)))

    for _field, note in registry.personal_fields(model):
        assert f"<dt>{note.words}</dt>" in page


@pytest.mark.parametrize("model", HOLDINGS, ids=NAMES)
def test_every_personal_text_is_shown(as_mei: Visitor, mei: User, model: Any) -> None:
    row = filled(model, mei)

    page = shown(as_mei.get(address(model)))

    for field, _note in registry.personal_fields(model):
        value = row.__data__[field.name]
        assert not isinstance(value, str) or value in page, field.name


@pytest.mark.parametrize("model", HOLDINGS, ids=NAMES)
def test_secrets_and_machinery_are_never_shown(as_mei: Visitor, mei: User, model: Any) -> None:
    row = filled(model, mei)

    pages = [shown(as_mei.get(address(model))), shown(as_mei.get(f"{address(model)}/{row._pk}"))]

    for field in hidden_fields(model):
        value = field.db_value(row.__data__[field.name])
        assert not any(value in page for page in pages), field.name


@pytest.mark.parametrize("model", HOLDINGS, ids=NAMES)
def test_another_persons_records_are_never_there(as_mallory: Visitor, mei: User, mallory: User, model: Any) -> None:
    row = filled(model, mei)

    assert row._pk and as_mallory.get(f"{address(model)}/{row._pk}").status_code == 404
    page = shown(as_mallory.get(address(model)))
    for field, _note in registry.personal_fields(model):
        if row.__data__[field.name] == marker(field, 1):
            assert marker(field, 1) not in page


@pytest.mark.parametrize("model", HOLDINGS, ids=NAMES)
def test_one_record_has_a_page_of_its_own(as_mei: Visitor, mei: User, model: Any) -> None:
    row = filled(model, mei)

    page = shown(as_mei.get(f"{address(model)}/{row._pk}"))

    assert str(said_of(model).title) in page
    assert all(f"<dt>{note.words}</dt>" in page for _field, note in registry.personal_fields(model))


@pytest.mark.parametrize("number", ["0", "999999999", str(2**63 - 1), str(2**63), "-1", "x"])
def test_a_number_that_never_was_is_not_found(as_mei: Visitor, number: str) -> None:
    assert as_mei.get(f"/know/content/conversation/{number}").status_code == 404


def test_a_conversation_leads_to_where_it_can_be_read(as_mei: Visitor, mei: User) -> None:
    message = filled(Message, mei)

    for path in (address(Message), address(Conversation)):
        assert f'href="/history/{message.conversation_id}"' in as_mei.get(path).text


def test_what_was_not_given_says_so(as_mei: Visitor, mei: User) -> None:
    filled(Device, mei, cpu=None)

    assert '<dt>Processor</dt><dd><span class="unsaid">not given</span>' in shown(as_mei.get(address(Device)))


def test_a_long_text_is_cut_and_stands_whole_in_a_fold(as_mei: Visitor, mei: User) -> None:
    filled(Feedback, mei, text="word " * 300 + "the last word")

    page = shown(as_mei.get(address(Feedback)))

    assert "<summary>All 1,513 characters</summary>" in page
    assert page.count("the last word") == 1


def test_a_text_too_long_for_a_list_stands_whole_on_a_page_of_its_own(as_mei: Visitor, mei: User) -> None:
    row = filled(Feedback, mei, text="word " * 100_000 + "the last word")

    listed = as_mei.get(address(Feedback))

    assert len(listed.text) < 50_000
    assert f'href="{address(Feedback)}/{row.id}">All 500,013 characters</a>' in listed.text
    assert "the last word" in as_mei.get(f"{address(Feedback)}/{row.id}").text


def test_what_a_person_wrote_stays_text(as_mei: Visitor, mei: User) -> None:
    filled(Feedback, mei, text="<script>alert(1)</script> \x1b[31mred")

    page = as_mei.get(address(Feedback)).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ␛[31mred" in page
