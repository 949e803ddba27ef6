"""Whether something may be done with a person's data now: the newest answer counts, and silence is no where consent is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from privacy_center.consent.basis import LETS, Basis, Purpose
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.wording import PURPOSES

__all__ = ["PURPOSES", "State", "allowed", "state_of", "states_of"]


@dataclass(frozen=True)
class State:
    """Where one purpose stands with one person: whether it may go on by their own answer, and all answers, newest first."""

    purpose: Purpose
    history: list[ConsentRecord]

    @property
    def newest(self) -> ConsentRecord | None:
        """The answer that counts; None while nothing was said."""
        return self.history[0] if self.history else None

    @property
    def goes_on(self) -> bool:
        """Whether the processing may go on by this answer alone; silence is no to what needs consent, and no objection."""
        return self.newest.answer in LETS if self.newest else self.purpose.basis is not Basis.CONSENT

    @property
    def since(self) -> datetime | None:
        """Since when it is so; None for what was never answered."""
        return self.newest.said_at if self.newest else None


def states_of(user: Any) -> dict[str, State]:
    """Where every purpose stands with *user*, with all that was ever answered."""
    said: dict[str, list[ConsentRecord]] = {key: [] for key in PURPOSES}
    for each in ConsentRecord.owned_by(user).where(ConsentRecord.purpose.in_(list(PURPOSES))):
        said[each.purpose].append(each)
    return {key: State(PURPOSES[key], answers) for key, answers in said.items()}


def state_of(user: Any, purpose: str) -> State:
    """Where one purpose stands with *user*."""
    newest = ConsentRecord.newest(user, purpose)
    return State(PURPOSES[purpose], [newest] if newest else [])


def allowed(user: Any, purpose: str) -> bool:
    """Whether *user*'s data may be processed for *purpose* now; nothing may be while processing is restricted.

    Asked for `restriction` itself: whether processing is free of one.
    """
    return state_of(user, purpose).goes_on and (purpose == "restriction" or state_of(user, "restriction").goes_on)
