"""What a record of consent says, in the fields of ISO/IEC TS 27560:2023; written once, and checked by its digest ever after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from privacy_center.consent.basis import Answer, Shown
from privacy_center.consent.declared import ALL, OPTIONAL
from privacy_center.consent.models import ANSWERS, COOKIES, METHODS
from privacy_center.consent.wording import PURPOSES
from privacy_center.datamap import policy
from privacy_center.datamap.words import Category

SCHEMA = "ISO/IEC TS 27560:2023"
CONTROLLER = "controller"
NOBODY = "a browser without an account"
RIGHTS = ("access", "correction", "deletion", "restriction", "objection", "portability", "withdrawal", "complaint to a regulator")
COOKIES_LAST = "P6M"
STATES = {
    Answer.AGREE: "ConsentGiven",
    Answer.WITHDRAW: "ConsentWithdrawn",
    Answer.OBJECT: "ObjectionMade",
    Answer.TAKE_BACK: "ObjectionWithdrawn",
    Answer.RESTRICT: "ProcessingRestricted",
    Answer.LIFT: "RestrictionLifted",
}


@dataclass(frozen=True)
class Said:
    """One answer, before it is written down."""

    record_id: str
    person: int | None
    purpose: str
    answer: Answer
    shown: Shown
    method: str
    at: datetime
    notice: str
    base: str  # the address of this site
    scope: dict[str, bool] | None = None
    again: bool = False  # whether something was given before


def body_of(said: Said) -> dict[str, Any]:
    """The whole record; its own words are English for ever, the words shown are as they were shown."""
    with force_locale("en"):
        return {
            "schema_version": SCHEMA,
            "record_id": said.record_id,
            "pii_principal_id": f"user:{said.person}" if said.person else NOBODY,
            "pii_processing": _processing(said),
            "party_identification": [_controller()],
            "event": [_event(said)],
            "shown": {
                "words": said.shown.text,
                "language": said.shown.language,
                "version": said.shown.version,
                "answer": str(ANSWERS[said.answer.value]),
            },
        }


def _processing(said: Said) -> list[dict[str, Any]]:
    """What the answer is about: one purpose, or the categories of cookies."""
    common = {
        "privacy_notice": f"{said.base}/policy",
        "privacy_notice_version": said.notice,
        "language": said.shown.language,
        "pii_controllers": [CONTROLLER],
        "collection_method": str(METHODS[said.method]),
        "storage_locations": list(dict.fromkeys(str(place.where) for place in policy.PLACES if place.inside)),
        "jurisdiction": "SG",
        "privacy_rights": list(RIGHTS),
    }
    if said.purpose == COOKIES:
        here: dict[str, Any] = {
            "lawful_basis": "consent",
            "withdrawal_method": f"{said.base}/cookies",
            "retention_period": COOKIES_LAST,
            "recipient_third_parties": [],
        }
        titles = {each.key: str(each.title) for each in ALL}
        return [
            {**common, **here, "purpose": titles[key], "purpose_type": f"cookies:{key}", "pii_information": [_kind(Category.LOG)], "allowed": yes}
            for key, yes in (said.scope or {}).items()
        ]
    asked = PURPOSES[said.purpose]
    here = {
        "purpose": str(asked.title),
        "purpose_type": asked.dpv,
        "lawful_basis": str(asked.ground),
        "pii_information": [_kind(each, special=asked.special) for each in asked.categories],
        "retention_period": "as each category of data says at the address of the notice",
        "recipient_third_parties": [str(each.title) for each in policy.RECIPIENTS.values()],
        "withdrawal_method": f"{said.base}/choices",
    }
    return [{**common, **here}]


def _kind(category: Category, *, special: bool = False) -> dict[str, Any]:
    """A category of data, as the standard names one."""
    return {"pii_type": str(policy.CATEGORIES[category].title), "pii_attribute_id": str(category), "pii_optional": True, "special_pii_category": special}


def _controller() -> dict[str, str]:
    """Who is responsible."""
    who = policy.CONTROLLER
    return {
        "party_id": CONTROLLER,
        "party_name": who.name,
        "party_role": "PII controller",
        "party_type": "private company",
        "party_address": who.address,
        "party_contact": who.contact,
    }


def _event(said: Said) -> dict[str, str]:
    """What happened, when, and how long it counts."""
    state = STATES[said.answer]
    if said.answer is Answer.AGREE and said.again:
        state = "RenewedConsentGiven"
    if said.answer is Answer.WITHDRAW and not said.again:
        state = "ConsentRefused"
    return {
        "event_time": said.at.isoformat(timespec="seconds"),
        "validity_duration": COOKIES_LAST if said.purpose == COOKIES else "until the next answer",
        "entity_id": f"user:{said.person}" if said.person else NOBODY,
        "event_type": "explicit",
        "event_state": state,
    }


def scope_of(allowed: frozenset[str]) -> dict[str, bool]:
    """What an answer about cookies says of each category."""
    return {key: key in allowed for key in OPTIONAL}
