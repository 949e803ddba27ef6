"""How much trouble a run takes: thorough for the record, brief for every day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """Rounds, requests in each round and before the first, and how much is fed."""

    rounds: int
    each: int
    warm_up: int
    fed_conversations: int
    searched: int


THOROUGH = Effort(rounds=15, each=120, warm_up=300, fed_conversations=200_000, searched=200)
BRIEF = Effort(rounds=5, each=60, warm_up=100, fed_conversations=4_000, searched=40)
TINY = Effort(rounds=2, each=3, warm_up=3, fed_conversations=20, searched=3)
