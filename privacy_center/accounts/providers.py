"""Which shape of Z.ai's sign-in this centre uses; chosen by a setting, one for the whole app."""

from __future__ import annotations

from flask import Flask, current_app

from privacy_center.accounts.identity import Provider
from privacy_center.settings import Settings

CALLBACK = "/sign-in/callback"


def use_provider(app: Flask) -> None:
    """Let the app sign people in by the provider that its settings name."""
    app.extensions["zai"] = built(app.config["SETTINGS"])


def built(settings: Settings) -> Provider:
    """The provider of these settings; where people come back to is ours to say, never the request's."""
    redirect_uri = settings.base_url + CALLBACK
    if settings.zai_provider == "oidc":
        from privacy_center.accounts.oidc import OpenID

        return OpenID(settings, redirect_uri)
    from privacy_center.accounts.zai import Broker

    return Broker(settings, redirect_uri)


def provider() -> Provider:
    """The provider of the running app."""
    found: Provider = current_app.extensions["zai"]
    return found
