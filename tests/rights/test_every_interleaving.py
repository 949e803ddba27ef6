"""Any order of acts of the person, two officers, the machine and the clock, each deciding by a page that may be old."""

# ruff: noqa: D102 - rules are called after what they do

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.exports.models import Export
from privacy_center.rights import answering, asking, at_once, following, jobs
from privacy_center.rights.answering import NotAllowed
from privacy_center.rights.homes import Home
from privacy_center.rights.models import Letter, Request
from privacy_center.rights.states import COMES_FROM, FINAL
from privacy_center.rights.words import NEEDS_VERIFICATION, WAITING_FOR_YOU
from tests.rights.making import COLLEAGUE, OFFICER, ask, ask_without_account

WHO = st.sampled_from(["person", "officer", "colleague"])
OFFICERS = {"officer": OFFICER, "colleague": COLLEAGUE}
HOMES = st.sampled_from([Home(), Home("DE"), Home("US", "CA"), Home("BR"), Home("KR"), Home("GB"), Home("KE")])


class AnyOrder(RuleBasedStateMachine):
    """One request, three people who each hold a copy of it that may be old, a machine, and time that passes."""

    user: User

    @initialize(right=st.sampled_from(["complaint", "access", "access", "deletion"]), signed_in=st.booleans(), home=HOMES)
    def begin(self, right: str, signed_in: bool, home: Home) -> None:
        self.now = datetime.fromisoformat("2026-01-30T11:00:00+00:00")
        with clock.at(self.now):
            made = ask(self.user, right, home=home) if signed_in else ask_without_account("ada@example.net", right, home=home)
        self.number, self.by = made.id, f"user:{self.user.id}" if signed_in else "visitor"
        self.first_due, self.last = made.due_at, Request.get_by_id(made.id)
        self.letters, self.copies = 1, {}
        for who in ("person", "officer", "colleague"):
            self.look(who)

    def fresh(self) -> Request:
        found: Request = Request.get_by_id(self.number)
        return found

    @rule(who=WHO)
    def look(self, who: str) -> None:
        """Somebody opens the page anew."""
        self.copies[who] = self.fresh()

    def act(self, who: str, done: Any, letters: int = 0) -> None:
        """Somebody acts by their copy: it works only if that is what stands there, and never twice."""
        before, copy = self.fresh(), self.copies[who]
        was_old = copy.revision != before.revision
        with clock.at(self.now):
            try:
                worked = done(copy)
            except NotAllowed:
                worked = False
        after = self.fresh()
        assert worked == (after.revision == before.revision + 1) and (worked or after.revision == before.revision)
        assert not (worked and was_old), "an act by an old page changed something"
        self.letters += letters if worked else 0

    @rule(who=st.sampled_from(sorted(OFFICERS)), partly=st.booleans())
    def fulfil(self, who: str, partly: bool) -> None:
        self.act(who, lambda copy: answering.fulfil(copy, by=OFFICERS[who], words="Done.", partly_because="others" if partly else None), 1)

    @rule(who=st.sampled_from(sorted(OFFICERS)))
    def refuse(self, who: str) -> None:
        self.act(who, lambda copy: answering.refuse(copy, by=OFFICERS[who], reason="excessive", words="No."), 1)

    @rule(who=st.sampled_from(sorted(OFFICERS)))
    def ask_for_more(self, who: str) -> None:
        self.act(who, lambda copy: answering.ask_for_more(copy, by=OFFICERS[who], words="Which?"), 1)

    @rule(who=st.sampled_from(sorted(OFFICERS)), days=st.integers(-2, 120))
    def extend(self, who: str, days: int) -> None:
        until = (self.copies[who].due_at + timedelta(days=days)).date()
        self.act(who, lambda copy: answering.extend(copy, by=OFFICERS[who], until=until, reason="complex", words="It is complex."), 1)

    @rule(who=st.sampled_from(sorted(OFFICERS)))
    def write_to_person(self, who: str) -> None:
        self.act(who, lambda copy: answering.write_letter(copy, by=OFFICERS[who], words="Soon."), 1)

    @rule(who=st.sampled_from(sorted(OFFICERS)), to=st.sampled_from([OFFICER, COLLEAGUE, None]))
    def assign(self, who: str, to: int | None) -> None:
        self.act(who, lambda copy: answering.assign(copy, by=OFFICERS[who], to=to))

    @rule()
    def write(self) -> None:
        self.act("person", lambda copy: asking.write(copy, "And this.", by=self.by), 1)

    @rule()
    def withdraw(self) -> None:
        self.act("person", lambda copy: asking.withdraw(copy, by=self.by))

    @rule(home=HOMES)
    def move_home(self, home: Home) -> None:
        self.act("person", lambda copy: asking.move_home(copy, home, by=self.by))

    @precondition(lambda self: self.by == "visitor")
    @rule()
    def verify(self) -> None:
        self.act("person", asking.verified)

    @rule(who=WHO)
    def begin_at_once(self, who: str) -> None:
        before, user = self.fresh(), self.user if self.by != "visitor" else None
        with clock.at(self.now):
            worked = at_once.begin(self.copies[who], by="staff:7", user=user)
        assert not worked or (before.executed_at is None and before.state not in FINAL and self.fresh().executed_at)

    @rule(how=st.sampled_from(["ready", "failed"]))
    def what_was_begun_ends(self, how: str) -> None:
        request = self.fresh()
        if request.executed_by and request.executed_by.startswith("export:"):
            number = int(request.executed_by.removeprefix("export:"))
            Export.update(state=how, ready_at=self.now if how == "ready" else None).where(Export.id == number).execute()
            with clock.at(self.now):
                assert following.follow(request)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.at(self.now):
            forgotten = jobs.close_unverified()
            jobs.remind_and_close(), jobs.note_late(), jobs.close_ownerless()
        if forgotten and self.fresh().state == "expired" and self.by == "visitor":
            self.letters = Letter.select().where(Letter.request == self.number).count()

    @invariant()
    def it_makes_sense(self) -> None:
        if not hasattr(self, "last"):
            return
        now, before = self.fresh(), self.last
        assert now.state == before.state or before.state in COMES_FROM[now.state], f"{before.state} → {now.state}"
        assert before.state not in FINAL or now.state == before.state
        assert (now.state in FINAL) == (now.ended_at is not None)
        assert (now.decision is not None) == (now.state in ("fulfilled", "denied")) == (now.answered_at is not None)
        assert (now.answer_by is not None) == (now.state == WAITING_FOR_YOU) or now.state == "expired"
        assert now.due_at <= before.due_at <= self.first_due and now.revision >= before.revision
        assert before.executed_at is None or now.state in ("fulfilled", "open", "in_progress") or now.executed_at is None
        self.last = now

    @invariant()
    def nothing_is_lost_and_nothing_doubled(self) -> None:
        if not hasattr(self, "last"):
            return
        assert Letter.select().where(Letter.request == self.number).count() == self.letters
        steps = [step.what for step in self.fresh().steps]
        assert all(steps.count(once) <= 1 for once in ("received", "verified", "fulfilled", "partly", "denied", "withdrawn", "expired", "extended", "overdue"))
        assert steps.count("fulfilled") + steps.count("partly") + steps.count("denied") + steps.count("withdrawn") + steps.count("expired") <= 1

    @invariant()
    def who_is_not_verified_is_served_nothing(self) -> None:
        if hasattr(self, "last") and self.fresh().state == NEEDS_VERIFICATION:
            assert self.fresh().executed_at is None and self.fresh().assigned_to is None and self.fresh().decision is None


def test_any_order_of_acts_leaves_a_request_that_makes_sense(app: Flask, mei: User) -> None:
    AnyOrder.user = mei
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        AnyOrder, settings=settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    )
