"""Every act that is written down about a person has words that the person reads."""

from __future__ import annotations

import re
from pathlib import Path

from privacy_center.datamap.acts import ACTIONS

ROOT = Path(__file__).parents[2] / "privacy_center"
WRITTEN = re.compile(r"audit\.write\(\s*\"([^\"]+)\"(?P<rest>[^)]*)")
ABOUT_NOBODY = {
    "announcement published",
    "announcement taken back",
    "feed received",
    "policy published",
    "work begun again",
}  # acts without a person, which nobody's page shows


def test_every_act_has_words() -> None:
    written = {found[1] for path in ROOT.rglob("*.py") for found in WRITTEN.finditer(path.read_text())}
    assert len(written) > 5
    assert written - ABOUT_NOBODY <= set(ACTIONS)
