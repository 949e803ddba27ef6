"""The worker: takes wake-up calls from the queue, does jobs, and sweeps."""

from __future__ import annotations

import logging
import threading

from flask import Flask

from privacy_center.core import db, jobs

log = logging.getLogger(__name__)
SWEEP_EVERY = 5.0  # seconds
GRACE = 20.0  # seconds for the jobs under way, once told to stop


def run(app: Flask, threads: int) -> None:
    """Work until SIGTERM, which lets jobs under way come to their end, or SIGINT, which leaves them to the next worker by their lease."""
    stop = threading.Event()
    sweeper = threading.Thread(target=_sweep_until, args=(app, stop), name="sweeper", daemon=True)
    sweeper.start()
    consumer = app.extensions["queue"].create_consumer(
        workers=threads,
        worker_type="thread",
        periodic=False,
        initial_delay=0.1,
        max_delay=0.25,
        graceful_signal="TERM",
        shutdown_timeout=GRACE,
    )
    with app.app_context():
        consumer.run()
    stop.set()
    sweeper.join(timeout=10)


def _sweep_until(app: Flask, stop: threading.Event) -> None:
    """Wake what nobody works on, and run what recurs, until told to stop."""
    while not stop.is_set():
        with app.app_context():
            try:
                db.connect()
                jobs.wake_due()
                jobs.run_sweeps()
            except Exception as error:  # the sweeper must outlive a database that is away for a moment
                log.error("the sweeper failed: %s", type(error).__name__)
                db.end_request()
        stop.wait(SWEEP_EVERY)
