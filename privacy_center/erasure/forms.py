"""What people may fill in about deleting, and what they may tick."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, ValidationError

from privacy_center.core import clock
from privacy_center.erasure.models import AUTO_DELETE_CHOICES

TICK = re.compile(r"c(\d{1,18})", re.ASCII)
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class BeforeForm(FlaskForm):
    """Delete everything without activity since a date."""

    before = DateField(
        _l("Last used before"),
        validators=[InputRequired(_l("Say the date"))],
        invalid_value_message=_l("Give the day as year-month-day, like 2026-01-31"),
    )

    def validate_before(self, field: DateField) -> None:
        """The date must not lie ahead."""
        if field.data and field.data > clock.now().date():
            raise ValidationError(_l("Say a date that is not in the future"))

    @property
    def moment(self) -> datetime:
        """The beginning of that day, in UTC."""
        assert self.before.data is not None
        return datetime.combine(self.before.data, time(), UTC)


class AutoDeleteForm(FlaskForm):
    """After how many months conversations go by themselves."""

    months = RadioField(
        _l("Delete a conversation when it has been without activity for"),
        choices=[SelectChoice("0", _l("Never")), *(SelectChoice(str(each), _l("%(months)s months", months=each)) for each in AUTO_DELETE_CHOICES)],
        validators=[InputRequired(_l("Choose one of these"))],
        invalid_choice_message=_l("Choose one of these"),
    )


def ticked(names: Iterable[str], numbers: Iterable[str]) -> set[int]:
    """The numbers of the conversations that are meant: a tick is named after its row (c901), a page of one gives its number.

    Each tick has a name of its own, so that a browser which restores a form can't tick another row in its stead.
    """
    ticks = (found[1] for name in names if (found := TICK.fullmatch(name)))
    return {int(each) for each in (*ticks, *(number for number in numbers if NUMBER.fullmatch(number)))}


def code_of(typed: str) -> str:
    """The code of a receipt, however it was typed: DR-7K4M-92QX-PTWD-83HK; what can't be one stays as it is."""
    bare = "".join(character for character in typed.upper() if character.isalnum())
    groups = [bare[:2], *(bare[at : at + 4] for at in range(2, 18, 4))]
    return "-".join(groups) if len(bare) == 18 and bare.isascii() else typed.strip()[:40]


class ClosureForm(FlaskForm):
    """When the account is to be closed, and the proof that it is meant: the address, typed."""

    when = RadioField(
        _l("When?"),
        choices=[
            SelectChoice("later", _l("In seven days. Until then you can change your mind.")),
            SelectChoice("now", _l("Now. There is no way back.")),
        ],
        default="later",
        validators=[InputRequired(_l("Choose one of these"))],
        invalid_choice_message=_l("Choose one of these"),
    )
    typed = StringField(_l("Type it here"), validators=[InputRequired(_l("Type what stands above the field, so that nobody closes the account by mistake"))])
    expected = ""

    def validate_typed(self, field: StringField) -> None:
        """What was typed must be what was asked for; capitals and spaces around it don't matter."""
        if (field.data or "").strip().casefold() != self.expected.strip().casefold():
            raise ValidationError(_l("That is not what stands above the field"))
