"""The stand-ins' own pages: what they were asked, how they behave, and the mails that came."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from privacy_center.sandbox.behaviour import BEHAVIOURS, NAMES
from privacy_center.sandbox.mailbox import Mailbox
from privacy_center.sandbox.people import PEOPLE
from privacy_center.sandbox.zai import zai

bp = Blueprint("pages", __name__)


def mailbox() -> Mailbox:
    """The mailbox of this instance."""
    found: Mailbox = current_app.extensions["mailbox"]
    return found


@bp.get("/")
def home() -> str:
    """What stands in for what, and what it was asked."""
    return render_template("home.html", behaviours=BEHAVIOURS, now=zai().behaviour, asked=zai().asked, people=PEOPLE, centre=zai().place.centre)


@bp.post("/behaviour")
def behave() -> Response:
    """Behave as told from now on."""
    wanted = request.form.get("behaviour", "")
    if wanted not in NAMES:
        abort(422, "No such behaviour.")
    zai().behaviour = wanted
    return redirect(url_for("pages.home"), 303)


@bp.get("/mailbox")
def mails() -> str:
    """Every mail that was sent, or those to one address."""
    to = request.args.get("to", "").strip()
    found = [mail for mail in mailbox() if to.lower() in mail.header("To").lower()]
    return render_template("mailbox.html", mails=found, to=to)


@bp.get("/mailbox/<name>")
def mail(name: str) -> str:
    """One mail."""
    return render_template("mail.html", mail=mailbox().named(name) or abort(404))


@bp.post("/mailbox/emptying")
def empty() -> Response:
    """Throw all mails away."""
    mailbox().empty()
    return redirect(url_for("pages.mails"), 303)
