"""How the stand-in for Stripe answers: who may ask, one answer a key, errors as Stripe words them, and trouble on demand."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, jsonify, request

from privacy_center.sandbox.behaviour import HONEST
from privacy_center.sandbox.settings import STRIPE_KEY
from privacy_center.sandbox.stripe import forms
from privacy_center.sandbox.stripe.expanding import expand
from privacy_center.sandbox.stripe.life import No
from privacy_center.sandbox.stripe.memory import Asked, Memory, Missing, new_id
from privacy_center.sandbox.stripe.news import Postman

Answer = tuple[int, dict[str, Any]]


def memory() -> Memory:
    """The stand-in's memory."""
    found: Memory = current_app.extensions["stripe"]
    return found


def postman() -> Postman:
    """Who carries its news."""
    found: Postman = current_app.extensions["stripe news"]
    return found


def answers(*allowed: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., Response]]:
    """Let a function answer as Stripe's interface: it is given the form, which has *allowed* fields only, and returns an object."""

    def decorate(function: Callable[..., dict[str, Any]]) -> Callable[..., Response]:
        @functools.wraps(function)
        def answer(**where: str) -> Response:
            sent = request.form if request.method == "POST" else request.args
            said = forms.read(sent.items(multi=True))
            expanded = said.pop("expand", [])
            key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
            status, body = trouble() or _kept(key, said) or _do(lambda: function({**said}, **where), said, {*allowed}, expanded, key)
            memory().asked.appendleft(Asked(f"{request.method} {request.path.removeprefix('/stripe')}", said, key, status))
            postman().carry()
            return _response(status, body)

        return answer

    return decorate


def _do(act: Callable[[], dict[str, Any]], said: dict[str, Any], allowed: set[str], expanded: list[str], key: str) -> Answer:
    """Do what was asked for; whatever comes of it is the answer to this key from now on."""
    told = memory().way
    if told == "once acted" and request.method != "GET":
        memory().way = HONEST
    try:
        if unknown := set(said) - allowed:
            raise No(f"Received unknown parameter: {min(unknown)}", code="parameter_unknown", param=min(unknown))
        if told == "deaf" and request.method != "GET":
            found = memory().objects.get(request.path.rsplit("/", 1)[-1], {})
            return 200, expand(memory(), found, [])
        with memory().changing():
            answer = 200, expand(memory(), act(), expanded)
    except Missing as error:
        answer = 404, wrong("invalid_request_error", str(error.args[0]), code="resource_missing", param="id")
    except No as error:
        answer = 400, wrong("invalid_request_error", str(error), code=error.code, param=error.param)
    if told in ("acted", "once acted") and request.method != "GET":
        answer = 500, wrong("api_error", "An unknown error occurred")
    if key:
        memory().answers[key] = [_digest(said), *answer]
        memory().save()
    return answer


def _kept(key: str, said: dict[str, Any]) -> Answer | None:
    """The first answer to this key; with other parameters it is an error to use it again."""
    kept = memory().answers.get(key) if key else None
    if kept is None:
        return None
    if kept[0] != _digest(said):
        return 400, wrong("idempotency_error", "Keys for idempotent requests can only be used with the same parameters they were first used with.")
    return int(kept[1]), dict(kept[2])


def _digest(said: dict[str, Any]) -> str:
    """What tells one request from another."""
    return hashlib.sha256(repr((request.path, sorted(said.items()))).encode()).hexdigest()


def trouble() -> Answer | None:
    """The answer of a Stripe in trouble, or to somebody without its key; None when it is well, after waiting if it is slow."""
    told = memory()
    if told.is_told("key") or request.headers.get("Authorization") != f"Bearer {STRIPE_KEY}":
        return 401, wrong("invalid_request_error", "Invalid API Key provided")
    if told.is_told("slow"):
        time.sleep(told.patience)
    if told.is_told("refuse") and request.method == "GET":
        return None
    return TROUBLES.get(told.way)


def wrong(kind: str, words: str, *, code: str = "", param: str = "") -> dict[str, Any]:
    """An error as Stripe words it."""
    more = {name: value for name, value in (("code", code), ("param", param)) if value}
    return {"error": {"type": kind, "message": words, **more}}


TROUBLES: dict[str, Answer] = {
    "down": (503, {}),
    "garbage": (200, {}),
    "busy": (429, wrong("invalid_request_error", "Too many requests hit the API too quickly.", code="rate_limit")),
    "broken": (500, wrong("api_error", "An unknown error occurred")),
    "refuse": (400, wrong("invalid_request_error", "This can't be changed now.")),
}


def _response(status: int, body: dict[str, Any]) -> Response:
    """The answer with its headers."""
    if not body and status in (200, 503):
        found = Response("<!doctype html><title>Maintenance</title>", status, mimetype="text/html")
    else:
        found = jsonify(body)
        found.status_code = status
    found.headers["Request-Id"] = new_id("req")
    return found


def page(found: list[dict[str, Any]], said: dict[str, Any], url: str) -> dict[str, Any]:
    """One page of a list, from where it was asked for."""
    ids = [each["id"] for each in found]
    if (last := said.get("starting_after")) in ids:
        found = found[ids.index(last) + 1 :]
    limit = int(said.get("limit", 10))
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": url}
