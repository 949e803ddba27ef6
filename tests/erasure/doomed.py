"""Processes that are killed (SIGKILL) at a chosen moment while they delete: at the n-th statement, or after so many milliseconds.

Started once; each life is a fork of its own, with the app and its connections made anew, as a restarted process makes them.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from privacy_center.accounts.models import User
from privacy_center.core import db, jobs, ledger, storage
from privacy_center.erasure import asking, gaps, person
from privacy_center.erasure.jobs import go_on
from privacy_center.erasure.meant import Rule
from privacy_center.factory import create_app
from tests.conftest import BASE_URL, CSRF_FIELD, Visitor
from tests.erasure.doing import SEEN

NEVER = 1 << 60


def work(_told: dict[str, Any]) -> Callable[[], Any]:
    """What a worker does: begin anew what stands still, then every job that is due."""

    def lives() -> None:
        go_on()
        jobs.run_due()

    return lives


def confirm(told: dict[str, Any]) -> Callable[[], Any]:
    """What the site does when the button is pressed."""
    app = told["app"]
    app.test_client_class = Visitor
    browser = app.test_client()
    browser.set_cookie("__Host-session", told["token"], domain="127.0.0.1", secure=True)
    page = browser.get(told["page"]).text
    seen, token = SEEN.search(page), CSRF_FIELD.search(page)
    form = {"csrf_token": token[1] if token else "", "seen": seen[1] if seen else ""}
    return lambda: browser.post(f"{told['page']}/confirmation", data=form, base_url=BASE_URL)


def ask(told: dict[str, Any]) -> Callable[[], Any]:
    """What the site does when everything is asked for."""
    return lambda: asking.ask(User.get_by_id(told["user"]), "everything", rule=Rule())


def end(told: dict[str, Any]) -> Callable[[], Any]:
    """What the site does when a person's account, or kinds of data, are to be erased."""
    return lambda: person.begin(User.get_by_id(told["user"]), kinds=told.get("kinds"), cause="closure", by=f"user:{told['user']}")


LIVES = {"work": work, "ask": ask, "confirm": confirm, "end": end}


def main() -> None:
    """Live and die as each line of standard input says; answer each with how it ended."""
    jobs.LEASE = timedelta(milliseconds=1)  # or whoever comes next would have to wait for a minute
    app = create_app(os.environ)
    for template in ("base.html", "shared/ui.html", "erasure/confirm.html"):
        app.jinja_env.get_template(template)  # or every life would compile them
    for line in sys.stdin:
        told = {**json.loads(line), "app": app}
        number = os.fork()
        if not number:
            live(told)
        if told.get("milliseconds"):
            time.sleep(told["milliseconds"] / 1000)
            os.kill(number, signal.SIGKILL)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])}\n")
        sys.stdout.flush()


def live(told: dict[str, Any]) -> None:
    """One life, up to its moment."""
    try:
        with told["app"].app_context():
            db.connect()
            act = LIVES[told["life"]](told)
            die_at(told.get("step", NEVER))
            act()
        os._exit(0)
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)


def die_at(step: int) -> None:
    """Let this process be killed before its n-th statement, or removal of a file, or writing into the database's file."""
    left = [step]

    def mortal(act: Callable[..., Any]) -> Callable[..., Any]:
        def tried(*given: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*given, **named)

        return tried

    database = db.database.obj
    database.execute_sql, database.commit = mortal(database.execute_sql), mortal(database.commit)
    ledger.add = mortal(ledger.add)
    storage.remove, gaps.Gaps.overwrite = mortal(storage.remove), mortal(gaps.Gaps.overwrite)  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
