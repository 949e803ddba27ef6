"""The schema against everything that has to agree with it: the contract, the documentation, the tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from peewee import CharField

from privacy_center.accounts.models import User
from privacy_center.feed import kinds
from privacy_center.feed.batch import PLAIN
from privacy_center.feed.document import tables
from privacy_center.feed.kinds import Wrong
from privacy_center.feed.schema import TYPES
from privacy_center.history.models import Conversation, File, Message
from privacy_center.telemetry.models import Feedback

DOCUMENT = Path(__file__).parents[2] / "docs" / "feed.md"
MODELS: dict[str, Any] = {"user": User, "conversation": Conversation, "message": Message, "file": File, "feedback": Feedback, **PLAIN}
COLUMN_OF = {"id": "external_id"}
NO_COLUMN = {("user", "id"), ("user", "user"), ("file", "content_base64"), ("feedback", "attachments")}
FIELDS = [(type_, name) for type_, shape in TYPES.items() for name in shape.fields if (type_, name) not in NO_COLUMN]

# The contract with the product's back ends, as it was agreed: “*” marks what may be left out.
CONTRACT = {
    "user": "email name* avatar_url* country* language* created_at",
    "conversation": "title created_at updated_at model* workspace* source* parent* archived* talk_id*",
    "message": "conversation parent* role created_at model* parts",
    "file": "conversation* message* name media_type size sha256 created_at content_base64*",
    "device": "brand model manufacturer system_version api_version* cpu* disk* architecture network_status* time_zone region language "
    "thread_count* uptime_seconds* application seen_at",
    "usage_event": "occurred_at event_name event_type event_region* event_extension* client_time_zone* language* screen_resolution* "
    "application_version* os_type* os_version* device* talk_id* message_id*",
    "feedback": "account_digest submitted_at text application_version build* node_version* os_platform* os_version* os_architecture* client_id* attachments*",
    "log_entry": "occurred_at ip_address browser* isp* referring_page* exit_page* page* operating_system*",
    "order": "order_number plan_id plan_name price currency discount_amount* amount_payable invitation_code* sales_channel* risk_verification_ticket* "
    "business_serial_number* payment_method payment_status payment_created_at subscription_status* renewal_status* agreement_number* provider* provider_data*",
    "correspondence": "sent_at direction channel subject* body",
}


@pytest.mark.parametrize("type_", CONTRACT)
def test_each_type_has_the_fields_of_the_contract(type_: str) -> None:
    shape = TYPES[type_]
    fields = [name if field.required else f"{name}*" for name, field in shape.fields.items() if name not in ("id", "user")]

    assert " ".join(fields) == CONTRACT[type_]
    assert shape.fields["id"].required
    assert type_ == "feedback" or shape.fields["user"].required


def test_there_are_no_other_types() -> None:
    assert TYPES.keys() == CONTRACT.keys()


def test_the_document_has_the_tables_of_the_code() -> None:
    assert tables() in DOCUMENT.read_text(), "Write the tables of docs/feed.md anew: python -m privacy_center.feed.document"


def test_the_document_names_no_field_that_the_code_does_not() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text(), re.MULTILINE))

    assert named == set(re.findall(r"^\| `(\w+)` \|", tables(), re.MULTILINE))


@pytest.mark.parametrize(("type_", "name"), FIELDS)
def test_each_field_has_a_column_that_may_be_empty_only_if_it_may_be_left_out(type_: str, name: str) -> None:
    column = MODELS[type_]._meta.fields[COLUMN_OF.get(name, name)]

    assert TYPES[type_].fields[name].required or column.null or column.default is not None


@pytest.mark.parametrize(("type_", "name"), FIELDS)
def test_no_text_is_taken_that_is_longer_than_its_column(type_: str, name: str) -> None:
    column = MODELS[type_]._meta.fields[COLUMN_OF.get(name, name)]
    if isinstance(column, CharField):
        with pytest.raises(Wrong):
            TYPES[type_].fields[name].kind.read("1" * (column.max_length + 1))


def test_no_number_is_taken_that_its_column_does_not_hold() -> None:
    for value, kind in ((2**31, kinds.COUNT), (2**63, kinds.SIZE)):
        with pytest.raises(Wrong):
            kind.read(value)


def test_a_workspace_of_the_longest_kind_fits_into_its_index(feed: Any) -> None:
    from tests.makers import line

    assert feed(line("conversation", workspace="\U0001f4c1" * 500, model="模" * 200, id="号" * 200)).stored == 1
