"""Mail: short texts that lead to a page and carry nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_mailman import EmailMessage, Mail

mailer = Mail()


def send(
    to: str,
    template: str,
    *,
    language: str | None = None,
    unsubscribe: str | None = None,
    headers: Mapping[str, str] | None = None,
    connection: Any = None,
    **context: Any,
) -> None:
    """Send the text `mail/<template>.txt` to one address, its first line the subject; raises what SMTP raises.

    Called from jobs only, outside of any transaction. *language* is a tag as accounts carry it, `zh-Hans` or `en-GB`. *unsubscribe*
    is the address that stops mails of this kind; mail programs offer it as a button (RFC 8058), and the text may name it. Whoever
    sends many brings an open *connection*.
    """
    with force_locale("zh_Hans" if (language or "").lower().startswith("zh") else "en"):
        subject, _, body = render_template(f"mail/{template}.txt", unsubscribe=unsubscribe, **context).partition("\n")
    message = EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[to], connection=connection)
    message.extra_headers.update({"Auto-Submitted": "auto-generated", **(headers or {})})
    if unsubscribe:
        message.extra_headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.send()
