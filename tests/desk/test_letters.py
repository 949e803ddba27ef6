"""What officers write to the person of a case: refusals, questions, extensions, drafts."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.desk import drafts
from privacy_center.desk.models import Staff
from privacy_center.rights import answering, asking
from privacy_center.rights.models import Attachment, Letter, Request
from tests.conftest import Visitor
from tests.core.test_uploads import PDF
from tests.desk.conftest import Ask
from tests.desk.test_cases import now, page_of, seen


def test_a_refusal_needs_a_reason_of_the_list_and_words(as_ada: Visitor, ask: Ask) -> None:
    request = ask("complaint")
    page = f"{page_of(request)}/refusal"

    for data in ({"reason": "not_ours", "words": " "}, {"reason": "", "words": "No."}, {"reason": "whim", "words": "No."}):
        assert as_ada.submit(page, {**data, **seen(request)}).status_code == 422
    assert as_ada.submit(page, {"reason": "not_ours", "words": "Your bank decides.", **seen(request)}).status_code == 303
    assert (now(request).state, now(request).decision_reason) == ("denied", "not_ours")


def test_a_draft_is_in_the_persons_language_and_its_gaps_must_be_filled(app: Flask, as_ada: Visitor, ask: Ask) -> None:
    request = ask("complaint")
    page = f"{page_of(request)}/refusal"
    draft = as_ada.get(f"{page}?draft=no").text
    assert "Dear Mei Hartmann," in draft

    answer = as_ada.submit(page, {"reason": "not_ours", "words": drafts.written(request, "refusal", "no"), **seen(request)})

    assert answer.status_code == 422
    assert "has a place in [brackets]" in answer.text


def test_the_person_is_asked_and_answers(as_ada: Visitor, correction: Request, mei: User) -> None:
    page = f"{page_of(correction)}/question"

    assert as_ada.submit(page, {"words": "Since when?", **seen(correction)}).status_code == 303

    assert now(correction).state == "waiting_for_you"
    assert asking.write(now(correction), "Since May.", by=f"user:{mei.id}")
    assert "Since May." in as_ada.get(page_of(correction)).text


def test_an_answer_is_put_off_once_with_a_reason(as_ada: Visitor, correction: Request) -> None:
    page, first = f"{page_of(correction)}/extension", correction.due_at
    too_late = (first + timedelta(days=400)).date().isoformat()
    data = {"reason": "complex", "words": "It is in many places.", **seen(correction)}
    assert as_ada.submit(page, {**data, "until": too_late}).status_code == 422

    later = (first + timedelta(days=10)).date().isoformat()
    assert as_ada.submit(page, {**data, "until": later}).status_code == 303

    assert now(correction).extended_until > first
    assert as_ada.get(page).status_code == 404


def test_whoever_wrote_after_the_decision_is_answered(as_ada: Visitor, ada: Staff, ask: Ask, mei: User) -> None:
    request = ask("complaint")
    answering.refuse(request, by=ada.id, reason="not_ours", words="No.")
    asking.write(now(request), "I object.", by=f"user:{mei.id}")

    assert "The person has written after the decision" in as_ada.get(page_of(request)).text
    page = f"{page_of(request)}/letter"
    assert as_ada.submit(page, {"words": "We read it again.", **seen(request)}).status_code == 303
    assert clock.now() - now(request).we_wrote_at < timedelta(minutes=1)


@pytest.mark.parametrize("act", ["letter", "question", "refusal"])
def test_files_come_with_a_letter_and_the_person_saves_them(as_ada: Visitor, as_mei: Visitor, ask: Ask, act: str) -> None:
    request = ask("complaint")
    page, paper = f"{page_of(request)}/{act}", (BytesIO(PDF), "..\\what we found.pdf")
    said = {"words": "It is in the paper.", "reason": "not_ours", "files": [paper], **seen(request)}

    assert as_ada.submit(page, said, content_type="multipart/form-data").status_code == 303

    (file,) = Attachment.select()
    assert (file.name, file.letter.direction) == ("what we found.pdf", "from_us")
    assert as_mei.get(f"/requests/{request.reference}/files/{file.id}").data == PDF
    assert "what we found.pdf" in as_ada.get(page_of(request)).text


def test_a_file_that_is_refused_is_named_and_nothing_is_sent(as_ada: Visitor, ask: Ask) -> None:
    request = ask("complaint")
    said = {"words": "It is in the paper.", "files": [(BytesIO(b"PK\x03\x04"), "papers.zip")], **seen(request)}

    answer = as_ada.submit(f"{page_of(request)}/letter", said, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "papers.zip: This is an archive" in answer.text
    assert "It is in the paper." in answer.text
    assert not Letter.select().where(Letter.direction == "from_us").exists()
