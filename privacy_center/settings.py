"""Every setting of the centre: where it comes from, its default, what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "PRIVACY_CENTER_"
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
LONGEST_NAME = 200  # of a connected system, as the database keeps it


class SettingsError(Exception):
    """The settings don't allow a start; carries every problem found, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class ConnectedSystem:
    """A system of the product that is told what people decide."""

    name: str
    url: str
    key: str = field(repr=False)


def setting(default: Any, sentence: str, *, secret: bool = False) -> Any:
    """A dataclass field with its default and the sentence that explains it."""
    return field(default=default, repr=not secret, metadata={"sentence": sentence, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """The centre's settings, read once at start from the environment and never changed."""

    sandbox: bool = setting(False, "1 runs local stand-ins for Z.ai, mail and Stripe, on loopback only.")
    secret_key: str = setting("", "Signs cookies and keys digests; at least 32 random characters.", secret=True)
    secret_key_fallbacks: tuple[str, ...] = setting((), "Earlier secret keys, comma-separated, still accepted for signed cookies and links.", secret=True)
    evidence_key: str = setting("", "Encrypts files that people send; at least 32 random characters. Without it SECRET_KEY does.", secret=True)
    evidence_key_fallbacks: tuple[str, ...] = setting((), "Earlier evidence keys, comma-separated, which still open what they encrypted.", secret=True)
    clamd: str = setting("", "tcp://host:3310 or unix:///path: the clamd that scans files people send. Without it they are kept unscanned.")
    instance_path: Path = setting(Path("instance"), "The folder for the database, stored files and keys of a run.")
    database_url: str = setting("", "postgresql://… or sqlite:///path; default: a SQLite file in the instance folder.")
    storage_url: str = setting("", "Where files go: file:///… or s3://…; default: a folder in the instance folder.")
    ledger_url: str = setting("", "Where the ledger of erasures goes, out of reach of backups that are put back; like STORAGE_URL.")
    base_url: str = setting("", "The address people reach the centre at; links in mails and sign-in use it.")
    feed_key: str = setting("", "The key ZCode's back ends sign records with; without it the door is shut.", secret=True)
    feedback_digest_salt: str = setting("", "The salt of the account digest that feedback carries.", secret=True)
    connected_systems: tuple[ConnectedSystem, ...] = setting((), "JSON list of {name, url, key}: the systems that are told of decisions.", secret=True)
    zai_provider: str = setting("zai", "zai: Z.ai's own sign-in; oidc: standard OpenID Connect with discovery.")
    zai_issuer: str = setting("https://chat.z.ai", "The issuer that Z.ai user ids belong to.")
    zai_authorize_url: str = setting("https://chat.z.ai/api/oauth/authorize", "Where sign-in begins; for oidc only its host counts.")
    zai_token_url: str = setting("https://zcode.z.ai/api/v1/oauth/token", "Where a code becomes a token (zai).")
    zai_userinfo_url: str = setting("https://chat.z.ai/api/oauth/userinfo", "Who the token belongs to (zai).")
    zai_client_id: str = setting("", "The client that Z.ai has registered for this centre.")
    zai_client_secret: str = setting("", "That client's secret (oidc).", secret=True)
    stripe_api_key: str = setting("", "Stripe's secret key; without it payment details come from ZCode.", secret=True)
    stripe_api_base: str = setting("", "Another address for Stripe's interface; for tests.")
    stripe_account_field: str = setting("zai_user_id", "Under which name the metadata of Stripe's customers carry the Z.ai user id.")
    stripe_webhook_secret: str = setting("", "Verifies what Stripe sends to /webhooks/stripe.", secret=True)
    mail_server: str = setting("", "The SMTP server that mails go out through.")
    mail_port: int = setting(25, "Its port.")
    mail_use_tls: bool = setting(False, "1 to speak STARTTLS to it.")
    mail_username: str = setting("", "The name to sign in to it with.")
    mail_password: str = setting("", "The password to sign in to it with.", secret=True)
    mail_sender: str = setting("ZCode Privacy Center <privacy@localhost>", "Whom mails come from.")
    staff: str = setting("", "E-mail addresses of the first officers, comma-separated.")
    proxies: int = setting(0, "How many reverse proxies stand before the centre; their headers are trusted.")

    @property
    def database(self) -> str:
        """The database's URL, the default filled in."""
        return self.database_url or f"sqlite:///{self.instance_path / 'centre.sqlite'}"

    @property
    def storage(self) -> str:
        """The storage's URL, the default filled in."""
        return self.storage_url or (self.instance_path / "storage").as_uri()

    @property
    def sealing_keys(self) -> tuple[str, ...]:
        """The keys of files that people send: the first encrypts, all open."""
        return tuple(key for key in (self.evidence_key, *self.evidence_key_fallbacks, self.secret_key, *self.secret_key_fallbacks) if key)

    @property
    def officers(self) -> tuple[str, ...]:
        """The addresses of the first officers."""
        return tuple(part.strip().casefold() for part in self.staff.split(",") if part.strip())

    @property
    def ledger(self) -> str:
        """The ledger's URL, the default filled in."""
        return self.ledger_url or (self.instance_path / "ledger").as_uri()

    @property
    def uses_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.database.startswith("sqlite:")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read and check the settings; raise SettingsError with all that is wrong at once."""
    problems: list[str] = []
    given: dict[str, Any] = {}
    for each in fields(Settings):
        text = environment.get(PREFIX + each.name.upper())
        if text is None or text == "":
            continue
        try:
            given[each.name] = _read(each.name, text)
        except ValueError as error:
            problems.append(f"{PREFIX}{each.name.upper()} {error}.")
    given["instance_path"] = Path(given.get("instance_path", Settings.instance_path)).absolute()
    settings = Settings(**given)
    problems += _wrong_with(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _read(name: str, text: str) -> Any:
    """One setting's value from its text; raises ValueError with the rest of a sentence."""
    if name in ("sandbox", "mail_use_tls"):
        if text.lower() not in ("0", "1", "true", "false", "yes", "no"):
            raise ValueError("is neither 0 nor 1")
        return text.lower() in ("1", "true", "yes")
    if name in ("mail_port", "proxies"):
        if not text.isdigit():
            raise ValueError("is not a whole number")
        return int(text)
    if name in ("secret_key_fallbacks", "evidence_key_fallbacks"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name == "connected_systems":
        return _systems(text)
    if name == "stripe_account_field" and not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", text):
        raise ValueError("is no name that Stripe's metadata could have: at most 40 letters, digits, - and _")
    return text.rstrip("/") if name in ("base_url", "stripe_api_base") else text


def _systems(text: str) -> tuple[ConnectedSystem, ...]:
    """The connected systems out of their JSON."""
    try:
        systems = tuple(ConnectedSystem(name=s["name"], url=s["url"], key=s["key"]) for s in json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError("is not a JSON list of objects with name, url and key") from error
    if not all(isinstance(said, str) and said for system in systems for said in (system.name, system.url, system.key)):
        raise ValueError("has a name, url or key that is no text, or is empty")
    if len({system.name for system in systems}) < len(systems):
        raise ValueError("names a system twice")
    if len({system.key for system in systems}) < len(systems):
        raise ValueError("gives two systems the same key, so that one could speak for the other")
    if any(len(system.name) > LONGEST_NAME for system in systems):
        raise ValueError(f"names a system with more than {LONGEST_NAME} characters")
    return systems


def _wrong_with(settings: Settings) -> list[str]:
    """All that is wrong, as sentences that say what to do."""
    found = []
    if settings.zai_provider not in ("zai", "oidc"):
        found.append(f"{PREFIX}ZAI_PROVIDER is {settings.zai_provider!r}; it can be zai or oidc.")
    if not settings.database.startswith(("sqlite:///", "postgresql://", "postgres://")):
        found.append(f"{PREFIX}DATABASE_URL must begin with postgresql:// or sqlite:///.")
    if not settings.storage.startswith(("file:///", "s3://", "gs://", "az://", "memory:///")):
        found.append(f"{PREFIX}STORAGE_URL must begin with file:///, s3://, gs:// or az://.")
    if not settings.ledger.startswith(("file:///", "s3://", "gs://", "az://", "memory:///")):
        found.append(f"{PREFIX}LEDGER_URL must begin with file:///, s3://, gs:// or az://.")
    found += [_missing(settings, name) for name in ("secret_key", "base_url", "zai_client_id") if not getattr(settings, name)]
    if settings.secret_key and len(settings.secret_key) < 32:
        found.append(f"{PREFIX}SECRET_KEY is shorter than 32 characters; make one with: openssl rand -hex 32")
    found += _wrong_with_files(settings)
    host = urlsplit(settings.base_url).hostname or ""
    if settings.sandbox:
        if settings.base_url and host not in LOOPBACK:
            found.append(f"{PREFIX}SANDBOX=1 serves loopback only, but {PREFIX}BASE_URL names {host}.")
        return found + ([f"{PREFIX}STRIPE_API_KEY moves real money; the sandbox takes test keys only."] if "_live_" in settings.stripe_api_key else [])
    found += [_missing(settings, name) for name in ("feedback_digest_salt", "mail_server") if not getattr(settings, name)]
    if settings.base_url and not settings.base_url.startswith("https://"):
        found.append(f"{PREFIX}BASE_URL must begin with https://.")
    found += [sentence for system in settings.connected_systems for sentence in _wrong_with_system(system)]
    if settings.feed_key and len(settings.feed_key) < 32:
        found.append(f"{PREFIX}FEED_KEY is shorter than 32 characters; make one with: openssl rand -hex 32")
    addresses = ["zai_issuer"] if settings.zai_provider == "oidc" else ["zai_authorize_url", "zai_token_url", "zai_userinfo_url"]
    for name in [*addresses, *(["stripe_api_base"] if settings.stripe_api_base else [])]:
        if not getattr(settings, name).startswith("https://"):
            found.append(f"{PREFIX}{name.upper()} must begin with https://.")
    if settings.zai_provider == "oidc" and not settings.zai_client_secret:
        found.append(_missing(settings, "zai_client_secret"))
    return found


def _wrong_with_files(settings: Settings) -> list[str]:
    """What is wrong with how files that people send are to be kept."""
    found = []
    if settings.evidence_key and len(settings.evidence_key) < 32:
        found.append(f"{PREFIX}EVIDENCE_KEY is shorter than 32 characters; make one with: openssl rand -hex 32")
    if settings.clamd and not settings.clamd.startswith(("tcp://", "unix:///")):
        found.append(f"{PREFIX}CLAMD must begin with tcp:// or unix:///.")
    return found


def _wrong_with_system(system: ConnectedSystem) -> list[str]:
    """What is wrong with a connected system outside the sandbox."""
    found = []
    if not system.url.startswith("https://"):
        found.append(f"{PREFIX}CONNECTED_SYSTEMS: the address of {system.name} must begin with https://.")
    if len(system.key) < 32:
        found.append(f"{PREFIX}CONNECTED_SYSTEMS: the key of {system.name} is shorter than 32 characters; make one with: openssl rand -hex 32")
    return found


def _missing(settings: Settings, name: str) -> str:
    """The sentence for a setting that must be given and isn't."""
    explained = next(each.metadata["sentence"] for each in fields(settings) if each.name == name)
    return f"{PREFIX}{name.upper()} is missing. {explained}"
