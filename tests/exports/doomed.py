"""Workers that are killed (SIGKILL) while they make copies: at the n-th statement, around the moment a copy is published, or at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from privacy_center import factory
from privacy_center.core import db, jobs, storage
from privacy_center.exports import telling
from privacy_center.exports.jobs import go_on
from tests.erasure import doomed


def work(_told: dict[str, Any]) -> Callable[[], Any]:
    """What a worker does: begin anew what stands still, then every job that is due."""

    def lives() -> None:
        go_on()
        jobs.run_due()

    return lives


def with_moments_to_die(publish: Callable[..., None]) -> Callable[..., None]:
    """Publishing, with a statement before it and one after it: a worker may be killed at each."""

    def around(path: Path, key: str, *, name: str) -> None:
        db.fetch("SELECT 1")
        publish(path, key, name=name)
        db.fetch("SELECT 1")

    return around


def create_app(settings: Mapping[str, str]) -> Flask:
    """The app, its templates compiled, or every life would compile them."""
    app = factory.create_app(settings)
    for template in ("archive/index.html", "archive/sheet.html"):
        app.jinja_env.get_template(f"exports/{template}")
    return app


if __name__ == "__main__":
    doomed.create_app = create_app
    doomed.LIVES["build"] = work
    telling.TELL_EVERY = 0.002
    storage.publish = with_moments_to_die(storage.publish)
    doomed.main()
