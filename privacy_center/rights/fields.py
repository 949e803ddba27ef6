"""The fields of questions about a right, and what every such form can tell of its answers."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError

from privacy_center.datamap.words import Words

LONGEST, LONGEST_LINE = 10_000, 300


def plain(text: str | None) -> str:
    """What was typed without what nobody can see, and with the line ends that we use."""
    kept = "".join(each for each in (text or "").replace("\r\n", "\n").replace("\r", "\n") if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
    return kept.strip()


class Text(TextAreaField):
    """Some paragraphs."""

    def __init__(self, label: Words, **how: Any) -> None:
        super().__init__(label, filters=[plain], validators=[_not_too_long(LONGEST)], **how)


class Line(StringField):
    """One line."""

    def __init__(self, label: Words, **how: Any) -> None:
        super().__init__(label, filters=[lambda text: " ".join(plain(text).split())], validators=[_not_too_long(LONGEST_LINE)], **how)


def _not_too_long(most: int) -> Any:
    def check(_form: Any, field: Any) -> None:
        if len(field.data or "") > most:
            said = gettext("This is %(number)s characters long; shorten it to %(most)s, or attach it as a file", number=len(field.data), most=most)
            raise ValidationError(said)

    return check


class Question(FlaskForm):
    """What is asked about one right. The views look for themselves whether a page of ours sent it."""

    right: ClassVar[str]

    class Meta:
        csrf = False

    def wants(self) -> dict[str, Any] | None:
        """What exactly is wanted, as `asking.ask` takes it."""
        return None

    def lines(self) -> list[tuple[Any, str]]:
        """Each question that was answered with its answer, for the page that shows them once more."""
        return [(field.label.text, shown(field)) for field in self if shown(field)]

    def letter(self) -> str:
        """What was written, as the letter that the officer reads: nothing, where only boxes were ticked."""
        said = [(field.label.text, field.data) for field in self if isinstance(field, Text | Line) and field.data]
        return str(said[0][1]) if len(said) == 1 else "\n\n".join(f"{label}\n{text}" for label, text in said)


def shown(field: Any) -> str:
    """An answer as a person reads it again."""
    if isinstance(field, SelectMultipleField):
        chosen = [str(label) for value, label, selected, *_rest in field.iter_choices() if selected]
        return "\n".join(chosen)
    if isinstance(field, RadioField | SelectField):
        return next((str(label) for value, label, *_rest in field.iter_choices() if value == field.data), "")
    return str(field.data or "")
