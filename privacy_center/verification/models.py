"""Addresses that are to be proved, and the codes that were sent to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField, fn

from privacy_center.accounts.models import NUMBER_OF_ROW, User
from privacy_center.core import clock
from privacy_center.core.db import Moment, Record
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Recipient, Source, days, internal, personal, secret, with_parent

KEPT = timedelta(days=7)


class Proof(Record):
    """An e-mail address that somebody gave without signing in, and whether it was proved to be theirs.

    The rows under the address of an account are shown, copied and erased as its person's. All that they tell is that a code was asked
    for; what for is not said, since whoever holds the account need not be who typed the address.
    """

    rank = 60
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Codes asked for to your e-mail address"),
        description=_l("That a code was sent to your address because somebody, perhaps you, gave it without signing in. The code itself is not kept."),
        source=(Source.PERSON,),
        purposes=(Purpose.PROVIDE, Purpose.SECURITY),
        retention=days(7, since="asked_at"),
        on_erasure=Erase.DELETE,
        recipients=(Recipient.VENDORS,),
        dated_by="asked_at",
        titled_by="address",
        listed=("proved_at",),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    address = personal(CharField(max_length=320), _l("E-mail address"), identifying=True)
    about = internal(CharField(max_length=40), "the kind of thing that the address is proved for")
    subject = internal(BigIntegerField(), "the number of that thing")
    language = personal(CharField(max_length=35, default="en"), _l("Language"))
    asked_at = personal(Moment(default=clock.now, index=True), _l("Asked for"))
    proved_at = personal(Moment(null=True), _l("Confirmed"))
    reminded_at = personal(Moment(null=True), _l("Reminded"))

    class Meta:
        table_name = "verification_proof"
        indexes = ((("about", "subject"), False),)

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s: those of the account's address, however it is written."""
        return fn.LOWER(cls.address) == (user.email or "").lower()


# As `held_for` asks, in the order in which pages show the rows.
Proof.add_index(Proof.index(fn.LOWER(Proof.address), Proof.asked_at, Proof.id, name="verification_proof_of_address"))


class Code(Record):
    """A code that was sent, or is to be sent, to an address; the newest of its proof is the one that counts."""

    rank = 61
    holds = Holding(
        category=Category.COMMUNICATION,
        title=_l("Each of these codes"),
        description=_l("When each code was asked for and sent, and how often it was typed wrong."),
        source=(Source.CENTRE,),
        purposes=(Purpose.SECURITY,),
        retention=with_parent(_l("as long as the address that it was sent to")),
        on_erasure=Erase.DELETE,
        recipients=(),
        dated_by="asked_at",
        listed=("sent_at", "used_at"),
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    proof = internal(ForeignKeyField(Proof, on_delete="CASCADE", backref="codes"), "the address that it was sent to")
    proof_id: int
    mailbox = secret(CharField(max_length=64), "counts the mails to one mailbox; a keyed digest")
    origin = secret(CharField(max_length=64), "counts what comes from one internet address; a keyed digest")
    code_hash = secret(CharField(max_length=64, null=True), "the code, as a keyed digest only")
    asked_at = personal(Moment(default=clock.now), _l("Asked for"))
    sent_at = personal(Moment(null=True), _l("Sent"))
    tries = personal(IntegerField(default=0), _l("Wrong tries"))
    used_at = personal(Moment(null=True), _l("Used"))

    class Meta:
        table_name = "verification_code"
        indexes = ((("mailbox", "asked_at"), False), (("origin", "asked_at"), False))

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.proof.in_(Proof.select(Proof.id).where(Proof.held_for(user)))
