"""What is in a copy: everything that the data map says is held, nothing else, of nobody else."""

from __future__ import annotations

import json
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.correspondence.models import Correspondence
from privacy_center.datamap import registry
from privacy_center.datamap.words import Category
from privacy_center.exports.contents import Choice
from privacy_center.history.models import Conversation, File, Message
from privacy_center.know.counting import held
from privacy_center.telemetry.models import FeedbackAttachment, LogEntry
from tests import cast
from tests.exports.everything import CONTENT, HIDDEN, fill, messages, only, read_back, table, talks, words, write


def test_every_personal_field_of_every_holding_is_in_it(mei: User) -> None:
    fill(mei)
    written = write(mei)
    for model, said in registry.holdings():
        if model is Message:
            continue
        stored = list(registry.rows_of(model, mei).order_by(model._meta.fields[said.dated_by], model._meta.primary_key))
        lines = table(written, model)
        assert len(lines) == len(stored) > 0, model
        for row, line in zip(stored, lines, strict=True):
            for field, _note in registry.personal_fields(model):
                assert read_back(field, line[field.name]) == getattr(row, field.name), field


def test_every_personal_field_of_a_message_is_in_it(mei: User) -> None:
    fill(mei)
    [row], [node] = list(Message.select()), messages(write(mei)).values()
    message = node["message"]
    found = {
        "external_id": message["id"],
        "parent": message["metadata"]["zcode"]["parent"],
        "role": message["author"]["role"],
        "created_at": round(message["create_time"] * 1e6),
        "model": message["metadata"]["model_slug"],
        "parts": message["metadata"]["zcode"]["parts"],
    }
    assert found.keys() == {field.name for field, _note in registry.personal_fields(Message)}
    for name, value in found.items():
        assert value == (row.created_at.timestamp() * 1e6 if name == "created_at" else getattr(row, name)), name


def test_a_conversation_tells_programs_all_that_is_held_of_it(mei: User) -> None:
    fill(mei)
    [talk, *_others] = sorted(talks(write(mei)), key=lambda each: -len(each["mapping"]))
    row = Conversation.get(Conversation.external_id == talk["id"])
    assert talk["zcode"].keys() == {field.name for field, _note in registry.personal_fields(Conversation)}
    assert (talk["title"], talk["default_model_slug"], talk["is_archived"]) == (row.title, row.model, True)
    assert round(talk["create_time"] * 1e6) == round(row.created_at.timestamp() * 1e6)


def test_nothing_internal_and_nothing_secret_is_in_it(mei: User) -> None:
    fill(mei)
    for name, text in words(write(mei)):
        assert HIDDEN not in text, name
        assert mei.feedback_digest not in text, name


def test_nothing_of_anybody_else_is_in_it(mei: User, mallory: User) -> None:
    fill(mei)
    fill(mallory, mark="Mallory")
    for name, text in words(write(mei)):
        assert "Mallory" not in text, name


def test_its_counts_are_those_of_the_data_map_and_of_what_we_hold(mei: User) -> None:
    fill(mei)
    about = json.loads(write(mei).read("about.json"))
    counts = {each["table"]: each["records"] for each in about["kinds"]}
    assert counts == {model._meta.table_name: registry.rows_of(model, mei).count() for model, _said in registry.holdings()}
    assert about["records"] == sum(counts.values())
    assert counts == {each.model._meta.table_name: each.count for each in held(mei)}


def test_files_and_attachments_lie_under_their_own_names(mei: User) -> None:
    fill(mei)
    written = write(mei)
    for model in (File, FeedbackAttachment):
        for row, line in zip(registry.rows_of(model, mei).order_by(model.id), table(written, model), strict=True):
            assert line["in_archive"].endswith(f"/{row.name}")
            assert written.read(line["in_archive"]) == CONTENT


def test_without_files_their_records_are_in_it_and_their_contents_are_not(mei: User) -> None:
    fill(mei)
    written = write(mei, Choice(with_files=False))
    assert not [name for name in written.namelist() if name.startswith("files/")]
    assert [line["in_archive"] for line in table(written, File)] == [""] * File.select().count()
    about = json.loads(written.read("about.json"))
    assert (about["missing"]["files"], about["chosen"]["with_files"]) == (0, False)
    assert "without the contents of files" in about["left_out"][0]["why"]


def test_of_the_categories_those_that_were_chosen_are_in_it(mei: User) -> None:
    fill(mei)
    for category in Category:
        written = write(mei, only(category))
        tables = {model._meta.table_name for model, said in registry.holdings() if said.category is category}
        assert {each["table"] for each in json.loads(written.read("about.json"))["kinds"]} == tables
        assert {name for name in written.namelist() if name.startswith("data/")} == {f"data/{name}.csv" for name in tables - {"message"}}


def test_a_person_of_whom_nothing_is_held_gets_a_copy_that_says_so(app: Any) -> None:
    written = write(cast.olga(), only(Category.CONTENT, Category.COMMUNICATION))
    about = json.loads(written.read("about.json"))
    assert about["records"] == 0
    assert table(written, Correspondence) == talks(written) == []
    assert "Your data at ZCode" in written.read("index.html").decode()


def test_a_person_with_a_bare_account_gets_their_whole_copy(app: Any) -> None:
    olga = cast.olga()
    [line] = table(write(olga), User)
    assert (line["subject"], line["email"], table(write(olga), LogEntry)) == ("zai-olga", "", [])


def test_it_speaks_the_language_in_which_it_was_asked_for(mei: User) -> None:
    fill(mei)
    written = write(mei, language="zh_Hans")
    page = written.read("index.html").decode()
    assert '<html lang="zh-Hans">' in page
    assert "对话" in page
    assert json.loads(written.read("about.json"))["language"] == "zh-Hans"
