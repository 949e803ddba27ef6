"""The language that is being written in: a page's, or a mail's."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from flask_babel import get_locale

ENGLISH = "en"


def language() -> str:
    """The language as the catalogues are named, `en` or `zh_Hans`; English where nobody has asked for any."""
    here = get_locale()
    return _name(here) if here else ENGLISH


def is_chinese() -> bool:
    """Whether it is Chinese, which has ways of its own to write dates and amounts."""
    return language().startswith("zh")


def html_lang() -> str:
    """The language as HTML writes it."""
    return "zh-Hans" if is_chinese() else ENGLISH


@lru_cache(8)
def _name(locale: Locale) -> str:
    """A language's name, put together once: every page asks several times."""
    return str(locale)
