"""Until which age a child's data need a guardian's permission, by country, as data with sources; and the law that a report falls under.

Nothing here is legal advice. Each entry says where it was read; a weak one was not read in the law's own text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from privacy_center.guardians import words

CHECKED = date(2026, 11, 24)
POLICY_AGE = 18  # privacy policy, section 7
GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
FRA = "https://fra.europa.eu/en/publication/2017/mapping-minimum-age-requirements-concerning-rights-child-eu/consent-use-data-children"

# GDPR Art. 8 (1): 16, unless a member state has chosen a lower age, not below 13.
EU_AGES = {
    13: ("BE", "EE", "FI", "IS", "LV", "MT", "NO", "PT", "SE"),
    14: ("AT", "BG", "CY", "ES", "IT", "LT"),
    15: ("CZ", "DK", "FR", "GR", "SI"),
    16: ("DE", "HR", "HU", "IE", "LI", "LU", "NL", "PL", "RO", "SK"),
}


@dataclass(frozen=True)
class AgeLaw:
    """One law about children's data: below which age it asks for a guardian's permission, and where that was read."""

    key: str
    title: Any
    age: int
    source: str
    article: Any
    weak: bool = False
    checked: date = CHECKED


def _eu(age: int) -> AgeLaw:
    return AgeLaw(f"eu{age}", _l("GDPR (European Union, Iceland, Liechtenstein, Norway)"), age, f"{GDPR} {FRA}", _l("Art. 8"), weak=True)


POLICY = AgeLaw("policy", _l("Our privacy policy"), POLICY_AGE, "/policy", _l("section 7"))
BY_COUNTRY: dict[str, AgeLaw] = {
    **{country: _eu(age) for age, countries in EU_AGES.items() for country in countries},
    "US": AgeLaw("us", _l("COPPA (United States)"), 13, "https://www.ecfr.gov/current/title-16/part-312", _l("16 CFR 312.2 and 312.6")),
    "GB": AgeLaw("gb", _l("UK GDPR (United Kingdom)"), 13, "https://www.legislation.gov.uk/ukpga/2018/12/section/9", _l("Data Protection Act 2018, s. 9")),
    "CN": AgeLaw("cn", _l("PIPL (China)"), 14, "http://www.npc.gov.cn/npc/c30834/202108/a8c4e3672c74491a80b53a172bb753fe.shtml", _l("Art. 28 and 31")),
    "KR": AgeLaw("kr", _l("PIPA (South Korea)"), 14, "https://www.law.go.kr", _l("Art. 22-2"), weak=True),
    "BR": AgeLaw("br", _l("LGPD (Brazil)"), 12, "https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2018/lei/l13709.htm", _l("Art. 14"), weak=True),
    "IN": AgeLaw("in", _l("DPDP Act (India)"), 18, "https://www.meity.gov.in", _l("s. 9"), weak=True),
}
# The oldest that somebody of the band may be.
OLDEST = {words.UNDER_13: 12, words.THIRTEEN: 13, words.FOURTEEN: 14, words.FIFTEEN: 15, words.SIXTEEN: 17, words.UNSURE: 12}


def law_of(country: str | None) -> AgeLaw | None:
    """The law of that country that we know an age of."""
    return BY_COUNTRY.get(country or "")


def falls_under(age: str | None, country: str | None) -> AgeLaw:
    """The law that decides: that of the child's country while the child is younger than it says, else our own policy, which asks until 18.

    Who isn't sure of the age is taken at the youngest, which protects the child most.
    """
    law = law_of(country)
    return law if law and OLDEST.get(age or "", 12) < law.age else POLICY
