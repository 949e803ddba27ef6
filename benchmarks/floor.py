"""The floor under the history page: raw SQL and the same template on the same server, and nothing else.

No session, no languages, no models, no guards. Whatever the template asks of the site (addresses, translations, the form's token) is
remembered from one real request, so that only rendering is left to do. It stands twice: in Flask, which the site can't be without, and
without a framework.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any

import cysqlite
from flask import Flask, request, template_rendered
from jinja2 import Template
from markupsafe import Markup

from benchmarks.site import HOST
from privacy_center.core import db
from privacy_center.factory import create_app
from privacy_center.history.listing import CHOICES, MOST_CHOICES
from privacy_center.history.rows import Row

PAGE = 25
COLUMNS = "id, title, active_at, model, source, message_count"
NEWEST = f"ORDER BY active_at DESC, id DESC LIMIT {PAGE + 1}"
FIRST = f"SELECT {COLUMNS} FROM conversation WHERE user_id = ? {NEWEST}"
DEEP = f"SELECT {COLUMNS} FROM conversation WHERE user_id = ? AND (active_at, id) < (?, ?) {NEWEST}"
PLACES = {"desktop": "Desktop", "cli": "Terminal", "web": "Web"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
OF_COOKIES = ("cookies_asked", "cookies_allowed", "beacons_allowed")
REMEMBERED = ("url_for", "csrf_token", "page_language", "html_lang", "theme", "policy_banner", *OF_COOKIES)
OF_PAGE = ("same_page_in",)
NOTHING_OPEN = {"answered": lambda _question: 0}  # as the site answers for who is measured, without asking
CALLED = (*REMEMBERED, *OF_PAGE, "_", "gettext", "ngettext", "ui")  # what templates call

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def bare() -> Application:
    """The floor without a framework: a WSGI function."""
    page = prepare()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = page(bool(environ["QUERY_STRING"])).encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def in_flask() -> Flask:
    """The floor in a Flask app that has this one view and nothing else."""
    page, app = prepare(), Flask("floor", static_folder=None)

    @app.get("/history")
    def history() -> str:
        return page(bool(request.query_string))

    return app


def prepare() -> Callable[[bool], str]:
    """What makes the first page, or the deep one; the environment says whose history it shows, and how deep that lies."""
    app = create_app()
    user, at, number = (int(os.environ[f"FLOOR_{name}"]) for name in ("USER", "AT", "NUMBER"))
    paths = "/history", f"/history?after={os.environ['FLOOR_AFTER']}"
    (template, first), (_template, deep) = (_real_request(app, path) for path in paths)
    connection = cysqlite.Connection(app.config["SETTINGS"].database.removeprefix("sqlite:///"))  # type: ignore[attr-defined]
    connection.db_config(cysqlite.SQLITE_DBCONFIG_ENABLE_QPSG, 1)  # type: ignore[attr-defined]  # as the site has it: statements are prepared once
    _remember(app)
    for context in (first, deep):
        context.update(ui=app.jinja_env.get_template("shared/ui.html").make_module(context), asked=Remembered(context["asked"]))
        context.update({name: cache(app.jinja_env.globals[name]) for name in OF_PAGE} | NOTHING_OPEN)

    def page(is_deep: bool) -> str:
        if is_deep:
            context, records = deep, connection.execute(DEEP, (user, at, number)).fetchall()
        else:
            context, records = first, connection.execute(FIRST, (user,)).fetchall()
        rows = [_row(record) for record in records[:PAGE]]
        months = [(month, list(group)) for month, group in groupby(rows, key=lambda row: row.month)]
        choices: dict[str, list[str]] = {"model": [], "workspace": []}
        for name, value in connection.execute(CHOICES.replace("{hidden}", ""), (user, user, MOST_CHOICES) * 2).fetchall():
            choices[name].append(value)
        return template.render({**context, "page": replace(context["page"], months=months), "choices": choices})

    for is_deep, path in enumerate(paths):
        with app.test_request_context(path, base_url=f"https://{HOST}"):
            page(bool(is_deep))  # whatever it asks of the site is remembered from now on
    return page


class Remembered:
    """A thing that answers a second time what it answered the first."""

    def __init__(self, thing: Any) -> None:
        self._thing = thing

    def __getattr__(self, name: str) -> Any:
        answer = getattr(self._thing, name)
        setattr(self, name, cache(answer) if callable(answer) else answer)
        return getattr(self, name)


def _real_request(app: Flask, path: str) -> tuple[Template, dict[str, Any]]:
    """The template that the site answers *path* with, and all that it hands to it."""
    seen: list[tuple[Template, dict[str, Any]]] = []
    client = app.test_client()
    client.set_cookie("__Host-session", os.environ["FLOOR_TOKEN"], domain=HOST, secure=True)
    with template_rendered.connected_to(lambda _app, template, context, **_more: seen.append((template, context)), app):
        answer = client.get(path, base_url=f"https://{HOST}")
    db.database.close()
    assert answer.status_code == 200, answer.status
    template, context = seen[-1]
    return template, {name: value for name, value in context.items() if name not in CALLED}


def _remember(app: Flask) -> None:
    """Let everything that a template calls answer from memory."""
    names = app.jinja_env.globals
    names.update({name: cache(names[name]) for name in REMEMBERED})  # type: ignore[arg-type]
    # The page is English: what stands in the template is what it says.
    names.update(gettext=_gettext, _=_gettext, ngettext=_ngettext)


@cache
def _gettext(text: str, **variables: Any) -> Markup:
    """The text of the template with its variables."""
    return Markup(text) % variables


@cache
def _ngettext(one: str, many: str, count: int, **variables: Any) -> Markup:
    """The text of the template for that many."""
    return Markup(one if count == 1 else many) % {"num": count, **variables}


def _row(record: tuple[Any, ...]) -> Row:
    """A record in the words of the list."""
    number, title, at, model, source, messages = record
    when = datetime.fromtimestamp(at / 1_000_000, UTC)
    facts = [model] if model else []
    facts += [PLACES[source], f"{messages} messages"]
    return Row(
        number,
        f"/history/{number}",
        title,
        f"{when.isoformat(timespec='minutes')[:16]}Z",
        f"{DAYS[when.weekday()]} {when.day}, {when.hour:02}:{when.minute:02}",
        f"{MONTHS[when.month - 1]} {when.year}",
        " · ".join(facts),
        None,
        None,
    )
