"""A case from its opening to its end, as officers work on it."""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Flask
from werkzeug.datastructures import FileStorage

from privacy_center.accounts.models import User
from privacy_center.core import outbox, uploads
from privacy_center.core.audit import AuditEntry
from privacy_center.desk.models import Note, Proposal, Staff
from privacy_center.rights import asking, letters
from privacy_center.rights.letters import correspondence
from privacy_center.rights.models import Attachment, Request
from tests.conftest import Visitor
from tests.desk.conftest import Ask

ADDRESS = re.compile(r'action="(/desk/proposals/\d+/second)"')


def page_of(request: Request) -> str:
    """Where a request is worked on."""
    return f"/desk/cases/{request.reference}"


def now(request: Request) -> Request:
    """The request as it stands now."""
    return Request.get_by_id(request.id)


def seen(request: Request) -> dict[str, Any]:
    """What a form carries that shows the request as it is now."""
    return {"seen": now(request).revision}


def test_the_page_says_what_is_needed_to_answer(as_ada: Visitor, correction: Request) -> None:
    page = as_ada.get(page_of(correction)).text

    for words in ("Have data corrected", "My name has changed.", "Mei Hartmann-Li", "mei@example.com", "Germany", "nobody", "Grant it…"):
        assert words in page, words


def test_an_officer_takes_a_case_gives_it_away_and_lets_it_go(as_ada: Visitor, ada: Staff, tomas: Staff, correction: Request) -> None:
    page = page_of(correction)
    for to, officer in (("me", ada.id), (str(tomas.id), tomas.id), ("nobody", None)):
        assert as_ada.submit(f"{page}/officer", {"to": to, **seen(correction)}, page=page).status_code == 303
        assert now(correction).assigned_to == officer
    assert now(correction).state == "in_progress"


def test_a_case_can_not_be_given_to_an_auditor_or_by_an_old_page(as_ada: Visitor, ruth: Staff, correction: Request) -> None:
    page = page_of(correction)
    assert as_ada.submit(f"{page}/officer", {"to": str(ruth.id), **seen(correction)}, page=page).status_code == 422
    assert as_ada.submit(f"{page}/officer", {"to": "me", "seen": "99"}, page=page).status_code == 422
    assert now(correction).assigned_to is None


def test_a_correction_is_done_by_two_officers_and_told(as_ada: Visitor, as_tomas: Visitor, correction: Request, mei: User) -> None:
    page = page_of(correction)
    data = {"how": "words", "fields": "name", "words": "Your name is changed.", **seen(correction)}
    assert as_ada.submit(f"{page}/answer", data, page=f"{page}/answer").status_code == 303
    assert User.get_by_id(mei.id).name == "Mei Hartmann"
    assert "another officer has to second it" in as_ada.get(page).text

    asked = as_tomas.get(page).text
    assert "Name becomes “Mei Hartmann-Li”" in asked
    assert as_tomas.submit(ADDRESS.search(asked)[1], page=page).status_code == 303  # type: ignore[index]

    assert User.get_by_id(mei.id).name == "Mei Hartmann-Li"
    assert (now(correction).state, now(correction).decision) == ("fulfilled", "granted")
    assert correspondence(correction)[-1].words == "Your name is changed."
    order = outbox.Order.get(outbox.Order.about == f"correction:{correction.id}")
    assert order.kind == "correction"
    assert "data corrected" in [each.action for each in AuditEntry.select().where(AuditEntry.person == mei.id)]


def test_the_first_officer_can_not_second(as_ada: Visitor, correction: Request, mei: User) -> None:
    page = page_of(correction)
    as_ada.submit(f"{page}/answer", {"how": "words", "fields": "name", "words": "Done.", **seen(correction)}, page=f"{page}/answer")

    answer = as_ada.submit(f"/desk/proposals/{Proposal.get().id}/second", page=page)

    assert answer.status_code == 422
    assert "It takes two different officers" in answer.text
    assert User.get_by_id(mei.id).name == "Mei Hartmann"


def test_who_withdraws_is_not_overruled_by_a_second_officer(as_ada: Visitor, as_tomas: Visitor, correction: Request, mei: User) -> None:
    page = page_of(correction)
    as_ada.submit(f"{page}/answer", {"how": "words", "fields": "name", "words": "Done.", **seen(correction)}, page=f"{page}/answer")
    assert asking.withdraw(now(correction), by=f"user:{mei.id}")

    answer = as_tomas.submit(f"/desk/proposals/{Proposal.get().id}/second", page=page)

    assert answer.status_code == 422
    assert "Nothing was done" in answer.text
    assert (now(correction).state, User.get_by_id(mei.id).name, Proposal.get().state) == ("withdrawn", "Mei Hartmann", "lapsed")


def test_who_decides_by_an_old_page_is_told_and_keeps_what_they_wrote(as_ada: Visitor, ask: Ask, mei: User) -> None:
    request = ask("complaint", words="You were slow.")
    before = seen(request)
    asking.write(now(request), "And rude.", by=f"user:{mei.id}")
    page = page_of(request)

    answer = as_ada.submit(f"{page}/refusal", {"reason": "not_ours", "words": "Not ours to decide.", **before}, page=f"{page}/refusal")

    assert answer.status_code == 422
    assert "has changed since you opened this page" in answer.text and "Not ours to decide." in answer.text and "And rude." in answer.text
    assert now(request).state == "open"


def test_notes_are_for_colleagues_only(as_ada: Visitor, as_tomas: Visitor, correction: Request) -> None:
    page = page_of(correction)
    assert as_ada.submit(f"{page}/notes", {"words": "Looks <b>fine</b>."}, page=page).status_code == 303

    assert "Looks &lt;b&gt;fine&lt;/b&gt;." in as_tomas.get(page).text
    assert Note.get().person == correction.user_id
    assert as_ada.submit(f"{page}/notes", {"words": "  "}, page=page).status_code == 422


def test_a_file_is_saved_and_never_shown(as_ada: Visitor, ask: Ask, app: Flask) -> None:
    kept = letters.seal([taken("letter.txt", b"Plain words, perhaps hostile.")])
    request = ask("complaint", words="See the file.", files=kept)

    answer = as_ada.get(f"{page_of(request)}/files/{Attachment.get().id}")

    assert answer.data == b"Plain words, perhaps hostile."
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def taken(name: str, content: bytes) -> Any:
    """A file as the form takes it."""
    return uploads.take(FileStorage(io.BytesIO(content), name))


def test_a_file_of_another_case_is_not_there(as_ada: Visitor, ask: Ask) -> None:
    ask("complaint", words="See the file.", files=letters.seal([taken("a.txt", b"words")]))
    other = ask("complaint")

    assert as_ada.get(f"{page_of(other)}/files/{Attachment.get().id}").status_code == 404
    assert as_ada.get(f"{page_of(other)}/files/{2**70}").status_code == 404
