"""The verb that brings papers in."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path
from typing import Final, Protocol

import click

from readlist.cli.session import Session
from readlist.cli.words import DONE_IN_PART, verb
from readlist.errors import UsageError
from readlist.files import replace_file
from readlist.ingest import Report, Source, ingest
from readlist.readers import reader

_SHOWN: Final = 10
"""How many rejects are listed on the screen; all of them are in the JSON and the rejects file."""

_PATIENCE: Final = 1.0
"""Seconds after which a progress line appears."""


@verb("ingest")
@click.argument("words", nargs=-1, metavar="[SOURCE…]")
@click.option("--format", "name", metavar="FORMAT", help="The format: publications. [default: told by the contents]")
@click.option(
    "--as-of", metavar="DATE", help="The day that dates without a year are counted back from. [default: today]"
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Tag every paper; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Save what was not understood.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def ingest_papers(  # noqa: PLR0917 — click hands over one value an option
    ctx: click.Context,
    words: tuple[str, ...],
    name: str | None,
    as_of: str | None,
    tags: tuple[str, ...],
    dry_run: bool,
    rejects: Path | None,
    as_json: bool,
) -> None:
    r"""Bring papers in from files; - is the standard input.

    Doing it again changes nothing, and never touches a mark. Exits with 1 when nothing was accepted, with 3 when
    some records were rejected.

    \b
    readlist ingest publications.txt
    pbpaste | readlist ingest - --tag digest
    """
    if name is not None:
        reader(name)
    sources = [Source.stdin() if word == "-" else Source.from_path(Path(word)) for word in _sources(words)]
    session: Session = ctx.obj
    with _progress() as tell:
        report = ingest(
            session.library, sources, as_of=_day(as_of), format=name, tags=tags, dry_run=dry_run, progress=tell
        )
    if rejects is not None:
        text = "\n".join(one.text for one in report.rejected)
        replace_file(rejects, (text + "\n" if text else "").encode(), mode=0o666)
    if as_json:
        click.echo(json.dumps(report.record(), ensure_ascii=False, indent=2))
    else:
        _tell(report, dry_run=dry_run)
    ctx.exit((DONE_IN_PART if report.accepted else 1) if report.rejected or not report.accepted else 0)


def _sources(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that name sources: the standard input when there are none and something is piped in.

    Raises:
        UsageError: There is nothing to read.
    """
    if words:
        return words
    if sys.stdin.isatty():
        raise UsageError("name a file to ingest, or - for the standard input", "readlist ingest publications.txt")
    return ("-",)


def _day(written: str | None) -> Date:
    """Return the day that dates are counted back from.

    Raises:
        UsageError: It is no day of the calendar.
    """
    if written is None:
        return Date.today()  # noqa: DTZ011 — the reader's day
    try:
        return Date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"{written!r} is not a day", "write it as YYYY-MM-DD") from None


def _tell(report: Report, *, dry_run: bool) -> None:
    """Say what the ingest did."""
    figures = f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged"
    parts = [f"{'would be: ' if dry_run else ''}{figures}"]
    if report.uncertain:
        parts.append(f"{report.uncertain} uncertain (readlist list is:uncertain)")
    if report.rejected:
        parts.append(f"{len(report.rejected)} rejected")
    click.echo("; ".join(parts))
    for one in report.rejected[:_SHOWN]:
        first = one.text.split("\n", 1)[0]
        click.echo(f"{one.source}, line {one.line}: {one.reason}: {first[:60]}", err=True)
    if len(report.rejected) > _SHOWN:
        click.echo(f"and {len(report.rejected) - _SHOWN} more: --rejects FILE saves them all", err=True)


class _Tell(Protocol):
    """Is told of the report so far."""

    def __call__(self, report: Report, /) -> None: ...


@contextmanager
def _progress() -> Iterator[_Tell]:
    """Show on the standard error how far an ingest is, if it takes long and someone is watching."""
    began = time.monotonic()
    if not sys.stderr.isatty():
        yield lambda _report, /: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("reading", total=None)
    shown = False

    def tell(report: Report, /) -> None:
        nonlocal shown
        took = time.monotonic() - began
        if took > _PATIENCE and not shown:
            bar.start()
            shown = True
        if shown:
            bar.update(task, description=f"{report.read:,} papers, {report.read / took:,.0f}/s")

    try:
        yield tell
    finally:
        bar.stop()


COMMANDS = {"ingest": ingest_papers}
"""The verbs of this module."""
