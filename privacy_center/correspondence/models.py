"""Letters between a person and ZCode, as the product's support sent them (policy section 2 (4))."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from peewee import CharField, TextField

from privacy_center.accounts.models import PersonalRecord
from privacy_center.core.db import Moment
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Source, internal, personal, years


class Correspondence(PersonalRecord):
    """One message from the person to us or from us to the person."""

    rank = 4
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Messages with us"),
        description=_l("What you wrote to ZCode's support and what it answered."),
        source=(Source.PERSON, Source.PRODUCT),
        purposes=(Purpose.PROVIDE, Purpose.COMMUNICATE, Purpose.SECURITY, Purpose.LEGAL),
        retention=years(3, since="sent_at"),
        on_erasure=Erase.DELETE,
        dated_by="sent_at",
        titled_by="subject",
        listed=("direction", "channel"),
    )

    external_id = personal(CharField(max_length=200), _l("ZCode's own id"))
    sent_at = personal(Moment(), _l("Sent"))
    direction = personal(CharField(max_length=10), _l("Direction"), values={"from_user": _l("From you to us"), "to_user": _l("From us to you")})
    channel = personal(TextField(), _l("Channel"))
    subject = personal(TextField(null=True), _l("Subject"), sensitive=True)
    body = personal(TextField(), _l("Words"), sensitive=True)
    digest = internal(CharField(max_length=64), "tells whether the feed brought a change")

    class Meta:
        indexes = ((("user", "external_id"), True), (("user", "sent_at", "id"), False))
