"""Tells a scenario: one variation of it, as the feed's lines of a conversation, its messages and files, and its sub-agents."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from privacy_center.sandbox.demo import tools
from privacy_center.sandbox.demo.files import file_of
from privacy_center.sandbox.demo.lines import Line, identity
from privacy_center.sandbox.demo.moments import iso
from privacy_center.sandbox.demo.scenario import Part, Scenario, Turn, fill

SOURCES = {"desktop": 58, "cli": 24, "web": 9, "mobile": 6, "bot": 3}


def tell(scenario: Scenario, *, subject: str, number: int, begins: datetime, now: datetime) -> list[Line]:
    """The lines of variation *number* of a scenario, for *subject*, begun at *begins* and over before *now*."""
    key = f"{subject}/{scenario.name}/{number}"
    chance = random.Random(key)  # noqa: S311  (variety, not secrecy)
    telling = Telling(scenario, subject, key, chance, choose(scenario, number, chance) | calendar(begins) | {"short": subject.removeprefix("zai-")})
    for turn in scenario.turns:
        if turn.optional and chance.random() < 0.5:
            continue
        telling.take(turn)
    telling.settle(begins, now)
    return telling.lines


def choose(scenario: Scenario, number: int, chance: random.Random) -> dict[str, str]:
    """The values of this variation; neighbouring numbers get different ones."""
    chosen = {name: values[number % len(values)] if turn == 0 else chance.choice(values) for turn, (name, values) in enumerate(scenario.choices.items())}
    if scenario.workspaces:
        chosen["project"] = scenario.workspaces[number % len(scenario.workspaces)]
    return chosen


def calendar(begins: datetime) -> dict[str, str]:
    """The day of the conversation, in the notations that scenarios speak of."""
    formats = {"day": "%-d %B", "isoday": "%Y-%m-%d", "logday": "%d/%b/%Y", "year": "%Y", "yy": "%y"}
    return {name: begins.strftime(notation) for name, notation in formats.items()}


class Telling:
    """A conversation while it is being told; times are seconds since its beginning until `settle`."""

    def __init__(self, scenario: Scenario, subject: str, key: str, chance: random.Random, chosen: dict[str, str]) -> None:
        self.subject, self.key, self.chance, self.chosen = subject, key, chance, chosen
        self.home = f"/Users/{chosen['short']}/code/{chosen.get('project', 'scratch')}"
        self.source = scenario.source or chance.choices(list(SOURCES), list(SOURCES.values()))[0]
        self.lines: list[Line] = []
        self.seconds = 0.0
        number = int(key.rpartition("/")[2])
        self.open(fill(scenario.titles[number % len(scenario.titles)], chosen) if scenario.titles else "", None)

    def open(self, title: str, parent: str | None) -> None:
        """Begin a conversation: the main one, or a sub-agent's."""
        self.conversation = identity("sess", f"{self.key}/{len(self.lines)}")
        self.last: str | None = None
        self.before: dict[str, str | None] = {}
        self.lines.append(
            {
                "type": "conversation",
                "id": self.conversation,
                "user": self.subject,
                "title": title,
                "created_at": self.seconds,
                "updated_at": self.seconds,
                "workspace": self.chosen.get("project"),
                "source": self.source,
                "parent": parent,
                "archived": parent is None and self.chance.random() < 0.12,
                "talk_id": identity("talk", self.key) if self.chance.random() < 0.7 else None,
            }
        )

    def take(self, turn: Turn) -> None:
        """Let somebody speak; a command-line session keeps what tools return in messages of their own."""
        if turn.opens:
            self.open(fill(turn.opens, self.chosen), self.lines[0]["id"])
        if turn.instead:
            self.last = self.before.get(turn.role)
        self.before[turn.role] = self.last
        self.seconds += self.chance.uniform(20, 420) if turn.role == "user" else self.chance.uniform(3, 45)
        if turn.role == "user" and self.chance.random() < 0.03:
            self.seconds += self.chance.uniform(3, 60) * 3600  # put aside, and taken up again later
        message = self.speak(turn.role, [])
        for part in turn.parts:
            self.add(message, part)
        if self.source == "cli":
            self.return_results(message)

    def speak(self, role: str, parts: list[Line]) -> Line:
        """A message after the last one."""
        message: Line = {
            "type": "message",
            "id": identity("msg", f"{self.key}/{len(self.lines)}"),
            "user": self.subject,
            "conversation": self.conversation,
            "parent": self.last,
            "role": role,
            "created_at": self.seconds,
            "parts": parts,
        }
        self.lines.append(message)
        self.last = message["id"]
        return message

    def add(self, message: Line, part: Part) -> None:
        """Add a part, with its open places filled, to a message."""
        part = Part(part.kind, fill(part.argument, self.chosen), fill(part.body, self.chosen))
        self.seconds += self.chance.uniform(0.5, 12)
        if part.kind in ("say", "thinking"):
            message["parts"].append({"type": "text" if part.kind == "say" else "reasoning", "text": part.body})
        elif part.kind in ("file", "picture", "absent"):
            message["parts"].append({"type": "file", "file": self.attach(message, part)})
        else:
            given, returned = tools.call(part, self.home)
            call = identity("call", f"{message['id']}/{len(message['parts'])}")
            message["parts"].append({"type": "tool", "name": part.kind, "call": call, "input": given, "output": returned})

    def attach(self, message: Line, part: Part) -> str:
        """Add the file that *part* is, and say its id."""
        line = file_of(part, message, self.key)
        self.lines.append(line)
        return str(line["id"])

    def return_results(self, message: Line) -> None:
        """Move what tools returned from a message into messages of their own."""
        for part in message["parts"]:
            if part["type"] == "tool":
                self.seconds += 0.2
                self.speak("tool", [{"type": "tool", "name": part["name"], "call": part["call"], "output": part.pop("output")}])

    def settle(self, begins: datetime, now: datetime) -> None:
        """Turn seconds into moments, none of them after *now*, and say which model answered."""
        begins = min(begins, now - timedelta(seconds=self.seconds + 60))
        model = model_of(begins, now, self.chance)
        ends: dict[str, float] = {}
        for line in self.lines:
            home = line["id"] if line["type"] == "conversation" else line["conversation"]
            ends[home] = max(ends.get(home, 0), line["created_at"])
        for line in self.lines:
            if line["type"] == "conversation":
                line["updated_at"] = iso(begins + timedelta(seconds=ends[line["id"]]))
            if line["type"] == "conversation" or line.get("role") == "assistant":
                line["model"] = model
            line["created_at"] = iso(begins + timedelta(seconds=line["created_at"]))


def model_of(moment: datetime, now: datetime, chance: random.Random) -> str:
    """The model that most people used at that time; now and then a smaller or an older one."""
    months = (now - moment).days / 30
    usual = "glm-5" if months < 9 else "glm-4.7" if months < 15 else "glm-4.6"
    return chance.choices([usual, "glm-4.7", "glm-4.5-air"], [82, 13, 5])[0]
