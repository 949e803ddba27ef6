"""The addresses of requests: by reference for whoever is signed in, by a secret link for everybody else.

The token of a link is not kept. It is made from the reference with our key, so that later mails can carry it again, and only its hash
stands in the row; without our key nobody can make it from what the database holds.
"""

from __future__ import annotations

from flask import current_app

from privacy_center.core import tokens
from privacy_center.rights.models import Request

PURPOSE = "link to a request"


def new_link(reference: str) -> str:
    """The hash under which the link of a new request is kept."""
    return tokens.at_rest(tokens.keyed_digest(PURPOSE, reference))


def token_of(request: Request) -> str | None:
    """The token that opens a request made without signing in; None when none of our keys makes it any more, or it has no link."""
    made = tokens.keyed_digests(PURPOSE, request.reference)
    return next((token for token in made if tokens.at_rest(token) == request.link_hash), None)


def renew(request: Request) -> None:
    """Give a request without an account a link that we can make, after the key of its old one is gone; the old one opens it no more."""
    if request.link_hash and token_of(request) is None:
        request.link_hash = new_link(request.reference)
        Request.update(link_hash=request.link_hash).where(Request.id == request.id).execute()


def name_of(request: Request) -> str:
    """What stands for the request in an address: its secret link if it has one, else its reference."""
    return token_of(request) or str(request.reference)


def page_of(request: Request) -> str:
    """The whole address of its page, for mails."""
    return f"{current_app.config['SETTINGS'].base_url}/requests/{name_of(request)}"
