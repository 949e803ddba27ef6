"""The pages that machines read: is it alive, is it ready, what may be crawled, whom to tell of a weakness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Flask, Response, current_app, url_for
from peewee import PeeweeException

from privacy_center.core import clock, db
from privacy_center.core.access import open_to_all
from privacy_center.datamap.policy import CONTROLLER

bp = Blueprint("machines", __name__)
SECURITY_TEXT_LASTS = timedelta(days=180)

# The front page alone says nothing about anybody.
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n"


def open_room(app: Flask) -> None:
    """Add the machines' pages to the app."""
    app.register_blueprint(bp)


@bp.get("/healthz")
@open_to_all("Tells a load balancer that the process lives; it says nothing else.")
def alive() -> Response:
    """The process is up; nothing else is asked."""
    return _text("ok\n")


@bp.get("/readyz")
@open_to_all("Tells a load balancer whether to send people here; it says nothing else.")
def ready() -> Response:
    """The database answers and is up to date; else 503, with what is wrong."""
    try:
        db.connect()
        db.database.execute_sql("SELECT 1")
        pending = db.pending_migrations()
    except (PeeweeException, OSError):
        return _text("The database does not answer.\n", 503)
    if pending:
        return _text(f"The database lacks {len(pending)} migration(s): flask db upgrade\n", 503)
    return _text("ok\n")


@bp.get("/robots.txt")
@open_to_all("Crawlers read it before they read anything else.")
def robots() -> Response:
    """What crawlers may read: the front page."""
    return _text(ROBOTS)


@bp.get("/.well-known/security.txt")
@open_to_all("Whoever finds a weakness must know where to tell it (RFC 9116).")
def security() -> Response:
    """Whom to tell of a weakness."""
    midnight = datetime.combine(clock.now().date(), datetime.min.time(), UTC)
    lines = {
        "Contact": f"mailto:{CONTROLLER.contact}",
        "Expires": (midnight + SECURITY_TEXT_LASTS).isoformat().replace("+00:00", "Z"),
        "Preferred-Languages": "en, zh",
        "Canonical": current_app.config["SETTINGS"].base_url + url_for("machines.security"),
    }
    return _text("".join(f"{name}: {value}\n" for name, value in lines.items()))


def _text(words: str, status: int = 200) -> Response:
    """Plain text for a machine."""
    return Response(words, status, mimetype="text/plain")
