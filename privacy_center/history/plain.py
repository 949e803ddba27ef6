"""Words that others wrote, made fit to stand on a page: nothing invisible, nothing that turns the line round."""

from __future__ import annotations

import re

# Control characters, and the marks that reorder what is read (CVE-2021-42574): each is shown as what it is, unreadable.
TROUBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
LONGEST_TITLE = 200


def plain(text: str) -> str:
    """The text with one kind of line end, and every troublesome character shown as U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return TROUBLE.sub("\ufffd", text)


def one_line(text: str | None, longest: int = LONGEST_TITLE) -> str:
    """The beginning of the text in one line; empty when there is nothing to read."""
    if not text:
        return ""
    if len(text) <= longest and text.isprintable() and not text.isspace():  # nearly all; nothing invisible is printable
        return text
    words = plain(" ".join(text[: longest * 4].split()))
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
