"""Signing in without a browser: the same forms and redirects, but quick, for journeys that are about something else."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from playwright.sync_api import BrowserContext

COOKIE = "__Host-session"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def session_token(address: str, who: str) -> str:
    """The token of a new session of *who*: a Z.ai user id."""
    # A browser trusts loopback with cookies that are for secure connections; Python must be told to.
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    browser = build_opener(HTTPCookieProcessor(jar), ProxyHandler({}))
    browser.addheaders = [("User-Agent", FIREFOX), ("Sec-Fetch-Site", "same-origin")]
    at_zai = browser.open(f"{address}/sign-in", data=b"", timeout=20).url
    browser.open(at_zai, data=urlencode({"account_id": who}).encode(), timeout=20)
    return next(str(cookie.value) for cookie in jar if cookie.name == COOKIE)


def carry(context: BrowserContext, address: str, token: str) -> None:
    """Let a browser window carry the session."""
    cookie = {"name": COOKIE, "value": token, "url": address.replace("http:", "https:"), "secure": True, "httpOnly": True, "sameSite": "Lax"}
    context.add_cookies([cookie])  # type: ignore[list-item]
