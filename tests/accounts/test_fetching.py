"""Where the centre goes to ask, and where it doesn't, whatever an answer names."""

from __future__ import annotations

from typing import Any

import pytest

from privacy_center.accounts.fetching import Peer
from privacy_center.accounts.troubles import Kind, Trouble


@pytest.mark.parametrize("url", ["https://chat.z.ai/api/oauth/userinfo", "https://127.example:8443/x"])
def test_it_goes_to_the_web_by_https(url: str) -> None:
    Peer(near=False).check(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://chat.z.ai/", "ftp://chat.z.ai/", "file:///etc/passwd", "//chat.z.ai/", "chat.z.ai", "", None, 7, "https://[", "https://localhost/",
        "http://127.0.0.1/", "https://[::1]/",
    ],
)  # fmt: skip
def test_it_goes_nowhere_else(url: Any) -> None:
    with pytest.raises(Trouble) as trouble:
        Peer(near=False).check(url)
    assert trouble.value.kind is Kind.UNTRUSTWORTHY


def test_beside_a_stand_in_it_stays_on_this_machine() -> None:
    Peer(near=True).check("http://127.0.0.1:8001/oidc/token")

    with pytest.raises(Trouble):
        Peer(near=True).check("https://elsewhere.example/")
