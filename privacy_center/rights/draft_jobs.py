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
    return storage.remove_unnamed(FOLDER, LEFT_BEHIND, storage.named_in(DraftFile.storage_key, Attachment.storage_key))
