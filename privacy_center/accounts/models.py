"""People who have a Z.ai account, their sessions here, and the tombstones of what must not come back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_login import UserMixin
from peewee import BigAutoField, CharField, ForeignKeyField, IntegerField, IntegrityError, TextField

from privacy_center.accounts.digest import account_digest
from privacy_center.core import clock, tokens
from privacy_center.core.db import JSONText, Moment, Record, among, database, fetch, is_sqlite, moment
from privacy_center.datamap.words import (
    Category,
    Erase,
    Holding,
    NotPersonal,
    Purpose,
    Recipient,
    Source,
    days,
    internal,
    personal,
    secret,
    while_account_exists,
)

SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=5)
CONFIRMED_FOR = timedelta(minutes=15)
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
ATTEMPT_LASTS = timedelta(minutes=15)

ALL = "all "  # before a kind of record, in the kind of a tombstone: all of them, up to a moment
NAMELESS = "nobody"  # the issuer of a user row whose account was erased: what the law keeps hangs on it
NUMBER_OF_ROW = "the number of the row"
WHOSE = "whose the row is"


class User(UserMixin, Record):
    """A person with a Z.ai account, known by issuer and subject and never by e-mail."""

    rank = 1
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Your account"),
        description=_l("Who you are to ZCode, as Z.ai told us."),
        source=(Source.ZAI, Source.PRODUCT),
        purposes=(Purpose.PROVIDE, Purpose.COMMUNICATE, Purpose.SECURITY, Purpose.LEGAL),
        retention=while_account_exists(),
        on_erasure=Erase.ANONYMISE,
        dated_by="opened_at",
        titled_by="name",
        listed=("email", "country", "language"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    subject = personal(CharField(max_length=200), _l("Z.ai user id"), identifying=True)
    issuer = personal(CharField(max_length=200), _l("Who vouches for you"))
    email = personal(CharField(max_length=320, null=True, index=True), _l("E-mail address"), identifying=True)
    name = personal(TextField(null=True), _l("Name"), identifying=True)
    avatar_url = personal(TextField(null=True), _l("Address of your picture"), identifying=True)
    country = personal(CharField(max_length=10, null=True), _l("Country"))
    language = personal(CharField(max_length=35, null=True), _l("Language"))
    created_at = personal(Moment(null=True), _l("Z.ai account since"))
    opened_at = personal(Moment(default=clock.now), _l("Known to this privacy centre since"))
    signed_in_at = personal(Moment(null=True), _l("Last signed in here"))
    closing_at = personal(Moment(null=True), _l("Closes for good"))
    erasing = internal(JSONText(null=True), "kinds of data that are being erased, each with the moment up to which it is hidden until it is gone")
    feedback_digest = secret(CharField(max_length=64, index=True), "finds feedback, which names its account by this digest only")
    digest = internal(CharField(max_length=64, null=True), "tells whether the feed brought a change")
    history_revision = internal(IntegerField(default=0), "counts changes of the history, so that a page can tell whether it is stale")

    class Meta:
        table_name = "users"
        indexes = ((("issuer", "subject"), True),)

    @classmethod
    def held_for(cls, user: Self) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.id == user.id

    @classmethod
    def known(cls, issuer: str, subject: str) -> Self | None:
        """The user of that issuer and subject, if there is one."""
        return cls.get_or_none((cls.issuer == issuer) & (cls.subject == subject))

    @classmethod
    def open(cls, issuer: str, subject: str, **said: Any) -> Self:
        """The user of that issuer and subject; an account with no more than *said* is opened if need be."""
        existing = cls.known(issuer, subject)
        if existing:
            return existing
        try:
            with database.atomic():
                return cls.create(issuer=issuer, subject=subject, feedback_digest=account_digest(subject), **said)
        except IntegrityError:  # somebody else opened it in this moment
            return cls.get((cls.issuer == issuer) & (cls.subject == subject))

    @classmethod
    def locked(cls, number: int) -> Self:
        """The user of that number; until the transaction ends nobody else decides about, or brings, records of theirs."""
        found: Any = cls.select().where(cls.id == number)
        # On SQLite the transaction alone keeps everybody else from writing.
        return (found if is_sqlite() else found.for_update("FOR NO KEY UPDATE")).get()

    @classmethod
    def forget(cls, number: int) -> None:
        """Leave a nameless row of the user of that number, on which hangs what the law keeps; in a transaction of the caller's."""
        told = (cls.email, cls.name, cls.avatar_url, cls.country, cls.language, cls.created_at, cls.signed_in_at, cls.closing_at, cls.erasing, cls.digest)
        anybody = {cls.subject: tokens.new_token(), cls.issuer: NAMELESS, cls.feedback_digest: tokens.at_rest(tokens.new_token())}
        cls.update({**dict.fromkeys(told), **anybody}).where(cls.id == number).execute()

    @property
    def is_nameless(self) -> bool:
        """Whether the account was erased, and the row is there only for what the law keeps."""
        return bool(self.issuer == NAMELESS)

    @property
    def is_closing(self) -> bool:
        """Whether its person is closing the account: until it is closed for good, or kept, nothing else is done with their data."""
        return self.closing_at is not None

    @property
    def display_name(self) -> str:
        """What to call the person on a page."""
        return self.name or self.email or self.subject


def in_sight(model: Any, user: User, theirs: Any) -> Any:
    """The condition *theirs*, without rows of a kind that is being erased: they are out of sight from the first moment."""
    until = (user.erasing or {}).get(model._meta.table_name)
    return theirs if until is None else theirs & (model._meta.fields[model.holds.dated_by] > until)


class PersonalRecord(Record):
    """The base of all rows that belong to one user."""

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, index=False), WHOSE)
    user_id: int

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return in_sight(cls, user, cls.user == user)


class Session(PersonalRecord):
    """A browser that is signed in; the cookie's token is kept as a hash only."""

    rank = 2
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Your sessions here"),
        description=_l("Browsers in which you are signed in to this privacy centre."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.SECURITY),
        retention=days(1, since="started_at"),
        on_erasure=Erase.DELETE,
        dated_by="started_at",
        recipients=(),
        titled_by="browser",
        listed=("address", "seen_at"),
    )

    token_hash = secret(CharField(max_length=64, unique=True), "opens the session; only its hash is kept")
    started_at = personal(Moment(default=clock.now), _l("Signed in"))
    seen_at = personal(Moment(default=clock.now), _l("Last used"))
    confirmed_at = personal(Moment(null=True), _l("Last confirmed that it is you"))
    browser = personal(TextField(default=""), _l("Browser"))
    address = personal(CharField(max_length=45, default=""), _l("Internet address"))

    class Meta:
        indexes = ((("user", "started_at"), False),)

    @classmethod
    def begin(cls, user: User, *, browser: str, address: str, confirmed: bool = False) -> tuple[Self, str]:
        """Sign *user* in; returns the session and the token for the cookie, which is not kept."""
        token, now = tokens.new_token(), clock.now()
        session = cls.create(
            user=user,
            token_hash=tokens.at_rest(token),
            started_at=now,
            seen_at=now,
            confirmed_at=now if confirmed else None,
            browser=browser[:300],
            address=address[:45],
        )
        return session, token

    @classmethod
    def current(cls) -> Any:
        """Sessions that have not run out."""
        now = clock.now()
        return cls.select().where((cls.started_at > now - SESSION_LASTS) & (cls.seen_at > now - SESSION_IDLE))

    @classmethod
    def ended_recently(cls, token: str) -> Self | None:
        """The session of a token whose time has run out, so that the page can say so."""
        return cls.get_or_none(cls.token_hash == tokens.at_rest(token))

    def touch(self) -> None:
        """Note that the session is in use, at most every few minutes."""
        now = clock.now()
        if now - self.seen_at > SEEN_EVERY:
            Session.update(seen_at=now).where(Session.id == self.id).execute()

    def renew(self) -> str:
        """Give the session a new token and note that its person has just confirmed it; returns the token."""
        token, now = tokens.new_token(), clock.now()
        Session.update(token_hash=tokens.at_rest(token), confirmed_at=now, seen_at=now).where(Session.id == self.id).execute()
        self.confirmed_at = now
        return token

    @property
    def is_confirmed(self) -> bool:
        """Whether the person proved to be themselves within the last 15 minutes."""
        return self.confirmed_at is not None and clock.now() - self.confirmed_at < CONFIRMED_FOR


class SignInAttempt(Record):
    """One way to Z.ai and back that was begun; only the browser that began it can end it, once."""

    rank = 8
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Sign-ins under way"),
        description=_l("Trips to Z.ai and back, so that nobody else can end one that you began."),
        source=(Source.CENTRE,),
        purposes=(Purpose.SECURITY,),
        retention=days(1, since="started_at"),
        on_erasure=Erase.DELETE,
        dated_by="started_at",
        recipients=(),
        listed=("next_page",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=True), "who confirms to be themselves; nobody yet at a first sign-in")
    user_id: int | None
    state_hash = secret(CharField(max_length=64, unique=True), "names the attempt on the way back")
    browser_hash = secret(CharField(max_length=64), "ties the attempt to one browser")
    nonce = secret(CharField(max_length=64), "ties Z.ai's answer to the attempt")
    code_verifier = secret(CharField(max_length=128), "proves that the code is fetched by whoever asked for it (PKCE)")
    next_page = personal(TextField(default="/"), _l("The page to go on to"))
    started_at = personal(Moment(default=clock.now), _l("Begun"))
    used_at = personal(Moment(null=True), _l("Ended"))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user

    def use(self) -> bool:
        """Use the attempt up; False if it was used before or has become too old."""
        fresh = (SignInAttempt.used_at.is_null()) & (SignInAttempt.started_at > clock.now() - ATTEMPT_LASTS)
        return bool(SignInAttempt.update(used_at=clock.now()).where((SignInAttempt.id == self.id) & fresh).execute())


class ConfirmationCode(PersonalRecord):
    """A code sent to the account's e-mail, where Z.ai can't prove a fresh sign-in."""

    rank = 9
    holds = Holding(
        category=Category.ACCOUNT,
        title=_l("Codes we sent to you"),
        description=_l("That we sent you a code to confirm that it is you. The code itself is not kept."),
        source=(Source.CENTRE,),
        purposes=(Purpose.SECURITY,),
        retention=days(1, since="asked_at"),
        on_erasure=Erase.DELETE,
        dated_by="asked_at",
        recipients=(Recipient.VENDORS,),
        listed=("sent_at", "used_at"),
    )

    session = internal(ForeignKeyField(Session, on_delete="CASCADE", index=True), "the browser that asked for it")
    code_hash = secret(CharField(max_length=64, null=True), "the code, as a keyed digest only")
    asked_at = personal(Moment(default=clock.now), _l("Asked for"))
    sent_at = personal(Moment(null=True), _l("Sent"))
    tries = personal(IntegerField(default=0), _l("Wrong tries"))
    used_at = personal(Moment(null=True), _l("Used"))

    class Meta:
        indexes = ((("user", "asked_at"), False),)


class Tombstone(Record):
    """Something that was erased and must not come back: a keyed digest, from which nobody can tell what it was."""

    holds = NotPersonal("keyed digests of what was erased; without our key nobody can tell of whom or what")

    kind = internal(CharField(max_length=20), "account, or the type of a record")
    digest = internal(CharField(max_length=64), "keyed digest of issuer, user id and, for a record, its id")
    raised_at = internal(Moment(default=clock.now), "when")
    noted_at = internal(Moment(null=True), "when the ledger of erasures had it")

    class Meta:
        indexes = ((("kind", "digest"), True),)

    @classmethod
    def raise_for(cls, kind: str, *identity: str) -> None:
        """Keep what *identity* names (issuer, user id, record id) from coming back; twice is as good as once."""
        cls.insert(kind=kind, digest=tokens.keyed_digest(f"tombstone {kind}", *identity)).on_conflict_ignore().execute()

    @classmethod
    def stands_for(cls, kind: str, *identity: str) -> bool:
        """Whether what *identity* names was erased."""
        return bool(cls.standing(kind, [identity]))

    @classmethod
    def raise_for_account(cls, issuer: str, subject: str) -> None:
        """Keep an account from coming back, and its feedback too, which names it by another digest."""
        cls.raise_for("account", issuer, subject)
        cls.raise_for("feedback-account", account_digest(subject))

    @classmethod
    def raise_for_kind(cls, kind: str, *identity: str, at: datetime) -> None:
        """Keep records of one *kind* that are not newer than *at* from coming back; *identity* is issuer and user id, of feedback its digest."""
        digest = tokens.keyed_digest(f"tombstone {ALL}{kind}", *identity)
        later = {cls.raised_at: at, cls.noted_at: None}
        raised = cls.insert(kind=f"{ALL}{kind}", digest=digest, raised_at=at)
        raised.on_conflict(conflict_target=[cls.kind, cls.digest], update=later, where=cls.raised_at < at).execute()

    @classmethod
    def ended(cls, kind: str, identities: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], datetime]:
        """Of those identities whose records of one kind were erased: the moment up to which."""
        by_digest = {digest: each for each in identities for digest in tokens.keyed_digests(f"tombstone {ALL}{kind}", *each)}
        if not by_digest:
            return {}
        condition, digests = among("digest", by_digest)
        query = f"SELECT digest, raised_at FROM tombstone WHERE kind = ? AND {condition} ORDER BY raised_at"  # noqa: S608 - the feed asks this often
        return {by_digest[digest]: moment(at) for digest, at in fetch(query, f"{ALL}{kind}", digests)}

    @classmethod
    def standing(cls, kind: str, identities: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
        """Those of the identities that were erased, found in one query."""
        by_digest = {digest: each for each in identities for digest in tokens.keyed_digests(f"tombstone {kind}", *each)}
        if not by_digest:
            return set()
        condition, digests = among("digest", by_digest)
        query = f"SELECT digest FROM tombstone WHERE kind = ? AND {condition}"  # noqa: S608 - the feed asks this often
        return {by_digest[digest] for (digest,) in fetch(query, kind, digests)}
