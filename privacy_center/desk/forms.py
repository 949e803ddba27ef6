"""What officers fill in: each says in words what is missing, and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from privacy_center.rights.forms import FilesForm
from privacy_center.rights.grounds import with_law
from privacy_center.rights.words import EXTENSIONS, REASONS

LONGEST_LETTER = 20_000
GAP = "["  # by which a draft marks what the officer must say in their own words
NOT_A_DAY = _l("Give the day as year-month-day, like 2026-01-31")


def choices_of(words: Mapping[str, Any]) -> list[SelectChoice]:
    """The choices of a list, by their codes and words."""
    return [SelectChoice(value, said) for value, said in words.items()]


class LetterForm(FlaskForm):
    """A letter to the person; *seen* is the revision of the request that the officer's page showed."""

    words = TextAreaField(
        _l("Letter"),
        validators=[InputRequired(_l("Write the letter")), Length(max=LONGEST_LETTER, message=_l("Write at most 20,000 characters"))],
        filters=[lambda text: text.replace("\0", "").replace("\r\n", "\n") if text else text],
        render_kw={"rows": 12},
    )
    seen = HiddenField()

    def validate_words(self, field: TextAreaField) -> None:
        """What a draft leaves open must be filled in."""
        if not (field.data or "").strip():
            raise ValidationError(_l("Write the letter"))
        if any(line.strip().startswith(GAP) or f" {GAP}" in line for line in field.data.splitlines()):
            raise ValidationError(_l("The draft has a place in [brackets] that you have to fill in, or to take out"))

    @property
    def revision(self) -> int:
        """The revision that was seen; one that there never was for what is none."""
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class EnclosingForm(FilesForm, LetterForm):
    """A letter that files may come with."""


class ExtensionForm(LetterForm):
    """Until when the answer is put off, and why."""

    until = DateField(_l("New date"), validators=[InputRequired(_l("Give the new date"))], invalid_value_message=NOT_A_DAY)
    reason = SelectField(_l("Reason, as the person reads it"), validators=[InputRequired(_l("Choose a reason"))])

    def offer(self, reasons: list[str]) -> None:
        """Offer the reasons that the law accepts."""
        self.reason.choices = choices_of({"": _l("Choose"), **{each: EXTENSIONS[each] for each in reasons}})


class RefusalForm(EnclosingForm):
    """Why the request is refused: a reason of the list, and words of one's own."""

    reason = SelectField(_l("Reason"), validators=[InputRequired(_l("Choose a reason; the person reads it above your words"))])

    def offer(self) -> None:
        """Offer every reason, with the law behind it."""
        self.reason.choices = choices_of({"": _l("Choose"), **{each: with_law(each) for each in REASONS}})


class GrantForm(LetterForm):
    """How the request is granted."""

    how = RadioField(_l("How"), validators=[InputRequired(_l("Choose how"))])
    account = IntegerField(_l("Account"), validators=[Optional()])
    fields = SelectMultipleField(_l("What is corrected"), validate_choice=True)
    partly = SelectField(_l("Only in part, because"), choices=choices_of({"": _l("Not in part: the whole request is granted"), **REASONS}), default="")

    def offer(self, how: dict[str, Any], fields: dict[str, Any]) -> None:
        """Offer the ways there are, and the fields that the person wishes corrected."""
        self.how.choices = choices_of(how)
        self.fields.choices = choices_of(fields)


class NoteForm(FlaskForm):
    """A note for colleagues."""

    words = TextAreaField(
        _l("Note"),
        validators=[DataRequired(_l("Write the note")), Length(max=5000, message=_l("Write at most 5,000 characters"))],
        filters=[lambda text: text.replace("\0", "").replace("\r\n", "\n").strip() if text else text],
        render_kw={"rows": 3},
    )
