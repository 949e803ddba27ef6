"""Publishing what staff bring: an edition of the policy, an announcement; and why a file is refused."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from pathlib import Path

from flask_babel import force_locale
from peewee import IntegrityError

from privacy_center.core import audit, clock
from privacy_center.core.db import database
from privacy_center.policy import document, mailing
from privacy_center.policy.current import current
from privacy_center.policy.models import Announcement, Edition

LARGEST = 400_000  # bytes; the policy of 2026 has 33,000
MAY_CONTROL = "\n\t"


class Refused(Exception):
    """It can't be published; the text says why and what to do."""


def read_file(path: Path) -> str:
    """The text of a file, its line ends and composed letters made alike."""
    try:
        with path.open("rb") as opened:
            found = opened.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path.name} can't be read: {error.strerror}.") from None
    if len(found) > LARGEST:
        raise Refused(f"{path.name} is larger than {LARGEST:,} bytes, which no policy is. Nothing was published.")
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is not UTF-8: byte {error.start + 1:,} can't be read. Save it as UTF-8. Nothing was published.") from None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    for line, content in enumerate(text.split("\n"), start=1):
        if any(unicodedata.category(sign) == "Cc" and sign not in MAY_CONTROL for sign in content):
            raise Refused(f"{path.name} has a control character in line {line:,}: it isn't plain text. Nothing was published.")
    if not text.strip():
        raise Refused(f"{path.name} is empty. Nothing was published.")
    return text.strip("\n") + "\n"


def publish(name: str, text: str, effective: date, *, material: bool) -> tuple[Edition, bool]:
    """Publish an edition, and let people be mailed about it if it is material; returns it, and whether it is new.

    The same text for the same day is there already; another text for that day is refused.
    """
    day, form = effective.isoformat(), document.form_of(name, text)
    try:
        with database.atomic():
            edition = Edition.create(effective_on=day, material=material, form=form, text=text, digest=_digest(text))
            audit.write("policy published", actor="system", subject=f"edition:{day}", reason="material" if material else "")
            in_force = current()
            if (material and in_force and in_force.effective_on <= day) or (material and not in_force):  # nobody need hear of one that came too late to count
                mailing.begin(edition=edition)
    except IntegrityError:
        return _published_already(day, _digest(text)), False
    return edition, True


def _published_already(day: str, digest: str) -> Edition:
    """The edition of that day, if it has this text."""
    there: Edition = Edition.get(Edition.effective_on == day)
    if there.digest != digest:
        raise Refused(
            f"An edition effective on {day} was published on {there.published_at.date()} with another text, and editions are never changed. "
            "Publish this one with the day from which it counts."
        )
    return there


def announce(name: str, text: str, happens: date) -> tuple[Announcement, bool]:
    """Announce something to everybody, and let all be mailed; returns it, and whether it is new."""
    first, _, rest = text.strip().partition("\n")
    title = first.lstrip("#").strip()
    if not rest.strip() or len(title) > document.LONGEST_TITLE:
        raise Refused(f"{name} needs a first line of at most {document.LONGEST_TITLE} characters, the title, and below it what people should know.")
    day, digest = happens.isoformat(), _digest(f"{happens.isoformat()}\n{text}")
    try:
        with database.atomic():
            made = Announcement.create(happens_on=day, title=title, form=document.form_of(name, text), text=rest.strip("\n") + "\n", digest=digest)
            audit.write("announcement published", actor="system", subject=f"announcement:{made.id}")
            mailing.begin(announcement=made)
    except IntegrityError:
        return Announcement.get(Announcement.digest == digest), False
    return made, True


def take_back(number: int) -> bool:
    """End an announcement: no banner any more, and whoever was not mailed yet is not; False when there is none to end."""
    with database.atomic():
        ended = Announcement.update(ended_at=clock.now()).where((Announcement.id == number) & Announcement.ended_at.is_null()).execute()
        if ended:
            audit.write("announcement taken back", actor="system", subject=f"announcement:{number}")
    return bool(ended)


def _digest(text: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def written_out(day: str) -> str:
    """A day as English commands write it: 15 June 2026."""
    with force_locale("en"):
        found = date.fromisoformat(day)
    return f"{found.day} {found:%B} {found.year}"
