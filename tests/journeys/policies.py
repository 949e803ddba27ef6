"""The policy's editions on the site: one that is over, one that counts, a material one to come, and an announcement long past; Dora has answered."""

from __future__ import annotations

from datetime import timedelta

from privacy_center.accounts.models import User
from privacy_center.core import clock
from privacy_center.policy import answering, publishing
from privacy_center.policy.models import Announcement, Edition
from tests.policy import texts

TO_COME = texts.LATER.replace("with your feedback", "with your conversations")


def tell(dora: User) -> None:
    """Write them into the database that is open; nobody is mailed."""
    today = clock.now().date()
    publishing.publish("policy.txt", texts.PLAIN, today - timedelta(days=400), material=False)
    counts, _is_new = publishing.publish("policy.txt", texts.LATER, today - timedelta(days=20), material=False)
    to_come, _is_new = publishing.publish("policy.txt", TO_COME, today + timedelta(days=60), material=False)
    Edition.update(material=True).where(Edition.id == to_come.id).execute()
    answering.keep(dora, counts, "read", language="en")
    over = {"title": "ZCode Notes ends", "form": "plain", "text": "Take a copy of your notes before.\n", "digest": "0" * 64}
    Announcement.create(happens_on="2020-12-31", **over)
