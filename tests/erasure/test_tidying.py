"""The search index is tidied once a day: many small segments become few, and it finds what it found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from privacy_center.core import clock, jobs
from privacy_center.core.db import fetch
from privacy_center.history.segments import merge
from tests.erasure.doing import feed, talk

CALLS = 30


def segments() -> int:
    """In how many segments the index lies: the high bits of the numbers of its blocks."""
    return len({number >> 37 for (number,) in fetch("SELECT id FROM word_index_data WHERE id > 100")})


@pytest.mark.engine("sqlite")
def test_many_small_segments_become_few_and_find_the_same(app: Any, mei: Any) -> None:
    for number in range(CALLS):
        feed(*talk(f"talk {number}", f"The lighthouse, seen for the {number}th time"))
    many = segments()
    with clock.at(clock.now() + timedelta(days=1)):
        jobs.run_sweeps()
        jobs.run_due()
    assert segments() < min(many, 4)
    assert not merge(16)
    as_mei = app.test_client().sign_in(mei)
    assert as_mei.get("/history?q=lighthouse").text.count("lighthouse</mark>") >= 20
