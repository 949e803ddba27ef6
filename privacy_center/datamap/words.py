"""The words in which a model says what it holds: categories, purposes, grounds, sources, retention, what erasure does."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from dateutil.relativedelta import relativedelta
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _nl
from flask_babel import lazy_pgettext

from privacy_center.core import clock

FieldT = TypeVar("FieldT", bound=Any)
Words = Any  # a lazy, translatable string


class Category(enum.StrEnum):
    """The eight types of personal data of the policy (section 2 (7))."""

    ACCOUNT = "account"
    COMMUNICATION = "communication"
    CONTENT = "content"
    DEVICE = "device"
    USAGE = "usage"
    LOG = "log"
    COOKIES = "cookies"
    PAYMENT = "payment"


class Purpose(enum.StrEnum):
    """The five purposes of the policy's table (section 2 (7))."""

    PROVIDE = "provide"
    IMPROVE = "improve"
    COMMUNICATE = "communicate"
    SECURITY = "security"
    LEGAL = "legal"


class Ground(enum.StrEnum):
    """The legal grounds that the policy names, in the terms of GDPR Art. 6 (1)."""

    CONTRACT = "contract"
    CONSENT = "consent"
    LEGAL_OBLIGATION = "legal obligation"
    LEGITIMATE_INTEREST = "legitimate interest"


class Source(enum.StrEnum):
    """Where data comes from."""

    PERSON = "person"
    ZAI = "zai"
    PRODUCT = "product"
    PAYMENT_SERVICE = "payment service"
    CENTRE = "centre"


class Recipient(enum.StrEnum):
    """The five kinds of recipients of the policy (section 3)."""

    AFFILIATES = "affiliates"
    VENDORS = "vendors"
    BUSINESS_TRANSFERS = "business transfers"
    AUTHORITIES = "authorities"
    WITH_CONSENT = "with consent"


class Erase(enum.StrEnum):
    """What happens to a holding when its person's data are erased."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"


@dataclass(frozen=True)
class Retention:
    """How long rows are kept: for a span since a moment of their own, or for as long as something lasts."""

    words: Words
    span: relativedelta | None = None
    since: str | None = None

    @property
    def until_ended(self) -> bool:
        """Whether the data stay until somebody ends it, rather than until a date."""
        return self.span is None

    def ends(self, begun: datetime) -> datetime | None:
        """When a row begun at *begun* has to go; None when no date ends it."""
        if self.span is None:
            return None
        try:
            return begun + self.span
        except (ValueError, OverflowError):  # a clock that was set to the end of time
            return datetime.max.replace(tzinfo=UTC)

    def oldest_allowed(self) -> datetime | None:
        """Rows begun before this moment have outlived their retention; None when no date ends them."""
        return clock.now() - self.span if self.span else None


def months(number: int, *, since: str) -> Retention:
    """Kept for so many calendar months since the moment in the field *since*."""
    words = _nl("%(num)d month", "%(num)d months", number)
    return Retention(words, relativedelta(months=number), since)


def days(number: int, *, since: str) -> Retention:
    """Kept for so many days since the moment in the field *since*."""
    return Retention(_nl("%(num)d day", "%(num)d days", number), relativedelta(days=number), since)


def years(number: int, *, since: str) -> Retention:
    """Kept for so many years since the moment in the field *since*."""
    return Retention(_nl("%(num)d year", "%(num)d years", number), relativedelta(years=number), since)


def while_account_exists() -> Retention:
    """Kept for as long as the person has an account (policy section 5 (2))."""
    return Retention(_l("as long as you have an account"))


def until_deleted() -> Retention:
    """Kept until the person deletes it or closes the account."""
    return Retention(_l("until you delete it or close your account"))


def with_parent(of: Words) -> Retention:
    """Kept exactly as long as what it belongs to."""
    return Retention(of)


@dataclass(frozen=True)
class Holding:
    """What one table holds about people, why, and how long: declared in the model, read by page, export, erasure, sweep."""

    category: Category
    title: Words
    description: Words
    source: tuple[Source, ...]
    purposes: tuple[Purpose, ...]
    retention: Retention
    on_erasure: Erase
    dated_by: str
    recipients: tuple[Recipient, ...] = (Recipient.AFFILIATES, Recipient.VENDORS)
    kept_because: Words | None = None
    titled_by: str | None = None
    listed: tuple[str, ...] = ()
    search_key: str | None = None  # the field that says where its words stand in the search index
    file_key: str | None = None  # the field that says where its contents lie in the file store
    sealed: bool = False  # those contents are encrypted in the store; `core.sealing` opens them
    copies: bool = False  # holds copies of other records; the model can `withdraw` them when one of those goes
    feed_type: str | None = None  # the feed's name of it, by whose id it is kept from coming back
    forgets_itself: bool = False  # is kept, and drops by itself what names its person as soon as nobody needs it


@dataclass(frozen=True)
class NotPersonal:
    """Why a table holds nothing about people."""

    because: str


class Kind(enum.StrEnum):
    """What a field is, as far as its person is concerned."""

    PERSONAL = "personal"
    INTERNAL = "internal"
    SECRET = "secret"


class Shape(enum.StrEnum):
    """What a value is, where its type in the database does not tell; pages put it into words by it."""

    BYTES = "bytes"
    SECONDS = "seconds"
    PARTS = "parts"
    ACTOR = "actor"


@dataclass(frozen=True)
class Note:
    """What stands beside a field; *values* are the words for the codes that it may hold."""

    kind: Kind
    words: Words
    identifying: bool = False
    sensitive: bool = False
    shape: Shape | None = None
    values: Mapping[str, Words] | None = None


def personal(
    field: FieldT,
    words: Words,
    *,
    identifying: bool = False,
    sensitive: bool = False,
    shape: Shape | None = None,
    values: Mapping[str, Words] | None = None,
) -> FieldT:
    """The field holds personal data, named *words* to its person; it is shown, copied and erased."""
    field.note = Note(Kind.PERSONAL, words, identifying, sensitive, shape, values)
    return field


def internal(field: FieldT, because: str) -> FieldT:
    """The field serves the machinery and says nothing of its own about a person; *because* explains it."""
    field.note = Note(Kind.INTERNAL, because)
    return field


def secret(field: FieldT, because: str) -> FieldT:
    """The field is about a person but never leaves the house (hashes, tokens); it is erased, not shown."""
    field.note = Note(Kind.SECRET, because)
    return field


def pgettext_lazy(context: str, text: str) -> Words:
    """A lazy, translatable word whose meaning depends on where it stands."""
    return lazy_pgettext(context, text)
