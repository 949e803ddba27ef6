"""Money as Stripe counts it: whole numbers of the smallest unit, exact, and in the words of the person's language."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision, get_currency_symbol
from flask_babel import format_decimal

from privacy_center.core.language import is_chinese, language

# Stripe's own list, which differs from ISO 4217: UGX and ISK, for one, are counted in hundredths there though they have none.
WITHOUT_DECIMALS = frozenset(["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"])
WITH_THREE = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
UNMISTAKABLE = {"USD": "US$"}  # other countries have dollars, too
NO_BREAK = "\N{NO-BREAK SPACE}"
MOST_DECIMALS = 12  # as many as Stripe allows


def decimals(currency: str) -> int:
    """How many decimals Stripe's smallest unit of that currency has."""
    code = currency.upper()
    return 0 if code in WITHOUT_DECIMALS else 3 if code in WITH_THREE else 2


def exact(minor: int | Decimal, currency: str) -> Decimal:
    """So many of the smallest unit, as an exact number of the currency."""
    return Decimal(minor).scaleb(-decimals(currency))


def in_words(minor: int | Decimal, currency: str) -> str:
    """So many of the smallest unit, as the person's language writes it; no digit that counts is lost."""
    return worded(exact(minor, currency), currency)


def text_in_words(amount: str, currency: str) -> str:
    """An amount that came as text, such as an order's; what is no number stays as it came."""
    try:
        number = Decimal(amount)
        return worded(number, currency) if number.is_finite() else f"{amount} {currency}"
    except InvalidOperation:
        return f"{amount} {currency}"


def worded(amount: Decimal, currency: str) -> str:
    """US$ 64.80; with as many decimals as the currency has, or more where they count."""
    code = currency.upper()
    counting = -int(amount.normalize().as_tuple().exponent)
    places = min(max(get_currency_precision(code), counting), MOST_DECIMALS)
    number = format_decimal(abs(amount), format=f"#,##0.{'0' * places}" if places else "#,##0")
    symbol = UNMISTAKABLE.get(code) or get_currency_symbol(code, language())
    gap = "" if is_chinese() and not symbol[-1].isalpha() else NO_BREAK
    return f"{'−' if amount < 0 else ''}{symbol}{gap}{number}"
