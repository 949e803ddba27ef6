"""Answers that hand a browser its token or take it away, and the look at whether a form is ours."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from privacy_center.accounts import cookie
from privacy_center.accounts.ending import begin_new_visit, end_here
from privacy_center.core.access import csrf


def sent_by_us() -> None:
    """Refuse a form that no page of ours has sent.

    The browser's own word is enough: a page that was open before somebody signed in or out in another tab carries a form
    token of the visit before, and its buttons must still work.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        csrf.protect()


def carrying(token: str, next_page: str) -> Response:
    """Go on to a page, carrying *token* from now on."""
    response = redirect(next_page, 303)
    cookie.give(response, token)
    return response


def signed_out() -> Response:
    """End this browser's session and leave nothing of it behind.

    The cookies are taken away by name: told to clear cookies, a browser would clear those of every site under the same
    domain, Z.ai's own sign-in among them.
    """
    end_here("by its person")
    begin_new_visit()
    flash(_("You have signed out"), "signed out")
    response = redirect(url_for("accounts.sign_in"), 303)
    cookie.take_away(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
