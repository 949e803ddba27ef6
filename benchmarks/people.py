"""The people of the measurements and their conversations, the same for every run: one heavy user, 300 others, one Chinese reader."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from benchmarks.words import Language

SEED = 20261101
OTHERS = 300
HEAVIEST_OTHER = 2_027
CHINESE_CONVERSATIONS = 320
MICROSECONDS = 1_000_000
END = 1_793_491_200 * MICROSECONDS  # 1 November 2026; nothing is younger
SPAN = 3 * 365 * 24 * 3600 * MICROSECONDS
MODELS = ("GLM-4.7", "GLM-4.7", "GLM-4.6", "GLM-4.5-Air", None)
SOURCES = ("desktop", "desktop", "desktop", "cli", "web")
WORKSPACES = tuple(f"/home/mei/projects/{name}" for name in ("shop", "billing", "atlas", "notes", "kernel", "garden", "orbit"))


class Person(NamedTuple):
    """A user of the measurements and how many conversations they have."""

    subject: str
    conversations: int
    language: str


class Message(NamedTuple):
    """One message, its time in microseconds."""

    id: str
    role: str
    created_at: int
    model: str | None
    parts: list[dict[str, Any]]

    @property
    def characters(self) -> int:
        """How long its text is."""
        return sum(len(part.get("text", "")) for part in self.parts)


class Conversation(NamedTuple):
    """One conversation with its messages, its times in microseconds."""

    id: str
    title: str
    created_at: int
    updated_at: int
    model: str | None
    workspace: str
    source: str
    messages: list[Message]


HEAVY, CHINESE = "heavy", "chinese"
MARK = "qxkvanish"  # ends every message of the heavy user and stands nowhere else, so that what is left of a deletion can be searched for


def people(conversations: int, others: int = OTHERS) -> list[Person]:
    """The heavy user with so many conversations, the Chinese reader, and the others, fewer and fewer (Pareto)."""
    most = min(HEAVIEST_OTHER, 3 * conversations)
    crowd = [Person(f"other-{rank}", max(1, int(most / rank**1.2)), "en") for rank in range(1, others + 1)]
    return [Person(HEAVY, conversations, "en"), Person(CHINESE, min(conversations, CHINESE_CONVERSATIONS), "zh"), *crowd]


@dataclass
class Writer:
    """Writes the conversations of people; the same seed writes the same words."""

    seed: int = SEED

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.language = Language(self.rng)

    def conversations(self, person: Person) -> Iterator[Conversation]:
        """All conversations of the person, in the order they were begun."""
        step, mark = SPAN // person.conversations, f" {MARK}" if person.subject == HEAVY else ""
        for number in range(person.conversations):
            begun = END - SPAN + number * step + self.rng.randrange(max(1, step // 2))
            yield self._conversation(f"{person.subject}-c{number}", begun, chinese=0.05 if person.language == "en" else 1.0, mark=mark)

    def _conversation(self, name: str, begun: int, *, chinese: float, mark: str) -> Conversation:
        """One conversation: two to sixty messages, a question and its answer each."""
        rng = self.rng
        turns = max(1, min(30, round(rng.expovariate(1 / 4.78))))
        model, in_chinese = rng.choice(MODELS), rng.random() < chinese
        messages, at, step = [], begun, rng.randrange(20, 90) * MICROSECONDS
        for turn in range(turns * 2):
            messages.append(self._message(f"{name}-m{turn}", "assistant" if turn % 2 else "user", at, model, in_chinese, mark))
            at += step
        title = self.language.chinese_text(10)[:24] if in_chinese else rng.choice(self.language.sentences)[:60].strip()
        return Conversation(name, title, begun, at - step, model, rng.choice(WORKSPACES), rng.choice(SOURCES), messages)

    def _message(self, name: str, role: str, at: int, model: str | None, in_chinese: bool, mark: str) -> Message:
        """A short question, or a long answer, one in four with code."""
        rng = self.rng
        answers = role == "assistant"
        length = rng.lognormvariate(7.13, 0.75) if answers else rng.lognormvariate(5.3, 0.9)
        # A Chinese character takes three bytes and says as much as three Latin letters.
        text = self.language.chinese_text(int(length / 3)) if in_chinese else self.language.text(int(length))
        if answers and rng.random() < 0.3:
            text = self.language.with_code(text)
        return Message(name, role, at, model if answers else None, [{"type": "text", "text": f"{text}{mark}"}])
