"""Rate limits on what costs or mails: per person where one is signed in, else per address."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user


def whom() -> str:
    """Whose tries are counted together."""
    return f"user:{current_user.get_id()}" if current_user.is_authenticated else f"address:{get_remote_address()}"


class LimitsOfViews(Limiter):
    """Limits that stand on views, checked there. There are none for all pages, so none are looked for before each."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = LimitsOfViews(whom, storage_uri="memory://", headers_enabled=False)
