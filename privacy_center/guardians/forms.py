"""What a guardian says, page by page; each form's fields are named after the columns that keep them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from privacy_center.guardians import words
from privacy_center.guardians.letters import LONGEST
from privacy_center.rights.homes import codes, countries
from privacy_center.verification.addresses import address_of

TOO_LONG = _l("This is longer than we can keep; say it shorter")
ONE_OF_THESE = _l("Choose one of these")


class PageForm(FlaskForm):
    """One page of the report."""

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by column."""
        return {field.name: _plain(field) for field in self if field.name != "csrf_token"}

    @property
    def said_so_far(self) -> dict[str, Any]:
        """What was said and can be kept, when somebody stops in the middle."""
        return {name: value for name, value in self.said.items() if value not in (None, "", []) and not self[name].errors}


def _plain(field: Any) -> Any:
    """Text without blanks around it and in one kind of line end, never None; anything else as it is."""
    return (field.data or "").replace("\r\n", "\n").strip() if isinstance(field, StringField) else field.data


def _choices(options: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(*each) for each in options.items()]


def _radio(label: Any, options: dict[str, Any], missing: Any) -> RadioField:
    return RadioField(label, choices=_choices(options), validators=[InputRequired(missing)], invalid_choice_message=ONE_OF_THESE)


class WhoForm(PageForm):
    """Who reports."""

    relation = _radio(_l("Who are you to the child?"), words.RELATIONS, _l("Say who you are to the child"))
    name = StringField(_l("What may we call you?"), validators=[Length(max=200, message=TOO_LONG)])


class AddressForm(PageForm):
    """Where we write to."""

    email = StringField(_l("Your e-mail address"), validators=[InputRequired(_l("Say your e-mail address"))])

    def validate_email(self, field: StringField) -> None:
        """It must be one."""
        if address_of(field.data or "") is None:
            raise ValidationError(_l("This is not an e-mail address; one looks like name@example.com"))


class CodeForm(FlaskForm):
    """The code that came by mail."""

    code = StringField(_l("Code"), validators=[InputRequired(_l("Type the code from the mail"))])


class ChildForm(PageForm):
    """How old the child is and where it lives: that decides the law."""

    age = _radio(_l("How old is the child?"), words.AGES, _l("Say how old the child is"))
    country = SelectField(_l("In which country does the child live?"), validate_choice=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.country.choices = [SelectChoice("", _l("Choose a country")), *(SelectChoice(*each) for each in countries())]

    def validate_country(self, field: SelectField) -> None:
        """One must be chosen."""
        if field.data not in codes():
            raise ValidationError(_l("Say in which country the child lives"))


class AccountForm(PageForm):
    """What helps to find the child's data; one of these is enough."""

    account_email = StringField(_l("E-mail address of the Z.ai account"), validators=[Length(max=320, message=TOO_LONG)])
    account_name = StringField(_l("Name or user name in it"), validators=[Length(max=300, message=TOO_LONG)])
    typed = TextAreaField(_l("Something that the child typed"), validators=[Length(max=2000, message=TOO_LONG)])
    used_when = StringField(_l("When ZCode was used"), validators=[Length(max=300, message=TOO_LONG)])
    device = StringField(_l("On which device"), validators=[Length(max=300, message=TOO_LONG)])

    def validate_account_email(self, _field: StringField) -> None:
        """Something must be said, whichever it is."""
        names = ("account_email", "account_name", "typed", "used_when", "device")
        if not any((self[name].data or "").strip() for name in names):
            raise ValidationError(_l("Tell us at least one thing that helps to find the account"))


class WishesForm(PageForm):
    """What shall happen."""

    wishes = SelectMultipleField(_l("What do you want?"), choices=_choices(words.WISHES), option_widget=CheckboxInput())

    def validate_wishes(self, field: SelectMultipleField) -> None:
        """Something must be wished."""
        if not field.data:
            raise ValidationError(_l("Tick at least one of these"))


class CheckForm(FlaskForm):
    """The declaration, and with it the report is sent."""

    declared = BooleanField(
        _l("What I have said is true as far as I know, and I report it for the child’s good"), validators=[InputRequired(_l("Tick that it is true"))]
    )


class LetterForm(FlaskForm):
    """A letter to us."""

    words = TextAreaField(
        _l("Your letter"),
        validators=[DataRequired(_l("Write something first")), Length(max=LONGEST, message=TOO_LONG)],
        filters=[lambda text: (text or "").strip()],
    )


class LostLinkForm(FlaskForm):
    """The address that a link is to be sent to again."""

    email = StringField(_l("The e-mail address that you gave us"), validators=[InputRequired(_l("Say your e-mail address"))])

    def validate_email(self, field: StringField) -> None:
        """It must be one."""
        if address_of(field.data or "") is None:
            raise ValidationError(_l("This is not an e-mail address; one looks like name@example.com"))


class AnswerForm(FlaskForm):
    """What the person behind a reported account says."""

    answer = _radio(_l("What is true?"), words.ANSWERS, _l("Choose what is true"))
    answer_words = TextAreaField(_l("Anything that helps us to decide"), validators=[Optional(), Length(max=LONGEST, message=TOO_LONG)])
