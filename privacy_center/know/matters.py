"""What the rooms below this one say needs the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from privacy_center.accounts.loading import current_session
from privacy_center.accounts.models import Session, User
from privacy_center.core import clock
from privacy_center.core.db import Moment
from privacy_center.core.matters import Matter, source
from privacy_center.correspondence.models import Correspondence
from privacy_center.datamap import registry

LETTERS_STAY = timedelta(days=30)
SIGN_INS_STAY = timedelta(hours=24)


@source
def unanswered_letter(user: User) -> Iterable[Matter]:
    """The newest letter, when it is from us and new."""
    newest = _newest(Correspondence, user)
    if newest and newest.direction == "to_user" and newest.sent_at > clock.now() - LETTERS_STAY:
        yield Matter(gettext("We wrote to you"), _record(newest), gettext("Read it"), newest.subject or "", newest.sent_at)


@source
def other_sign_ins(user: User) -> Iterable[Matter]:
    """Browsers other than this one that were signed in of late, each once."""
    here = current_session()
    others = Session.current().where(Session.user == user, Session.started_at > clock.now() - SIGN_INS_STAY).order_by(Session.started_at)
    newest = {each.browser: each for each in others if here and each.id != here.id}
    for each in newest.values():
        title = gettext("Somebody signed in with %(browser)s; was that you?", browser=each.browser or gettext("a browser we don’t know"))
        yield Matter(title, url_for("accounts.sessions"), gettext("See your sessions"), each.address, each.started_at)


@source
def no_email(user: User) -> Iterable[Matter]:
    """An account that we can't write to."""
    if not user.email:
        text = gettext("We can’t write to you. Add an address at Z.ai and sign in here again.")
        yield Matter(gettext("Your account has no e-mail address"), url_for("accounts.page"), gettext("See your account"), text)


def _newest(model: Any, user: User) -> Any:
    """The newest row of a holding that is the person's."""
    dated: Moment = model._meta.fields[model.holds.dated_by]
    return registry.rows_of(model, user).order_by(dated.desc(), model.id.desc()).first()


def _record(row: Any) -> str:
    """Where a record is shown whole."""
    model = type(row)
    return url_for("know.record", category=model.holds.category.value, holding=registry.slug_of(model), number=row.id)
