"""The languages the centre speaks, and how one is chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from flask import Flask, has_request_context, request, session
from flask_babel import format_date, format_datetime, format_decimal
from flask_login import current_user

from privacy_center.consent import likings
from privacy_center.core.language import html_lang, is_chinese, language

LANGUAGES = {"en": "English", "zh_Hans": "中文"}
LOCALES = {name: Locale.parse(name) for name in LANGUAGES}


def choose() -> Locale:
    """The page's language: what was clicked in this visit or, kept with a yes, an earlier one; else the account's, else the browser's."""
    if not has_request_context():  # a command or a job; mails name their language themselves
        return LOCALES["en"]
    asked = _ours(request.args.get("lang", ""))
    if asked and session.get("language") != asked:
        session["language"] = asked
    chosen = asked or session.get("language") or likings.language() or (_ours(current_user.language or "") if current_user.is_authenticated else None)
    return LOCALES[chosen or _ours(request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans", "zh-SG"]) or "") or "en"]


def _ours(tag: str) -> str | None:
    """Our name for a language tag, if we speak it."""
    tag = tag.lower().replace("_", "-")
    return "zh_Hans" if tag.startswith("zh") else "en" if tag.startswith("en") else None


def same_page_in(code: str) -> str:
    """The address of this page in another language; of the front page, where nobody could come back to this one."""
    lang = "zh" if code == "zh_Hans" else "en"
    if not request.endpoint or request.method != "GET":
        return f"{request.script_root}/?lang={lang}"
    return f"{request.script_root}{quote(request.path)}?{urlencode({**request.args.to_dict(), 'lang': lang})}"


def offer(app: Flask) -> None:
    """Give templates the words for dates, numbers and sizes."""
    app.jinja_env.filters.update(
        day=day, day_short=day_short, month=month, moment=moment, moment_short=moment_short, number=number, bytes=size, duration=duration
    )
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, page_language=language, html_lang=html_lang, same_page_in=same_page_in)


def _pattern(english: str, chinese: str) -> str:
    """The date pattern of the page's language."""
    return chinese if is_chinese() else english


def day(value: datetime) -> str:
    """18 November 2026"""
    return format_date(value, _pattern("d MMMM y", "y 年 M 月 d 日"))


def day_short(value: datetime) -> str:
    """18 Nov 2026"""
    return format_date(value, _pattern("d MMM y", "y 年 M 月 d 日"))


def month(value: datetime) -> str:
    """November 2026"""
    return format_date(value, _pattern("MMMM y", "y 年 M 月"))


def moment(value: datetime) -> str:
    """18 November 2026, 09:38"""
    return format_datetime(value, _pattern("d MMMM y, HH:mm", "y 年 M 月 d 日 HH:mm"))


def moment_short(value: datetime) -> str:
    """18 Nov 2026, 09:38"""
    return format_datetime(value, _pattern("d MMM y, HH:mm", "y 年 M 月 d 日 HH:mm"))


def number(value: Any) -> str:
    """1,284"""
    return str(format_decimal(value))


def size(value: int) -> str:
    """A number of bytes as people read it: 41 bytes, 3.2 kB, 1.4 MB."""
    if value < 1000:
        return f"{value} B"
    for unit in ("kB", "MB", "GB", "TB"):
        value_in_unit = value / 1000
        if value_in_unit < 1000 or unit == "TB":
            break
        value = int(value_in_unit)
    return f"{format_decimal(round(value_in_unit, 1))} {unit}"


def duration(value: timedelta) -> str:
    """A span in whole minutes."""
    return number(round(value.total_seconds() / 60))
