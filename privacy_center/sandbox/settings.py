"""Where the stand-ins are, and the settings that lead the centre to them: the same that lead it to the real ones."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from privacy_center.settings import PREFIX

HOST = "127.0.0.1"
CLIENT_ID = "privacy-center"
CLIENT_SECRET = "known-to-everybody-on-this-machine"  # noqa: S105  (it opens nothing but a stand-in)
STRIPE_KEY = "sk_test_known_to_everybody_on_this_machine"
STRIPE_WEBHOOK_SECRET = "whsec_known_to_everybody_on_this_machine"  # noqa: S105  (the same)

# The connected systems that the stand-in plays: what their addresses call them, their names, and the keys they sign with.
SYSTEMS = {
    "service": ("ZCode service", "key-of-the-service-known-to-everybody-here"),
    "training": ("Model training", "key-of-the-training-known-to-everybody-here"),
}


@dataclass(frozen=True)
class Place:
    """Where the stand-ins run, what they keep, and whom they serve."""

    port: int
    smtp_port: int
    instance: Path
    centre: str

    @property
    def address(self) -> str:
        """The address of the stand-ins, which is the issuer of their user ids."""
        return f"http://{HOST}:{self.port}"

    @property
    def redirect_uri(self) -> str:
        """The one address that people may be sent back to."""
        return f"{self.centre.rstrip('/')}/sign-in/callback"


def environment(port: int, smtp_port: int, instance: str | Path, centre: str) -> dict[str, str]:
    """The centre's settings for these stand-ins; whoever starts the centre lets its own environment win over them."""
    address = f"http://{HOST}:{port}"
    settings = {
        "SANDBOX_PORT": str(port),
        "SANDBOX_SMTP_PORT": str(smtp_port),
        "INSTANCE_PATH": str(instance),
        "BASE_URL": centre,
        "ZAI_PROVIDER": "oidc",
        "ZAI_ISSUER": address,
        "ZAI_AUTHORIZE_URL": f"{address}/api/oauth/authorize",
        "ZAI_TOKEN_URL": f"{address}/api/v1/oauth/token",
        "ZAI_USERINFO_URL": f"{address}/api/oauth/userinfo",
        "ZAI_CLIENT_ID": CLIENT_ID,
        "ZAI_CLIENT_SECRET": CLIENT_SECRET,
        "CONNECTED_SYSTEMS": json.dumps([{"name": name, "url": f"{address}/systems/{slug}", "key": key} for slug, (name, key) in SYSTEMS.items()]),
        "STRIPE_API_BASE": f"{address}/stripe",
        "STRIPE_API_KEY": STRIPE_KEY,
        "STRIPE_WEBHOOK_SECRET": STRIPE_WEBHOOK_SECRET,
        "MAIL_SERVER": HOST,
        "MAIL_PORT": str(smtp_port),
        "MAIL_SENDER": "ZCode Privacy Center <privacy@example.com>",
    }
    return {f"{PREFIX}{name}": value for name, value in settings.items()}


def place(given: Mapping[str, str] = os.environ) -> Place:
    """The place that the environment names, where it names one."""

    def told(name: str, otherwise: str) -> str:
        return given.get(f"{PREFIX}{name}") or otherwise

    return Place(
        port=int(told("SANDBOX_PORT", "8001")),
        smtp_port=int(told("SANDBOX_SMTP_PORT", "8002")),
        instance=Path(told("INSTANCE_PATH", "instance")),
        centre=told("BASE_URL", "http://127.0.0.1:8000"),
    )
