"""Every page of the desk is valid HTML, in both languages, also with a form in error."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacy_center.core import clock
from privacy_center.core.jobs import Job
from privacy_center.desk.models import Staff
from privacy_center.rights import asking
from privacy_center.rights.models import Request
from tests.conftest import Visitor
from tests.desk.conftest import Ask
from tests.desk.test_cases import now, page_of, seen
from tests.house.test_html import faults

LISTS = ("/desk", "/desk?q=in-vain", "/desk?view=second&due=over", "/desk?lang=zh", "/desk/failures", "/desk/numbers")
ACTS = ("letter", "question", "extension", "answer", "refusal", "answer?draft=done")


@pytest.mark.engine("sqlite")
def test_every_page_of_the_desk_is_valid_html(as_ada: Visitor, as_tomas: Visitor, tomas: Staff, ask: Ask, proved: Ask, tmp_path: Path) -> None:
    correction, found, complaint = ask(words="My <b>name</b>."), proved("deletion", words="It was mallory@example.com."), ask("complaint")
    asking.write(now(complaint), "And more.", by=f"user:{complaint.user_id}")
    Request.update(due_at=clock.ago(days=3)).where(Request.id == complaint.id).execute()
    Job.create(kind="erasure.purge", subject=7, state="failed", ended_at=clock.now(), reason="OSError")
    pages = [*LISTS, *map(page_of, (correction, found, complaint)), *[f"{page_of(each)}/{act}" for each in (correction, found) for act in ACTS]]
    for number, path in enumerate(pages):
        save(as_ada, path, tmp_path / f"{number}.html")
    as_ada.submit(f"{page_of(correction)}/answer", {"how": "words", "fields": "name", "words": "Done.", **seen(correction)})
    for who, client in (("ada", as_ada), ("tomas", as_tomas)):
        save(client, page_of(correction), tmp_path / f"{who}.html")

    assert not (problems := faults(tmp_path)), "\n".join(problems)


@pytest.mark.engine("sqlite")
def test_forms_in_error_are_valid_html(as_ada: Visitor, correction: Request, proved: Ask, tmp_path: Path) -> None:
    for request in (correction, proved("access")):
        for act in ("letter", "question", "extension", "answer", "refusal", "notes", "officer"):
            answer = as_ada.submit(f"{page_of(request)}/{act}", {}, page=page_of(request))
            assert answer.status_code == 422, act
            (tmp_path / f"{request.id}-{act}.html").write_text(answer.text)

    assert not (problems := faults(tmp_path)), "\n".join(problems)


def save(client: Visitor, path: str, file: Path) -> None:
    """Keep a page for the checker."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    file.write_text(answer.text)
