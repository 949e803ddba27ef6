"""Mail: short texts that lead to a page and carry nothing personal."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_mailman import EmailMessage, Mail

mailer = Mail()


def send(to: str, template: str, *, language: str | None = None, **context: Any) -> None:
    """Send the text `mail/<template>.txt` to one address, its first line the subject; raises what SMTP raises.

    Called from jobs only, outside of any transaction. *language* is a tag as accounts carry it, `zh-Hans` or `en-GB`.
    """
    with force_locale("zh_Hans" if (language or "").lower().startswith("zh") else "en"):
        subject, _, body = render_template(f"mail/{template}.txt", **context).partition("\n")
    message = EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[to])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()
