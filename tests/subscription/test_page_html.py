"""The page of what one pays is valid HTML in each of its states."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_center.accounts.models import User
from privacy_center.core import jobs
from privacy_center.subscription.models import RenewalDecision
from tests.conftest import Visitor
from tests.house.test_html import faults
from tests.subscription import paying
from tests.subscription.double import Double


@pytest.mark.engine("sqlite")
def test_every_state_of_the_page_is_valid_html(stripe: Double, as_mei: Visitor, mei: User, tmp_path: Path) -> None:
    def keep(name: str, path: str = "/subscription") -> None:
        (tmp_path / f"{name}.html").write_text(as_mei.get(path).text)

    stripe.stop()
    keep("first-time")
    row = paying.overdue(mei)
    paying.stopped(mei, plan_name="GLM Coding Lite & more")
    paying.plan(mei, status="canceled")
    keep("several")
    for _number in range(12):
        paying.invoice(mei)
        paying.order(mei)
    as_mei.submit("/subscription/portal", page="/subscription")
    keep("no-portal")
    keep("stop", f"/subscription/renewal?subscription={row.id}")
    as_mei.submit("/subscription/renewal", {"subscription": row.id, "renewal": "off"}, page="/subscription")
    keep("waiting")
    RenewalDecision.update(state="refused").execute()
    jobs.run_due()
    keep("refused")
    keep("chinese", "/subscription?lang=zh")

    assert not (found := faults(tmp_path)), "\n".join(found)
