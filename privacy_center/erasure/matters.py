"""What of deletions needs the person: those under way, those that stopped, auto-delete that is about to begin."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_babel import format_decimal, gettext, ngettext

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.core.matters import Matter, source
from privacy_center.erasure.models import AutoDelete, Deletion


@source
def deletions(user: User) -> Iterable[Matter]:
    """Deletions whose bytes are not gone yet."""
    open_ones = Deletion.hidden_at.is_null(False) & Deletion.purged_at.is_null()
    for each in Deletion.owned_by(user).where(open_ones).limit(5):
        count = format_decimal(each.total)
        title = ngettext("Deletion of %(count)s conversation", "Deletion of %(count)s conversations", each.total, count=count)
        failed = each.state == "failed"
        text = gettext("It has stopped, and a person of ours has to look") if failed else gettext("Hidden already; the bytes go by themselves")
        href = url_for("erasure.deletion", deletion_id=each.id)
        yield Matter(title, href, gettext("See how far it is"), text, each.hidden_at, pressing=failed)


@source
def auto_delete_begins(user: User) -> Iterable[Matter]:
    """Auto-delete that has not deleted anything yet."""
    for wish in AutoDelete.select().where(AutoDelete.held_for(user) & (AutoDelete.first_run_at > clock.now())):
        title = gettext("Auto-delete begins soon")
        yield Matter(title, url_for("erasure.auto_delete"), gettext("See what would go"), gettext("You can still stop it"), wish.first_run_at)
