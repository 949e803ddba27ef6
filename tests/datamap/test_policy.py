"""The policy's facts as data: eight categories, five purposes, five kinds of recipients; and every holding keeps to them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from privacy_center.datamap import policy, registry
from privacy_center.datamap.words import Category, Ground, Purpose, Recipient, Source
from tests.know.rows import HOLDINGS, said_of

HELD = pytest.mark.parametrize("model", HOLDINGS, ids=lambda model: model.__name__)


def test_there_are_eight_categories_five_purposes_and_five_kinds_of_recipients() -> None:
    assert (len(Category), len(Purpose), len(Recipient)) == (8, 5, 5)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [(Category, policy.CATEGORIES), (Purpose, policy.PURPOSES), (Ground, policy.GROUNDS), (Source, policy.SOURCES), (Recipient, policy.RECIPIENTS)],
    ids=["categories", "purposes", "grounds", "sources", "recipients"],
)
def test_each_of_them_has_its_words(kinds: Any, told: dict[Any, Any]) -> None:
    assert list(told) == list(kinds)


@HELD
def test_a_holding_is_used_for_nothing_that_the_policy_does_not_allow(model: Any) -> None:
    said = said_of(model)

    for purpose in said.purposes:
        assert said.category in policy.PURPOSES[purpose].categories, f"the policy does not use {said.category} data {policy.PURPOSES[purpose].words}"


@HELD
def test_a_holding_names_its_lists_fields_among_those_that_are_shown(model: Any) -> None:
    said, shown = said_of(model), {field.name for field, _note in registry.personal_fields(model)}

    assert {said.dated_by, *said.listed} - {None} <= shown
    assert said.titled_by is None or said.titled_by in shown


def test_every_purpose_has_a_ground() -> None:
    assert all(facts.grounds for facts in policy.PURPOSES.values())
    assert all(facts.article.startswith("GDPR Art. 6 (1) (") for facts in policy.GROUNDS.values())


def test_content_is_never_used_for_messages_to_the_person_security_or_law() -> None:
    allowed = [purpose for purpose, facts in policy.PURPOSES.items() if Category.CONTENT in facts.categories]

    assert allowed == [Purpose.PROVIDE, Purpose.IMPROVE]


def test_places_of_ours_and_of_others_are_told_apart() -> None:
    outside = {str(place.title) for place in policy.PLACES if not place.inside}

    assert {"Stripe", "Backups", "Our mail provider", "Your own computer"} <= outside


def test_holdings_stand_in_the_order_of_the_policy(app: Flask) -> None:
    order = [list(Category).index(said.category) for _model, said in registry.holdings()]

    assert order == sorted(order)


@HELD
def test_a_holding_is_found_by_the_name_it_has_in_addresses(model: Any) -> None:
    found = registry.holding_named(registry.slug_of(model))

    assert found is not None and found[0] is model
