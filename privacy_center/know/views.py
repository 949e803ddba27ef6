"""The pages of this room: the overview, what we hold and why, the records themselves."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext
from flask_login import current_user
from markupsafe import Markup, escape
from peewee import Model

from privacy_center.core import clock
from privacy_center.core.access import open_to_all
from privacy_center.core.matters import matters_of
from privacy_center.core.pages import show
from privacy_center.datamap import policy, registry
from privacy_center.datamap.words import Category, Holding
from privacy_center.history.models import Conversation
from privacy_center.know import counting, facts, records
from privacy_center.know.drawing import HoldingsChart, MonthsChart
from privacy_center.know.months import by_month

bp = Blueprint("know", __name__)
LARGEST = 2**63 - 1
LATEST = 3
PATH = re.compile(r"~/[\w./-]*[\w/]")


@bp.app_template_global()
def data_map() -> dict[str, Any]:
    """What the pages read aloud, for the templates of this room."""
    return {"policy": policy, "facts": facts}


@bp.app_template_filter("paths")
def with_paths(words: Any) -> Markup:
    """The words with the paths of a home folder in them marked as code."""
    return Markup(PATH.sub(r"<code>\g<0></code>", str(escape(words))))  # noqa: S704 - escaped in the same line


@bp.get("/")
@open_to_all("The front page says what this is and where to sign in; signed in, it is the person's own overview.")
def overview() -> Response:
    """What we hold in pictures and what needs attention; what this site is, to whoever is not signed in."""
    if not current_user.is_authenticated:
        return show("know/landing.html", shelves=first_of_each_category(), contact=policy.CONTROLLER.contact)
    today, held = clock.now(), counting.held(current_user)
    return show(
        "know/overview.html",
        held=held,
        chart=HoldingsChart([each.span for each in held if each.span], today),
        months=MonthsChart(by_month(Conversation, current_user, today)),
        matters=matters_of(current_user),
        latest=Conversation.owned_by(current_user).order_by(Conversation.active_at.desc(), Conversation.id.desc()).limit(LATEST),
        counted_at=today,
    )


def first_of_each_category() -> list[Holding]:
    """The foremost kind of records of every category that has one."""
    foremost = {said.category: said for _model, said in reversed(registry.holdings())}
    return [foremost[each] for each in Category if each in foremost]


@bp.get("/know")
def index() -> Response:
    """All that we hold about the person and why: the data map read aloud."""
    held = counting.held(current_user)
    shelves = [(category, told, [each for each in held if each.said.category is category]) for category, told in policy.CATEGORIES.items()]
    return show("know/index.html", shelves=shelves, counted_at=clock.now())


@bp.get("/know/<category>")
def category(category: str) -> Response:
    """One category: why we hold it and for how long, and its records, or where they are when it has several kinds."""
    chosen = known(category)
    held = counting.held_in(chosen, current_user)
    if len(held) == 1:
        return holding_page(held[0])
    return show("know/category.html", category=chosen, told=policy.CATEGORIES[chosen], held=held, counted_at=clock.now())


@bp.get("/know/<category>/<holding>")
def holding(category: str, holding: str) -> Response:
    """The records of one kind, newest first."""
    model, said = named(category, holding)
    return holding_page(counting.count(model, said, current_user))


@bp.get(f"/know/<category>/<holding>/<int(max={LARGEST}):number>")
def record(category: str, holding: str, number: int) -> Response:
    """One record, whole."""
    model, said = named(category, holding)
    found = records.one(model, said, current_user, number)
    if found is None:
        abort(404)
    return show("know/record.html", category=said.category, said=said, slug=holding, row=found)


def holding_page(held: counting.Held) -> Response:
    """The page of one kind of records."""
    page = records.page(held.model, held.said, current_user, request.args.get("after"))
    shelf = held.said.category
    has_siblings = sum(said.category is shelf for _model, said in registry.holdings()) > 1
    back = (url_for("know.category", category=shelf), policy.CATEGORIES[shelf].title) if has_siblings else (url_for("know.index"), gettext("What we hold"))
    return show("know/holding.html", held=held, page=page, back=back, columns=records.columns(held.model, held.said), counted_at=clock.now())


def known(category: str) -> Category:
    """The category of that name, or no such page."""
    if category not in list(Category):
        abort(404)
    return Category(category)


def named(category: str, holding: str) -> tuple[type[Model], Holding]:
    """The holding of that name in that category, or no such page."""
    found = registry.holding_named(holding)
    if found is None or found[1].category is not known(category):
        abort(404)
    return found
