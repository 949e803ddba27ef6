"""What is asked for each right, what is well formed, and what the answers mean for the request: what exactly is wanted, and a letter."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from privacy_center.consent.basis import Basis
from privacy_center.consent.wording import PURPOSES
from privacy_center.datamap import policy
from privacy_center.datamap.words import Category, Words
from privacy_center.erasure import kinds
from privacy_center.rights import words
from privacy_center.rights.correcting import FIELDS, cleaned
from privacy_center.rights.homes import countries

LONGEST, LONGEST_LINE = 10_000, 300
EVERYTHING, CHOSEN = "everything", "chosen"


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


class Output(Question):
    """Something untrue about a person in what the model says."""

    right = words.OUTPUT
    said = Text(_l("What does the model say about you?"))
    asked = Text(_l("What was it asked?"))
    true = Text(_l("What is true?"))
    proofs = Text(_l("Where can we see that it is?"))

    def validate_said(self, field: TextAreaField) -> None:
        """Without it nobody can look."""
        if not field.data:
            raise ValidationError(gettext("Say what the model says about you"))

    def validate_true(self, field: TextAreaField) -> None:
        """Without it nobody can correct it."""
        if not field.data:
            raise ValidationError(gettext("Say what is true, or that it should say nothing about you"))


class Stop(Question):
    """Purposes for which the person wants their data used no more."""

    basis: ClassVar[Basis]
    purpose = SelectMultipleField(_l("What should stop?"))
    more = Text(_l("Something else, or anything we should know"))

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.purpose.choices = [SelectChoice(key, each.title) for key, each in PURPOSES.items() if each.basis is self.basis]

    def validate_more(self, field: TextAreaField) -> None:
        """Something must stop."""
        if not field.data and not self.purpose.data:
            raise ValidationError(gettext("Tick what should stop, or say it in words"))

    def wants(self) -> dict[str, Any] | None:
        """The purposes; none, where it was said in words."""
        return {"purposes": list(self.purpose.data)} if self.purpose.data else None


class Objection(Stop):
    """What rests on our legitimate interest."""

    right, basis = words.OBJECTION, Basis.LEGITIMATE_INTEREST


class Withdrawal(Stop):
    """What rests on consent."""

    right, basis = words.WITHDRAWAL, Basis.CONSENT


class Restriction(Question):
    """Only storing, for as long as something is in question."""

    right = words.RESTRICTION
    why = RadioField(
        _l("Why?"),
        choices=[
            SelectChoice("accuracy", _l("Something that you hold about me is wrong, and you are still checking it")),
            SelectChoice("unlawful", _l("You should not have these data, but I don’t want them deleted")),
            SelectChoice("claims", _l("You need them no more, but I do, for a legal claim")),
            SelectChoice("objection", _l("I have objected, and you are still weighing it")),
            SelectChoice("other", _l("For another reason")),
        ],
    )
    more = Text(_l("Anything we should know"))

    def validate_why(self, field: RadioField) -> None:
        """One of these."""
        if not shown(field):
            field.errors = []
            raise ValidationError(gettext("Choose a reason"))

    def wants(self) -> dict[str, Any] | None:
        """Everything at once: to limit less is for an officer to find out."""
        return {"purposes": ["restriction"], "why": self.why.data}


class Complaint(Question):
    """Whatever is not right."""

    right = words.COMPLAINT
    about = Line(_l("Reference of a request that it is about"))
    what = Text(_l("What went wrong?"))
    wished = Text(_l("What should we do?"))

    def validate_what(self, field: TextAreaField) -> None:
        """Without it nobody can help."""
        if not field.data:
            raise ValidationError(gettext("Say what went wrong"))


FORMS: dict[str, type[Question]] = {
    each.right: each for each in (Know, Access, Portability, Deletion, Correction, Output, Objection, Restriction, Withdrawal, Complaint)
}
