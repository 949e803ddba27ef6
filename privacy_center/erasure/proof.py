"""Receipts: proof that something was deleted, which anybody can check and which outlives the account."""

from __future__ import annotations

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from peewee import BigAutoField, CharField, ForeignKeyField

from privacy_center.accounts.models import NUMBER_OF_ROW, User
from privacy_center.core import clock
from privacy_center.core.db import JSONText, Moment, Record
from privacy_center.core.proof import digest_of, new_code
from privacy_center.datamap.words import Category, Erase, Holding, Purpose, Source, internal, personal, years


class Receipt(Record):
    """What was removed and what was kept, in kinds and numbers, never in content; valid after the account is gone."""

    rank = 41
    holds = Holding(
        category=Category.LOG,
        title=_l("Deletion receipts"),
        description=_l("That something was deleted, when, what kinds and how many. Never what it was."),
        source=(Source.CENTRE,),
        purposes=(Purpose.PROVIDE, Purpose.LEGAL),
        retention=years(10, since="issued_at"),
        on_erasure=Erase.ANONYMISE,
        dated_by="issued_at",
        recipients=(),
        titled_by="code",
    )

    id = internal(BigAutoField(), NUMBER_OF_ROW)
    user = internal(ForeignKeyField(User, null=True, index=True, on_delete="SET NULL"), "whose it is, while there is an account")
    code = personal(CharField(max_length=24, unique=True), _l("Code of the receipt"))
    issued_at = personal(Moment(default=clock.now), _l("Issued"))
    body = personal(JSONText(), _l("What it says"))
    digest = personal(CharField(max_length=64), _l("SHA-256 of what it says"))
    noted_at = internal(Moment(null=True), "when the ledger of erasures had it")

    @classmethod
    def held_for(cls, user: User) -> Any:
        """The condition under which rows are *user*'s."""
        return cls.user == user

    @classmethod
    def issue(cls, user: User | None, body: dict[str, Any], *, code: str | None = None) -> Self:
        """Write a receipt that says *body*, its code and time put in; nobody's, where the account is gone."""
        code = code or new_code("DR")
        said = {**body, "code": code, "issued_at": clock.now().isoformat(timespec="seconds")}
        return cls.create(user=user, code=code, body=said, digest=digest_of(said))
