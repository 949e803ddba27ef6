"""What did not work, and beginning it anew."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from privacy_center.core.pages import show
from privacy_center.desk import work as doing
from privacy_center.desk.guards import here, not_here
from privacy_center.desk.views import bp

LARGEST = 2**63


@bp.get("/failures")
def work() -> Response:
    """Jobs that were given up, orders not taken, mailings at a standstill."""
    return show(
        "desk/work.html", jobs=doing.failed_jobs(), orders=doing.undelivered(), mailings=doing.stuck_mailings(), not_again=doing.NOT_AGAIN, staff=here()
    )


@bp.post("/failures/jobs/<int:job>")
def retry_job(job: int) -> Response:
    """Begin anew with a job."""
    if job >= LARGEST or not doing.retry_job(job, here()):
        not_here()
    return redirect(url_for("desk.work"), 303)


@bp.post("/failures/orders/<int:delivery>")
def retry_order(delivery: int) -> Response:
    """Begin anew with an order to one system."""
    if delivery >= LARGEST or not doing.retry_delivery(delivery, here()):
        not_here()
    return redirect(url_for("desk.work"), 303)
