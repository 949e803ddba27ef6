"""Pages: whole, or the one block that htmx will swap; cursors for lists; the headers every answer carries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from jinja2_fragments.flask import render_block

from privacy_center.core import tokens

VARIES = "HX-Request-Type, Cookie, Accept-Language"  # by what pages differ; a room that looks at more puts it into `g.varies`


def show(template: str, *, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render *template*, or only its *block* when htmx asks for a piece of the page."""
    body = render_block(template, block, **context) if block and wants_piece() else render_template(template, **context)
    return make_response(body, status)


def wants_piece() -> bool:
    """Whether htmx will swap the answer into a page (it says `full` for boosted links and history)."""
    return request.headers.get("HX-Request-Type") == "partial"


def cursor(list_name: str, *values: int | str) -> str:
    """A place in a list, for the address of the next page; readable, but only we can make it."""
    return tokens.sign(f"cursor {list_name}", list(values))


def place(list_name: str, text: str | None, shape: Iterable[type]) -> tuple[Any, ...] | None:
    """The place that `cursor` named; None when *text* is missing, forged, stale or of another list."""
    values = tokens.signed(f"cursor {list_name}", text) if text and len(text) < 500 else None
    kinds = tuple(shape)
    if not isinstance(values, list) or len(values) != len(kinds):
        return None
    return tuple(values) if all(isinstance(value, kind) for value, kind in zip(values, kinds, strict=True)) else None


def send_headers(app: Flask, *, sign_in_origins: Iterable[str], secure: bool) -> None:
    """Add the security headers to every answer; personal pages are never stored by anybody."""
    form_targets = " ".join(["'self'", *sign_in_origins])
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"form-action {form_targets}; base-uri 'none'; frame-ancestors 'none'"
    )
    always = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if secure:
        always["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    for_files = {name: value for name, value in always.items() if name != "Permissions-Policy"}  # which only documents heed

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        set_by_view = {name.lower() for name, _value in headers}
        headers.extend([(name, value) for name, value in (for_files if request.endpoint == "static" else always).items() if name.lower() not in set_by_view])
        if request.endpoint != "static":
            headers.setdefault("Cache-Control", "no-store")
            headers.add("Vary", ", ".join([VARIES, *g.get("varies", ())]))
        return response
