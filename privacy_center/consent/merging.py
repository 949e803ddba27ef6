"""A browser's answer about cookies and its account's, when somebody signs in: the newest explicit answer counts, on both sides."""

from __future__ import annotations

from privacy_center.accounts.arrivals import on_arrival
from privacy_center.accounts.models import User
from privacy_center.consent import choice, counting
from privacy_center.consent.declared import OPTIONAL
from privacy_center.consent.models import ConsentRecord
from privacy_center.consent.recording import record_cookies


@on_arrival
def merge(user: User) -> None:
    """Let the newer of both answers count here and for the account; with none, nobody has answered."""
    here, account = choice.carried(), choice.of_account(user)
    if here and (account is None or here.at > account.at):
        of_browser = ConsentRecord.get_or_none(ConsentRecord.record_id == here.record)
        language = of_browser.language if of_browser else user.language or "en"
        record = record_cookies(user, here.allowed, method="sign-in", language=language, at=here.at)
        choice.decide(choice.Choice(here.allowed, here.at, record.record_id))
    elif account and (here is None or account.record != here.record):
        counting.forget(set(OPTIONAL) - account.allowed, None)
        choice.decide(account)
