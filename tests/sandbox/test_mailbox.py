"""The mailbox: what is sent by SMTP is there to read, also after a restart."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from privacy_center.sandbox.mailbox import Mailbox, listen
from privacy_center.sandbox.settings import Place
from privacy_center.sandbox.site import create_app
from tests.accounts.stand_ins import free_port


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an instance that has received two mails."""
    port = free_port()
    post = listen(Mailbox(tmp_path / "mailbox"), port)
    with smtplib.SMTP("127.0.0.1", port) as sender:
        for to, subject in (("mei@example.com", "Your code"), ("jun@example.com", "你的验证码")):
            sender.send_message(mail(to, subject))
    post.stop()
    return tmp_path


def mail(to: str, subject: str) -> EmailMessage:
    """A mail with a link in it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "privacy@example.com", to, subject
    message.set_content("点这里 http://127.0.0.1:8000/account <b>now</b>\n")
    return message


def reader(folder: Path) -> FlaskClient:
    """Somebody who reads the mailbox of that instance."""
    return create_app(Place(8001, 8002, folder, "http://127.0.0.1:8000")).test_client()


def test_every_mail_is_listed_the_newest_first(folder: Path) -> None:
    page = reader(folder).get("/mailbox").text

    assert page.index("你的验证码") < page.index("Your code")


def test_mails_to_one_person_can_be_looked_for(folder: Path) -> None:
    page = reader(folder).get("/mailbox?to=MEI").text

    assert "Your code" in page and "你的验证码" not in page


def test_a_mail_is_shown_with_its_links_and_nothing_of_it_runs(folder: Path) -> None:
    name = next(iter(Mailbox(folder / "mailbox"))).name

    page = reader(folder).get(f"/mailbox/{name}").text

    assert "点这里" in page and 'href="http://127.0.0.1:8000/account"' in page
    assert "<b>now</b>" not in page


@pytest.mark.parametrize("name", ["nothing", "..%2Fsecret", "1" * 19 + "-1-1"])
def test_what_is_no_mail_is_not_found(folder: Path, name: str) -> None:
    assert reader(folder).get(f"/mailbox/{name}").status_code == 404


def test_mails_can_be_thrown_away(folder: Path) -> None:
    reader(folder).post("/mailbox/emptying")

    assert "No mail yet." in reader(folder).get("/mailbox").text
