"""Builds the app for the `flask` commands; `python app.py` runs the site and its worker on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacy_center import instance
from privacy_center.processes import LOOPBACK, CannotStart, Part, answers, free_port, is_free, next_free_ports, run_together
from privacy_center.settings import LOOPBACK as LOOPBACK_NAMES
from privacy_center.settings import PREFIX, Settings, SettingsError, from_environment

if TYPE_CHECKING:
    from flask import Flask

FACTORY = "privacy_center.factory:create_app"
PYTHON = sys.executable


def create_app() -> Flask:
    """The app for `flask`: settings from the environment, or, where it has none, those of the last `make run`."""
    from privacy_center.factory import create_app

    given = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    try:
        return create_app(given or instance.noted(instance.folder(os.environ)))
    except SettingsError as error:
        sys.exit(in_words(error))


def main() -> None:
    """Run until stopped; where that can't be, end with plain sentences."""
    try:
        sys.exit(run(dict(os.environ)))
    except SettingsError as error:
        sys.exit(in_words(error))
    except CannotStart as problem:
        sys.exit(str(problem))


def in_words(error: SettingsError) -> str:
    """All that is wrong with the settings, a line each."""
    return "\n".join(["The settings don't allow a start:", *(f"- {problem}" for problem in error.problems)])


def run(environment: dict[str, str]) -> int:
    """Check everything, make the database ready, run site and worker (and sandbox); returns the exit code."""
    host = environment.get("HOST") or LOOPBACK
    port = free_port(environment.get("PORT"), host)
    environment |= {"HOST": host, "PORT": str(port), "FLASK_APP": FACTORY, f"{PREFIX}INSTANCE_PATH": str(instance.folder(environment))}
    with_sandbox = environment.get(f"{PREFIX}SANDBOX") == "1"
    if with_sandbox:
        add_sandbox(environment, port)
    settings = from_environment(environment)
    if settings.sandbox and host not in LOOPBACK_NAMES:
        raise CannotStart(f"{PREFIX}SANDBOX=1 serves loopback only, but HOST is {host}.")
    make_ready(settings, environment)
    return run_together(parts(settings, host, port), environment, lambda: print(welcome(settings), flush=True))


def parts(settings: Settings, host: str, port: int) -> list[Part]:
    """The processes of this run, in the order in which they start."""
    name = urlsplit(settings.base_url).netloc
    site = Part("site", [PYTHON, "-m", "gunicorn", f"{FACTORY}()"], lambda: answers((host.strip("[]"), port), "/healthz", name=name))
    worker = Part("worker", [PYTHON, "-m", "flask", "worker"])
    if not settings.sandbox:
        return [site, worker]
    stand_ins = urlsplit(settings.zai_issuer)
    here = (str(stand_ins.hostname), int(stand_ins.port or 80))
    return [site, Part("sandbox", [PYTHON, "-m", "privacy_center.sandbox"], lambda: answers(here, "/")), worker]


def add_sandbox(environment: dict[str, str], port: int) -> None:
    """Add the settings that lead to the local stand-ins, where none are given, and note them down in the instance folder."""
    from privacy_center.sandbox.settings import environment as of_sandbox  # only here, and only with the switch on

    where, centre = instance.folder(environment), f"http://{LOOPBACK}:{port}"
    ports = ports_of_stand_ins(instance.noted(where), port)
    wanted = {**of_sandbox(*ports, where, centre), **instance.own_keys(where)}
    for name, value in wanted.items():
        environment.setdefault(name, value)
    try:
        instance.note_down(where, environment)
    except OSError as error:
        raise CannotStart(f"The instance folder {where} can't be written: {error.strerror}.") from error


def ports_of_stand_ins(noted: Mapping[str, str], port: int) -> tuple[int, int]:
    """Z.ai's port and the mail server's; an instance keeps them, as its users are known by the address that vouched for them."""
    before = urlsplit(noted.get(f"{PREFIX}ZAI_ISSUER", "")).port
    if before is None:
        pages, mail = next_free_ports(port, 2)
        return pages, mail
    if not is_free(before):
        raise CannotStart(f"Port {before} is taken, and the people of this instance are known by Z.ai's stand-in there; stop what has taken it.")
    return before, next_free_ports(max(before, port), 1)[0]


def make_ready(settings: Settings, environment: Mapping[str, str]) -> None:
    """Bring the database up to date in the sandbox, demo people included; elsewhere that is for the operator to decide."""
    from peewee import PeeweeException

    from privacy_center.core import db

    try:
        db.open_database(settings.database)
        db.connect()
        pending = db.pending_migrations()
        if pending and not settings.sandbox:
            raise CannotStart(f"The database lacks {len(pending)} migration(s), beginning with {pending[0]}; run: flask db upgrade")
        db.migrations().up()
        db.database.close()
    except (PeeweeException, OSError) as error:
        raise CannotStart(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
    if settings.sandbox:
        load_demo_people(settings.instance_path / "demo-people-are-in", environment, anew=bool(pending))


def load_demo_people(done: Path, environment: Mapping[str, str], *, anew: bool) -> None:
    """Load the demo people into a database that has just been made; *done* says that it was finished."""
    if anew:
        done.unlink(missing_ok=True)
    if done.exists():
        return
    if subprocess.run([PYTHON, "-m", "flask", "demo"], env=dict(environment), check=False).returncode:
        raise CannotStart("The demo people could not be loaded; what is wrong stands above.")
    done.touch()


def welcome(settings: Settings) -> str:
    """Where to go, and, in the sandbox, who can sign in."""
    lines = [f"The privacy centre is at {settings.base_url}"]
    if settings.sandbox:
        from privacy_center.sandbox.people import PEOPLE

        lines += [f"Z.ai's stand-in, with a page for every mail sent, is at {settings.zai_issuer}"]
        if settings.stripe_api_base:
            lines.append(f"Stripe's stand-in is at {settings.stripe_api_base}")
        lines.append("These people can sign in there:")
        lines += [f"  {person.name}: {person.sentence}" for person in PEOPLE]
        lines += ["Commands work on this instance: .venv/bin/flask --help"]
    return "\n".join([*lines, "Ctrl-C stops all of it; what was entered is there the next time."])


if __name__ == "__main__":
    main()
