"""Reads Stripe's objects, in the shapes of its present version and of some before: times, amounts, customers, invoices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from privacy_center.core import peers
from privacy_center.core.db import EPOCH, MICROSECOND
from privacy_center.core.peers import WrongAddress

SECOND = 1_000_000
LARGEST = 2**62  # what a column can hold, and more money than there is


def moment(said: Any) -> datetime | None:
    """A time as Stripe has it, in seconds since 1970; None for none."""
    return EPOCH + int(said) * SECOND * MICROSECOND if said else None


def amount(said: Any) -> int:
    """An amount in the smallest unit; nothing said is nothing."""
    minor = int(said or 0)
    if abs(minor) > LARGEST:
        raise ValueError("more than there is")
    return minor


def id_of(said: Any) -> str | None:
    """The id of something that is named, or enclosed whole."""
    found = said.get("id") if isinstance(said, dict) else said
    return str(found) if found else None


def invoice(said: dict[str, Any]) -> dict[str, Any]:
    """What we keep of an invoice."""
    parent = ((said.get("parent") or {}).get("subscription_details") or {}).get("subscription") or said.get("subscription")
    done = said.get("status_transitions") or {}
    return {
        "number": said.get("number"),
        "subscription": id_of(parent),
        "status": str(said["status"])[:40],
        "currency": str(said["currency"])[:3].lower(),
        "subtotal": amount(said.get("subtotal")),
        "discount": sum(amount(each.get("amount")) for each in said.get("total_discount_amounts") or ()),
        "tax": sum(amount(each.get("amount")) for each in said.get("total_taxes") or ()),
        "total": amount(said.get("total")),
        "amount_due": amount(said.get("amount_due")),
        "amount_paid": amount(said.get("amount_paid")),
        "amount_remaining": amount(said.get("amount_remaining")),
        "created_at": moment(said["created"]),
        "period_start": moment(said.get("period_start")),
        "period_end": moment(said.get("period_end")),
        "due_at": moment(said.get("due_date")),
        "paid_at": moment(done.get("paid_at")),
        "next_attempt_at": moment(said.get("next_payment_attempt")),
        "attempts": int(said.get("attempt_count") or 0),
        "hosted_url": link(said.get("hosted_invoice_url")),
        "pdf_url": link(said.get("invoice_pdf")),
    }


def link(said: Any) -> str | None:
    """An address that a page may lead to, at Stripe or at a stand-in on this machine; None for anything else."""
    try:
        scheme, local = peers.place_of(said)
    except WrongAddress:
        return None
    return str(said) if scheme == "https" or (scheme == "http" and local) else None


def customer(said: dict[str, Any]) -> dict[str, Any]:
    """What we keep of a customer."""
    currency = said.get("currency")
    return {"created_at": moment(said.get("created")), "balance": amount(said.get("balance")), "currency": str(currency)[:3] if currency else None}
