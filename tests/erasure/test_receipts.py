"""Receipts: what they say, that they can be checked, that they tell nothing of what was deleted."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from privacy_center.core import jobs
from privacy_center.erasure.models import Receipt
from tests.erasure.doing import ask, confirm


@pytest.fixture
def receipt(as_mei: Any, history: Any) -> Any:
    confirm(as_mei, ask(as_mei, scope="everything"))
    jobs.run_due()
    return Receipt.get()


def test_a_receipt_is_read_by_its_code_without_sign_in(visitor: Any, receipt: Any) -> None:
    page = visitor.get(f"/receipts/{receipt.code}")
    assert "Conversations" in page.text
    assert receipt.code in page.text


def test_the_hash_of_a_receipt_can_be_computed_by_anybody(visitor: Any, receipt: Any) -> None:
    answer = visitor.get(f"/receipts/{receipt.code}.json").json
    canonical = json.dumps(answer["receipt"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == answer["sha256"]


def test_a_receipt_tells_kinds_and_numbers_but_no_content(visitor: Any, receipt: Any) -> None:
    text = visitor.get(f"/receipts/{receipt.code}.json").text
    assert '"removed":5' in text.replace(" ", "")
    assert not any(word in text for word in ("About", "sourdough", "bread", "Mei", "mei@example.com"))


def test_a_receipt_that_was_changed_says_so(visitor: Any, receipt: Any) -> None:
    Receipt.update(body={**receipt.body, "scope": "ticked"}).execute()
    assert "does not match its hash" in visitor.get(f"/receipts/{receipt.code}").text


def test_a_code_that_never_was_is_not_found(visitor: Any, app: Any) -> None:
    assert visitor.get("/receipts/DR-2222-2222-2222-2222").status_code == 404
