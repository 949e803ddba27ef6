"""The plain-language edition: what the official text of 15 June 2026 says, in our own words, section by section.

It explains the official text and never adds to it; where both differ, the official text counts, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from privacy_center.policy.document import Shown

Words = Any  # a lazy, translatable string


@dataclass(frozen=True)
class PlainSection:
    """Our own words on one section of the official text, found by its number."""

    place: str
    title: Words
    passages: tuple[Words, ...]
    link: tuple[str, Words] | None = None  # where to do what it speaks of

    @property
    def anchor(self) -> str:
        """Its anchor when it stands alone."""
        return f"section-{self.place}"


SECTIONS: tuple[PlainSection, ...] = (
    PlainSection(
        "introduction",
        _l("What the policy is"),
        (
            _l(
                "It says how your data are collected, used and protected when you use ZCode. By ticking a box, clicking to confirm or accepting it in "
                "another way you agree to be bound by it. If you don’t agree with a part of it, you should stop using ZCode."
            ),
        ),
    ),
    PlainSection(
        "1",
        _l("Who is responsible, and what the words mean"),
        (
            _l(
                "Jingsheng Hengxing Technology Pte. Ltd. in Singapore runs ZCode and decides why and how your data are processed. "
                "You can write to user_feedback@aminer.cn."
            ),
            _l(
                "Personal data is whatever relates to you and can be traced to you. It stops being that once it is anonymised for good. Some of "
                "it is sensitive, such as health, beliefs, bank accounts, exact whereabouts, and anything about a child under 13."
            ),
            _l("The policy covers the ZCode application and what we offer with it. What other companies do is covered by their own policies."),
        ),
        ("know.index", _l("What we hold, and why")),
    ),
    PlainSection(
        "2",
        _l("What we collect, and what for"),
        (
            _l(
                "Some data are needed for ZCode to work at all; without them you can’t use it. Other data serve extra features; "
                "without them only those features are missing."
            ),
            _l(
                "You sign in with Z.ai, which gives us your e-mail address. We keep what you type and upload, your commands and code, and "
                "what ZCode answers. What you write there is up to you; better leave out what could harm you. You can delete conversations."
            ),
            _l("ZCode asks for the network, your files and, on a Mac, for storage only when a feature needs it. You can say no in your system settings."),
            _l(
                "If you subscribe, we keep your plan, price, orders and payment state, and what services such as Stripe report back. If you write to "
                "us, we keep the correspondence. While ZCode runs, it reports time zone, language, screen, version, system, a device "
                "identifier and what happens in it. Feedback adds build and system details, and the screenshots and logs that you send along."
            ),
            _l("Agreeing to the policy is not agreeing to extra features, or to the use of sensitive data: for those we ask you separately."),
            _l(
                "If you give us other people’s data, you need their permission. For a purpose that has nothing to do with the one "
                "your data were collected for, we ask you first. The law lets us do some things without asking, such as keeping our contract "
                "with you or saving a life."
            ),
            _l(
                "Running ZCode rests on our contract with you. Improving it and training our models rests on our legitimate interest, to which you can "
                "object. Mails with news rest on your consent. Security and legal duties rest on the law or on legitimate interest."
            ),
            _l(
                "If we end a product, we announce it, stop collecting, and delete or anonymise what we hold in connection with it. If it is about "
                "children’s data, we tell their guardians too."
            ),
        ),
        ("know.index", _l("See every record we hold")),
    ),
    PlainSection(
        "3",
        _l("Who else receives data"),
        (
            _l(
                "Companies of our group, and service providers who work for us, as far as the service needs it; that includes analytics with "
                "pseudonymous or anonymous data. A buyer or partner, if the business or a part of it changes hands. Authorities, courts, advisers "
                "and others, if the law asks for it, to defend rights, or to protect somebody’s vital interests. Anybody else only with your consent."
            ),
        ),
    ),
    PlainSection(
        "4",
        _l("How data are protected"),
        (
            _l(
                "We use technical, administrative and physical safeguards, and check them regularly. Nothing sent over the internet is "
                "perfectly safe, mail least of all, so think before you send something delicate. We don’t answer for it if somebody gets "
                "around the privacy settings here or on other sites."
            ),
        ),
    ),
    PlainSection(
        "5",
        _l("Where data lie, and how long"),
        (
            _l("Usually in Singapore. They may be processed in other countries too, with safeguards and as the law allows."),
            _l(
                "As long as we need them for the service and the other purposes named, as a contract or the law asks, as we have a legitimate "
                "business interest, or as legal claims need them. Account data and what you typed stay as long as you have an account. "
                "Afterwards they are deleted, destroyed or made anonymous."
            ),
            _l("If you break our terms, we may take your account data and input out of public view at once, and keep them to deal with it."),
        ),
        ("know.index", _l("How long each kind of data is kept")),
    ),
    PlainSection(
        "6",
        _l("What you can do"),
        (
            _l(
                "Depending on where you live you can know what is held and with whom it is shared, get a copy and take it elsewhere, have it "
                "corrected or deleted, object, have processing restricted, withdraw a consent, and complain to an authority. What was done with "
                "your consent before you withdrew it stays lawful."
            ),
            _l(
                "A conversation that you delete leaves your history at once and then our back end. If you close your account, we delete or "
                "anonymise your data; what can’t go at once is only stored and protected, and what the law makes us keep goes when its time is over. "
                "A closed account can’t be opened again, and nothing in it comes back."
            ),
            _l(
                "If ZCode’s answers say something untrue about you, tell us. We try to correct it, which a language model does not always "
                "allow. No decision with legal or similar effect on you is made by machines alone."
            ),
            _l("Using some of these rights can mean that a part of ZCode no longer works for you. Before we act we may have to make sure that it is you."),
        ),
        ("history.index", _l("Your history")),
    ),
    PlainSection(
        "7",
        _l("Children and young people"),
        (
            _l(
                "ZCode is not meant for people under 18; who is younger needs the permission of a parent or guardian. We don’t knowingly "
                "collect data from children under 13. If a child gave us some, tell us: we look into it and delete the data where that is right."
            ),
        ),
    ),
    PlainSection(
        "8",
        _l("Cookies"),
        (
            _l(
                "Cookies are small texts that a site keeps in your browser; some go when you close it, others stay. Cookies and the like "
                "may be used to recognise you, and to see how the service is used: internet address, browser, provider, pages before and after, "
                "times and clicks. Web beacons are tiny pictures that count visits."
            ),
            _l("You can refuse them in your browser, and we respect what you choose. Some parts of the service may then not work as they should."),
        ),
    ),
    PlainSection(
        "9",
        _l("When the policy changes"),
        (_l("A new edition appears on this page with the day from which it counts. Where the law asks for another kind of notice, you get that too."),),
    ),
    PlainSection("10", _l("How to reach us"), (_l("Write to user_feedback@aminer.cn."),)),
)
BY_PLACE = {each.place: each for each in SECTIONS}
WRITTEN_FOR = "2026-06-15"  # the edition that these words explain


def beside(sections: Iterable[Shown]) -> dict[str, PlainSection]:
    """For each section of an official text, by anchor, our words on the section of that number."""
    return {each.anchor: BY_PLACE[each.place] for each in sections if each.place in BY_PLACE}
