"""A file counts as dangerous until the scanner has said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from privacy_center.core import scanning
from privacy_center.core.scanning import Verdict
from tests.core.fake_clamd import EICAR, Clamd


@pytest.fixture
def clamd() -> Iterator[Callable[..., Clamd]]:
    """A scanner in some mood, which is asked from now on."""
    running: list[Clamd] = []

    def begin(mood: str = "well") -> Clamd:
        running.append(Clamd(mood))
        scanning.set_scanner(running[-1].address)
        return running[-1]

    yield begin
    scanning.set_scanner("")
    for each in running:
        each.shutdown()
        each.server_close()


def test_a_harmless_file_is_clean(clamd: Callable[..., Clamd]) -> None:
    server = clamd()
    assert scanning.scan([b"first ", b"", b"second"]) is Verdict.CLEAN
    assert server.seen == [b"first second"]


def test_the_test_virus_is_found(clamd: Callable[..., Clamd]) -> None:
    clamd()
    assert scanning.scan(EICAR) is Verdict.INFECTED


@pytest.mark.parametrize("mood", ["hangs up", "too small", "nonsense"])
def test_anything_but_a_clear_answer_says_nothing(clamd: Callable[..., Clamd], mood: str) -> None:
    clamd(mood)
    assert scanning.scan([b"words" * 100_000] * 8) is Verdict.UNKNOWN


def test_a_scanner_that_is_down_says_nothing() -> None:
    scanning.set_scanner("tcp://127.0.0.1:1")
    assert scanning.scan(b"words") is Verdict.UNKNOWN
    assert not scanning.answers()
    scanning.set_scanner("")


def test_without_a_scanner_files_are_unscanned() -> None:
    assert scanning.scan(b"words") is Verdict.UNSCANNED


def test_it_is_seen_to_be_there(clamd: Callable[..., Clamd]) -> None:
    clamd()
    assert scanning.answers()
