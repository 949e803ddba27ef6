"""Several acts at the same moment, each on a connection of its own, as in processes of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import current_app

from privacy_center.core import db


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What the acts answer when they begin at the same moment; an act that raises answers with what it raised."""
    app: Any = current_app
    app = app._get_current_object()
    answers: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def one(number: int) -> None:
        with app.app_context():
            db.connect()
            gate.wait()
            try:
                answers[number] = acts[number]()
            except Exception as error:
                answers[number] = error
            finally:
                db.database.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
