"""What ZCode notes by itself: usage events, and visits to its pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime

from privacy_center.sandbox.demo.lines import Line, identity
from privacy_center.sandbox.demo.machines import BROWSERS, OWNED, SCREENS, SYSTEMS, device_id, version
from privacy_center.sandbox.demo.moments import iso, spread
from privacy_center.sandbox.demo.repertoire import Habits

PROVIDERS = {"SG": "Singtel", "CN": "中国电信", "US": "Comcast", "GB": "BT"}
EVENTS = (
    ("session_started", "session", 9),
    ("session_ended", "session", 7),
    ("message_sent", "conversation", 30),
    ("answer_finished", "conversation", 26),
    ("tool_called", "tool", 20),
    ("edit_accepted", "tool", 9),
    ("edit_refused", "tool", 2),
    ("file_attached", "conversation", 4),
    ("model_changed", "settings", 2),
    ("mode_changed", "settings", 2),
    ("update_installed", "application", 1),
    ("crash_reported", "application", 0.4),
)
PAGES = ("/", "/pricing", "/docs/install", "/docs/agents", "/docs/mcp", "/account", "/changelog", "/download", "/docs/bots", "/subscribe")
CAME_FROM = ("https://zcode.z.ai/", "https://docs.z.ai/devpack/tool/zcode", "https://chat.z.ai/", None, None)
MODELS = ("glm-5", "glm-4.7", "glm-4.6", "glm-4.5-air")
DETAILS: dict[str, Callable[[random.Random], Line]] = {
    "session_ended": lambda chance: {"minutes": chance.randint(2, 180)},
    "message_sent": lambda chance: {"characters": chance.randint(4, 2400), "files": chance.choice([0, 0, 0, 1, 2])},
    "answer_finished": lambda chance: {"model": chance.choice(MODELS), "seconds": round(chance.uniform(1, 90), 1), "tokens": chance.randint(60, 9000)},
    "tool_called": lambda chance: {"tool": chance.choice(["Read", "Edit", "Bash", "Grep", "Write"]), "milliseconds": chance.randint(3, 9000)},
    "model_changed": lambda chance: {"from": "glm-4.7", "to": chance.choice(MODELS)},
    "mode_changed": lambda chance: {"to": chance.choice(["Always Ask", "Accept Edits", "Plan"])},
    "crash_reported": lambda chance: {"process": "renderer", "code": chance.choice([5, 11, 133]), "recovered": True},
}


def usage_events(subject: str, habits: Habits, language: str, now: datetime, talks: list[str]) -> Iterator[Line]:
    """What *subject* did in ZCode, in the thirteen months that such events are kept."""
    chance = random.Random(f"events of {subject}")  # noqa: S311  (variety, not secrecy)
    days = min(habits.days, 390)
    moments = spread(chance, habits.events, now=now, days=days, zone=habits.zone)
    for number, occurred_at in enumerate(moments):
        kind = chance.choices(OWNED[subject], [6, 3, 1, 1][: len(OWNED[subject])])[0]
        name, type_, _often = chance.choices(EVENTS, [often for _name, _type, often in EVENTS])[0]
        system, system_version = SYSTEMS[kind]
        yield {
            "type": "usage_event",
            "id": identity("evt", f"{subject}/{number}"),
            "user": subject,
            "occurred_at": iso(occurred_at),
            "event_name": name,
            "event_type": type_,
            "event_region": habits.region,
            "event_extension": extension(name, chance),
            "client_time_zone": habits.time_zone,
            "language": language,
            "screen_resolution": SCREENS[kind],
            "application_version": version((now - occurred_at).days),
            "os_type": system,
            "os_version": system_version,
            "device": device_id(subject, kind),
            "talk_id": chance.choice(talks) if talks and type_ in ("conversation", "tool") else None,
        }


def extension(name: str, chance: random.Random) -> Line | None:
    """The further details of an event, which differ from event to event."""
    make = DETAILS.get(name)
    return make(chance) if make else None


def visits(subject: str, habits: Habits, now: datetime) -> Iterator[Line]:
    """Visits to ZCode's pages in the ninety days that the log is kept; addresses are those set aside for examples."""
    chance = random.Random(f"visits of {subject}")  # noqa: S311  (variety, not secrecy)
    for number, occurred_at in enumerate(spread(chance, habits.visits, now=now, days=min(habits.days, 88), zone=habits.zone)):
        kind = chance.choice(OWNED[subject])
        yield {
            "type": "log_entry",
            "id": identity("log", f"{subject}/{number}"),
            "user": subject,
            "occurred_at": iso(occurred_at),
            "ip_address": chance.choice(("203.0.113.24", "203.0.113.25", "198.51.100.61", "2001:db8:4a:1::17")),
            "browser": BROWSERS[kind],
            "isp": PROVIDERS[habits.region],
            "referring_page": chance.choice(CAME_FROM),
            "page": chance.choice(PAGES),
            "exit_page": chance.choice((None, None, "/subscribe", "/download")),
            "operating_system": " ".join(SYSTEMS[kind]),
        }
