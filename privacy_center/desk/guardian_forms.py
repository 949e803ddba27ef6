"""What officers fill in about reports of children."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from privacy_center.desk.forms import LetterForm, choices_of
from privacy_center.desk.guardian_deciding import OUTCOMES
from privacy_center.guardians import answering
from privacy_center.guardians.models import Report


class GuardianLetterForm(LetterForm):
    """A letter to the guardian, and whether an answer is needed."""

    wants_answer = BooleanField(_l("We need an answer, within 14 days; without one the report is closed"))


class OutcomeForm(LetterForm):
    """How a report ends, and the letter that says so."""

    outcome = RadioField(_l("Decision"), validators=[InputRequired(_l("Choose the decision"))])

    def offer(self, report: Report) -> None:
        """Offer what can be decided as it stands."""
        self.outcome.choices = choices_of({code: words for code, words in OUTCOMES.items() if answering.may_decide(report, code)})


class LookUpForm(FlaskForm):
    """An account that an officer names."""

    named = StringField(
        _l("Whole e-mail address or Z.ai user id"),
        validators=[InputRequired(_l("Type the whole address or id")), Length(max=320, message=_l("That is too long for an address or id"))],
    )
