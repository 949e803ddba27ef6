"""The room's work in the background: mails, scans, and letting go of drafts, files and cases whose time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from privacy_center.core import audit, clock, jobs, mail
from privacy_center.core.db import database
from privacy_center.core.jobs import JobFailed, Work
from privacy_center.erasure.erased import Erasure
from privacy_center.guardians import keeping, links, pausing, states, telling, words
from privacy_center.guardians.drafting import ABOUT
from privacy_center.guardians.models import (
    CASE_LASTS,
    DRAFT_LASTS,
    EVIDENCE_LASTS,
    Concern,
    Evidence,
    GuardianNotice,
    Letter,
    OnFile,
    Report,
    ReportStep,
)
from privacy_center.policy import mailing
from privacy_center.policy.models import Announcement, Mailing
from privacy_center.verification import proving

LEFT_BEHIND = timedelta(days=1)
SCAN_TRIES = 60  # with growing pauses: about two weeks of a scanner that does not answer
NOT_SCANNED = "The virus scanner does not answer."


@proving.leads(ABOUT)
def way_back(number: int) -> str | None:
    """Where a report goes on that was left before its address was proved."""
    report = Report.get_or_none((Report.id == number) & (Report.state == words.DRAFT))
    return links.page_of(report) if report else None


def _mail(work: Work, template: str, **said: Any) -> None:
    """Mail the guardian of the report, once, with its page."""
    report = Report.get_or_none(Report.id == work.subject)
    if report is None or not report.email or not report.proved_at or work.has_done("mailed"):
        return
    mail.send(report.email, template, language=report.language, page=links.page_of(report), **said)
    with work.step("mailed"):
        pass


@jobs.job(telling.LINK, attempts=6)
def mail_link(work: Work) -> None:
    """Mail the link by which the report is opened."""
    _mail(work, "guardian_link")


@jobs.job(telling.RECEIVED, attempts=12)
def mail_receipt(work: Work) -> None:
    """Mail that the report is here."""
    report = Report.get_or_none(Report.id == work.subject)
    _mail(work, "guardian_received", reference=report.reference if report else "")


@jobs.job(telling.NEWS, attempts=12)
def mail_news(work: Work) -> None:
    """Mail that there is something new about the report."""
    _mail(work, "guardian_news")


@jobs.job(telling.ERASED, attempts=12)
def mail_erased(work: Work) -> None:
    """Mail that everything is gone, and where the certificate is."""
    _mail(work, "guardian_erased")


@jobs.job(telling.CONCERN, attempts=12)
def mail_concern(work: Work) -> None:
    """Mail the person behind an account that it is paused, and where to answer."""
    _mail_account(work, "guardian_concern")


@jobs.job(telling.CONCERN_OVER, attempts=12)
def mail_concern_over(work: Work) -> None:
    """Mail the person behind an account that it is paused no more."""
    _mail_account(work, "guardian_concern_over")


def _mail_account(work: Work, template: str) -> None:
    concern = Concern.get_or_none(Concern.id == work.subject)
    if concern is None or not concern.user.email or work.has_done("mailed"):
        return
    page = f"{current_app.config['SETTINGS'].base_url}/account/reports/{concern.id}"
    mail.send(concern.user.email, template, language=concern.user.language, page=page)
    with work.step("mailed"):
        pass


@jobs.job(keeping.SCAN, attempts=SCAN_TRIES)
def scan(work: Work) -> None:
    """Let the scanner look at a file; until it has, the file stays in quarantine."""
    evidence = Evidence.get_or_none(Evidence.id == work.subject)
    if evidence is None or evidence.state != words.QUARANTINE:
        return
    if not keeping.examine(evidence):
        raise JobFailed(NOT_SCANNED)


@jobs.sweep("files that wait for the scanner", every=timedelta(minutes=30))
def scan_again() -> int:
    """Begin scans anew whose job is lost or gave up; returns how many."""
    begun = 0
    for each in list(Evidence.select().where(Evidence.state == words.QUARANTINE)):
        if not jobs.unfinished(keeping.SCAN, each.id):
            with database.atomic():
                jobs.start(keeping.SCAN, each.id)
            begun += 1
    return begun


@mailing.also
def announce(begun: Mailing) -> None:
    """Let guardians on file hear of the end of a service, in the transaction that announces it."""
    if begun.announcement_id:
        jobs.start(telling.ANNOUNCE, begun.announcement_id)


@jobs.job(telling.ANNOUNCE, attempts=12)
def mail_guardians(work: Work) -> None:
    """Mail every guardian on file, each once, however often this begins anew."""
    announcement = Announcement.get_or_none(Announcement.id == work.subject)
    if announcement is None:
        return
    page, about = f"{current_app.config['SETTINGS'].base_url}/announcements/{announcement.id}", f"announcement:{announcement.id}"
    told = GuardianNotice.select(GuardianNotice.report).where(GuardianNotice.about == about)
    for each in list(OnFile.select().where(OnFile.report.not_in(told))):
        if announcement.ended_at is not None:
            return
        with work.chunk():  # noted before it leaves: a second mail would be worse than one that is read on the site
            GuardianNotice.insert(user=each.user_id, report=each.report, about=about).on_conflict_ignore().execute()
        mail.send(each.email, "guardian_discontinued", language=each.language, announcement=announcement, page=page)


@jobs.sweep("reports whose account is gone", every=timedelta(minutes=5))
def tell_erased() -> int:
    """Tell guardians when the last byte is gone; returns how many."""
    told = 0
    noted = ReportStep.select(ReportStep.report).where(ReportStep.what == "erased")
    gone = Erasure.select(Erasure.id).where(Erasure.purged_at.is_null(False))
    for report in list(Report.select().where(Report.erasure.in_(gone) & Report.id.not_in(noted))):
        with database.atomic():
            states.note(report, "erased")
            jobs.start(telling.ERASED, report.id)
        told += 1
    return told


@jobs.sweep("reports that wait for their guardian", every=timedelta(hours=1))
def expire_unanswered() -> int:
    """Close reports whose guardian was asked something and did not answer in time; an account paused for one is paused no more."""
    ended = 0
    for report in list(Report.select().where(Report.state.in_(words.OPEN) & (Report.answer_by < clock.now()))):
        with database.atomic():
            if states.move(report, words.EXPIRED, "expired"):
                pausing.lift(report, by="system")
                jobs.start(telling.NEWS, report.id)
                audit.write("report expired", actor="system", person=report.account, subject=f"report:{report.id}")
                ended += 1
    return ended


@jobs.sweep("guardians' drafts, files and cases", every=timedelta(hours=1))
def let_go() -> int:
    """Remove drafts after 14 days, files 90 days after the case, cases 3 years after it; returns how many."""
    now, count = clock.now(), 0
    for report in list(Report.select().where((Report.state == words.DRAFT) & (Report.touched_at < now - DRAFT_LASTS))):
        count += _forget(report)
    for report in list(Report.select().where(Report.ended_at < now - EVIDENCE_LASTS)):
        count += keeping.forget(report)
    for report in list(Report.select().where(Report.ended_at < now - CASE_LASTS)):
        count += _forget(report)
    return count


def _forget(report: Report) -> int:
    """Remove a report with all that hangs on it."""
    keeping.forget(report)
    with database.atomic():
        for model in (Letter, ReportStep):
            model.delete().where(model.report == report.id).execute()
        return int(Report.delete().where(Report.id == report.id).execute())


@jobs.sweep("evidence of no report", every=timedelta(days=1))
def remove_unknown() -> int:
    """Remove stored files that no report names; returns how many."""
    return keeping.remove_unknown(LEFT_BEHIND)
