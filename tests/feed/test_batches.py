"""Lines come in bounded pieces, batches are stored whole or not at all, and others can write in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import orjson
import pytest

from privacy_center.accounts.models import User
from privacy_center.core import audit
from privacy_center.feed import batch
from privacy_center.feed import lines as feed_lines
from privacy_center.feed.ingest import ingest
from privacy_center.feed.lines import FEWEST_LINES, LONGEST_LINE, MOST_LINES, Batches, lines_of
from privacy_center.telemetry.models import LogEntry
from tests.cast import ISSUER
from tests.makers import line, lines


def test_lines_are_read_with_or_without_an_end() -> None:
    assert list(lines_of(BytesIO(b"a\n\nb\r\nc"))) == [b"a\n", b"\n", b"b\r\n", b"c"]


def test_a_line_that_is_too_long_is_never_held_whole() -> None:
    endless = b"x" * (3 * LONGEST_LINE)
    first, second, third = lines_of(BytesIO(b"a\n" + endless + b"\nb\n"))

    assert (first, len(second), third) == (b"a\n", LONGEST_LINE + 2, b"b\n")


def test_a_file_that_is_one_endless_line_ends() -> None:
    assert [len(each) for each in lines_of(BytesIO(b"x" * (2 * LONGEST_LINE + 5)))] == [LONGEST_LINE + 2]


def test_a_line_that_is_too_long_is_refused_and_the_next_ones_are_stored(app: Any) -> None:
    good = orjson.dumps(line("log_entry"))
    outcome = ingest(lines_of(BytesIO(b'{"type":"' + b"x" * LONGEST_LINE + b'"}\n' + good)), issuer=ISSUER)

    assert (outcome.stored, [(each.line, each.reason) for each in outcome.refused]) == (1, [(1, "is longer than 8 MiB")])


def test_batches_are_as_long_as_a_short_transaction_takes() -> None:
    waiting = Batches(b"x\n" for _ in range(100_000))
    sizes = []
    for number, each in enumerate(waiting):
        sizes.append(len(each))
        waiting.took(0.001 if number < 8 else 10.0, len(each))
        if number == 12:
            break

    assert max(sizes) == MOST_LINES
    assert sizes[-1] == FEWEST_LINES


def test_a_batch_is_cut_short_by_its_bytes() -> None:
    waiting = Batches(b"x" * 100_000 for _ in range(10))

    assert [len(each) for each in waiting] == [3, 3, 3, 1]


def test_where_nobody_waits_for_the_end_of_a_transaction_batches_are_long() -> None:
    waiting = Batches((b"x\n" for _ in range(MOST_LINES + 1)), others_wait=False)
    sizes = []
    for each in waiting:
        sizes.append(len(each))
        waiting.took(10.0, len(each))

    assert sizes == [MOST_LINES, 1]


@pytest.fixture
def by_fifties(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first batch has fifty lines, on either engine."""
    monkeypatch.setattr(feed_lines, "MOST_LINES", 50)


def broken_at(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Let the database break at the batch that has a certain id."""
    whole = batch.store_feedback

    def breaks(*arguments: Any) -> None:
        whole(*arguments)
        if LogEntry.select().where(LogEntry.external_id == word).exists():
            raise OSError("disk full")

    monkeypatch.setattr(batch, "store_feedback", breaks)


@pytest.mark.usefixtures("by_fifties")
def test_of_a_batch_that_fails_nothing_is_stored_and_the_call_can_be_sent_again(feed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    records = [line("log_entry", id=f"l{number}", user=f"zai-{number}") for number in range(60)]
    with monkeypatch.context() as broken:
        broken_at(broken, "l55")
        with pytest.raises(OSError, match="disk full"):
            feed(*records)
    assert (LogEntry.select().count(), User.select().count()) == (50, 50)

    outcome = feed(*records)
    assert (outcome.stored, outcome.unchanged) == (10, 50)


@pytest.mark.usefixtures("by_fifties")
def test_a_call_that_breaks_off_is_in_the_audit_log(feed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    broken_at(monkeypatch, "l55")
    with pytest.raises(OSError, match="disk full"):
        feed(*(line("log_entry", id=f"l{number}") for number in range(60)))

    assert [entry.reason for entry in audit.AuditEntry.select()] == ["stored 50, unchanged 0, refused 0, then broke off"]


@pytest.mark.usefixtures("by_fifties")
def test_lines_that_break_off_leave_what_came_before(app: Any) -> None:
    def breaking() -> Iterator[bytes]:
        yield from lines(line("log_entry") for _ in range(57))
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        ingest(breaking(), issuer=ISSUER)
    assert LogEntry.select().count() == 50
