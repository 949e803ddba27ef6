"""Money as Stripe counts it: whole numbers of the smallest unit, exact, and in the words of the person's language."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision
from flask_babel import format_currency

# Stripe's own list, which differs from ISO 4217: UGX and ISK, for one, are counted in hundredths there though they have none.
WITHOUT_DECIMALS = frozenset(["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"])
WITH_THREE = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def decimals(currency: str) -> int:
    """How many decimals Stripe's smallest unit of that currency has."""
    code = currency.upper()
    return 0 if code in WITHOUT_DECIMALS else 3 if code in WITH_THREE else 2


def exact(minor: int, currency: str) -> Decimal:
    """So many of the smallest unit, as an exact number of the currency."""
    return Decimal(minor).scaleb(-decimals(currency))


def in_words(minor: int, currency: str) -> str:
    """So many of the smallest unit, as the person's language writes it; no digit that counts is lost."""
    amount, code = exact(minor, currency), currency.upper()
    if amount % 1 and get_currency_precision(code) < decimals(code):  # people usually write fewer decimals than Stripe charges
        return str(format_currency(amount, code, format=f"¤#,##0.{'0' * decimals(code)}", currency_digits=False))
    return str(format_currency(amount, code))
