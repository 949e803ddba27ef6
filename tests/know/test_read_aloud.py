"""The pages are the data map read aloud: what is declared is shown, and there is no list beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from peewee import CharField, TextField

from privacy_center.accounts.models import PersonalRecord, User
from privacy_center.core.db import Moment
from privacy_center.datamap import policy
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Source, internal, months, personal, secret
from tests import cast
from tests.conftest import Visitor
from tests.know.rows import HOLDINGS, WHEN, address, filled, said_of, shown


@pytest.fixture
def diary(app: Flask) -> Iterator[Any]:
    """A kind of records that nobody has heard of, there for one test."""

    class DiaryPage(PersonalRecord):
        """Declared here alone."""

        holds = Holding(
            category=Category.COOKIES,
            title="Diary pages",
            description="What you confided to your browser.",
            source=(Source.PERSON,),
            purposes=(Purpose.IMPROVE,),
            retention=months(5, since="written_at"),
            on_erasure=Erase.DELETE,
            dated_by="written_at",
        )
        written_at = personal(Moment(), "Written")
        secret_wish = personal(TextField(), "A wish of yours")
        key = secret(CharField(), "opens it")
        lines = internal(CharField(), "for the machine")

    DiaryPage.create_table()
    yield DiaryPage
    DiaryPage._meta.throw_away = True
    DiaryPage.drop_table()


def test_a_new_declaration_is_on_every_page_by_itself(as_mei: Visitor, mei: User, diary: Any) -> None:
    filled(diary, mei)

    for path in ("/", "/know", "/know/cookies"):
        assert "Diary pages" in shown(as_mei.get(path))


def test_a_new_field_is_among_the_records_by_itself(as_mei: Visitor, mei: User, diary: Any) -> None:
    filled(diary, mei)

    page = shown(as_mei.get("/know/cookies/diary-page"))

    assert "<dt>A wish of yours</dt>" in page and "secret_wish-1" in page
    assert "key-1" not in page and "lines-1" not in page


def test_a_new_declaration_tells_its_reason_and_its_end(as_mei: Visitor, mei: User, diary: Any) -> None:
    filled(diary, mei)

    page = shown(as_mei.get("/know/cookies"))

    assert "5 months from the date under “Written”" in page
    assert "To improve and develop ZCode, to do research, and to train models" in page
    assert "The oldest goes on 1 April 2027" in page


def test_what_is_thrown_away_is_gone_from_the_pages(as_mei: Visitor) -> None:
    assert "Diary pages" not in shown(as_mei.get("/know"))


@pytest.mark.parametrize("category", list(Category))
def test_every_category_of_the_policy_has_its_place(as_mei: Visitor, category: Category) -> None:
    told = policy.CATEGORIES[category]

    index, page = shown(as_mei.get("/know")), shown(as_mei.get(f"/know/{category}"))

    assert f'<h2 id="{category}">{told.title}</h2>' in index
    assert "<h1>" in page


@pytest.mark.parametrize("path", ["/know/everything", "/know/Account", "/know/payment/conversation", "/know/content/nothing", "/know/content/job"])
def test_a_category_or_kind_that_is_none_is_not_found(as_mei: Visitor, path: str) -> None:
    assert as_mei.get(path).status_code == 404


@pytest.mark.parametrize("model", HOLDINGS, ids=lambda model: model.__name__)
def test_a_kind_of_records_says_what_the_policy_says_of_it(as_mei: Visitor, mei: User, model: Any) -> None:
    said, page = said_of(model), shown(as_mei.get(address(model)))

    assert str(said.description) in page
    for purpose in said.purposes:
        assert str(policy.PURPOSES[purpose].words) in page
        assert all(policy.GROUNDS[ground].article in page for ground in policy.PURPOSES[purpose].grounds)
    assert all(str(policy.SOURCES[source]) in page for source in said.source)
    assert all(str(policy.RECIPIENTS[each].title) in page for each in said.recipients)


@pytest.mark.parametrize("model", [model for model in HOLDINGS if said_of(model).kept_because], ids=lambda model: model.__name__)
def test_what_outlives_the_account_says_why(as_mei: Visitor, mei: User, model: Any) -> None:
    page = shown(as_mei.get(address(model)))

    assert "Kept without your name" in page or "Emptied: nothing stays that names you" in page
    assert str(said_of(model).kept_because) in page


def test_what_lies_elsewhere_is_told_with_its_place(as_mei: Visitor) -> None:
    page = shown(as_mei.get("/know"))

    for place in policy.PLACES:
        assert place.inside or f"<h3>{place.title}</h3>" in page
    assert "<code>~/.zcode/cli/db/db.sqlite</code>" in page


def test_the_page_says_who_decides_and_that_no_machine_does(as_mei: Visitor) -> None:
    page = shown(as_mei.get("/know"))

    assert str(policy.NO_AUTOMATED_DECISIONS) in page
    assert policy.CONTROLLER.name in page and f"mailto:{policy.CONTROLLER.contact}" in page


def test_counts_and_dates_are_told(as_mei: Visitor, mei: User) -> None:
    for number, model in enumerate(HOLDINGS):
        filled(model, mei, number)

    page = shown(as_mei.get("/know"))

    assert page.count("of 1 November 2026") >= len(HOLDINGS) - 1
    assert "Counted today at " in page


def test_nothing_held_says_so(app: Flask) -> None:
    as_olga = app.test_client().sign_in(cast.olga())  # type: ignore[attr-defined]

    page = shown(as_olga.get("/know"))

    assert page.count("We hold nothing here about you.") == len(Category) - 1
    assert "We hold nothing here about you." in shown(as_olga.get("/know/content/conversation"))


@pytest.mark.parametrize("path", ["/know", "/know/account", "/know/content/message", "/know/account/users/1"])
def test_a_stranger_is_asked_to_sign_in(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 303 and "/sign-in" in answer.location


def test_the_pages_speak_chinese(as_mei: Visitor) -> None:
    assert 'lang="zh-Hans"' in as_mei.get("/know?lang=zh").text


def test_the_records_end_when_the_data_map_says(as_mei: Visitor, mei: User, diary: Any) -> None:
    filled(diary, mei, written_at=WHEN.replace(year=9999))

    assert "31 December 9999" in shown(as_mei.get("/know/cookies"))
