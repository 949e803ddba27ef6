"""The page of choices: silence, answers, what is refused, and pages that are old."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.models import User
from privacy_center.consent import recording
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.purposes import PURPOSES, allowed
from privacy_center.core import audit, outbox
from tests.conftest import Visitor
from tests.consent.conftest import form_of

CONSENTS = ("marketing", "feedback_files", "sensitive")
INTERESTS = ("improvement", "training")
MEANINGLESS = [("marketing", "object"), ("training", "take back"), ("restriction", "lift"), ("marketing", ""), ("sensitive", "x" * 9000)]


def test_silence_is_no_to_what_needs_consent_and_no_objection(mei: User) -> None:
    assert [key for key in PURPOSES if allowed(mei, key)] == ["improvement", "training", "restriction"]


@pytest.mark.parametrize("purpose", list(PURPOSES))
def test_one_click_changes_a_purpose_and_one_click_changes_it_back(as_mei: Visitor, mei: User, press: Any, purpose: str) -> None:
    before = allowed(mei, purpose)

    assert "In force since" in press(as_mei, purpose).text
    assert allowed(mei, purpose) is not before

    press(as_mei, purpose)
    assert allowed(mei, purpose) is before
    assert ConsentRecord.owned_by(mei).where(ConsentRecord.purpose == purpose).count() == 2


def test_the_page_shows_every_answer_so_far_with_its_receipt(as_mei: Visitor, mei: User, press: Any) -> None:
    press(as_mei, "marketing")
    page = press(as_mei, "marketing").text

    for record in ConsentRecord.owned_by(mei):
        assert f'href="/choices/records/{record.record_id}"' in page
    assert "You get no news by e-mail" in page


@pytest.mark.parametrize("purpose", INTERESTS)
def test_consent_to_what_does_not_rest_on_consent_is_refused(as_mei: Visitor, mei: User, press: Any, purpose: str) -> None:
    answer = press(as_mei, purpose, answer="agree")

    assert answer.status_code == 422
    assert "does not rest on an answer of that kind" in answer.text
    assert not ConsentRecord.owned_by(mei).exists()


@pytest.mark.parametrize(
    ("purpose", "answer"), [("marketing", "object"), ("training", "take back"), ("restriction", "lift"), ("marketing", ""), ("sensitive", "x" * 9000)]
)
def test_an_answer_that_means_nothing_there_changes_nothing(as_mei: Visitor, mei: User, press: Any, purpose: str, answer: str) -> None:
    assert press(as_mei, purpose, answer=answer).status_code == 422
    assert not ConsentRecord.owned_by(mei).exists()


def test_there_is_nothing_at_a_purpose_that_is_none(as_mei: Visitor) -> None:
    assert as_mei.submit("/choices/everything", {"answer": "agree"}, page="/choices").status_code == 404


def test_a_double_click_adds_one_answer_and_says_that_it_was_so(as_mei: Visitor, mei: User) -> None:
    sent = form_of(as_mei.get("/choices").text, "marketing")
    as_mei.post("/choices/marketing", data=sent, follow_redirects=True)

    again = as_mei.post("/choices/marketing", data=sent, follow_redirects=True)

    assert "It was so already" in again.text
    assert ConsentRecord.owned_by(mei).count() == 1


def test_the_newer_answer_of_a_stale_tab_wins_and_the_person_is_told(as_mei: Visitor, mei: User, press: Any) -> None:
    stale = form_of(as_mei.get("/choices").text, "marketing")
    press(as_mei, "marketing")
    press(as_mei, "marketing")

    answer = as_mei.post("/choices/marketing", data=stale, follow_redirects=True)

    assert "another answer had come in" in answer.text
    assert allowed(mei, "marketing")
    assert ConsentRecord.owned_by(mei).count() == 3


def test_a_yes_to_words_that_have_changed_since_is_not_taken(as_mei: Visitor, mei: User, press: Any) -> None:
    answer = press(as_mei, "marketing", words="0" * 12)

    assert answer.status_code == 422
    assert "have changed since you opened the page" in answer.text
    assert not allowed(mei, "marketing")


def test_a_no_counts_whatever_words_the_page_showed(as_mei: Visitor, mei: User, press: Any) -> None:
    press(as_mei, "training", words="0" * 12)

    assert not allowed(mei, "training")


def test_a_restriction_stops_everything_and_leaves_the_answers_as_they_are(as_mei: Visitor, mei: User, press: Any) -> None:
    press(as_mei, "marketing")

    assert "Processing is restricted" in press(as_mei, "restriction").text
    assert not any(allowed(mei, key) for key in PURPOSES)

    press(as_mei, "restriction")
    assert allowed(mei, "marketing") and allowed(mei, "improvement")


@pytest.mark.parametrize(("purpose", "kind"), [("sensitive", "consent"), ("improvement", "objection"), ("restriction", "restriction")])
def test_every_answer_is_an_order_to_the_product_and_an_entry_in_the_log(as_mei: Visitor, mei: User, press: Any, purpose: str, kind: str) -> None:
    press(as_mei, purpose)

    order = outbox.latest(mei.id)[f"consent:{purpose}"]
    assert (order.kind, order.scope["purpose"], order.scope["allowed"]) == (kind, purpose, kind == "consent")
    assert audit.about(mei.id).first().subject == f"consent:{purpose}"


def test_without_its_order_an_answer_is_not_written_either(mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_asked: Any, **_how: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(recording.outbox, "write", broken)
    with pytest.raises(RuntimeError):
        recording.record(mei, "training", "object", method="choices", language="en")

    assert not ConsentRecord.owned_by(mei).exists()


def test_nobody_answers_for_somebody_else(as_mallory: Visitor, mei: User, press: Any) -> None:
    press(as_mallory, "marketing")

    assert not allowed(mei, "marketing")
