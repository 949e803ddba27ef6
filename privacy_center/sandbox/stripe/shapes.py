"""What Stripe's objects look like: every field that its own examples have, filled with what is usual for one that says nothing."""

from __future__ import annotations

from typing import Any

Object = dict[str, Any]

NOWHERE: Object = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}
NO_TAX: Object = {"disabled_reason": None, "enabled": False, "liability": None}

CUSTOMER: Object = {
    "address": NOWHERE, "balance": 0, "currency": None, "customer_account": None, "default_source": None, "delinquent": False, "description": None,
    "discount": None, "email": None, "invoice_prefix": "ZCODE", "livemode": False, "metadata": {}, "name": None, "next_invoice_sequence": 1,
    "invoice_settings": {"custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None},
    "phone": None, "preferred_locales": [], "shipping": None, "tax_exempt": "none", "test_clock": None,
}  # fmt: skip

PRODUCT: Object = {
    "active": True, "default_price": None, "description": None, "images": [], "livemode": False, "marketing_features": [], "metadata": {}, "name": "",
    "package_dimensions": None, "shippable": None, "statement_descriptor": None, "tax_code": None, "type": "service", "unit_label": None, "updated": 0,
    "url": None,
}  # fmt: skip

PRICE: Object = {
    "active": True, "billing_scheme": "per_unit", "currency": "usd", "custom_unit_amount": None, "livemode": False, "lookup_key": None, "metadata": {},
    "nickname": None, "product": "", "tax_behavior": "unspecified", "tiers_mode": None, "transform_quantity": None, "type": "recurring",
    "recurring": {"interval": "month", "interval_count": 1, "meter": None, "trial_period_days": None, "usage_type": "licensed"},
    "unit_amount": 0, "unit_amount_decimal": "0",
}  # fmt: skip

COUPON: Object = {
    "amount_off": None, "currency": None, "duration": "forever", "duration_in_months": None, "livemode": False, "max_redemptions": None, "metadata": {},
    "name": None, "percent_off": None, "redeem_by": None, "times_redeemed": 0, "valid": True,
}  # fmt: skip

DISCOUNT: Object = {
    "checkout_session": None, "customer": None, "customer_account": None, "end": None, "invoice": None, "invoice_item": None, "promotion_code": None,
    "source": {"coupon": None, "type": "coupon"}, "start": 0, "subscription": None, "subscription_item": None,
}  # fmt: skip

TAX_RATE: Object = {
    "active": True, "country": None, "description": None, "display_name": "", "effective_percentage": None, "flat_amount": None, "inclusive": False,
    "jurisdiction": None, "jurisdiction_level": None, "livemode": False, "metadata": {}, "percentage": 0, "rate_type": "percentage", "state": None,
    "tax_type": None,
}  # fmt: skip

PAYMENT_METHOD: Object = {
    "allow_redisplay": "unspecified", "customer": None, "customer_account": None, "livemode": False, "metadata": {}, "type": "card",
    "billing_details": {"address": NOWHERE, "email": None, "name": None, "phone": None, "tax_id": None},
    "card": {
        "brand": "visa", "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}, "country": "US",
        "display_brand": "visa", "exp_month": 8, "exp_year": 2029, "fingerprint": "standin", "funding": "credit", "generated_from": None, "last4": "4242",
        "networks": {"available": ["visa"], "preferred": None}, "regulated_status": "unregulated", "three_d_secure_usage": {"supported": True},
        "wallet": None,
    },
}  # fmt: skip

ITEM: Object = {
    "billing_thresholds": None, "current_period_end": 0, "current_period_start": 0, "discounts": [], "metadata": {}, "plan": None, "price": None,
    "quantity": 1, "subscription": "", "tax_rates": [],
}  # fmt: skip

SUBSCRIPTION: Object = {
    "application": None, "application_fee_percent": None, "automatic_tax": NO_TAX, "billing_cycle_anchor": 0, "billing_cycle_anchor_config": None,
    "billing_mode": {"flexible": None, "type": "classic"}, "billing_schedules": [], "billing_thresholds": None, "cancel_at": None,
    "cancel_at_period_end": False, "canceled_at": None, "cancellation_details": {"comment": None, "feedback": None, "reason": None},
    "collection_method": "charge_automatically", "currency": "usd", "customer": "", "customer_account": None, "days_until_due": None,
    "default_payment_method": None, "default_source": None, "default_tax_rates": [], "description": None, "discounts": [], "ended_at": None,
    "invoice_settings": {"account_tax_ids": None, "custom_fields": None, "description": None, "footer": None, "issuer": {"type": "self"}},
    "items": None, "latest_invoice": None, "livemode": False, "managed_payments": {"enabled": False}, "metadata": {},
    "next_pending_invoice_item_invoice": None, "on_behalf_of": None, "pause_collection": None,
    "payment_settings": {"payment_method_options": None, "payment_method_types": None, "save_default_payment_method": "off"},
    "pending_invoice_item_interval": None, "pending_setup_intent": None, "pending_update": None, "schedule": None, "start_date": 0, "status": "active",
    "test_clock": None, "transfer_data": None, "trial_end": None, "trial_settings": {"end_behavior": {"missing_payment_method": "create_invoice"}},
    "trial_start": None,
}  # fmt: skip

INVOICE: Object = {
    "account_country": "SG", "account_name": "ZCode", "account_tax_ids": None, "amount_due": 0, "amount_overpaid": 0, "amount_paid": 0,
    "amount_remaining": 0, "amount_shipping": 0, "application": None, "attempt_count": 0, "attempted": False, "auto_advance": False,
    "automatic_tax": {**NO_TAX, "provider": None, "status": None}, "automatically_finalizes_at": None, "billing_reason": "subscription_cycle",
    "collection_method": "charge_automatically", "currency": "usd", "custom_fields": None, "customer": "", "customer_account": None,
    "customer_address": NOWHERE, "customer_email": None, "customer_name": None, "customer_phone": None, "customer_shipping": None,
    "customer_tax_exempt": "none", "customer_tax_ids": [], "default_payment_method": None, "default_source": None, "default_tax_rates": [],
    "description": None, "discounts": [], "due_date": None, "effective_at": None, "ending_balance": 0, "footer": None, "from_invoice": None,
    "hosted_invoice_url": None, "invoice_pdf": None, "issuer": {"type": "self"}, "last_finalization_error": None, "latest_revision": None, "lines": None,
    "livemode": False, "metadata": {}, "next_payment_attempt": None, "number": None, "on_behalf_of": None, "parent": None,
    "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None}, "period_end": 0, "period_start": 0,
    "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0, "receipt_number": None, "rendering": None, "shipping_cost": None,
    "shipping_details": None, "starting_balance": 0, "statement_descriptor": None, "status": "open",
    "status_transitions": {"finalized_at": None, "marked_uncollectible_at": None, "paid_at": None, "voided_at": None}, "subtotal": 0,
    "subtotal_excluding_tax": 0, "test_clock": None, "total": 0, "total_discount_amounts": [], "total_excluding_tax": 0,
    "total_pretax_credit_amounts": [], "total_taxes": [], "webhooks_delivered_at": None,
}  # fmt: skip

PAYMENT_INTENT: Object = {
    "amount": 0, "amount_capturable": 0, "amount_details": {"tip": {}}, "amount_received": 0, "application": None, "application_fee_amount": None,
    "automatic_payment_methods": None, "canceled_at": None, "cancellation_reason": None, "capture_method": "automatic", "client_secret": None,
    "confirmation_method": "automatic", "currency": "usd", "customer": None, "customer_account": None, "description": None,
    "excluded_payment_method_types": None, "last_payment_error": None, "latest_charge": None, "livemode": False, "managed_payments": {"enabled": False},
    "metadata": {}, "next_action": None, "on_behalf_of": None, "payment_method": None, "payment_method_configuration_details": None,
    "payment_method_options": {}, "payment_method_types": ["card"], "processing": None, "receipt_email": None, "review": None,
    "setup_future_usage": None, "shipping": None, "source": None, "statement_descriptor": None, "statement_descriptor_suffix": None,
    "status": "requires_payment_method", "transfer_data": None, "transfer_group": None,
}  # fmt: skip

INVOICE_PAYMENT: Object = {
    "amount_paid": None, "amount_requested": 0, "currency": "usd", "invoice": "", "is_default": True, "livemode": False, "payment": {"type": "payment_intent"},
    "status": "open", "status_transitions": {"canceled_at": None, "paid_at": None},
}  # fmt: skip

SESSION: Object = {
    "configuration": "bpc_standin", "customer": "", "customer_account": None, "flow": None, "livemode": False, "locale": None, "on_behalf_of": None,
    "return_url": None, "url": "",
}  # fmt: skip

EVENT: Object = {
    "api_version": "2026-10-28.endive", "data": {"object": {}}, "livemode": False, "pending_webhooks": 1, "request": {"id": None, "idempotency_key": None},
    "type": "",
}  # fmt: skip

# What begins the ids of each kind, and its shape.
KINDS: dict[str, tuple[str, Object]] = {
    "customer": ("cus", CUSTOMER),
    "product": ("prod", PRODUCT),
    "price": ("price", PRICE),
    "coupon": ("coupon", COUPON),
    "discount": ("di", DISCOUNT),
    "tax_rate": ("txr", TAX_RATE),
    "payment_method": ("pm", PAYMENT_METHOD),
    "subscription_item": ("si", ITEM),
    "subscription": ("sub", SUBSCRIPTION),
    "invoice": ("in", INVOICE),
    "payment_intent": ("pi", PAYMENT_INTENT),
    "invoice_payment": ("inpay", INVOICE_PAYMENT),
    "billing_portal.session": ("bps", SESSION),
    "event": ("evt", EVENT),
}
