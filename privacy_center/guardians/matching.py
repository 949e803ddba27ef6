"""Which accounts a report may be about, and why: by what was given, and no more of an account than tells whether it is the one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import fn

from privacy_center.accounts.models import User
from privacy_center.guardians import words
from privacy_center.guardians.models import Report
from privacy_center.history import search, sought
from privacy_center.history.filters import NAMES, Filters
from privacy_center.telemetry.models import Device

MOST = 10
SHORTEST_PASSAGE = 3  # words; fewer stand in many conversations

SAME_EMAIL, SAME_NAME, SAME_ID = _l("The same e-mail address"), _l("The same name"), _l("The same Z.ai user id")
SAME_WORDS, SAME_DEVICE, SAME_COUNTRY = _l("What was typed stands in a conversation"), _l("Such a device was used"), _l("The same country")


@dataclass
class Candidate:
    """An account that a report may be about: its number, how it is called, and why it is shown."""

    account: User
    why: list[Any] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number of the account."""
        found: int = self.account.id
        return found


def candidates(report: Report) -> list[Candidate]:
    """The accounts that what was given leads to, those with most reasons first, at most ten.

    Only an address, a name or a user id leads to an account; what was typed, the device and the country are compared with accounts that
    were found so. Nobody's conversations are searched because somebody unknown said a few words.
    """
    found = [_with_reasons(report, account) for account in _led_to(report)]
    return sorted(found, key=lambda each: -len(each.why))[:MOST]


def named(text: str) -> User | None:
    """The account of an e-mail address or a Z.ai user id that an officer typed, when it is one and no more than one."""
    said = text.strip()
    two = list(User.select().where(_is_living() & ((fn.LOWER(User.email) == said.lower()) | (User.subject == said))).limit(2)) if said else []
    return two[0] if len(two) == 1 else None


def _is_living() -> Any:
    """Neither erased nor without anything to know it by."""
    return User.email.is_null(False) | User.name.is_null(False) | User.signed_in_at.is_null(False)


def _led_to(report: Report) -> list[User]:
    """The accounts with that address, name or id."""
    names = [each for each in (report.account_email.strip(), report.account_name.strip()) if each]
    if not names:
        return []
    lowered = [each.lower() for each in names]
    same = fn.LOWER(User.email).in_(lowered) | User.subject.in_(names) | User.name.in_(names) | fn.LOWER(User.name).in_(lowered)
    return list(User.select().where(_is_living() & same).order_by(User.id).limit(MOST))


def _with_reasons(report: Report, account: User) -> Candidate:
    """An account with everything that speaks for it."""
    names = [each.lower() for each in (report.account_email.strip(), report.account_name.strip()) if each]
    reasons = [
        (SAME_EMAIL, (account.email or "").lower() in names),
        (SAME_NAME, (account.name or "").lower() in names),
        (SAME_ID, account.subject.lower() in names),
        (SAME_WORDS, _stands_in_history(account, report.typed)),
        (SAME_DEVICE, _has_device(account, report.device)),
        (SAME_COUNTRY, bool(report.country) and (account.country or "")[:2] == report.country),
    ]
    return Candidate(account, [reason for reason, applies in reasons if applies])


def _stands_in_history(account: User, typed: str) -> bool:
    """Whether the words stand in a row in one of the account's conversations; which, nobody is shown."""
    passage = re.sub(r'["“”「」]', " ", typed).split("\n")[0].strip()
    if len(passage) < 2 * SHORTEST_PASSAGE or (passage.isascii() and len(passage.split()) < SHORTEST_PASSAGE):
        return False
    return next(search.every(account.id, Filters("", dict.fromkeys(NAMES, "")), sought.read(f'"{passage}"')), None) is not None


def _has_device(account: User, said: str) -> bool:
    """Whether the account was used on a machine whose brand or model was named."""
    named = {each for each in re.findall(r"\w+", said.lower()) if len(each) > 2}
    devices = Device.select(Device.brand, Device.model).where(Device.user == account)
    return any(named & set(re.findall(r"\w+", f"{each.brand} {each.model}".lower())) for each in devices)


def others_about(report: Report) -> list[Report]:
    """Open reports that name the same account, or turned out to be about it: a crowd about one account is one matter."""
    same = fn.LOWER(Report.account_email) == report.account_email.strip().lower()
    about = (Report.account == report.account) if report.account else (same if report.account_email.strip() else None)
    if about is None:
        return []
    return list(Report.select().where(about & Report.state.in_(words.OPEN) & (Report.id != report.id)).order_by(Report.id).limit(50))
