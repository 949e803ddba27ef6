"""Records: the words shown, the fields of the standard, a hash that anybody can check, and nobody else's eyes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import record, record_cookies
from tests.conftest import Visitor

OF_RECORD = {"schema_version", "record_id", "pii_principal_id", "pii_processing", "party_identification", "event", "shown"}
OF_PROCESSING = {
    *("privacy_notice", "language", "purpose", "purpose_type", "lawful_basis", "pii_information", "pii_controllers", "collection_method"),
    *("storage_locations", "retention_period", "jurisdiction", "recipient_third_parties", "withdrawal_method", "privacy_rights"),
}
OF_PARTY = {"party_id", "party_name", "party_role", "party_address", "party_contact", "party_type"}
OF_EVENT = {"event_time", "validity_duration", "entity_id", "event_type", "event_state"}


def said(user: User, language: str = "en") -> ConsentRecord:
    """A record of a yes to marketing."""
    return record(user, "marketing", "agree", method="choices", language=language)


def saved(browser: Visitor, found: ConsentRecord) -> Any:
    """The file of a record."""
    return json.loads(browser.get(f"/choices/records/{found.record_id}.json").data)


def test_a_record_has_the_fields_of_the_standard(as_mei: Visitor, mei: User) -> None:
    body = saved(as_mei, said(mei))["record"]

    assert body.keys() >= OF_RECORD
    assert body["pii_processing"][0].keys() >= OF_PROCESSING
    assert body["party_identification"][0].keys() >= OF_PARTY
    assert body["event"][0].keys() >= OF_EVENT
    assert all(body[name] for name in OF_RECORD)


def test_the_hash_is_that_of_the_record_with_sorted_keys_and_no_spaces(as_mei: Visitor, mei: User) -> None:
    file = saved(as_mei, said(mei, "zh-Hans"))

    plain = json.dumps(file["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest() == file["sha256"]


def test_a_record_keeps_the_words_in_the_language_in_which_they_were_shown(as_mei: Visitor, mei: User) -> None:
    page = as_mei.get(f"/choices/records/{said(mei, 'zh-Hans').record_id}").text

    assert 'lang="zh-Hans"' in page
    assert "GDPR" in page and "News about ZCode by e-mail" in page  # the page is in English, and names the purpose so
    assert "Allow the mails" not in page


def test_other_words_have_another_version(mei: User, mallory: User) -> None:
    assert said(mei).words_version != said(mallory, "zh-Hans").words_version


def test_the_states_of_the_standard_follow_what_was_said(mei: User) -> None:
    answers = ("withdraw", "agree", "withdraw", "agree")
    states = [record(mei, "marketing", each, method="choices", language="en").body["event"][0]["event_state"] for each in answers]

    assert states == ["ConsentRefused", "RenewedConsentGiven", "ConsentWithdrawn", "RenewedConsentGiven"]


def test_a_record_that_was_changed_says_so(as_mei: Visitor, mei: User) -> None:
    found = said(mei)
    ConsentRecord.update(body={**found.body, "schema_version": "0"}).where(ConsentRecord.id == found.id).execute()

    assert "does not match its hash" in as_mei.get(f"/choices/records/{found.record_id}").text


def test_a_record_is_nobody_elses(as_mei: Visitor, as_mallory: Visitor, visitor: Visitor, mei: User) -> None:
    address = f"/choices/records/{said(mei).record_id}"

    assert as_mei.get(address).status_code == 200
    assert as_mallory.get(address).status_code == as_mallory.get(f"{address}.json").status_code == 404
    assert visitor.get(address).location.startswith("/sign-in")


def test_a_browser_without_an_account_reads_its_own_record_and_no_other(visitor: Visitor, app: Any) -> None:
    other = record_cookies(None, frozenset(), method="banner", language="en")
    visitor.submit("/cookies", {"choice": "reject"})
    mine = ConsentRecord.get(ConsentRecord.id != other.id)

    assert "A copy of your answer" in visitor.get(f"/choices/records/{mine.record_id}").text
    assert visitor.get(f"/choices/records/{other.record_id}").status_code == 303


def test_records_are_held_by_the_data_map(as_mei: Visitor, mei: User) -> None:
    said(mei)

    assert "News about ZCode by e-mail" in as_mei.get("/know/account/consent-record").text
