"""What is asked for each right: well formed or not, and what the answers mean for the request."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from privacy_center.consent.basis import Basis
from privacy_center.consent.wording import PURPOSES
from privacy_center.rights import words
from privacy_center.rights.data_questions import Access, Correction, Deletion, Know, Portability
from privacy_center.rights.fields import Line, Question, Text, shown


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
