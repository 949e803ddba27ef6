"""Requests that demo people have made, so that the desk has something to do from the first look."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.rights import asking
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Request

# How many days ago, who (a Z.ai user id, or an address that was proved), where from, what, in which words.
TOLD: tuple[tuple[int, str, Home, str, str, dict[str, Any] | None], ...] = (
    (
        41,
        "zai-sam",
        Home("GB", "ENG"),
        "complaint",
        "I asked twice when my plan ends and nobody answered. Please tell me why it took so long.",
        None,
    ),
    (25, "zai-alex", Home("US", "CA"), "correction", "I have married; my name is Alex Okafor-Lindgren now.", {"fields": {"name": "Alex Okafor-Lindgren"}}),
    (9, "zai-jun", Home("CN"), "output", "模型说我在 2019 年被判有罪。这不是真的，那是另一个同名的人。", None),
    (6, "zai-mei", Home("SG"), "correction", "Please write to me at my new address.", {"fields": {"email": "mei.hartmann@example.com"}}),
    (4, "olga@example.com", Home("PL"), "access", "I no longer get into my account, and want to know what you hold about me.", None),
    (2, "former@example.org", Home("FR"), "deletion", "I closed my account last year. Delete what is left. My last order was 2025010100042.", None),
)


def ask(issuer: str, now: datetime) -> int:
    """Make the requests that are told of, unless there are any; returns how many."""
    if Request.select().exists():
        return 0
    made = 0
    for days, who, home, right, words, wants in TOLD:
        user = None if "@" in who else User.known(issuer, who)
        if user is None and "@" not in who:
            continue
        with clock.at(now - timedelta(days=days)):
            language = "zh-Hans" if user and user.country == "CN" else "en"
            request = asking.ask(right, home=home, language=language, user=user, email=None if user else who, words=words, wants=wants)
            if user is None:
                asking.verified(request)
        made += 1
    return made
