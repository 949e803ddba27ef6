"""`flask ingest`: the feed's door for whoever is on the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import click
import orjson
from flask import current_app
from peewee import InterfaceError, OperationalError

from privacy_center.core import db
from privacy_center.feed.ingest import Outcome, ingest
from privacy_center.feed.lines import lines_of
from privacy_center.feed.reading import Refusal

MOST_LISTED = 1000


@click.command("ingest")
@click.argument("files", nargs=-1, required=True)
def ingest_files(files: tuple[str, ...]) -> None:
    """Store the records in FILES (NDJSON, "-" for standard input), as docs/feed.md describes them; exits 1 when any was refused."""
    db.connect()
    total, listed = Outcome(), []
    with ExitStack() as opened:
        streams = [opened.enter_context(_open(name)) for name in files]  # all of them before the first line is stored
        for name, stream in zip(files, streams, strict=True):
            outcome = _ingest(name, stream)
            listed += [_shown(each, name if len(files) > 1 else None) for each in outcome.refused]
            total.stored += outcome.stored
            total.unchanged += outcome.unchanged
            total.refused_count += outcome.refused_count
    left_out = {"refused_left_out": left} if (left := total.refused_count - len(listed[:MOST_LISTED])) else {}
    told = {"stored": total.stored, "unchanged": total.unchanged, "refused": listed[:MOST_LISTED], **left_out}
    click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    if total.refused_count:
        sys.exit(1)


def _open(name: str) -> BinaryIO:
    """The stream of a file's bytes."""
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise click.ClickException(f"{name} can't be read: {error.strerror}.") from None


def _ingest(name: str, stream: BinaryIO) -> Outcome:
    """Store one file's lines, and say of each that is refused why; only the first are kept for the list."""
    first: list[Refusal] = []

    def tell(refusal: Refusal) -> None:
        click.echo(f"{name}, line {refusal.line}: {_named(refusal)}{refusal.reason}", err=True)
        if len(first) < MOST_LISTED:
            first.append(refusal)

    known: dict[str, Any] = {"iterable": count()} if name == "-" else {"length": Path(name).stat().st_size}  # a stream's length is not known
    progress: Any = click.progressbar(**known, label=f"Storing {name}", file=sys.stderr)
    with progress as bar:
        try:
            outcome = ingest(_watched(lines_of(stream), bar), issuer=current_app.config["SETTINGS"].zai_issuer, on_refusal=tell)
        except (OperationalError, InterfaceError) as error:
            why = type(error.__context__ or error).__name__
            raise click.ClickException(f"The database did not take {name} ({why}). What was stored stays; send the file again whole.") from None
    outcome.refused = first
    return outcome


def _watched(lines: Iterator[bytes], bar: Any) -> Iterator[bytes]:
    """The lines, their bytes counted by the progress bar."""
    for line in lines:
        yield line
        bar.update(len(line))


def _named(refusal: Refusal) -> str:
    """What a refused line is, as far as it says so."""
    return f"{refusal.type} {refusal.id}: " if refusal.type and refusal.id else ""


def _shown(refusal: Refusal, file: str | None) -> dict[str, Any]:
    """A refusal as the HTTP door would tell it; with several files also which one it is in."""
    told = {"line": refusal.line, "type": refusal.type, "id": refusal.id, "reason": refusal.reason}
    return {"file": file, **told} if file else told
