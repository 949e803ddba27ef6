"""The policy's own facts as data: categories, purposes with grounds, recipients, sources, places.

Source: ZCode Privacy Policy, edition of 15 June 2026, sections 1 to 6.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from privacy_center.datamap.words import Category, Ground, Purpose, Recipient, Source, Words


@dataclass(frozen=True)
class Controller:
    """Who decides why and how the data are processed (policy section 1 (1))."""

    name: str = "JINGSHENG HENGXING TECHNOLOGY PTE.LTD"
    address: str = "10 ANSON ROAD, #26-03, INTERNATIONAL PLAZA, SINGAPORE 0759903"
    contact: str = "user_feedback@aminer.cn"


CONTROLLER = Controller()


@dataclass(frozen=True)
class CategoryFacts:
    """A category of the policy, as people read it."""

    title: Words
    description: Words


CATEGORIES: dict[Category, CategoryFacts] = {
    Category.ACCOUNT: CategoryFacts(_l("Account"), _l("Who you are to ZCode: what Z.ai told us when you signed in, and your sessions here.")),
    Category.COMMUNICATION: CategoryFacts(_l("Communication"), _l("What you and we wrote to each other, and the feedback you sent.")),
    Category.CONTENT: CategoryFacts(_l("Conversations and files"), _l("What you typed, what ZCode answered, the code and the files that went with it.")),
    Category.DEVICE: CategoryFacts(_l("Devices and network"), _l("The machines ZCode ran on: their make, system and settings.")),
    Category.USAGE: CategoryFacts(_l("Usage"), _l("What was done in ZCode, when, and with which program. Never the words of a conversation.")),
    Category.LOG: CategoryFacts(_l("Logs"), _l("Visits to ZCode's web pages, with address and browser, and what was done to your data.")),
    Category.COOKIES: CategoryFacts(_l("Cookies"), _l("What this site keeps in your browser, and what it learns by it.")),
    Category.PAYMENT: CategoryFacts(_l("Payments"), _l("Your orders, and what the payment service told us of them.")),
}


@dataclass(frozen=True)
class PurposeFacts:
    """A row of the policy's table of purposes: types of data and legal grounds."""

    words: Words
    grounds: tuple[Ground, ...]
    categories: tuple[Category, ...]


_ALL = tuple(Category)
_WITHOUT_CONTENT = tuple(each for each in Category if each is not Category.CONTENT)

PURPOSES: dict[Purpose, PurposeFacts] = {
    Purpose.PROVIDE: PurposeFacts(_l("To provide, analyse and maintain ZCode"), (Ground.CONTRACT,), _ALL),
    Purpose.IMPROVE: PurposeFacts(
        _l("To improve and develop ZCode, to do research, and to train models"),
        (Ground.LEGITIMATE_INTEREST,),
        tuple(each for each in Category if each is not Category.PAYMENT),
    ),
    Purpose.COMMUNICATE: PurposeFacts(
        _l("To write to you about ZCode and its events"),
        (Ground.CONTRACT, Ground.CONSENT),
        tuple(each for each in _WITHOUT_CONTENT if each is not Category.PAYMENT),
    ),
    Purpose.SECURITY: PurposeFacts(
        _l("To prevent fraud and misuse, and to keep ZCode secure"),
        (Ground.LEGAL_OBLIGATION, Ground.LEGITIMATE_INTEREST),
        _WITHOUT_CONTENT,
    ),
    Purpose.LEGAL: PurposeFacts(
        _l("To obey the law, and to protect rights, privacy, safety and property"),
        (Ground.LEGAL_OBLIGATION, Ground.LEGITIMATE_INTEREST),
        _WITHOUT_CONTENT,
    ),
}


@dataclass(frozen=True)
class GroundFacts:
    """A legal ground in words, with its article."""

    words: Words
    article: str


GROUNDS: dict[Ground, GroundFacts] = {
    Ground.CONTRACT: GroundFacts(_l("Needed for our contract with you"), "GDPR Art. 6 (1) (b)"),
    Ground.CONSENT: GroundFacts(_l("Your consent, when we ask for it"), "GDPR Art. 6 (1) (a)"),
    Ground.LEGAL_OBLIGATION: GroundFacts(_l("A legal obligation"), "GDPR Art. 6 (1) (c)"),
    Ground.LEGITIMATE_INTEREST: GroundFacts(_l("Legitimate interests of ours and of others"), "GDPR Art. 6 (1) (f)"),
}

SOURCES: dict[Source, Words] = {
    Source.PERSON: _l("You"),
    Source.ZAI: _l("Z.ai, when you sign in with your account there"),
    Source.PRODUCT: _l("The ZCode program on your devices, and ZCode on the web"),
    Source.PAYMENT_SERVICE: _l("Payment services such as Stripe"),
    Source.CENTRE: _l("This privacy centre"),
}


@dataclass(frozen=True)
class RecipientFacts:
    """A kind of recipient in words (policy section 3)."""

    title: Words
    words: Words


RECIPIENTS: dict[Recipient, RecipientFacts] = {
    Recipient.AFFILIATES: RecipientFacts(_l("Affiliated companies"), _l("Companies of our group and those they appoint, as far as the service needs it.")),
    Recipient.VENDORS: RecipientFacts(_l("Service providers"), _l("Those who process data for us to run, deliver and improve the service.")),
    Recipient.BUSINESS_TRANSFERS: RecipientFacts(
        _l("Partners in a business transfer"), _l("A buyer, investor or successor, if the company or a part of it changes hands.")
    ),
    Recipient.AUTHORITIES: RecipientFacts(
        _l("Authorities and other third parties"),
        _l("Police, courts, regulators and advisers, where the law asks for it, to defend rights, or to protect life."),
    ),
    Recipient.WITH_CONSENT: RecipientFacts(_l("Others, with your consent"), _l("Anybody else, if you agreed to it.")),
}

NO_AUTOMATED_DECISIONS = _l(
    "ZCode makes no decision about you by automated processing or profiling alone that has legal effect for you or affects "
    "you in a similar way, such as your money or your access to essential services."
)


@dataclass(frozen=True)
class Place:
    """A place where data lie."""

    title: Words
    where: Words
    what: Words
    how_long: Words
    what_you_can_do: Words
    inside: bool = False


PLACES: tuple[Place, ...] = (
    Place(
        _l("ZCode's database"),
        _l("Singapore"),
        _l("Everything that these pages show."),
        _l("As each part says."),
        _l("See it, copy it and delete it here."),
        inside=True,
    ),
    Place(
        _l("ZCode's file store"),
        _l("Singapore"),
        _l("Files that went with your conversations and feedback, and copies of your data that you asked for."),
        _l("As each part says."),
        _l("See them, copy them and delete them here."),
        inside=True,
    ),
    Place(
        _l("Backups"),
        _l("Singapore"),
        _l("Encrypted copies of the database and the file store."),
        _l("35 days. What you deleted is deleted again before a backup is put back to use."),
        _l("Nothing; they are replaced by themselves."),
    ),
    Place(
        _l("Ledger of erasures"),
        _l("Singapore"),
        _l("Fingerprints of what was erased, made with a key of ours, and receipts, which name nobody."),
        _l("For good."),
        _l("Nothing; by them what you deleted is deleted again when a backup is put back to use."),
    ),
    Place(
        _l("Logs of our servers"),
        _l("Singapore"),
        _l("That a page was asked for, when, and whether it worked. No names, no contents."),
        _l("30 days."),
        _l("Nothing; they go by themselves."),
    ),
    Place(
        _l("Stripe"),
        _l("United States and Ireland"),
        _l(
            "If you pay through Stripe: your name, e-mail and billing address, your card, your subscriptions, invoices and payments, and your Z.ai user id, by "
            "which we find them. We keep a copy of what concerns your subscription, never the number of your card."
        ),
        _l("As long as the law asks Stripe to keep payments, usually 7 years."),
        _l(
            "Change card and address, and get your invoices, on your page at Stripe, which you open from Subscription. Stripe is responsible for its own "
            "records: ask Stripe about those, or ask us to pass it on."
        ),
    ),
    Place(
        _l("Our mail provider"),
        _l("Singapore"),
        _l("The mails we sent to you. They lead to a page here and carry no data."),
        _l("30 days."),
        _l("Nothing; they go by themselves. The copy in your mailbox is yours."),
    ),
    Place(
        _l("Z.ai"),
        _l("Singapore"),
        _l("Your Z.ai account, which you use elsewhere too."),
        _l("As Z.ai's own policy says."),
        _l("Manage it at Z.ai."),
    ),
    Place(
        _l("Your own computer"),
        _l("Wherever you use ZCode: ~/.zcode/cli/db/db.sqlite, ~/.zcode/v2/ and ~/.zcode/cli/agents/ in your home folder"),
        _l("ZCode's own copy of your conversations, its settings and its sign-in."),
        _l("Until you remove it. Deleting something here does not delete it there."),
        _l("Delete conversations in ZCode itself, or remove the folder ~/.zcode when ZCode is closed."),
    ),
)
