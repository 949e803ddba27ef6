"""Adding and removing staff, and tying a place at the desk to the account of whoever proves to have its address."""

from __future__ import annotations

from flask import current_app
from peewee import IntegrityError

from privacy_center.accounts.arrivals import on_proof
from privacy_center.accounts.identity import email_of
from privacy_center.accounts.models import User
from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.core.every_page import ask_on_every_page
from privacy_center.desk.models import OFFICER, Staff

# Whether somebody has a place at the desk, for the navigation.
ask_on_every_page("at_the_desk", "SELECT 1 FROM desk_staff WHERE user_id = ? AND removed_at IS NULL LIMIT 1")


class NoAddress(Exception):
    """That is no e-mail address."""


def add(email: str, role: str) -> tuple[Staff, bool]:
    """Give *email* a place at the desk, or its place another role; and whether anything changed."""
    address = email_of(email)
    if address is None:
        raise NoAddress(email)
    address = address.casefold()
    with database.atomic():
        there = Staff.serving().where(Staff.email == address).first()
        if there and there.role == role:
            return there, False
        if there:
            Staff.update(role=role).where(Staff.id == there.id).execute()
            there.role = role
        else:
            there = Staff.create(email=address, role=role)
        audit.write("staff added", actor="system", person=there.user_id, subject=f"staff:{there.id}", reason=f"role: {role}")
    return there, True


def remove(email: str) -> bool:
    """Take the place of *email* away, from this moment on; False if there is none. Its number stays, as the log names it."""
    with database.atomic():
        there = Staff.serving().where(Staff.email == email.strip().casefold()).first()
        if there is None:
            return False
        Staff.update(removed_at=clock.now()).where(Staff.id == there.id).execute()
        audit.write("staff removed", actor="system", person=there.user_id, subject=f"staff:{there.id}")
    return True


def waits_for(user: User) -> Staff | None:
    """The place at the desk that is tied to *user* once they prove to have their address; the first officers are named by a setting.

    Who was removed is not invited again by the setting.
    """
    address = (user.email or "").casefold()
    if address in current_app.config["SETTINGS"].officers and not Staff.select().where(Staff.email == address).exists():
        return add(address, OFFICER)[0]
    return Staff.invited(address)


@on_proof
def take_place(user: User) -> None:
    """Tie the place that waits for the address that *user* has just proved to the account; from then on the address doesn't matter."""
    waiting = None if Staff.of(user) else waits_for(user)
    if waiting is None:
        return
    try:
        with database.atomic():
            mine = Staff.update(user=user, bound_at=clock.now()).where((Staff.id == waiting.id) & Staff.user.is_null() & Staff.removed_at.is_null())
            if mine.execute():
                audit.write("place at the desk taken", actor=f"user:{user.id}", person=user.id, subject=f"staff:{waiting.id}")
    except IntegrityError:  # another browser of theirs was quicker
        return
