"""Every cookie of this site, declared once: the page of cookies is generated from it, and no other may be set."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import Words

NECESSARY, PREFERENCES, ANALYTICS, BEACONS = "necessary", "preferences", "analytics", "beacons"
COUNTS_FOR = relativedelta(months=6)  # how long an answer about cookies counts

CHOICE, LIKINGS, VISITS = "__Host-cookies", "__Host-preferences", "__Host-visits"


THIS_SITE = _l("This site")


@dataclass(frozen=True)
class Category:
    """A category of cookies: what it is called, and what saying yes to it means."""

    key: str
    title: Words
    words: Words


@dataclass(frozen=True)
class Cookie:
    """One cookie: what it is for, how long it lasts, who sets it. All are this site's own."""

    name: str
    category: str
    purpose: Words
    lasts: Words
    set_by: Words = THIS_SITE


ALL = (
    Category(
        NECESSARY,
        _l("Needed"),
        _l("Keep you signed in, protect forms, and remember for this visit what you clicked. Without them the site could not do what you ask."),
    ),
    Category(PREFERENCES, _l("Remembering how you like it"), _l("The language and the colours that you chose, kept in this browser beyond this visit.")),
    Category(
        ANALYTICS,
        _l("Counting visits"),
        _l("Which kinds of pages are opened, how often and with what browser, for us alone. Kept 90 days; deleted at once when you say no."),
    ),
    Category(
        BEACONS,
        _l("Seeing that a page was shown"),
        _l("An invisible picture of our own on each page tells us that the page arrived. It sets no cookie. Kept 90 days; deleted at once when you say no."),
    ),
)
OPTIONAL = {each.key: each for each in ALL if each.key != NECESSARY}
TITLES = {each.key: each.title for each in ALL}
# Another set of categories is another question: whoever answered the former one is asked again.
EDITION = hashlib.sha256(" ".join(sorted(OPTIONAL)).encode()).hexdigest()[:8]

COOKIES = (
    Cookie("__Host-session", NECESSARY, _l("Keeps you signed in"), _l("until you sign out or close the browser, at most 12 hours")),
    Cookie("__Host-visit", NECESSARY, _l("Protects forms, and remembers what you clicked, such as the language"), _l("until you close the browser")),
    Cookie(CHOICE, NECESSARY, _l("Your answer on this page"), _l("6 months")),
    Cookie(LIKINGS, PREFERENCES, _l("The language and the colours that you chose"), _l("as long as your answer, at most 6 months")),
    Cookie(VISITS, ANALYTICS, _l("A random number that tells one browser from another"), _l("as long as your answer, at most 6 months")),
)

BROWSERS = (
    ("Microsoft Internet Explorer", "https://support.microsoft.com/windows/delete-and-manage-cookies-168dab11-0753-043d-7c16-ede5947fc64d"),
    ("Microsoft Edge", "https://support.microsoft.com/microsoft-edge/delete-cookies-in-microsoft-edge-63947406-40ac-c3b8-57b9-2a946a29ae09"),
    ("Mozilla Firefox", "https://support.mozilla.org/kb/clear-cookies-and-site-data-firefox"),
    ("Google Chrome", "https://support.google.com/chrome/answer/95647"),
    ("Safari for macOS", "https://support.apple.com/guide/safari/manage-cookies-sfri11471/mac"),
    ("Safari for iOS", "https://support.apple.com/105082"),
)
ABOUT_COOKIES = "https://www.allaboutcookies.org/"
