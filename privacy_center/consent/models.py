"""Answers as they were given, one row each and never changed; and page visits, counted only where somebody agreed to it."""

from __future__ import annotations

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, CharField, ForeignKeyField

from privacy_center.accounts.models import NUMBER_OF_ROW, User, in_sight
from privacy_center.consent.basis import Answer
from privacy_center.consent.declared import TITLES as COOKIE_TITLES
from privacy_center.consent.wording import PURPOSES
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Retention, Source, days, internal, personal, secret

COOKIES = "cookies"  # the purpose under which answers about cookies stand
WHOSE = "whose it is; nobody's, where a browser answered without an account"
ANSWERS = {
    Answer.AGREE.value: _l("Yes"),
    Answer.WITHDRAW.value: _l("No"),
    Answer.OBJECT.value: _l("Objected"),
    Answer.TAKE_BACK.value: _l("Objection taken back"),
    Answer.RESTRICT.value: _l("Restricted"),
    Answer.LIFT.value: _l("Restriction lifted"),
}
METHODS = {
    "choices": _l("On the page of choices"),
    "unsubscribe": _l("By the link in a mail"),
    "banner": _l("When asked about cookies at the head of a page"),
    "cookies": _l("On the page of cookies"),
    "request": _l("By a request"),
    "guardian": _l("Paused, or no longer paused, because of a report that the account is a child’s"),
    "sign-in": _l("Answered in a browser before signing in there"),
}
VISITS = {"page": _l("A page was asked for"), "beacon": _l("A page was shown")}


class ConsentRecord(Record):
    """One answer of a person's: what was asked, in which words, what was said, when and how. Added, never changed."""

    rank = 10
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Your answers"),
        description=_l("What you allowed, refused, objected to or restricted, with the words you were shown. The newest answer counts."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=Retention(_l("as long as you have an account; an answer about cookies without one, 9 months")),
        on_erasure=Erase.DELETE,
        dated_by="said_at",
        recipients=(),
        titled_by="purpose",
        listed=("answer", "method", "language"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=False), WHOSE)
    user_id: int | None
    record_id = personal(CharField(max_length=36, unique=True), _l("Number of the record"))
    purpose = personal(CharField(max_length=40), _l("Purpose"), values={**{key: each.title for key, each in PURPOSES.items()}, COOKIES: _l("Cookies")})
    answer = personal(CharField(max_length=20), _l("Answer"), values=ANSWERS)
    scope = personal(JSONText(null=True), _l("Cookies, by category"))
    said_at = personal(Moment(default=clock.now), _l("When"))
    method = personal(CharField(max_length=20), _l("How"), values=METHODS)
    language = personal(CharField(max_length=35), _l("Language"))
    words_version = personal(CharField(max_length=64), _l("Version of the words"))
    notice_version = personal(CharField(max_length=40), _l("Privacy policy shown"))
    body = personal(JSONText(), _l("What the record says"))
    digest = personal(CharField(max_length=64), _l("SHA-256 of what it says"))

    class Meta:
        indexes = ((("user", "purpose", "said_at"), False), (("said_at",), False))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user

    @classmethod
    def owned_by(cls, user: User) -> Any:
        """The answers of *user*, newest first."""
        return cls.select().where(cls.user == user).order_by(cls.said_at.desc(), cls.id.desc())

    @classmethod
    def newest(cls, user: User, purpose: str) -> Self | None:
        """The answer that counts; None while nothing was said."""
        return cls.owned_by(user).where(cls.purpose == purpose).first()  # type: ignore[no-any-return]

    @property
    def words(self) -> str:
        """The words that were shown."""
        return str(self.body["shown"]["words"])

    @property
    def how(self) -> Any:
        """How the answer was given, in words."""
        return METHODS[self.method]

    @property
    def asked(self) -> Any:
        """What was asked, as the pages call it."""
        return PURPOSES[self.purpose].title if self.purpose in PURPOSES else _l("Cookies")

    @property
    def said(self) -> Any:
        """The answer in words; of cookies, those that were allowed."""
        allowed = [COOKIE_TITLES[each] for each, yes in (self.scope or {}).items() if yes and each in COOKIE_TITLES]
        return ", ".join(str(each) for each in allowed) or ANSWERS[self.answer]


class PageVisit(Record):
    """A page of this site that somebody opened who had agreed to being counted; never its contents or exact address."""

    rank = 23
    holds = Holding(
        category=Category.LOG,
        title=_l("Pages of this site that you opened"),
        description=_l("Counted only while you allow it. The page’s kind, never its contents, and no internet address."),
        source=(Source.CENTRE,),
        purposes=(Purpose.IMPROVE,),
        retention=days(90, since="occurred_at"),
        on_erasure=Erase.DELETE,
        dated_by="occurred_at",
        recipients=(),
        titled_by="page",
        listed=("kind", "browser"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=False), WHOSE)
    user_id: int | None
    visitor = secret(CharField(max_length=64, null=True, index=True), "tells one browser from another, as a digest of its cookie")
    occurred_at = personal(Moment(default=clock.now, index=True), _l("When"))
    kind = personal(CharField(max_length=10), _l("What"), values=VISITS)
    page = personal(CharField(max_length=200), _l("Page"))
    came_from = personal(CharField(max_length=200, null=True), _l("Came from the site"))
    browser = personal(CharField(max_length=80), _l("Browser"))

    class Meta:
        indexes = ((("user", "occurred_at"), False),)

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return in_sight(cls, user, cls.user == user)
