"""Proving that the account's address is one's own: by Z.ai's word, or by a code; a place at the desk is taken by nothing less."""

from __future__ import annotations

import pytest

from privacy_center.accounts.models import User
from privacy_center.desk import staff
from privacy_center.desk.models import Staff
from tests.accounts.mailing import mailed, typed
from tests.accounts.stand_ins import Browser, StandIns

by_zai = pytest.mark.parametrize("shape", ["oidc"], indirect=True)
by_code = pytest.mark.parametrize("shape", ["zai"], indirect=True)


@by_zai
def test_an_officer_whom_zai_vouches_for_is_at_their_desk(somebody: Browser) -> None:
    staff.add("mei@example.com", "officer")

    somebody.sign_in("zai-mei")
    somebody.centre.get(somebody.choose(somebody.leave_to_confirm("/desk")))

    assert somebody.centre.get("/desk").status_code == 200


@by_zai
def test_who_was_invited_while_signed_in_takes_the_place_by_confirming(somebody: Browser) -> None:
    somebody.sign_in("zai-mei")
    staff.add("mei@example.com", "auditor")
    assert somebody.centre.get("/desk").location == "/confirm?next=/desk"

    somebody.centre.get(somebody.choose(somebody.leave_to_confirm("/desk")))

    assert somebody.centre.get("/desk").status_code == 200


@by_zai
def test_an_address_that_zai_does_not_vouch_for_opens_nothing(somebody: Browser, stand_ins: StandIns) -> None:
    staff.add("mei@example.com", "officer")
    stand_ins.zai.behaviour = "unverified email"

    somebody.sign_in("zai-mei")
    User.update(email="mei@example.com").execute()  # as the product's records may say
    somebody.centre.get(somebody.choose(somebody.leave_to_confirm("/desk")))

    assert somebody.centre.get("/desk").status_code == 404
    assert Staff.get().user_id is None


@by_code
def test_where_zai_does_not_say_it_a_code_proves_it(asking: Browser, stand_ins: StandIns) -> None:
    staff.add("mei@example.com", "officer")
    assert asking.centre.get("/desk").location == "/confirm?next=/desk"

    typed(asking, mailed(stand_ins))

    assert asking.centre.get("/desk").status_code == 200


@by_code
def test_a_code_proves_nothing_about_an_address_that_came_after_it(asking: Browser, stand_ins: StandIns) -> None:
    code = mailed(stand_ins)
    staff.add("boss@example.com", "officer")
    User.update(email="boss@example.com").execute()

    answer = typed(asking, code)

    assert answer.status_code == 422
    assert Staff.get().user_id is None
