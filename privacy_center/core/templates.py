"""What every template is given, looked up once a language: its words, its addresses, and the macros that use both.

A page says forty words and names twenty addresses. Asked of Babel and Flask each time, these cost more than all the rest of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request, url_for
from flask_babel import format_decimal, get_translations
from markupsafe import Markup

from privacy_center.core.assets import version_of
from privacy_center.core.language import language

MACROS = "shared/ui.html"
REMEMBERED = 4096
OF_LANGUAGE = ("page_language", "html_lang")  # what templates call that is the same on every page of a language


def give_words(app: Flask) -> None:
    """Give each template of *app* the words of the language that it is rendered in."""
    folder = Path(str(app.static_folder))

    @lru_cache(maxsize=32)
    def given(_locale: str, root: str) -> dict[str, Any]:
        say = sayer()
        names = {"_": say, "gettext": say, "ngettext": counter(), "url_for": addresser(root, folder)}
        names |= {name: always(app.jinja_env.globals[name]()) for name in OF_LANGUAGE}  # type: ignore[operator]
        return {**names, "ui": app.jinja_env.get_template(MACROS).make_module(names)}

    @app.context_processor
    def _give() -> dict[str, Any]:
        return given(language(), request.script_root if has_request_context() else "")

    # Blocks rendered alone don't see what their page imports, so the macros are there for all.
    app.jinja_env.globals["ui"] = app.jinja_env.get_template(MACROS).module


def sayer() -> Callable[..., Markup]:
    """What translates a text of a template into the language of this moment, with its variables escaped."""
    translations = get_translations()

    @lru_cache(REMEMBERED)
    def words(text: str) -> Markup:
        return Markup(translations.gettext(text))  # noqa: S704 - a text of ours

    @lru_cache(REMEMBERED)
    def plain(text: str) -> Markup:
        return words(text) % {}

    def say(text: str, /, **variables: Any) -> Markup:
        return words(text) % variables if variables else plain(text)

    return say


def counter() -> Callable[..., Markup]:
    """What translates a text that depends on a number."""
    translations = get_translations()

    def say(one: str, many: str, number: int, /, **variables: Any) -> Markup:
        figure = number if number < 1000 else format_decimal(number)  # 1,284
        return Markup(translations.ngettext(one, many, number)) % {"num": figure, **variables}  # noqa: S704 - a text of ours

    return say


def always(value: Any) -> Callable[[], Any]:
    """What answers with the same value each time."""
    return lambda: value


def addresser(root: str, folder: Path) -> Callable[..., str]:
    """What names the addresses of pages and files below *root*."""
    remembered = lru_cache(REMEMBERED)(url_for)

    def address(endpoint: str, **values: Any) -> str:
        if not values:
            return remembered(endpoint)
        if endpoint != "static" or len(values) > 1:
            return url_for(endpoint, **values)  # not remembered: it may carry what somebody typed
        version = version_of(folder, values["filename"])
        return f"{root}/static/{values['filename']}{f'?v={version}' if version else ''}"

    return address
