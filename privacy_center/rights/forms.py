"""The other questions around a request: where one lives, by which address one can be reached, a message, files."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from privacy_center.core import scanning, uploads
from privacy_center.core.uploads import MOST, Refused, Taken
from privacy_center.rights.fields import Text, plain
from privacy_center.rights.homes import REGIONS, Home, countries, country_name
from privacy_center.verification.addresses import address_of


class HomeForm(FlaskForm):
    """Where one lives, as far as one wants to say."""

    place = SelectField(_l("Where do you live?"), validate_choice=False)
    region = SelectField(_l("Which state or nation?"), validate_choice=False)

    class Meta:
        csrf = False

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.place.choices = [SelectChoice("", gettext("I don’t want to say")), *(SelectChoice(code, name) for code, name in countries())]
        self.region.choices = [SelectChoice("", gettext("None of these"))]
        for code, names in REGIONS.items():
            self.region.choices += [SelectChoice(f"{code}-{key}", name, optgroup=country_name(code)) for key, name in names.items()]

    @property
    def home(self) -> Home:
        """The home that was said; a state counts in its own country only."""
        country, _dash, region = (self.region.data or "").partition("-")
        return Home.of(self.place.data, region if country == self.place.data else None)


class AddressForm(HomeForm):
    """The same, and the address of somebody without an account."""

    address = StringField(_l("Your e-mail address"), filters=[plain], render_kw={"type": "email", "autocomplete": "email", "spellcheck": "false"})

    def validate_address(self, field: StringField) -> None:
        """One that mail can be sent to."""
        if address_of(field.data or "") is None:
            raise ValidationError(gettext("Type an e-mail address, such as name@example.com"))


class FilesForm(FlaskForm):
    """Files, examined as they come."""

    files = MultipleFileField(_l("Files"), render_kw={"accept": uploads.ACCEPTED})

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.taken: list[Taken] = []

    def validate_files(self, field: MultipleFileField) -> None:
        """Each must be what we take; what one of them is refused for is said with its name."""
        chosen = [each for each in field.data or () if getattr(each, "filename", "")]
        if len(chosen) > MOST:
            raise ValidationError(gettext("Choose %(most)s files at most", most=MOST))
        for each in chosen:
            try:
                taken = uploads.take(each)
            except Refused as refused:
                raise ValidationError(f"{_shown_name(each.filename)}: {refused}") from None
            if problem := _danger(taken):
                raise ValidationError(f"{taken.name}: {problem}")
            self.taken.append(taken)


def _shown_name(name: str) -> str:
    """A file's own name, short, without folders."""
    return plain(name.replace("\\", "/").rsplit("/", 1)[-1])[:60]


def _danger(file: Taken) -> str:
    """Why a file is not taken after the scanner has seen it; nothing when it is fine, or there is no scanner."""
    verdict = scanning.scan(file.content)
    if verdict is scanning.Verdict.INFECTED:
        return gettext("our scanner takes this file for malware, so it was not kept")
    if verdict is scanning.Verdict.UNKNOWN:
        return gettext("files can’t be checked for malware just now, so it was not kept. Try again in a few minutes")
    return ""


class UploadForm(FilesForm):
    """Files for a request that is not sent yet."""

    class Meta:
        csrf = False

    def validate(self, *args: Any, **how: Any) -> bool:
        """There must be one."""
        fine: bool = super().validate(*args, **how)
        if fine and not self.taken:
            self.files.errors = [gettext("Choose a file")]
            return False
        return fine


class MessageForm(FilesForm):
    """Something to say about a request, perhaps with files."""

    words = Text(_l("Your message"))

    def validate_words(self, field: TextAreaField) -> None:
        """A message says something; a file may speak for itself."""
        if not field.data and not any(getattr(each, "filename", "") for each in self.files.data or ()):
            raise ValidationError(gettext("Write something, or choose a file"))
