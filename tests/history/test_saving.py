"""What can be taken along: a whole conversation as Markdown, and files; handed out to be saved, never shown."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import quote

import pytest

from privacy_center.core import storage
from privacy_center.history.models import File
from tests.conftest import Visitor
from tests.history.conftest import Feed, number_of, talk, words_of
from tests.makers import line, message


def file(name: str, contents: bytes, **fields: Any) -> dict[str, Any]:
    """A file of the conversation “Talk”, with its contents."""
    given = {"size": len(contents), "sha256": hashlib.sha256(contents).hexdigest(), "content_base64": base64.b64encode(contents).decode()}
    return line("file", conversation="Talk", name=name, **given, **fields)


def address() -> str:
    """Where the one file's contents are."""
    stored = File.get()
    return f"/history/{stored.conversation_id}/files/{stored.id}"


def test_a_conversation_is_saved_whole(as_mei: Visitor, feed: Feed) -> None:
    long = "line ```` of output\n" * 2000
    feed(talk("Talk", model="GLM-4.7"), message("Talk", "# As typed\n\n\tby *me*"))
    parts = [{"type": "reasoning", "text": "Hm\nhm"}, {"type": "tool", "name": "bash", "call": "c", "input": {"command": "ls"}, "output": long}]
    feed(message("Talk", "", role="assistant", minutes=1, parts=[*parts, {"type": "text", "text": "Done."}]))

    answer = as_mei.get(f"/history/{number_of('Talk')}.md")

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=Talk.md"
    assert answer.text.startswith("# Talk\n\n1 November 2026, 12:00 to 12:01 · GLM-4.7 · 2 messages (UTC)\n\n## You\n\n*1 November 2026, 12:00*\n\n# As typed")
    assert "> *Reasoning*\n>\n> Hm\n> hm\n\n**Tool: bash**\n\n```\ncommand: ls\n```\n" in answer.text
    assert f"`````\n{long}\n`````\n\nDone." in answer.text


def test_every_version_is_in_the_file(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), *(dict(message("Talk", f"Version {letter}.", minutes=at), id=letter) for at, letter in enumerate("ab")))
    feed(dict(message("Talk", "Answer.", minutes=5, role="assistant"), parent="a"))

    text = as_mei.get(f"/history/{number_of('Talk')}.md").text

    assert text.index("Version a.") < text.index("Answer.") < text.index("# Another version") < text.index("Version b.")


def test_the_file_is_named_after_the_conversation(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk", title='../支付\r\n: "x"/'))

    disposition = as_mei.get(f"/history/{number_of('Talk')}.md").headers["Content-Disposition"]

    assert disposition.endswith(f"filename*=UTF-8''{quote('支付 x.md')}")


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [("notes.txt", "notes.txt"), ("../../etc/pass wd", "pass wd"), ("a\\b\\c.html", "c.html"), ("支付.md", "支付.md"), ('"; x="y', "; x=y"), ("..", "file")],
)
def test_a_file_is_handed_out_to_be_saved_under_a_safe_name(as_mei: Visitor, feed: Feed, name: str, saved_as: str) -> None:
    feed(talk("Talk"), file(name, b"<script>alert(1)</script>", media_type="text/html"))

    answer = as_mei.get(address())

    assert answer.data == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert saved_as in answer.headers["Content-Disposition"] or quote(saved_as, safe="!#$&+^`{}|~") in answer.headers["Content-Disposition"]


def test_a_file_whose_contents_were_not_sent_says_so(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), line("file", conversation="Talk", name="plan.pdf"))

    answer = as_mei.get(address())

    assert answer.status_code == 404
    assert "We hold that there was a file “plan.pdf”, but not what is in it." in words_of(answer.text)


def test_a_file_whose_contents_are_lost_says_so(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), file("plan.pdf", b"plan"))
    storage.remove(File.get().storage_key)

    answer = as_mei.get(address())

    assert answer.status_code == 404
    assert "The contents are not here" in answer.text


def test_a_file_is_not_found_beneath_another_conversation(as_mei: Visitor, feed: Feed) -> None:
    feed(talk("Talk"), talk("Other"), file("plan.pdf", b"plan"))

    assert as_mei.get(f"/history/{number_of('Other')}/files/{File.get().id}").status_code == 404
