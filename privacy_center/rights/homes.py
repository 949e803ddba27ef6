"""Where people live: countries by name, the states and provinces that matter, and the time zones of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from privacy_center.core.language import language

OUR_ZONE = "Asia/Singapore"  # where our company is: for whoever does not say where they live
NO_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))  # parts of others, and groups
US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut",
    "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska",
    "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
REGIONS: dict[str, dict[str, str]] = {
    "US": US_STATES,
    "GB": {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"},
}


@dataclass(frozen=True)
class Home:
    """Where a person says they live: an ISO country and, where that decides the law, a state; either may be unknown."""

    country: str | None = None
    region: str | None = None

    @classmethod
    def of(cls, country: str | None, region: str | None = None) -> Home:
        """The home that was said, as far as it is one; what is no country, or no state of it, is unknown."""
        known = (country or "").upper()
        if known not in codes():
            return cls()
        return cls(known, region if region in REGIONS.get(known, {}) else None)

    @property
    def zones(self) -> tuple[str, ...]:
        """Every time zone of the country."""
        return zones_of(self.country) or (OUR_ZONE,)


@lru_cache(1)
def codes() -> frozenset[str]:
    """The countries that a person may choose, by their two letters."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) - NO_COUNTRIES


def countries(locale: Any = None) -> list[tuple[str, str]]:
    """Every country with its name in the page's language, by name."""
    names = Locale.parse(str(locale or language())).territories
    return sorted(((code, names.get(code, code)) for code in codes()), key=lambda each: each[1])


def country_name(code: str | None) -> str:
    """A country's name in the page's language."""
    return Locale.parse(language()).territories.get(code or "", code or "")


@lru_cache(512)
def zones_of(country: str | None) -> tuple[str, ...]:
    """The time zones of a country that this machine knows."""
    territories: Any = get_global("zone_territories")
    return tuple(sorted(zone for zone, code in territories.items() if code == country and zone in available()))


@lru_cache(1)
def available() -> frozenset[str]:
    """The time zones that this machine knows."""
    return frozenset(available_timezones())
