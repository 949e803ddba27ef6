"""The app of the stand-ins: Z.ai in both shapes, Stripe, the mailbox, and the systems that are told of decisions."""

from __future__ import annotations

import secrets

from flask import Flask

from privacy_center.sandbox import pages, systems, zai, zai_broker, zai_oidc
from privacy_center.sandbox.grants import ZAI
from privacy_center.sandbox.mailbox import open_mailbox
from privacy_center.sandbox.settings import SYSTEMS, Place
from privacy_center.sandbox.stripe import api, goods, portal
from privacy_center.sandbox.stripe import pages as stripe_pages
from privacy_center.sandbox.stripe.memory import Memory
from privacy_center.sandbox.stripe.news import Postman
from privacy_center.sandbox.told import System


def create_app(place: Place) -> Flask:
    """Build the stand-ins for one place; they know nothing of the centre but its address."""
    app = Flask(__name__)
    # Cookies ignore ports, so ours has a name of its own beside the centre's.
    app.config.update(SECRET_KEY=secrets.token_hex(), SESSION_COOKIE_NAME="zai_stand_in", SESSION_COOKIE_SAMESITE="Lax", MAX_CONTENT_LENGTH=1_000_000)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["stand-in"] = ZAI(place)
    app.extensions["mailbox"] = open_mailbox(place)
    app.extensions["systems"] = {slug: System(slug, place) for slug in SYSTEMS}
    app.extensions["stripe"] = Memory(place)
    app.extensions["stripe news"] = Postman(app.extensions["stripe"])
    for room in (pages, systems, zai, zai_broker, zai_oidc, api, goods, portal, stripe_pages):
        app.register_blueprint(room.bp)
    return app
