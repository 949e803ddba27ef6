"""What is an address, and what is none."""

from __future__ import annotations

import pytest
from flask import Flask

from privacy_center.verification.addresses import address_of, mailbox_of, veiled

LONG = "a" * 65


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("nadia@example.org", "nadia@example.org"),
        ("  Nadia.B+x@Example.ORG ", "Nadia.B+x@example.org"),
        ("ｎａｄｉａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "nadia@example.org"),
        ("nadia@münchen.example", "nadia@xn--mnchen-3ya.example"),
        ("mailto:nadia@example.org", "nadia@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_an_address_is_taken_as_it_is_written(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "nadia", "@example.org", "nadia@", "nadia@localhost", "nadia@example.org, olga@example.org", "nadia@example.org\nBcc: all@example.org",
     "na dia@example.org", "<nadia@example.org>", ".nadia@example.org", "nad..ia@example.org", "nadia@-example.org", f"{LONG}@example.org",
     f"nadia@{'a.' * 130}org", "nadia@exa\x00mple.org", "nadia@[192.0.2.1]"],
)  # fmt: skip
def test_what_mail_cannot_be_sent_to_is_refused(typed: str) -> None:
    assert address_of(typed) is None


def test_capitals_and_what_follows_a_plus_make_no_other_mailbox(app: Flask) -> None:
    assert len({mailbox_of(each) for each in ("nadia@example.org", "NADIA@example.org", "nadia+1@example.org")}) == 1
    assert mailbox_of("nadja@example.org") != mailbox_of("nadia@example.org")


def test_a_veiled_address_is_recognised_by_its_owner_only() -> None:
    assert veiled("nadia@example.org") == "n…@e….org"
