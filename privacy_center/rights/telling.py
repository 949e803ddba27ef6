"""Which mails a request brings about: a job for each, begun in the transaction of what it tells of."""

from __future__ import annotations

from privacy_center.core import jobs
from privacy_center.rights.models import Request

# One kind of job for each kind of mail, so that the queue says what is told without carrying a word of it.
MAILS = ("received", "asked_for_more", "reminder", "we_wrote", "extended", "answered", "expired", "late")


def kind_of(what: str) -> str:
    """The job that sends that mail."""
    return f"rights.mail_{what}"


def tell(request: Request, what: str) -> None:
    """Let the person be mailed about it, if there is an address; the mail leads to the request's page and carries nothing else."""
    if request.address:
        jobs.start(kind_of(what), request.id)
