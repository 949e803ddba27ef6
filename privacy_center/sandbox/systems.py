"""The stand-ins for connected systems: the doors that take orders, and the page that shows what they were told."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.sandbox.told import CONFIRM, WAIT, WAY_NAMES, WAYS, System, Taken, is_signed
from privacy_center.sandbox.zai import zai

bp = Blueprint("systems", __name__, url_prefix="/systems")

PATIENCE = 25.0  # seconds that `slow` keeps the centre waiting
LARGEST = 8 * 1024 * 1024


def systems() -> dict[str, System]:
    """The stand-ins by what their addresses call them."""
    found: dict[str, System] = current_app.extensions["systems"]
    return found


@bp.get("")
def home() -> str:
    """What each system was told, and how it behaves."""
    return render_template("systems.html", systems=systems().values(), ways=WAYS, centre=zai().place.centre)


@bp.post("/<slug>")
def order(slug: str) -> AnyResponse:
    """Take an order, if it is signed and the system is not told to fail."""
    system = systems().get(slug) or abort(404)
    request.max_content_length = LARGEST
    body = request.get_data()
    if not is_signed(system.key, request.headers.get("X-Signature", ""), body):
        system.refused += 1
        return Response("The signature does not fit.", 401)
    return _fails(system.way) or _answer(system, system.take(request.get_json()))


def _fails(way: str) -> AnyResponse | None:
    """The answer of a system in trouble; None when it is well, after waiting if it is slow."""
    if way == "down":
        return Response("Service Unavailable", 503)
    if way == "redirect":
        return redirect("http://127.0.0.1:22/", 307)
    if way == "slow":
        time.sleep(PATIENCE)
    return None


def _answer(system: System, taken: Taken) -> Response:
    """What a system says to an order that it took."""
    if system.way == "garbage":
        return Response("<!doctype html><title>Thank you</title>", mimetype="text/html")
    if system.way == CONFIRM:
        system.confirm_soon(taken)
    needs = timedelta(days=1) if system.way == WAIT else timedelta(minutes=1)
    return jsonify(expected_completion_time=(datetime.now(UTC) + needs).isoformat(timespec="seconds"))


@bp.post("/<slug>/way")
def behave(slug: str) -> AnyResponse:
    """Behave as told from now on."""
    system, wanted = systems().get(slug) or abort(404), request.form.get("way", "")
    if wanted not in WAY_NAMES:
        abort(422, "No such behaviour.")
    system.way = wanted
    return redirect(url_for("systems.home"), 303)


@bp.post("/<slug>/confirmations")
def confirm(slug: str) -> AnyResponse:
    """Confirm one order, as often as the button is pressed."""
    system = systems().get(slug) or abort(404)
    system.confirm(system.taken.get(request.form.get("number", "")) or abort(404))
    return redirect(url_for("systems.home"), 303)
