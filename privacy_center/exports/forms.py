"""What a copy is to hold, as a person says it."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectChoice, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from privacy_center.datamap import policy
from privacy_center.datamap.words import Category
from privacy_center.exports.contents import Choice
from privacy_center.history.calendar import midnight

NOT_A_DAY = _l("Give the day as year-month-day, like 2026-01-31")


class ExportForm(FlaskForm):
    """Which categories, of which time, with or without files."""

    category = SelectMultipleField(
        _l("What should it contain?"),
        choices=[SelectChoice(each.value, policy.CATEGORIES[each].title) for each in Category],
        validate_choice=True,
    )
    since = DateField(_l("Not older than"), validators=[Optional()], invalid_value_message=NOT_A_DAY)
    until = DateField(_l("Not newer than"), validators=[Optional()], invalid_value_message=NOT_A_DAY)
    files = BooleanField(_l("With the files themselves"))

    def validate_category(self, field: SelectMultipleField) -> None:
        """Something must be in it."""
        if not field.data:
            raise ValidationError(_l("Tick at least one of these"))

    def validate_until(self, field: DateField) -> None:
        """The time must not end before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_l("The last day lies before the first"))

    @property
    def choice(self) -> Choice:
        """What was said, in terms of the builder."""
        return Choice(
            frozenset(Category(each) for each in self.category.data or ()),
            midnight(self.since.data) if self.since.data else None,
            midnight(self.until.data + timedelta(days=1)) if self.until.data else None,
            bool(self.files.data),
        )
