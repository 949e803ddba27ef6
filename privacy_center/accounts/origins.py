"""Where our sign-in forms may lead to: what the content policy allows is what the providers keep to."""

from __future__ import annotations

from urllib.parse import urlsplit

from privacy_center.settings import Settings


def origins(settings: Settings) -> list[str]:
    """The hosts of Z.ai's sign-in page; an OpenID issuer may have it on a host of its own, which a setting then names."""
    addresses = [settings.zai_authorize_url]
    if settings.zai_provider == "oidc":
        addresses.append(settings.zai_issuer)
    return sorted({origin(address) for address in addresses})


def origin(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
