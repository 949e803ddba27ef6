"""Limits on tries: each person's are counted alone."""

from __future__ import annotations

import pytest

from privacy_center.core.limits import limiter
from tests.accounts.mailing import typed
from tests.accounts.stand_ins import Browser, StandIns

pytestmark = pytest.mark.parametrize("shape", ["zai"], indirect=True)


def test_typing_is_limited_per_person(asking: Browser, somebody_else: Browser, stand_ins: StandIns) -> None:
    somebody_else.sign_in("zai-jun")
    limiter.enabled = True
    limiter.reset()
    answers = [typed(asking, "1") for _ in range(21)]

    assert (answers[19].status_code, answers[20].status_code) == (422, 429)
    assert "That was too often in a short time" in answers[20].text
    assert typed(somebody_else, "1").status_code == 422


def test_beginning_to_sign_in_is_limited_per_address(somebody: Browser) -> None:
    limiter.enabled = True
    limiter.reset()
    ours = {"Sec-Fetch-Site": "same-origin"}
    here = [somebody.centre.post("/sign-in", headers=ours).status_code for _ in range(121)]

    assert (here[119], here[120]) == (303, 429)
    elsewhere = somebody.centre.post("/sign-in", headers=ours, environ_overrides={"REMOTE_ADDR": "203.0.113.5"})
    assert elsewhere.status_code == 303
