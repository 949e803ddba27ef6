"""A browser's name in words a person knows; the rest of what it says about itself is not kept."""

from __future__ import annotations

import re

# The order matters: Edge and Opera also say Chrome, Chrome also says Safari.
PROGRAMS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"MicroMessenger/", "WeChat"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
    (r"curl/|Wget/", "a command line"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"HarmonyOS|OpenHarmony", "HarmonyOS"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"CrOS", "ChromeOS"),
    (r"Linux|X11", "Linux"),
)


def name_of(user_agent: str) -> str:
    """“Firefox on Linux”, or as much of it as can be told; empty when nothing can."""
    program = _first(PROGRAMS, user_agent)
    system = _first(SYSTEMS, user_agent)
    return f"{program} on {system}" if program and system else program or system


def _first(kinds: tuple[tuple[str, str], ...], user_agent: str) -> str:
    """The name of the first kind that the text speaks of."""
    return next((name for pattern, name in kinds if re.search(pattern, user_agent)), "")
