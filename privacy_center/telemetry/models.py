"""Devices, usage events, log entries and feedback, with the fields that the policy names."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, TextField

from privacy_center.accounts.models import NUMBER_OF_ROW, PersonalRecord, User, in_sight
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import (
    Category,
    Erase,
    Holding,
    Purpose,
    Shape,
    Source,
    days,
    internal,
    months,
    personal,
    secret,
    with_parent,
)

PRODUCTS_ID = _l("ZCode's own id")
TELLS_CHANGE = "tells whether the feed brought a change"
PRODUCT_PURPOSES = (Purpose.PROVIDE, Purpose.IMPROVE, Purpose.SECURITY, Purpose.LEGAL)


class Device(PersonalRecord):
    """A machine that ZCode ran on (policy section 1 (2), Device Information)."""

    rank = 20
    holds = Holding(
        category=Category.DEVICE,
        title=_l("Devices"),
        description=_l("Machines on which you used ZCode, as ZCode described them."),
        source=(Source.PRODUCT,),
        purposes=PRODUCT_PURPOSES,
        retention=months(12, since="seen_at"),
        on_erasure=Erase.DELETE,
        dated_by="seen_at",
        titled_by="model",
        listed=("brand", "system_version", "region"),
    )

    external_id = personal(CharField(max_length=200), _l("Device identifier"), identifying=True)
    brand = personal(TextField(), _l("Brand"))
    model = personal(TextField(), _l("Model"))
    manufacturer = personal(TextField(), _l("Manufacturer"))
    system_version = personal(TextField(), _l("System version"))
    api_version = personal(TextField(null=True), _l("Version of the system's interface"))
    cpu = personal(JSONText(null=True), _l("Processor"))
    disk = personal(TextField(null=True), _l("Disk"))
    architecture = personal(TextField(), _l("Architecture"))
    network_status = personal(TextField(null=True), _l("Network"))
    time_zone = personal(TextField(), _l("Time zone"))
    region = personal(TextField(), _l("Country or region"))
    language = personal(TextField(), _l("Language"))
    thread_count = personal(IntegerField(null=True), _l("Running threads"))
    uptime_seconds = personal(BigIntegerField(null=True), _l("Time since the system started"), shape=Shape.SECONDS)
    application = personal(JSONText(null=True), _l("Program"))
    seen_at = personal(Moment(), _l("Last seen"))
    digest = internal(CharField(max_length=64), TELLS_CHANGE)

    class Meta:
        indexes = ((("user", "external_id"), True),)


class UsageEvent(PersonalRecord):
    """One thing that happened while ZCode was used (policy section 2 (5))."""

    rank = 21
    holds = Holding(
        category=Category.USAGE,
        title=_l("Usage events"),
        description=_l("What you did in ZCode, when, and with which program. Never the words of a conversation."),
        source=(Source.PRODUCT,),
        purposes=PRODUCT_PURPOSES,
        retention=months(13, since="occurred_at"),
        on_erasure=Erase.DELETE,
        dated_by="occurred_at",
        titled_by="event_name",
        listed=("application_version", "os_type", "device"),
    )

    external_id = personal(CharField(max_length=200), PRODUCTS_ID)
    occurred_at = personal(Moment(), _l("When"))
    event_name = personal(TextField(), _l("Event"))
    event_type = personal(TextField(), _l("Kind of event"))
    event_region = personal(TextField(null=True), _l("Region"))
    event_extension = personal(JSONText(null=True), _l("Further details"))
    client_time_zone = personal(TextField(null=True), _l("Time zone"))
    language = personal(TextField(null=True), _l("Language"))
    screen_resolution = personal(TextField(null=True), _l("Screen"))
    application_version = personal(TextField(null=True), _l("Program version"))
    os_type = personal(TextField(null=True), _l("System"))
    os_version = personal(TextField(null=True), _l("System version"))
    device = personal(TextField(null=True), _l("Device identifier"), identifying=True)
    talk_id = personal(TextField(null=True), _l("Talk id"))
    message_id = personal(TextField(null=True), _l("Message id"))
    digest = internal(CharField(max_length=64), TELLS_CHANGE)

    class Meta:
        indexes = ((("user", "external_id"), True), (("user", "occurred_at", "id"), False))


class LogEntry(PersonalRecord):
    """A visit to a page of ZCode's, as its servers noted it (policy section 8)."""

    rank = 22
    holds = Holding(
        category=Category.LOG,
        title=_l("Log entries"),
        description=_l("Visits to ZCode's pages: address, browser, pages, and when."),
        source=(Source.PRODUCT,),
        purposes=PRODUCT_PURPOSES,
        retention=days(90, since="occurred_at"),
        on_erasure=Erase.DELETE,
        dated_by="occurred_at",
        titled_by="page",
        listed=("ip_address", "browser"),
    )

    external_id = personal(CharField(max_length=200), PRODUCTS_ID)
    occurred_at = personal(Moment(), _l("When"))
    ip_address = personal(TextField(), _l("Internet address"), identifying=True)
    browser = personal(TextField(null=True), _l("Browser"))
    isp = personal(TextField(null=True), _l("Internet provider"))
    referring_page = personal(TextField(null=True), _l("Came from"))
    exit_page = personal(TextField(null=True), _l("Left to"))
    page = personal(TextField(null=True), _l("Page"))
    operating_system = personal(TextField(null=True), _l("System"))
    digest = internal(CharField(max_length=64), TELLS_CHANGE)

    class Meta:
        indexes = ((("user", "external_id"), True), (("user", "occurred_at", "id"), False))


class Feedback(Record):
    """Feedback as the product sends it: with a digest of the account instead of a user id (policy section 2 (5))."""

    rank = 5
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Feedback"),
        description=_l("What you told us about ZCode. It names your account by a digest that can't be reversed."),
        source=(Source.PERSON, Source.PRODUCT),
        purposes=(Purpose.PROVIDE, Purpose.IMPROVE, Purpose.COMMUNICATE, Purpose.SECURITY),
        retention=months(24, since="submitted_at"),
        on_erasure=Erase.DELETE,
        dated_by="submitted_at",
        titled_by="text",
        listed=("application_version", "os_platform"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    external_id = personal(CharField(max_length=200), PRODUCTS_ID)
    account_digest = secret(CharField(max_length=64), "whose it is, as the product says it")
    submitted_at = personal(Moment(), _l("When"))
    text = personal(TextField(), _l("What you wrote"), sensitive=True)
    application_version = personal(TextField(), _l("Program version"))
    build = personal(TextField(null=True), _l("Build"))
    node_version = personal(TextField(null=True), _l("Node version"))
    os_platform = personal(TextField(null=True), _l("System"))
    os_version = personal(TextField(null=True), _l("System version"))
    os_architecture = personal(TextField(null=True), _l("Architecture"))
    client_id = personal(TextField(null=True), _l("Anonymous feedback id"))
    digest = internal(CharField(max_length=64), TELLS_CHANGE)

    class Meta:
        indexes = ((("account_digest", "external_id"), True),)

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return in_sight(cls, user, cls.account_digest == user.feedback_digest)


class FeedbackAttachment(Record):
    """A screenshot or a package of logs that went with feedback."""

    rank = 6
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Feedback attachments"),
        description=_l("Screenshots and log packages that you sent with feedback."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE, Purpose.IMPROVE),
        retention=with_parent(_l("as long as the feedback")),
        on_erasure=Erase.DELETE,
        dated_by="submitted_at",
        titled_by="name",
        listed=("media_type", "size"),
        file_key="storage_key",
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    feedback = internal(ForeignKeyField(Feedback, backref="attachments", on_delete="CASCADE"), "the feedback it belongs to")
    account_digest = secret(CharField(max_length=64, index=True), "whose it is, as the product says it")
    submitted_at = personal(Moment(), _l("When"))
    name = personal(TextField(), _l("Name"), sensitive=True)
    media_type = personal(TextField(), _l("Type"))
    size = personal(BigIntegerField(), _l("Size"), shape=Shape.BYTES)
    storage_key = internal(CharField(max_length=200), "where its contents lie in the file store")

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return in_sight(cls, user, cls.account_digest == user.feedback_digest)
