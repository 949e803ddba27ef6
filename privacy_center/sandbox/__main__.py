"""`python -m privacy_center.sandbox`: runs the stand-ins on loopback until stopped."""

from __future__ import annotations

import argparse
import contextlib
import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.serving import make_server

from privacy_center.sandbox.mailbox import listen
from privacy_center.sandbox.settings import HOST, Place, place
from privacy_center.sandbox.site import create_app
from privacy_center.sandbox.stripe.life import let_time_pass
from privacy_center.sandbox.stripe.memory import Memory
from privacy_center.sandbox.stripe.people import move_in


def main() -> None:
    """Run until a signal comes; where a port is taken, end with a sentence."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    where = asked_for()
    try:
        run(where)
    except OSError as error:
        sys.exit(f"The stand-ins can't listen on ports {where.port} and {where.smtp_port}: {error.strerror or error}")


def run(where: Place) -> None:
    """Serve pages and take mail."""
    app = create_app(where)
    wake(app.extensions["stripe"])
    server = make_server(HOST, where.port, app, threaded=True)
    post = listen(app.extensions["mailbox"], where.smtp_port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    post.stop()


def wake(stripe: Memory) -> None:
    """Let the demo people be customers of Stripe from the first run on, and bill what has become due since the last."""
    if stripe.is_new:
        move_in(stripe, datetime.now(UTC))
    else:
        with stripe.changing():
            let_time_pass(stripe)


def asked_for() -> Place:
    """The place that the arguments name; what they leave out, the environment says."""
    usual = place()
    parser = argparse.ArgumentParser(prog="python -m privacy_center.sandbox", description="Stand-ins for Z.ai, Stripe and the mail server, on loopback.")
    parser.add_argument("--port", type=int, default=usual.port, help="port of the pages")
    parser.add_argument("--smtp-port", type=int, default=usual.smtp_port, help="port that takes mail")
    parser.add_argument("--instance", type=Path, default=usual.instance, help="folder that keeps the mails and what Stripe knows")
    parser.add_argument("--centre", default=usual.centre, help="address of the centre that people are sent back to")
    given = parser.parse_args()
    return Place(given.port, given.smtp_port, given.instance, given.centre)


if __name__ == "__main__":
    main()
