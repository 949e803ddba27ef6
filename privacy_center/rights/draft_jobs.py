"""Letting go of what was begun and not sent."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.core import clock, storage
from privacy_center.core.jobs import sweep
from privacy_center.rights import drafting
from privacy_center.rights.drafts import FOLDER, KEPT, Draft, DraftFile
from privacy_center.rights.models import Attachment

LEFT_BEHIND = timedelta(days=1)


@sweep("requests begun and not sent", every=timedelta(hours=1))
def forget_old_drafts() -> int:
    """Remove drafts, with their files, that nobody has gone on with for two days; returns how many."""
    old = list(Draft.select().where(Draft.saved_at < clock.now() - KEPT))
    for draft in old:
        drafting.forget(draft)
    return len(old)


@sweep("files of no draft", every=timedelta(days=1))
def remove_unknown() -> int:
    """Remove files that neither a draft nor a letter names; returns how many."""
    count = 0
    for page in storage.listed(FOLDER):
        old = [key for key, written_at in page if written_at < clock.now() - LEFT_BEHIND]
        named = {str(each.storage_key) for model in (DraftFile, Attachment) for each in model.select(model.storage_key).where(model.storage_key.in_(old))}
        for key in set(old) - named:
            storage.remove(key)
            count += 1
    return count
