"""Who comes in at the desk, and how a place at it is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from privacy_center.accounts.arrivals import proved
from privacy_center.accounts.models import User
from privacy_center.core.audit import AuditEntry
from privacy_center.desk import staff
from privacy_center.desk.models import Staff
from tests.conftest import Visitor
from tests.desk.conftest import browser


def test_for_strangers_the_desk_is_not_there(as_mei: Visitor) -> None:
    assert as_mei.get("/desk").status_code == 404
    assert as_mei.get("/desk/failures").status_code == 404


def test_an_officer_confirms_first_and_comes_back(app: Flask, ada: Staff) -> None:
    answer = browser(app, ada, confirmed=False).get("/desk?due=over")

    assert answer.status_code == 303
    assert answer.location == "/confirm?next=/desk?due%3Dover"


def test_an_officer_sees_the_queue(as_ada: Visitor) -> None:
    assert "Nothing here" in as_ada.get("/desk").text


def test_who_is_removed_is_out_at_once(as_ada: Visitor) -> None:
    assert as_ada.get("/desk").status_code == 200

    staff.remove("Ada@Example.com")

    assert as_ada.get("/desk").status_code == 404


def test_a_place_is_tied_to_whoever_proves_the_address(app: Flask, mei: User) -> None:
    staff.add("Mei@Example.com", "officer")
    assert Staff.of(mei) is None

    proved(mei)

    place = Staff.of(mei)
    assert place and place.is_officer and place.bound_at


def test_the_address_alone_opens_nothing(app: Flask, mei: User, as_mei: Visitor) -> None:
    staff.add("mei@example.com", "officer")

    assert as_mei.get("/desk").location.startswith("/confirm")
    confirmed: Any = app.test_client()
    assert confirmed.sign_in(mei, confirmed=True).get("/desk").status_code == 404


def test_once_tied_another_account_with_the_address_gets_nothing(app: Flask, mei: User, mallory: User) -> None:
    staff.add("mei@example.com", "officer")
    proved(mei)
    User.update(email="mei@example.com").where(User.id == mallory.id).execute()

    proved(User.get_by_id(mallory.id))

    assert Staff.of(mallory) is None


def test_the_first_officers_are_named_by_a_setting(app: Flask, mei: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], staff="somebody@example.com, Mei@example.com"))
    proved(mei)
    assert Staff.of(mei)

    staff.remove("mei@example.com")
    proved(mei)

    assert Staff.of(mei) is None


def test_a_place_may_change_its_role(app: Flask) -> None:
    staff.add("mei@example.com", "officer")

    changed, is_new = staff.add("mei@example.com", "auditor")

    assert (changed.role, is_new, Staff.serving().count()) == ("auditor", True, 1)


def test_the_commands_say_what_they_did(app: Flask) -> None:
    run: Any = app.test_cli_runner()
    assert "mei@example.com is officer, as number 1." in run.invoke(args=["staff", "add", "mei@example.com", "--role", "officer"]).output
    assert "has not signed in yet" in run.invoke(args=["staff", "list"]).output
    assert "has no place at the desk any more" in run.invoke(args=["staff", "remove", "mei@example.com"]).output
    assert run.invoke(args=["staff", "remove", "mei@example.com"]).exit_code == 1
    assert run.invoke(args=["staff", "add", "nobody", "--role", "auditor"]).exit_code == 1


def test_a_person_reads_in_their_log_that_they_were_looked_at(as_ada: Visitor, ada: Staff, correction: Any) -> None:
    as_ada.get(f"/desk/cases/{correction.reference}")

    entry = AuditEntry.select().where(AuditEntry.action == "data looked at").get()
    assert (entry.person, entry.actor, entry.subject) == (correction.user_id, f"staff:{ada.id}", f"request:{correction.id}")
    assert entry.reason == "to answer a request"


@pytest.mark.parametrize("path", ["/desk", "/desk/failures", "/desk/numbers", "/desk/numbers.csv", "/desk/requests.csv"])
def test_an_auditor_reads(as_ruth: Visitor, path: str) -> None:
    assert as_ruth.get(path).status_code == 200


def test_an_auditor_changes_nothing(as_ruth: Visitor, correction: Any) -> None:
    page = f"/desk/cases/{correction.reference}"
    assert as_ruth.get(page).status_code == 200

    answer = as_ruth.submit(f"{page}/notes", {"words": "I was here."}, page="/account/sessions")

    assert answer.status_code == 403
