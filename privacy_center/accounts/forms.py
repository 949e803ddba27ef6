"""The room's one question."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError

from privacy_center.accounts.codes import digits_of


class CodeForm(FlaskForm):
    """The code out of the mail."""

    code = StringField(_l("Code"), render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"})

    def validate_code(self, field: StringField) -> None:
        """A code is eight digits, however it is written."""
        if len(digits_of(field.data or "")) != 8:
            raise ValidationError(_l("Type the eight digits of the code."))
