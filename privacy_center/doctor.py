"""`flask doctor`: looks at everything the centre depends on, and says in words what is wrong and what to do."""

from __future__ import annotations

import secrets
import smtplib
import sys
from collections.abc import Callable
from datetime import timedelta

import click
import requests
from flask import current_app
from peewee import PeeweeException

from privacy_center.accounts.identity import Trip
from privacy_center.accounts.providers import provider
from privacy_center.accounts.troubles import Trouble
from privacy_center.core import clock, db, jobs, ledger, outbox, scanning, storage
from privacy_center.core.jobs import FAILED, Job, Sweep
from privacy_center.core.mail import mailer
from privacy_center.core.outbox import FAILED as GIVEN_UP
from privacy_center.core.outbox import WAITING as NOT_TOLD
from privacy_center.core.outbox import Delivery
from privacy_center.desk.models import OFFICER, Staff
from privacy_center.guardians.models import Evidence
from privacy_center.guardians.words import QUARANTINE
from privacy_center.rights import authorities, homes, laws
from privacy_center.settings import PREFIX, Settings
from privacy_center.subscription import health

WAITS_TOO_LONG = timedelta(minutes=2)
LATELY = timedelta(days=1)
LONG_FOR_AN_ORDER = timedelta(hours=1)
LAWS_AGE = timedelta(days=365)
OLDEST_POSTGRESQL = 13
PATIENCE = 10.0  # seconds for somebody else's server to answer


class Ill(Exception):
    """Something is wrong; the text says what, and what to do."""


@click.command("doctor")
def doctor() -> None:
    """Check settings, database, queue, storage, ledger, mail, sign-in, connected systems, Stripe and the table of laws; exits 1 when something is wrong."""
    settings: Settings = current_app.config["SETTINGS"]
    wrong = 0
    for name, check in CHECKS.items():
        try:
            click.echo(f"{name:<10}{check(settings)}")
        except Ill as error:
            click.echo(f"{name:<10}{click.style('WRONG', fg='red')}: {error}")
            wrong += 1
    if wrong:
        sys.exit(1)


def check_settings(settings: Settings) -> str:
    """They were checked when the app was built; what is left is what may be missed."""
    if settings.sandbox:
        return f"in order; the sandbox is on, for {settings.base_url} on this machine only"
    return "in order" if settings.feed_key else f"in order; without {PREFIX}FEED_KEY nothing comes in by HTTP"


def check_database(_settings: Settings) -> str:
    """It answers, is new enough and up to date, and overwrites what is deleted."""
    try:
        db.connect()
        version = db.database.execute_sql("SELECT sqlite_version()" if db.is_sqlite() else "SHOW server_version").fetchone()[0]
        pending = db.pending_migrations()
    except (PeeweeException, OSError) as error:
        raise Ill(f"the database does not answer ({type(error).__name__}); see {PREFIX}DATABASE_URL.") from error
    if pending:
        raise Ill(f"{len(pending)} migration(s) have not run, beginning with {pending[0]}; run: flask db upgrade")
    if db.is_sqlite():
        if db.database.execute_sql("PRAGMA secure_delete").fetchone()[0] != 1:
            raise Ill("SQLite leaves deleted words in the file (secure_delete is off); install the packages of requirements.txt.")
        return f"SQLite {version}, up to date, overwrites what is deleted"
    if int(str(version).split(".")[0]) < OLDEST_POSTGRESQL:
        raise Ill(f"PostgreSQL {version} is too old; {OLDEST_POSTGRESQL} or newer is needed.")
    return f"PostgreSQL {version}, up to date"


def check_queue(_settings: Settings) -> str:
    """A worker lives and keeps up, and no job gave up lately."""
    try:
        waiting = Job.due().where(Job.run_after < clock.now() - WAITS_TOO_LONG).count()
        alive = Sweep.get_or_none((Sweep.name == jobs.WORKER_LIVES) & (Sweep.last_run > clock.now() - WAITS_TOO_LONG))
        lost = Job.select().where((Job.state == FAILED) & (Job.ended_at > clock.now() - LATELY))
        kinds = sorted({each.kind for each in lost})
    except PeeweeException as error:
        raise Ill("it can't be read while the database is wrong.") from error
    if alive is None:
        raise Ill(f"no worker has been seen for {WAITS_TOO_LONG.seconds // 60} minutes, and {waiting} job(s) wait; start one: flask worker")
    if waiting:
        raise Ill(f"{waiting} job(s) have waited for more than {WAITS_TOO_LONG.seconds // 60} minutes; start more workers: flask worker --threads 4")
    if kinds:
        raise Ill(f"jobs gave up since yesterday: {', '.join(kinds)}; the log says why.")
    return "a worker is at work, and nothing waits too long"


def check_storage(settings: Settings) -> str:
    """A small file can be written, read and removed."""
    try:
        storage.works()
    except Exception as error:  # each kind of store raises its own
        raise Ill(f"files can't be kept ({type(error).__name__}); see {PREFIX}STORAGE_URL, and who may write there.") from error
    return f"files are kept in {settings.storage.partition('://')[0]} storage"


def check_files(settings: Settings) -> str:
    """Files that people send are scanned, where a scanner is named; what waits for one is counted."""
    waiting = Evidence.select().where(Evidence.state == QUARANTINE).count()
    if not settings.clamd:
        return f"what people send is encrypted, but not scanned: name a scanner with {PREFIX}CLAMD"
    if not scanning.answers():
        raise Ill(f"the scanner does not answer, and {waiting} file(s) wait in quarantine; see {PREFIX}CLAMD, and whether clamd runs.")
    return f"what people send is encrypted and scanned; {waiting} wait(s)"


def check_ledger(settings: Settings) -> str:
    """Entries can be added, and it lies apart from the file store."""
    try:
        ledger.works()
    except Exception as error:  # each kind of store raises its own
        raise Ill(f"nothing can be added ({type(error).__name__}), so no deletion is confirmed; see {PREFIX}LEDGER_URL, and who may write there.") from error
    if settings.ledger.startswith(settings.storage.rstrip("/") + "/") or settings.ledger == settings.storage:
        raise Ill(f"it lies in the file store and would be put back with it; see {PREFIX}LEDGER_URL.")
    return f"erasures are noted in {settings.ledger.partition('://')[0]} storage"


def check_mail(settings: Settings) -> str:
    """The mail server lets us in."""
    where = f"{settings.mail_server or 'localhost'}:{settings.mail_port}"
    connection = mailer.get_connection(fail_silently=False)
    try:
        connection.open()
        connection.connection.noop()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        raise Ill(f"the mail server {where} does not let us in ({type(error).__name__}); see {PREFIX}MAIL_SERVER and its kin.") from error
    return f"{where} takes mail"


def check_sign_in(settings: Settings) -> str:
    """Z.ai describes itself as we expect, and its sign-in page can be reached."""
    trip = Trip(*(secrets.token_urlsafe(32) for _ in range(3)))
    try:
        page = provider().way_out(trip, again=False)
        answer = requests.get(page, allow_redirects=False, timeout=PATIENCE)
    except Trouble as trouble:
        raise Ill(f"Z.ai {trouble.reason}; see {PREFIX}ZAI_ISSUER.") from trouble
    except requests.RequestException as error:
        raise Ill(f"Z.ai's sign-in page can't be reached ({type(error).__name__}); see {PREFIX}ZAI_AUTHORIZE_URL.") from error
    if answer.status_code >= 400:
        raise Ill(f"Z.ai's sign-in page answers {answer.status_code}; is {PREFIX}ZAI_CLIENT_ID registered for {settings.base_url}?")
    return f"Z.ai answers as {settings.zai_provider}"


def check_systems(_settings: Settings) -> str:
    """The connected systems take what they are told."""
    names = [system.name for system in outbox.connected()]
    try:
        lost = {each.system for each in Delivery.select(Delivery.system).where(Delivery.state == GIVEN_UP).distinct()}
        tried_in_vain = (Delivery.state == NOT_TOLD) & (Delivery.since < clock.now() - LONG_FOR_AN_ORDER)
        slow = {each.system for each in Delivery.select(Delivery.system).where(tried_in_vain).distinct()}
    except PeeweeException as error:
        raise Ill("what they were told can't be read while the database is wrong.") from error
    if lost:
        raise Ill(f"orders could not be delivered for 3 days to {', '.join(sorted(lost))}; see why, and try again: flask orders --again")
    if slow:
        raise Ill(f"orders have not been taken for more than an hour by {', '.join(sorted(slow))}; see why: flask orders")
    return f"{', '.join(names)}: told of all that was decided" if names else f"none is connected; see {PREFIX}CONNECTED_SYSTEMS"


def check_stripe(settings: Settings) -> str:
    """Stripe takes our key and lets us do what we must, where there is one."""
    if not settings.stripe_api_key:
        return "not used; what is known of payments comes by the feed"
    try:
        return health.look(settings)
    except health.Unwell as error:
        raise Ill(str(error)) from error


def check_laws(_settings: Settings) -> str:
    """The table of laws was gone through within a year, and this machine knows the time zones that dates are counted in."""
    if homes.OUR_ZONE not in homes.available():
        raise Ill("this machine knows no time zones, so no due date can be counted; install the system's tzdata, or the Python package of that name.")
    named = [*authorities.COUNTRIES.values(), *authorities.MEMBER_STATES.values()]
    oldest = min([law.checked for law in laws.LAWS.values()] + [authority.checked for authority in named])
    if clock.now().date() - oldest > LAWS_AGE:
        raise Ill(f"laws or authorities were last gone through on {oldest}; go through privacy_center/rights/laws.py and authorities.py again.")
    return f"{len(laws.LAWS)} laws, gone through on {oldest}"


def check_desk(settings: Settings) -> str:
    """There are two officers at least: what can't be undone takes two."""
    officers = Staff.serving().where(Staff.role == OFFICER).count()
    if officers < 2 and not settings.sandbox:
        raise Ill(f"{officers} officer(s) work at the desk, and what can't be undone takes two; run: flask staff add EMAIL --role officer")
    return f"{officers} officer(s), and {Staff.serving().count() - officers} auditor(s)"


CHECKS: dict[str, Callable[[Settings], str]] = {
    "Settings": check_settings,
    "Database": check_database,
    "Queue": check_queue,
    "Storage": check_storage,
    "Files": check_files,
    "Ledger": check_ledger,
    "Mail": check_mail,
    "Sign-in": check_sign_in,
    "Systems": check_systems,
    "Stripe": check_stripe,
    "Laws": check_laws,
    "Desk": check_desk,
}
