"""The laws by which people have rights, as data: how long we may take, whether receipt must be confirmed, how an answer may be put off.

Nothing here is legal advice. Each entry says where it was read and when; a weak one was not read in the law's own text, and pages that
show it say so. Counting is done in deadlines.py.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import Words
from privacy_center.rights.words import ACCESS, COMPLAINT, CORRECTION, KNOW, OBJECTION, WITHDRAWAL

CHECKED = date(2026, 11, 24)
HOUSE, SINGAPORE = "house", "sg"


class Unit(enum.StrEnum):
    """What a span of a law is counted in."""

    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working days"


@dataclass(frozen=True)
class Clock:
    """A span from the day of receipt, and why it is that long; *rolls* if its last day moves on from weekends and holidays."""

    number: int
    unit: Unit
    because: Words
    rolls: bool = False


@dataclass(frozen=True)
class Extension:
    """How an answer may be put off, once: until when at most (counted from receipt as well), and for which reasons."""

    longest: Clock
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Law:
    """One law: where it holds, its clocks, its extension, where that was read."""

    key: str
    title: Words
    respond: Clock
    source: str
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    acknowledge: Mapping[str, Clock] = field(default_factory=dict)  # by right; "" for every other
    by_right: Mapping[str, Clock] = field(default_factory=dict)
    rights: tuple[str, ...] = ()  # those it speaks of; all, if it names none
    extension: Extension | None = None
    note: Words = ""
    checked: date = CHECKED
    weak: bool = False

    def covers(self, right: str) -> bool:
        """Whether the law gives this right a clock."""
        return not self.rights or right in self.rights

    def clock(self, right: str) -> Clock:
        """By when a request for *right* must be answered."""
        return self.by_right.get(right, self.respond)

    def acknowledgement(self, right: str) -> Clock | None:
        """By when its receipt must be confirmed, if the law says so."""
        return self.acknowledge.get(right, self.acknowledge.get(""))


MONTHS, DAYS, WORKING_DAYS = Unit.MONTHS, Unit.DAYS, Unit.WORKING_DAYS
EEA = (
    *(
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
    ),
    *("SK", "IS", "LI", "NO"),
)
STATES_WITH_A_LAW = ("CO", "CT", "DE", "FL", "IA", "IN", "KY", "MD", "MN", "MT", "NE", "NH", "NJ", "OR", "RI", "TN", "TX", "UT", "VA")
COMPLEX = ("complex", "many")
UNTIL_TOLD = _l("30 days more, the most that we allow ourselves; the law asks us to name the date")

LAWS: dict[str, Law] = {
    each.key: each
    for each in (
        Law(
            "eu",
            _l("GDPR (European Union, Iceland, Liechtenstein, Norway)"),
            Clock(1, MONTHS, _l("One month from the day we received it (GDPR Art. 12 (3))")),
            "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
            countries=EEA,
            extension=Extension(Clock(3, MONTHS, _l("Two months more, for a complex request or many (GDPR Art. 12 (3))")), COMPLEX),
            note=_l("If we refuse, we say why within the month, and how you can complain or go to court (GDPR Art. 12 (4))."),
        ),
        Law(
            "uk",
            _l("UK GDPR (United Kingdom)"),
            Clock(1, MONTHS, _l("One month from the day we received it; on a weekend or bank holiday, the next working day (UK GDPR Art. 12 (3))"), rolls=True),
            "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/individual-rights/",
            countries=("GB",),
            acknowledge={COMPLAINT: Clock(30, DAYS, _l("30 days to confirm receipt of a complaint (Data Use and Access Act 2025, section 103)"))},
            extension=Extension(Clock(3, MONTHS, _l("Two months more, for a complex request or many (UK GDPR Art. 12 (3))"), rolls=True), COMPLEX),
        ),
        Law(
            "us-ca",
            _l("CCPA (California)"),
            Clock(45, DAYS, _l("45 days from the day we received it, however long it takes to verify (11 CCR § 7021)")),
            "https://cppa.ca.gov/regulations/",
            countries=("US",),
            regions=("CA",),
            acknowledge={"": Clock(10, WORKING_DAYS, _l("10 business days to confirm receipt (11 CCR § 7021)"))},
            by_right={OBJECTION: Clock(15, WORKING_DAYS, _l("15 business days for an opt-out (11 CCR § 7026)"))},
            extension=Extension(Clock(90, DAYS, _l("45 days more, with notice and reason (11 CCR § 7021)")), (*COMPLEX, "others", "format")),
        ),
        Law(
            "us-states",
            _l("Privacy law of your state (United States)"),
            Clock(45, DAYS, _l("45 days from the day we received it")),
            "https://iapp.org/resources/article/us-state-privacy-legislation-tracker/",
            countries=("US",),
            regions=STATES_WITH_A_LAW,
            extension=Extension(Clock(60, DAYS, _l("15 days more, the shortest extension that a state allows")), COMPLEX),
            note=_l("Most states give 45 days and 45 more; the shortest of their extensions counts here."),
            weak=True,
        ),
        Law(
            SINGAPORE,
            _l("PDPA (Singapore)"),
            Clock(30, DAYS, _l("30 days; if it takes longer, we say in writing until when (PDPA Regulations 2021, reg. 5)")),
            "https://sso.agc.gov.sg/SL/PDPA2012-S63-2021",
            countries=("SG",),
            rights=(KNOW, ACCESS, CORRECTION, WITHDRAWAL),
            by_right={WITHDRAWAL: Clock(10, WORKING_DAYS, _l("10 business days for a withdrawal (guidance on PDPA section 16)"))},
            extension=Extension(Clock(60, DAYS, UNTIL_TOLD), (*COMPLEX, "others", "format")),
            note=_l("ZCode’s company is in Singapore, so this law counts for everybody. A copy that was refused is kept for 30 days (reg. 8)."),
        ),
        Law(
            "br",
            _l("LGPD (Brazil)"),
            Clock(15, DAYS, _l("15 days from the day we received it (LGPD Art. 19)")),
            "https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2018/lei/l13709.htm",
            countries=("BR",),
        ),
        Law(
            "cn",
            _l("PIPL (China)"),
            Clock(15, WORKING_DAYS, _l("15 working days; the law says “in good time” (PIPL Art. 50), and this is common practice")),
            "http://www.npc.gov.cn/",
            countries=("CN",),
            weak=True,
        ),
        Law(
            "kr",
            _l("PIPA (South Korea)"),
            Clock(10, DAYS, _l("10 days from the day we received it (PIPA Enforcement Decree Art. 41 to 44)")),
            "https://www.law.go.kr/LSW/eng/engMain.do",
            countries=("KR",),
            extension=Extension(Clock(40, DAYS, UNTIL_TOLD), (*COMPLEX, "others")),
            note=_l("An answer that is put off or refused is announced within the 10 days, with the reason."),
        ),
        Law(
            "jp",
            _l("APPI (Japan)"),
            Clock(30, DAYS, _l("30 days at most; the law says “without delay” (APPI Art. 33 to 35)")),
            "https://www.ppc.go.jp/en/",
            countries=("JP",),
            weak=True,
        ),
        Law(
            "au",
            _l("Privacy Act (Australia)"),
            Clock(30, DAYS, _l("30 days from the day we received it (APP 12 and 13: a reasonable time, generally 30 days)")),
            "https://www.oaic.gov.au/privacy/australian-privacy-principles",
            countries=("AU",),
            extension=Extension(Clock(60, DAYS, UNTIL_TOLD), COMPLEX),
        ),
        Law(
            "ca",
            _l("PIPEDA (Canada)"),
            Clock(30, DAYS, _l("30 days from the day we received it; silence after that counts as a refusal (PIPEDA section 8)")),
            "https://laws-lois.justice.gc.ca/eng/acts/P-8.6/",
            countries=("CA",),
            extension=Extension(
                Clock(60, DAYS, _l("30 days more, with notice, reason and your right to complain (PIPEDA section 8 (4))")), ("complex", "others", "format")
            ),
        ),
        Law(
            "in",
            _l("DPDP Act (India)"),
            Clock(30, DAYS, _l("30 days, the time that we publish; the law allows up to 90 (DPDP Rules 2025, rule 14)")),
            "https://www.meity.gov.in/",
            countries=("IN",),
            note=_l("Most duties of this law begin in May 2027."),
            weak=True,
        ),
        Law(
            "ch",
            _l("FADP (Switzerland)"),
            Clock(30, DAYS, _l("30 days from the day we received it (FADP Art. 25 (7))")),
            "https://www.fedlex.admin.ch/eli/cc/2022/491/en",
            countries=("CH",),
            extension=Extension(Clock(60, DAYS, UNTIL_TOLD), COMPLEX),
        ),
        Law(
            HOUSE,
            _l("Our own rule"),
            Clock(30, DAYS, _l("30 days from the day we received it: our own rule, where no law that we know of names a time")),
            "",
            extension=Extension(Clock(60, DAYS, _l("Up to 60 days from the day we received it, with the reason: our own rule")), COMPLEX),
        ),
    )
}
TITLES: dict[str, Words] = {key: law.title for key, law in LAWS.items()}


def of_home(country: str | None, region: str | None = None) -> Law:
    """The law of the place where a person lives; our own rule, where we know of none."""
    here = [law for law in LAWS.values() if country in law.countries and (not law.regions or region in law.regions)]
    return here[0] if here else LAWS[HOUSE]


def applying(country: str | None, region: str | None, right: str) -> list[Law]:
    """Every law that gives a person there a clock for *right*, their own first: Singapore's counts for all, as our company is there.

    Where none speaks of the right, our own rule does.
    """
    candidates = dict.fromkeys([of_home(country, region).key, SINGAPORE])
    return [LAWS[key] for key in candidates if LAWS[key].covers(right)] or [LAWS[HOUSE]]
