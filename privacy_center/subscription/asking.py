"""Asking Stripe: with its own library, by our own way to other servers, and within a time that we set.

Whatever goes wrong is one of a few troubles, each with a word that pages put into a sentence (models.TROUBLES).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Mapping
from typing import Any

import stripe
from flask import current_app

from privacy_center.core import peers
from privacy_center.core.peers import NoAnswer, Patience, TooSlow
from privacy_center.settings import Settings

LARGEST = 8 * 1024 * 1024  # a page of invoices with all their lines
RETRIES = 1  # of the library's own, each with the same idempotency key
CLICK = Patience(connect=4.0, read=10.0, whole=20.0)  # somebody waits for it
WORK = Patience(connect=5.0, read=20.0, whole=55.0)  # nobody does; shorter than the lease of a job

log = logging.getLogger(__name__)

# What these would write down may carry addresses of people.
logging.getLogger("stripe").setLevel(logging.ERROR)
logging.getLogger("urllib3").setLevel(logging.INFO)
# With each request the library would tell Stripe how the one before went.
stripe.enable_telemetry = False


class StripeTrouble(Exception):
    """Stripe could not be asked, or did not do it."""

    word = "refused"
    may_have_acted = False  # whether what was asked for may have been done all the same

    def __init__(self, code: str = "") -> None:
        super().__init__(code or self.word)
        self.code = code


class Unreached(StripeTrouble):
    """There was no answer that we can go by: what we asked for may have been done, or not."""

    may_have_acted = True


class Down(Unreached):
    """Stripe could not be reached, or said that it is broken."""

    word = "down"


class Slow(Unreached):
    """Stripe did not answer in time."""

    word = "slow"


class Strange(Unreached):
    """Stripe answered something that can't be read."""

    word = "strange"


class Busy(StripeTrouble):
    """Stripe asked us to come back later."""

    word = "busy"


class KeyRefused(StripeTrouble):
    """Stripe does not take our key, or not for this."""

    word = "key"


class Gone(StripeTrouble):
    """Stripe has no such thing, or not any more."""

    word = "gone"


class Refused(StripeTrouble):
    """Stripe understood and said no; `code` is its word for why."""


class OurWay(stripe.HTTPClient):
    """How the library reaches Stripe: as we reach any other server, and all requests of one client within one time."""

    name = "requests"

    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self.patience = patience
        self.deadline = time.monotonic() + patience.whole

    def request(self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_: Any) -> tuple[Any, int, Mapping[str, str]]:
        """One request; raises APIConnectionError when there is no answer."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise stripe.APIConnectionError("out of time", should_retry=False) from TooSlow()
        waits = Patience(min(self.patience.connect, left), min(self.patience.read, left), left)
        try:
            answer = peers.ask(method.upper(), url, headers=headers or {}, patience=waits, largest=LARGEST, data=post_data)
        except NoAnswer as error:
            raise stripe.APIConnectionError(str(error), should_retry=not isinstance(error, TooSlow)) from error
        return answer.content, answer.status, answer.headers

    def _sleep_time_seconds(self, num_retries: int) -> float:
        """How long to wait before trying again; not past the end of our patience."""
        return max(0.0, min(super()._sleep_time_seconds(num_retries), self.deadline - time.monotonic()))


def is_used() -> bool:
    """Whether there is a key to ask Stripe with; else what is known of payments comes by the feed."""
    return bool(_settings().stripe_api_key)


def account_field() -> str:
    """Under which name a customer's metadata carry the Z.ai user id."""
    return _settings().stripe_account_field


def client(patience: Patience = WORK) -> stripe.StripeClient:
    """The library's client for what has to be asked now; its time begins to run at once. Raises KeyRefused without a key."""
    settings = _settings()
    if not settings.stripe_api_key:
        raise KeyRefused("none")
    bases: Any = {"api": settings.stripe_api_base} if settings.stripe_api_base else None
    return stripe.StripeClient(settings.stripe_api_key, base_addresses=bases, max_network_retries=RETRIES, http_client=OurWay(patience))


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Turn whatever goes wrong while Stripe is asked into one of our troubles."""
    try:
        yield
    except stripe.StripeError as error:
        raise trouble_of(error) from error
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:  # an answer that is not shaped like Stripe's
        log.warning("an answer of Stripe's could not be read: %s", type(error).__name__)
        raise Strange from error


def trouble_of(error: stripe.StripeError) -> StripeTrouble:
    """The trouble that an error of the library stands for."""
    status, code = error.http_status or 0, str(error.code or "")
    if isinstance(error, stripe.APIConnectionError):
        return Slow() if isinstance(error.__cause__, TooSlow) else Down()
    if status == 429 or isinstance(error, stripe.RateLimitError):  # a lock at Stripe is one, too
        return Busy(code)
    if status >= 500:
        return Down()
    if isinstance(error, stripe.APIError):  # not in Stripe's words
        return Strange()
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        return KeyRefused(code)
    return Gone(code) if status == 404 or code == "resource_missing" else Refused(code)


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
