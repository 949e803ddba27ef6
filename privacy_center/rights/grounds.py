"""The law behind each reason for which a request may be refused; laws of other countries have the like, under other numbers."""

from __future__ import annotations

from flask_babel import gettext

from privacy_center.rights.words import REASONS

BEHIND = {
    "not_confirmed": "GDPR Art. 11 (2), 12 (2) · CCPA § 7060 · PDPA s. 21",
    "not_held": "GDPR Art. 15 (1) · PDPA s. 21 (1)",
    "is_correct": "GDPR Art. 16 · PDPA s. 22 (2)",
    "others": "GDPR Art. 15 (4), 20 (4) · PDPA s. 21 (3)",
    "law_keeps": "GDPR Art. 17 (3) (b) · CCPA § 1798.105 (d) · PIPL Art. 47",
    "claims": "GDPR Art. 17 (3) (e), 21 (1)",
    "grounds": "GDPR Art. 21 (1)",
    "excessive": "GDPR Art. 12 (5) (b) · CCPA § 1798.145 (h)",
    "repeated": "GDPR Art. 12 (5) · CCPA § 1798.130 (b)",
    "not_possible": "GDPR Art. 5 (1) (d), 16",
    "not_ours": "GDPR Art. 4 (7), 12 (4)",
    "other": "GDPR Art. 12 (4)",
}


def with_law(reason: str) -> str:
    """A reason in words, with the law behind it."""
    return gettext("%(reason)s (%(law)s)", reason=REASONS[reason], law=BEHIND[reason])
