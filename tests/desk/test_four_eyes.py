"""Four eyes: two different officers, whatever they do at the same moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from privacy_center.accounts.models import User
from privacy_center.core.audit import AuditEntry
from privacy_center.desk import four_eyes
from privacy_center.desk.four_eyes import AlreadyProposed, NotYours
from privacy_center.desk.models import Proposal, Staff
from tests.desk.conftest import member
from tests.together import at_once

TRIAL = "trial"
done: list[int] = []
outcome = {"works": True}


@pytest.fixture(autouse=True)
def trial(app: Flask) -> Iterator[None]:
    """A kind of decision that counts how often it is carried out."""

    def carry_out(proposal: Proposal, _by: Staff) -> bool:
        done.append(proposal.id)
        User.update(name="done").execute()
        return outcome["works"]

    done.clear()
    outcome["works"] = True
    four_eyes.decision(TRIAL, is_open=lambda _subject: True)(carry_out)
    yield
    four_eyes._kinds.pop(TRIAL)


def test_what_one_proposes_another_seconds(ada: Staff, tomas: Staff, mei: User) -> None:
    proposal = four_eyes.propose(TRIAL, 7, {"words": "secret"}, ada, person=mei.id)
    assert done == []

    assert four_eyes.second(proposal, tomas)

    row = Proposal.get_by_id(proposal.id)
    assert (done, row.state, row.ended_by, row.what) == ([proposal.id], "seconded", tomas.id, None)
    assert {"decision proposed", "decision seconded"} <= {each.action for each in AuditEntry.select().where(AuditEntry.person == mei.id)}


def test_nobody_seconds_or_turns_down_their_own(ada: Staff) -> None:
    proposal = four_eyes.propose(TRIAL, 7, {}, ada)

    for act in (four_eyes.second, four_eyes.turn_down):
        with pytest.raises(NotYours):
            act(proposal, ada)
    assert done == []


def test_only_who_proposed_takes_back(ada: Staff, tomas: Staff) -> None:
    proposal = four_eyes.propose(TRIAL, 7, {}, ada)

    with pytest.raises(NotYours):
        four_eyes.withdraw(proposal, tomas)
    assert four_eyes.withdraw(proposal, ada)
    assert not four_eyes.second(proposal, tomas)
    assert done == []


def test_nobody_decides_about_their_own_data(ada: Staff, tomas: Staff) -> None:
    with pytest.raises(NotYours):
        four_eyes.propose(TRIAL, 7, {}, ada, person=ada.user_id)
    proposal = four_eyes.propose(TRIAL, 7, {}, ada, person=tomas.user_id)

    with pytest.raises(NotYours):
        four_eyes.second(proposal, tomas)
    assert list(four_eyes.waiting_for(tomas)) == []


def test_only_one_proposal_about_a_thing_waits_at_a_time(ada: Staff, tomas: Staff) -> None:
    proposal = four_eyes.propose(TRIAL, 7, {}, ada)
    with pytest.raises(AlreadyProposed):
        four_eyes.propose(TRIAL, 7, {}, tomas)
    four_eyes.turn_down(proposal, tomas)

    assert four_eyes.propose(TRIAL, 7, {}, tomas).is_open


def test_what_can_not_be_done_any_more_lapses_and_changes_nothing(ada: Staff, tomas: Staff, mei: User) -> None:
    proposal = four_eyes.propose(TRIAL, 7, {}, ada)
    outcome["works"] = False

    assert not four_eyes.second(proposal, tomas)

    assert Proposal.get_by_id(proposal.id).state == "lapsed"
    assert User.get_by_id(mei.id).name == "Mei Hartmann"


def test_many_at_once_second_it_once(ada: Staff) -> None:
    proposal = four_eyes.propose(TRIAL, 7, {}, ada)
    others = [member(f"officer{number}", "officer") for number in range(4)]

    answers = at_once(*[lambda each=each: four_eyes.second(proposal, each) for each in others])

    assert sorted(answers) == [False, False, False, True]
    assert done == [proposal.id]


def test_seconding_and_turning_down_at_once_is_one_of_them(ada: Staff, tomas: Staff) -> None:
    proposal, other = four_eyes.propose(TRIAL, 7, {}, ada), member("third", "officer")

    answers = at_once(lambda: four_eyes.second(proposal, tomas), lambda: four_eyes.turn_down(proposal, other))

    assert sorted(answers) == [False, True]
    assert (Proposal.get_by_id(proposal.id).state == "seconded") == (done == [proposal.id])


def test_many_at_once_propose_it_once(ada: Staff, tomas: Staff) -> None:
    def propose(by: Staff) -> bool:
        try:
            return four_eyes.propose(TRIAL, 7, {}, by).is_open
        except AlreadyProposed:
            return False

    assert sorted(at_once(*[lambda by=by: propose(by) for by in (ada, tomas, ada, tomas)])) == [False, False, False, True]
