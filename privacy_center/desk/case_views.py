"""Who has a case, and what officers note about it."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from privacy_center.core import audit
from privacy_center.core.db import database
from privacy_center.desk import cases, listing
from privacy_center.desk.forms import NoteForm
from privacy_center.desk.guards import here
from privacy_center.desk.models import Note
from privacy_center.desk.views import bp, case_page
from privacy_center.rights import answering

ME, NOBODY = "me", "nobody"


@bp.post("/cases/<case>/officer")
def assign(case: str) -> Response:
    """Take a case, give it to another officer, or let it go."""
    found, to = cases.find(case, here()), request.form.get("to", "")
    officers = {str(each.id): each for each in listing.officers()}
    chosen = {ME: here().id, NOBODY: None}.get(to, officers[to].id if to in officers else -1)
    seen = request.form.get("seen", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    if chosen != -1 and answering.assign(found, by=here().id, to=chosen, seen=revision):
        return redirect(url_for("desk.case", case=found.reference), 303)
    trouble = gettext("The request has changed since you opened this page. Read it again.") if chosen != -1 else gettext("Choose an officer.")
    return case_page(cases.opened(cases.find(case, here()), here()), trouble=trouble, status=422)


@bp.post("/cases/<case>/notes")
def note(case: str) -> Response:
    """Note something for colleagues."""
    found, form = cases.find(case, here()), NoteForm()
    if not form.validate_on_submit():
        return case_page(cases.opened(found, here()), note=form, status=422)
    with database.atomic():
        Note.create(about=cases.ABOUT, number=found.id, person=found.user_id, author=here().id, words=form.words.data)
        audit.write("note written", actor=here().actor, person=found.user_id, subject=f"request:{found.id}")
    return redirect(f"{url_for('desk.case', case=found.reference)}#notes", 303)
