"""Who may do what at the desk: every route, role and method, each state of a request; read from the map of addresses, so that none is forgotten."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule

from privacy_center.accounts.models import User
from privacy_center.core import clock, sealing, tokens, uploads
from privacy_center.desk import guardian_deciding
from privacy_center.desk.models import Proposal, Staff
from privacy_center.guardians.models import Evidence, Report
from privacy_center.rights import asking, letters
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Attachment, Request
from privacy_center.rights.states import FINAL
from privacy_center.rights.words import STATES
from tests.conftest import ISSUER, Visitor
from tests.house.test_other_people import addresses, ines

__all__ = ["ines"]

pytestmark = pytest.mark.engine("sqlite")  # doors are the same whatever stands behind them

DESK = "desk."
ROLES = ("nobody", "person", "auditor", "officer", "officer about themselves")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY")
# What an auditor has no use for: pages whose only purpose is an act.
TO_ACT = {"desk.letter", "desk.question", "desk.extension", "desk.answer", "desk.refusal"}
OF_REPORTS = ("proposal", "desk.end_guardian_proposal")
OF_A_PERSON = {"case", "attachment", "proposal", "reference", "evidence"}  # arguments that lead to what is somebody's


@dataclass(frozen=True)
class Scene:
    """Everybody who comes to the desk, and a case of Mei's and one of the officer's own."""

    visitors: dict[str, Visitor]
    rows: dict[str, dict[str, Any]]

    def values(self, whose: str, rule: Rule) -> dict[str, Any]:
        """What stands in the address of a route; two of them mean different proposals."""
        rows = self.rows[whose]
        return {name: rows["report_proposal" if (name, rule.endpoint) == OF_REPORTS else name] for name in rule.arguments}


@pytest.fixture
def scene(app: Flask, mei: User, visitor: Visitor, as_mei: Visitor) -> Scene:
    """Everybody, signed in and confirmed."""
    own = place("ada", "officer")
    everybody = {"nobody": visitor, "person": as_mei, "auditor": sign_in(app, place("ruth", "auditor")), "officer": sign_in(app, own)}
    everybody["officer about themselves"] = everybody["officer"]
    return Scene(everybody, {"others": case_of(mei), "own": case_of(own.user)})


def place(name: str, role: str) -> Staff:
    """A member of staff."""
    user = User.open(ISSUER, f"zai-{name}", email=f"{name}@example.com")
    return Staff.create(email=user.email, role=role, user=user, bound_at=clock.now())


def sign_in(app: Flask, member: Staff) -> Visitor:
    """Their browser, confirmed just now."""
    client: Any = app.test_client()
    return client.sign_in(member.user, confirmed=True)  # type: ignore[no-any-return]


def case_of(user: User) -> dict[str, Any]:
    """A request with a file of *user*'s, and something about it that another officer proposed."""
    taken = uploads.take(FileStorage(io.BytesIO(b"words"), "letter.txt"))
    wants = {"fields": {"name": "Another Name"}}
    request = asking.ask("correction", home=Home.of("DE"), language="en", user=user, words="See the file.", wants=wants, files=letters.seal([taken]))
    file = Attachment.select().order_by(Attachment.id.desc()).get()
    proposal = Proposal.create(kind="request", subject=request.id, what={"how": "words", "words": "Done."}, proposed_by=999, person=user.id)
    return {"case": request.reference, "attachment": file.id, "proposal": proposal.id, "job": 1, "delivery": 1, **report_about(user)}


def report_about(user: User) -> dict[str, Any]:
    """A report about *user*'s account with a file, and a decision about it that another officer proposed."""
    link = tokens.at_rest(tokens.new_token())
    made = {"state": "restricted", "received_at": clock.now(), "due_at": clock.now(), "email": "petra@example.org", "age": "under13", "country": "DE"}
    report = Report.create(reference=f"GR-{user.id}", account=user.id, account_email=user.email, link_hash=link, **made)
    key = sealing.new_key("evidence")
    sealing.keep(key, b"words")
    file = Evidence.create(report=report, name="paper.txt", media_type="text/plain", size=5, sha256="0" * 64, state="clean", storage_key=key)
    what = {"outcome": "erase", "words": "Done."}
    proposal = Proposal.create(kind=guardian_deciding.DECIDE, subject=report.id, what=what, proposed_by=999, person=user.id)
    return {"reference": report.reference, "evidence": file.id, "report_proposal": proposal.id, "act": "withdrawal"}


def rules(app: Flask) -> list[Rule]:
    """Every route of the desk."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(DESK)]


def expected(role: str, rule: Rule, method: str) -> Callable[[int], bool]:
    """What a role may be answered on a route with a method."""
    spoken = rule.methods or set()
    if method not in spoken:
        return lambda status: status == 405
    if role == "nobody":
        return lambda status: status == 303
    if role == "person":
        return lambda status: status == 404
    if role == "auditor" and method == "POST":
        return lambda status: status == 403
    if role == "officer about themselves" and rule.arguments & OF_A_PERSON:
        return lambda status: status == 404
    if method == "POST":
        return lambda status: status in (303, 404, 409, 422)
    if role == "auditor" and rule.endpoint in TO_ACT:
        return lambda status: status == 404
    return lambda status: status == 200 or rule.endpoint in TO_ACT  # whether an act is possible is the state's


def knock(client: Visitor, address: str, method: str) -> int:
    """What a method is answered at an address, with the token that a form would carry."""
    if method == "POST":
        return int(client.submit(address, page="/account/sessions").status_code)
    return int(client.open(address, method=method).status_code)


def spoken_at(app: Flask, address: str) -> set[str]:
    """Every method that some route takes at an address."""
    adapter = app.url_map.bind("127.0.0.1")
    return set(adapter.allowed_methods(address))


def test_every_role_is_answered_as_it_may_be_on_every_route_by_every_method(app: Flask, scene: Scene) -> None:
    wrong = []
    for rule in rules(app):
        for role in ROLES:
            values = scene.values("own" if role == "officer about themselves" else "others", rule)
            address = app.url_map.bind("127.0.0.1").build(rule.endpoint, values).removeprefix("http://127.0.0.1")
            for method in METHODS:
                if method not in (rule.methods or ()) and method in spoken_at(app, address):
                    continue  # another route at the same address takes it
                status = knock(scene.visitors[role], address, method)
                if not expected(role, rule, method)(status):
                    wrong.append(f"{role}: {method} {address} answered {status}")

    assert not wrong, "\n".join(wrong)


def test_the_desk_is_guarded_before_any_of_its_views(app: Flask) -> None:
    assert len(rules(app)) > 15
    for rule in app.url_map.iter_rules():
        assert rule.rule.startswith("/desk") == rule.endpoint.startswith(DESK), f"{rule} is not behind the desk's door"


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_outside_the_desk_staff_may_no_more_than_anybody(app: Flask, ines: User, role: str) -> None:
    client = sign_in(app, place("ada", role))

    for method, where in addresses(app, ines):
        assert knock(client, where, method) == 404, f"{method} {where}"


@pytest.mark.parametrize("state", sorted(STATES))
def test_no_act_of_an_officer_breaks_the_state_of_a_request(app: Flask, scene: Scene, state: str) -> None:
    reference = scene.rows["others"]["case"]
    Proposal.delete().execute()
    request = Request.get(Request.reference == reference)
    for act, data in ACTS.items():
        Request.update(state=state, ended_at=clock.now() if state in FINAL else None).where(Request.id == request.id).execute()
        seen = Request.get_by_id(request.id).revision
        answer = scene.visitors["officer"].submit(f"/desk/cases/{reference}/{act}", {**data, "seen": seen}, page="/account/sessions")
        after = Request.get_by_id(request.id).state
        assert answer.status_code in (303, 422), f"{act} in {state} answered {answer.status_code}"
        if state in FINAL or state == "needs_verification":
            assert after == state, f"{act} led from {state} to {after}"


ACTS: dict[str, dict[str, Any]] = {
    "officer": {"to": "me"},
    "letter": {"words": "A letter."},
    "question": {"words": "Which one?"},
    "extension": {"words": "It takes long.", "reason": "complex", "until": "2099-01-01"},
    "refusal": {"words": "No.", "reason": "is_correct"},
    "answer": {"words": "Yes.", "how": "words", "partly": "is_correct"},
}
