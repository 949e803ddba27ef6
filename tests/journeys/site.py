"""The real thing, as a person has it: `python app.py` with site, worker and sandbox, on free ports and with a folder of its own."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import orjson

from privacy_center import instance
from privacy_center.core import db
from privacy_center.feed.signature import HEADER, sign
from privacy_center.processes import is_free
from privacy_center.settings import from_environment

ROOT = Path(__file__).parents[2]
READY = "The privacy centre is at"
PATIENCE = 180.0  # seconds; four in fact, but a machine may be very busy


@dataclass(frozen=True)
class Site:
    """A running privacy centre and where its parts are."""

    url: str
    folder: Path

    @property
    def settings(self) -> dict[str, str]:
        """The settings it runs with."""
        return instance.noted(self.folder)

    def flask(self, *command: str) -> str:
        """Run one of the operator's commands on it; returns what it said."""
        line = [sys.executable, "-m", "flask", "--app", "app", *command]
        done = subprocess.run(line, cwd=ROOT, env=_environment(INSTANCE=str(self.folder)), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextlib.contextmanager
    def database(self) -> Iterator[None]:
        """Its database, open in this process: for what can't be brought about from outside."""
        db.open_database(from_environment(self.settings).database)
        db.connect()
        yield
        db.database.close()

    def feed(self, lines: Iterable[dict[str, Any]]) -> None:
        """Let the product send these records; each must be taken."""
        key, body = self.settings["PRIVACY_CENTER_FEED_KEY"], b"\n".join(orjson.dumps(each) for each in lines) + b"\n"
        signed = {HEADER: sign(key, body), "Content-Type": "application/x-ndjson"}
        with build_opener(ProxyHandler({})).open(Request(f"{self.url}/api/v1/records", body, signed), timeout=60) as answer:
            assert not (refused := orjson.loads(answer.read())["refused"]), refused


@contextlib.contextmanager
def running(folder: Path, **settings: str) -> Iterator[Site]:
    """A privacy centre in *folder* with its demo people; stopped afterwards, and nothing of it runs on."""
    port = _port_with_free_neighbours()
    environment = _environment(PORT=str(port), INSTANCE=str(folder), PRIVACY_CENTER_SANDBOX="1", **settings)
    log = folder / "output"
    folder.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(process, log)
            yield Site(f"http://127.0.0.1:{port}", folder)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _environment(**more: str) -> dict[str, str]:
    """The environment without the settings of any other privacy centre."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PRIVACY_CENTER_", "FLASK_", "GUNICORN_"))}
    return {**own, "PYTHONUNBUFFERED": "1", **more}


def _port_with_free_neighbours() -> int:
    """A port below those that outgoing connections get; its neighbours will be the sandbox's."""
    ports = list(range(20000, 32000, 10))
    random.shuffle(ports)
    return next(port for port in ports if all(is_free(each) for each in range(port, port + 4)))


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it says where it is."""
    deadline = time.monotonic() + PATIENCE
    while READY not in log.read_text():
        ended = process.poll() is not None
        assert not ended and time.monotonic() < deadline, f"The site did not start:\n{log.read_text()}"
        time.sleep(0.05)
