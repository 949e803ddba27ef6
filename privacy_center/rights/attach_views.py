"""Files for a request that is not sent yet."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from privacy_center.accounts.answers import sent_by_us
from privacy_center.core import uploads
from privacy_center.core.access import csrf, open_to_all
from privacy_center.core.limits import limiter
from privacy_center.core.uploads import takes_files
from privacy_center.rights import drafting
from privacy_center.rights.check_views import CHECK, astray, check_page
from privacy_center.rights.drafts import Draft
from privacy_center.rights.forms import UploadForm
from privacy_center.rights.new_views import OPEN, form_of, lapsed
from privacy_center.rights.views import bp


@bp.post("/requests/new/<right>/files")
@open_to_all(OPEN)
@takes_files
@limiter.limit("60 per hour")
def attach(right: str) -> AnyResponse:
    """Attach files to what is not sent yet, or remove one."""
    try:
        sent_by_us()
        form = UploadForm()
    except RequestEntityTooLarge:
        return too_large(right)
    form_of(right)
    draft = drafting.find(right)
    if drafting.has_lapsed():
        return lapsed(right)
    if elsewhere := astray(right, draft):
        return elsewhere
    assert draft is not None
    return detached(right, draft) if "remove" in request.form else attached(right, draft, form)


def detached(right: str, draft: Draft) -> AnyResponse:
    """Remove the file that the button names."""
    named = request.form["remove"]
    if named.isdecimal() and len(named) < len(str(2**63)):
        drafting.detach(draft, int(named))
    return redirect(url_for(CHECK, right=right, _anchor="files-title"), 303)


def attached(right: str, draft: Draft, form: UploadForm) -> AnyResponse:
    """Keep the files, if they are what we take."""
    if form.validate() and False in [drafting.attach(draft, each) for each in form.taken]:
        form.files.errors = [gettext("There are %(most)s files already", most=uploads.MOST)]
    if form.errors:
        return check_page(right, draft, form, status=422)
    return redirect(url_for(CHECK, right=right, _anchor="files-title"), 303)


def too_large(right: str) -> AnyResponse:
    """Say that the files were more than we take; what was typed is safe."""
    draft, form = drafting.find(right), UploadForm(formdata=None)
    form.files.errors = [gettext("That was more than we take at once: %(most)s files of 10 MB each", most=uploads.MOST)]
    return astray(right, draft) or check_page(right, draft, form, status=413)  # type: ignore[arg-type]


csrf.exempt(attach)
