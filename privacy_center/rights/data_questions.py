"""What is asked of whoever wants to know, copy, delete or correct data."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from privacy_center.datamap import policy
from privacy_center.datamap.words import Category
from privacy_center.erasure import kinds
from privacy_center.rights import words
from privacy_center.rights.correcting import FIELDS, cleaned
from privacy_center.rights.fields import Line, Question, Text, shown
from privacy_center.rights.homes import countries

EVERYTHING, CHOSEN = "everything", "chosen"


class Know(Question):
    """What we hold, and why."""

    right = words.KNOW
    more = Text(_l("What do you want to know?"))


class Copy(Question):
    """A copy, to read or to take elsewhere."""

    category = SelectMultipleField(_l("What should it contain?"))
    more = Text(_l("Anything we should know"))

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.category.choices = [SelectChoice(each.value, policy.CATEGORIES[each].title) for each in Category]

    def validate_category(self, field: SelectMultipleField) -> None:
        """Something must be in it."""
        if not field.data:
            raise ValidationError(gettext("Tick at least one of these"))

    def wants(self) -> dict[str, Any] | None:
        """The categories, unless it is all of them."""
        return None if len(self.category.data) == len(Category) else {"categories": list(self.category.data)}


class Access(Copy):
    """A copy to read."""

    right = words.ACCESS


class Portability(Copy):
    """A copy to take elsewhere."""

    right = words.PORTABILITY


class Deletion(Question):
    """Everything, or chosen kinds."""

    right = words.DELETION
    scope = RadioField(
        _l("What should be deleted?"),
        choices=[SelectChoice(EVERYTHING, _l("Everything you hold about me")), SelectChoice(CHOSEN, _l("Some kinds of data only"))],
    )
    kind = SelectMultipleField(_l("Which kinds?"))
    more = Text(_l("Anything we should know"))

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.kind.choices = [SelectChoice(kinds.table_of(model), said.title) for model, said in kinds.choosable()]

    def validate_scope(self, field: RadioField) -> None:
        """One of both."""
        if field.data not in (EVERYTHING, CHOSEN):
            field.errors = []
            raise ValidationError(gettext("Choose what should be deleted"))

    def validate_kind(self, field: SelectMultipleField) -> None:
        """Some kinds are at least one."""
        if self.scope.data == CHOSEN and not field.data:
            raise ValidationError(gettext("Tick at least one of these"))

    def wants(self) -> dict[str, Any] | None:
        """The kinds, unless it is everything."""
        return {"kinds": list(self.kind.data)} if self.scope.data == CHOSEN else None

    def lines(self) -> list[tuple[Any, str]]:
        """What was ticked does not count where everything was chosen."""
        return [each for each in super().lines() if self.scope.data == CHOSEN or each[0] is not self.kind.label.text]


class Correction(Question):
    """What is wrong in the account, field by field, and whatever else is wrong."""

    right = words.CORRECTION
    name = Line(_l("Name"))
    email = Line(_l("E-mail address"))
    country = SelectField(_l("Country"), validate_choice=False)
    language = SelectField(_l("Language"), validate_choice=False)
    more = Text(_l("What else is wrong, and what is right?"))

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        as_it_is = SelectChoice("", gettext("Leave it as it is"))
        self.country.choices = [as_it_is, *(SelectChoice(code, name) for code, name in countries())]
        self.language.choices = [as_it_is, SelectChoice("en", "English"), SelectChoice("zh-Hans", "中文")]
        if not current_user.is_authenticated:  # of whose account nothing may be told
            for name in FIELDS:
                delattr(self, name)
            self.more.label.text = gettext("What is wrong, and what is right?")

    def validate_more(self, field: TextAreaField) -> None:
        """Something must be wrong."""
        if not field.data and not self.changed():
            raise ValidationError(gettext("Say what is wrong, and what is right"))

    def validate(self, *args: Any, **how: Any) -> bool:
        """What is wished must fit where it should stand."""
        fine: bool = super().validate(*args, **how)
        for name, wished in self.changed().items():
            if cleaned(name, wished) is None or not _is_offered(self[name], wished):
                self[name].errors = [*self[name].errors, _MISFITS.get(name, gettext("This can’t stand here"))]
                fine = False
        return fine

    def changed(self) -> dict[str, str]:
        """The fields that should say something else than they do."""
        wished = {name: self[name].data for name in FIELDS if name in self}
        return {name: text for name, text in wished.items() if text and text != (getattr(current_user, name) or "")}

    def wants(self) -> dict[str, Any] | None:
        """What is wished, field by field."""
        return {"fields": self.changed()} if self.changed() else None

    def lines(self) -> list[tuple[Any, str]]:
        """Only what should change."""
        held = {name: getattr(current_user, name, None) or gettext("nothing") for name in self.changed()}
        said = [(self[name].label.text, f"{held[name]} → {shown(self[name])}") for name in self.changed()]
        return [*said, *([(self.more.label.text, self.more.data)] if self.more.data else [])]

    def letter(self) -> str:
        """What is wrong beside the fields."""
        return str(self.more.data or "")


def _is_offered(field: Any, wished: str) -> bool:
    """Whether what was chosen is one of what could be."""
    return not isinstance(field, SelectField) or wished in [each.value for each in field.choices or ()]


_MISFITS = {"email": _l("This is no e-mail address")}
