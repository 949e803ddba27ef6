"""Long working sessions: several scenarios one after the other in one conversation, as people do on a full day."""

from __future__ import annotations

from dataclasses import replace

from privacy_center.sandbox.demo import scenario
from privacy_center.sandbox.demo.scenario import PLACE, Part, Scenario, Turn

DAYS = (
    (
        "A long day on «project»",
        "checkout-api",
        ("webhook-twice", "migration-lock", "query-plan", "flaky-checkout-test", "commit-message", "code-review"),
    ),
    ("«project»: everything before the holidays", "storefront", ("hydration", "css-grid", "a11y-audit", "dark-tokens", "e2e-login", "feature-flags", "readme")),
    ("On call for «project», night of the slow exports", "gateway", ("log-analysis", "nginx-502", "rate-limiter", "websocket", "node-leak", "backup-script")),
)


def sessions() -> list[Scenario]:
    """The long sessions, each a scenario of its own."""
    shelf = {each.name: each for each in scenario.all_of("en")}
    return [
        Scenario(f"session-{workspace}", [title], [workspace], "desktop", {}, [turn for name in names for turn in settled(shelf[name])])
        for title, workspace, names in DAYS
    ]


def settled(told: Scenario) -> list[Turn]:
    """The turns of a scenario with its first choices made, all of them told, without its sub-agents."""
    chosen = {name: values[0] for name, values in told.choices.items()}
    turns: list[Turn] = []
    for turn in told.turns:
        if turn.opens:
            break
        turns.append(replace(turn, optional=False, parts=[settle(part, chosen) for part in turn.parts]))
    return turns


def settle(part: Part, chosen: dict[str, str]) -> Part:
    """A part with the chosen values in their places; the project's and the day's places stay open."""
    argument, body = (PLACE.sub(lambda place: chosen.get(place.group(1), place.group(0)), text) for text in (part.argument, part.body))
    return Part(part.kind, argument, body)
