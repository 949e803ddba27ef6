"""Requests as the site knows them: Dora has one that waits for her, and one that was refused."""

from __future__ import annotations

from privacy_center.accounts.models import User
from privacy_center.rights import answering, asking
from privacy_center.rights import jobs as _jobs  # noqa: F401  (registers the mails that these acts begin)
from privacy_center.rights.homes import Home

OFFICER = 7


def tell(dora: User) -> None:
    """Write them into the database that is open."""
    wishes = {"fields": {"name": "Dora Lindh"}}
    waits = asking.ask("correction", user=dora, home=Home("SE"), language="en", words="My invoices say Lind.", wants=wishes)
    answering.assign(waits, by=OFFICER, to=OFFICER)
    answering.ask_for_more(waits, by=OFFICER, words="Which of the two invoices of October do you need?")
    refused = asking.ask("complaint", user=dora, home=Home("US", "CA"), language="en", words="Nobody answered my letter of May.")
    answering.refuse(refused, by=OFFICER, reason="law_keeps", words="Tax law obliges us to keep invoices for ten years.")
