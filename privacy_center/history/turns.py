"""Messages as turns: what one side said before the other spoke, with the answers of tools folded into the turn that used them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from privacy_center.history.calendar import Calendar, calendar, clock_time, machine_time
from privacy_center.history.files import FileLink, Files
from privacy_center.history.models import SPEAKERS
from privacy_center.history.opened import Opened, Stored
from privacy_center.history.plain import one_line
from privacy_center.history.shown import Fold, Shower
from privacy_center.history.thread import PERSON, SYSTEM, TOOL

ZCODE = "assistant"


@dataclass
class Block:
    """A run of words, or of folds."""

    words: Markup | None = None
    cut: str = ""
    folds: list[Fold] = field(default_factory=list)


@dataclass
class Step:
    """One message within a turn."""

    id: int
    blocks: list[Block] = field(default_factory=list)
    files: list[FileLink] = field(default_factory=list)
    version: int = 1
    versions: int = 1
    earlier: str | None = None
    later: str | None = None

    def add_fold(self, fold: Fold) -> None:
        """Put a fold below the one before, or begin a run of them."""
        if not self.blocks or self.blocks[-1].words is not None:
            self.blocks.append(Block())
        self.blocks[-1].folds.append(fold)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see of it."""
        return not (self.blocks or self.files or self.versions > 1)


@dataclass
class Turn:
    """What one side said before the other spoke."""

    role: str
    speaker: str
    model: str | None
    machine_time: str
    time: str
    model_as_sent: str | None = None
    steps: list[Step] = field(default_factory=list)

    def takes(self, message: Stored, versions: int) -> bool:
        """Whether the message goes on with this turn: a tool's answer, or ZCode speaking on as the same model."""
        if self.role not in (ZCODE, TOOL):
            return False
        return message.role == TOOL or (message.role == ZCODE == self.role and message.model == self.model_as_sent and versions == 1)


class TurnMaker:
    """Makes the turns of one page."""

    def __init__(self, opened: Opened, files: Files, shower: Shower, day: date) -> None:
        self.opened, self.files, self.shower = opened, files, shower
        self.dates: Calendar = calendar()
        self.day = day
        self.turns: list[Turn] = []
        self.calls: dict[str, Fold] = {}

    def turns_of(self, messages: Iterable[Stored]) -> list[Turn]:
        """The messages as turns."""
        for message in messages:
            step = self._step(message)
            if not self.turns or not self.turns[-1].takes(message, step.versions):
                if step.is_empty and message.role == TOOL:
                    continue
                self.turns.append(self._turn(message))
            self.turns[-1].steps.append(step)
        return self.turns

    def _turn(self, message: Stored) -> Turn:
        when = message.created_at
        time = clock_time(when) if when.date() == self.day else f"{self.dates.short_day(when)}, {clock_time(when)}"
        self.day = when.date()
        speaker = str(SPEAKERS.get(message.role, message.role))
        return Turn(message.role, speaker, one_line(message.model, 60), machine_time(when), time, message.model)

    def _step(self, message: Stored) -> Step:
        """The message with its versions, parts and files."""
        step = Step(message.id)
        versions = self.opened.tree.versions(message.id)
        if len(versions) > 1:
            place = versions.index(message.id)
            step.version, step.versions = place + 1, len(versions)
            step.earlier = self.opened.version(versions[place - 1]) if place else None
            step.later = self.opened.version(versions[place + 1]) if place + 1 < len(versions) else None
        named = []
        for part in message.parts:
            if isinstance(part, dict) and part.get("type") == "file" and isinstance(part.get("file"), str):
                named.append(part["file"])
            else:
                self._show(step, message, part)
        step.files = self.files.of_message(message.external_id, named)
        return step

    def _show(self, step: Step, message: Stored, part: Any) -> None:
        """Put one part into the step, whatever it is."""
        kind = part.get("type") if isinstance(part, dict) else None
        text = str(part.get("text") or "") if kind in ("text", "reasoning") else ""
        if kind == "reasoning":
            if text.strip():
                step.add_fold(self.shower.reasoning(text))
        elif kind == "text":
            if text.strip():
                self._say(step, message.role, text)
        elif kind == "tool":
            self._use(step, message, part)
        else:
            step.add_fold(self.shower.unknown(part))

    def _say(self, step: Step, role: str, text: str) -> None:
        words, cut = self.shower.words(text, typed=role in (PERSON, TOOL))
        if role == SYSTEM:
            step.add_fold(Fold(str(SPEAKERS[SYSTEM]), text=words, cut=cut, said=True))
        else:
            step.blocks.append(Block(words, cut))

    def _use(self, step: Step, message: Stored, part: dict[str, Any]) -> None:
        """A tool that is used, or its answer, which goes into the fold of the use when that is on this page."""
        call = str(part.get("call") or "")
        used = self.calls.pop(call, None) if message.role == TOOL and call else None
        if used is not None and part.get("output") is not None:
            self.shower.answer(used, part["output"], message.id)
            return
        fold = self.shower.use(part)
        step.add_fold(fold)
        if call:
            self.calls[call] = fold
