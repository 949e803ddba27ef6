"""Links of a copy's pages to the files in it; only where opening one runs nothing."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
# What a browser shows without running what is in it, whatever the bytes say: of other endings it may guess, and guess HTML.
SHOWN = (*PICTURES, ".txt", ".csv", ".json", ".pdf")


def link(up: str, place: str, words: str) -> str:
    """A link to the file at *place*, seen from a page that lies *up* in the archive; of a file that could run, only where it lies."""
    if place.lower().endswith(SHOWN):
        return f'<a href="{up}{quote(place)}">{escape(words, quote=False)}</a>'
    return f"{escape(words, quote=False)} <small><code>{escape(place, quote=False)}</code></small>"


def picture(up: str, place: str, words: str) -> str:
    """The picture at *place*, which leads to itself; nothing when the file is none."""
    if not place.lower().endswith(PICTURES):
        return ""
    where = f"{up}{quote(place)}"
    return f'<a href="{where}"><img src="{where}" alt="{escape(words)}" loading="lazy"></a>'
