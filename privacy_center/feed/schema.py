"""The schema of the feed, as data: which types of records there are, which fields they have, and what each field takes.

The checks, the table in docs/feed.md and the columns that are written are all readings of this one file.
"""

from __future__ import annotations

from privacy_center.feed import kinds
from privacy_center.feed.free import JSON_OBJECT, JSON_VALUE
from privacy_center.feed.kinds import ID, MOMENT, SHA256, TEXT, one_of
from privacy_center.feed.shapes import Field, Shape, choice, list_of, may, must, objects

PART = {
    "text": Shape("type", text=must(TEXT)),
    "reasoning": Shape("type", text=must(TEXT)),
    "tool": Shape("type", name=must(TEXT), call=must(TEXT), input=may(JSON_VALUE), output=may(JSON_VALUE)),
    "file": Shape("type", file=must(ID)),
}
CPU = Shape(frequency=must(kinds.TEXT_OR_NUMBER), model=must(TEXT), architecture=must(TEXT))
APPLICATION = Shape(name=must(TEXT), version=must(TEXT))
ATTACHMENT = Shape(name=must(TEXT), media_type=must(TEXT), content_base64=must(kinds.CONTENTS))


def record(**fields: Field) -> Shape:
    """The shape of a record that says whose it is."""
    return Shape("type", id=must(ID), user=must(ID), **fields)


TYPES = {
    "user": record(
        email=must(kinds.EMAIL),
        name=may(TEXT),
        avatar_url=may(kinds.WEB_ADDRESS),
        country=may(kinds.COUNTRY),
        language=may(kinds.LANGUAGE),
        created_at=must(MOMENT),
    ),
    "conversation": record(
        title=must(TEXT),
        created_at=must(MOMENT),
        updated_at=must(MOMENT),
        model=may(kinds.NAME_OF_MODEL),
        workspace=may(kinds.WORKSPACE),
        source=may(one_of("desktop", "web", "cli", "bot", "mobile")),
        parent=may(ID),
        archived=may(kinds.FLAG),
        talk_id=may(TEXT),
    ),
    "message": record(
        conversation=must(ID),
        parent=may(ID),
        role=must(one_of("user", "assistant", "tool", "system")),
        created_at=must(MOMENT),
        model=may(kinds.NAME_OF_MODEL),
        parts=must(list_of(choice("type", PART))),
    ),
    "file": record(
        conversation=may(ID),
        message=may(ID),
        name=must(TEXT),
        media_type=must(TEXT),
        size=must(kinds.SIZE),
        sha256=must(SHA256),
        created_at=must(MOMENT),
        content_base64=may(kinds.CONTENTS),
    ),
    "device": record(
        brand=must(TEXT),
        model=must(TEXT),
        manufacturer=must(TEXT),
        system_version=must(TEXT),
        api_version=may(TEXT),
        cpu=may(objects(CPU)),
        disk=may(TEXT),
        architecture=must(TEXT),
        network_status=may(TEXT),
        time_zone=must(TEXT),
        region=must(TEXT),
        language=must(TEXT),
        thread_count=may(kinds.COUNT),
        uptime_seconds=may(kinds.SIZE),
        application=must(objects(APPLICATION)),
        seen_at=must(MOMENT),
    ),
    "usage_event": record(
        occurred_at=must(MOMENT),
        event_name=must(TEXT),
        event_type=must(TEXT),
        event_region=may(TEXT),
        event_extension=may(JSON_OBJECT),
        client_time_zone=may(TEXT),
        language=may(TEXT),
        screen_resolution=may(TEXT),
        application_version=may(TEXT),
        os_type=may(TEXT),
        os_version=may(TEXT),
        device=may(TEXT),
        talk_id=may(TEXT),
        message_id=may(TEXT),
    ),
    "feedback": Shape(
        "type",
        id=must(ID),
        account_digest=must(SHA256),
        submitted_at=must(MOMENT),
        text=must(TEXT),
        application_version=must(TEXT),
        build=may(TEXT),
        node_version=may(TEXT),
        os_platform=may(TEXT),
        os_version=may(TEXT),
        os_architecture=may(TEXT),
        client_id=may(TEXT),
        attachments=may(list_of(objects(ATTACHMENT))),
    ),
    "log_entry": record(
        occurred_at=must(MOMENT),
        ip_address=must(kinds.IP_ADDRESS),
        browser=may(TEXT),
        isp=may(TEXT),
        referring_page=may(TEXT),
        exit_page=may(TEXT),
        page=may(TEXT),
        operating_system=may(TEXT),
    ),
    "order": record(
        order_number=must(TEXT),
        plan_id=must(TEXT),
        plan_name=must(TEXT),
        price=must(kinds.MONEY),
        currency=must(kinds.CURRENCY),
        discount_amount=may(kinds.MONEY),
        amount_payable=must(kinds.MONEY),
        invitation_code=may(TEXT),
        sales_channel=may(TEXT),
        risk_verification_ticket=may(TEXT),
        business_serial_number=may(TEXT),
        payment_method=must(TEXT),
        payment_status=must(TEXT),
        payment_created_at=must(MOMENT),
        subscription_status=may(TEXT),
        renewal_status=may(TEXT),
        agreement_number=may(TEXT),
        provider=may(one_of("stripe", "paypal", "alipay", "wechat")),
        provider_data=may(JSON_OBJECT),
    ),
    "correspondence": record(
        sent_at=must(MOMENT),
        direction=must(one_of("from_user", "to_user")),
        channel=must(TEXT),
        subject=may(TEXT),
        body=must(TEXT),
    ),
}
