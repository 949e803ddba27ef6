"""Builds the app: opens every room, and refuses to start while the data map has gaps."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

import privacy_center.datamap.of_core  # noqa: F401  (declares core's tables)
from privacy_center import (
    accounts,
    cli,
    consent,
    correspondence,
    desk,
    erasure,
    errors,
    exports,
    feed,
    guardians,
    history,
    know,
    languages,
    machines,
    policy,
    rights,
    subscription,
    telemetry,
    verification,
)
from privacy_center.accounts.digest import set_salt
from privacy_center.accounts.origins import origins
from privacy_center.core import (
    access,
    assets,
    db,
    every_page,
    jobs,
    ledger,
    limits,
    mail,
    outbox,
    pages,
    scanning,
    sealing,
    storage,
    templates,
    tokens,
    uploads,
)
from privacy_center.core.visits import VisitsInCookies
from privacy_center.datamap import registry
from privacy_center.settings import Settings, from_environment
from privacy_center.subscription import portal

ROOT = Path(__file__).parent.parent
ROOMS = (
    accounts,
    verification,
    consent,
    policy,
    history,
    telemetry,
    subscription,
    correspondence,
    feed,
    erasure,
    exports,
    know,
    rights,
    guardians,
    desk,
    machines,
)
WITHOUT_DATABASE = ("static", "machines.alive", "machines.ready")
MEBIBYTE = 1024 * 1024


class Centre(Flask):
    """Flask as this site uses it."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take each function as it is: none of ours is asynchronous, and Flask would look a dozen times a page."""
        return func


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """Build the app from the environment.

    Raises SettingsError with every wrong setting, GapsInDataMap with everything that is stored and not declared.
    """
    settings = from_environment(os.environ if environment is None else environment)
    app = Centre("privacy_center", root_path=str(ROOT), template_folder="templates", static_folder="static", instance_path=str(settings.instance_path))
    configure(app, settings)
    open_ground(app, settings)
    access.keep_doors_closed(app)
    for room in ROOMS:
        room.open_room(app)
    if found := registry.gaps():
        raise registry.GapsInDataMap("\n".join(found))
    if settings.sandbox:
        from privacy_center import sandbox  # only here, and only with the switch on

        sandbox.open_room(app)
    errors.answer_errors(app)
    templates.give_words(app)
    cli.add_commands(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """What Flask and its extensions need to know."""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SESSION_COOKIE_NAME="__Host-visit",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        TRUSTED_HOSTS=[urlsplit(settings.base_url).netloc, urlsplit(settings.base_url).hostname],
        PREFERRED_URL_SCHEME=urlsplit(settings.base_url).scheme,
        MAX_CONTENT_LENGTH=1 * MEBIBYTE,
        MAX_FORM_MEMORY_SIZE=1 * MEBIBYTE,
        WTF_CSRF_TIME_LIMIT=None,  # a long form must not lose what was typed; the token ends with the visit
        WTF_CSRF_SSL_STRICT=True,
        MAIL_SERVER=settings.mail_server or "localhost",
        MAIL_PORT=settings.mail_port,
        MAIL_USE_TLS=settings.mail_use_tls,
        MAIL_USERNAME=settings.mail_username or None,
        MAIL_PASSWORD=settings.mail_password or None,
        MAIL_DEFAULT_SENDER=settings.mail_sender,
        MAIL_TIMEOUT=20,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        RATELIMIT_ENABLED=True,
    )
    app.session_interface = VisitsInCookies()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]


def open_ground(app: Flask, settings: Settings) -> None:
    """What all rooms stand on: keys, database, queue, files, mail, guards, languages, headers."""
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    tokens.set_keys(settings.secret_key, *settings.secret_key_fallbacks)
    set_salt(settings.feedback_digest_salt)
    outbox.set_systems(settings.connected_systems)
    db.open_database(settings.database)
    storage.open_storage(settings.storage)
    ledger.open_ledger(settings.ledger)
    sealing.set_keys(*settings.sealing_keys)
    scanning.set_scanner(settings.clamd)
    uploads.open_uploads(app)
    app.extensions["queue"] = jobs.open_queue(app)
    mail.mailer.init_app(app)
    access.csrf.init_app(app)
    app.jinja_env.globals.update(csrf_token=access.csrf_token, answered=every_page.answered)
    limits.limiter.init_app(app)
    Babel(app, locale_selector=languages.choose, default_locale="en")
    languages.offer(app)
    assets.serve_assets(app)
    pages.send_headers(app, sign_in_origins=[*origins(settings), *portal.origins(settings)], secure=settings.base_url.startswith("https://"))

    @app.before_request
    def _connect() -> None:
        if request.endpoint not in WITHOUT_DATABASE:
            db.connect()

    @app.teardown_appcontext
    def _leave_nothing_open(_error: BaseException | None) -> None:
        db.end_request()
