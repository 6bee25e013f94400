"""The verb that brings papers in."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path
from typing import Final, Protocol

import click

from readlist.cli.session import Session
from readlist.cli.session import tell as tell_error
from readlist.cli.words import DONE_IN_PART, shown_json, verb
from readlist.errors import SourceError, UsageError
from readlist.files import replace_file
from readlist.ingest import Report, Source, ingest
from readlist.readers import reader
from readlist.text import safe_line

_SHOWN: Final = 10
"""How many rejects are listed on the screen; all of them are in the JSON and the rejects file."""

_PATIENCE: Final = 1.0
"""Seconds after which a progress line appears."""


@verb("ingest")
@click.argument("words", nargs=-1, metavar="[SOURCE…]")
@click.option("--format", "name", metavar="FORMAT", help="The format. [default: told by the contents]")
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
    day = _day(as_of)
    sources = [_source(word) for word in _sources(words)]
    session: Session = ctx.obj
    so_far = Report()
    stopped = None
    with _progress() as show:

        def progress(report: Report) -> None:
            nonlocal so_far
            so_far = report
            show(report)

        try:
            so_far = ingest(
                session.library, sources, as_of=day, format=name, tags=tags, dry_run=dry_run, progress=progress,
                pattern=session.settings.citekeys,
            )  # fmt: skip
        except SourceError as error:
            if not so_far.read:
                raise
            stopped = error
    if as_json:
        click.echo(shown_json(so_far.record()))
    else:
        _tell(so_far, dry_run=dry_run)
    if rejects is not None:
        text = "\n".join(one.text for one in so_far.rejected)
        replace_file(rejects, (text + "\n" if text else "").encode(errors="replace"), mode=0o666)
    ctx.exit(_status(so_far, stopped, tagged=bool(tags)))


def _status(report: Report, stopped: SourceError | None, *, tagged: bool) -> int:
    """Say what went wrong, if anything did; what to exit with."""
    if stopped is not None:
        untagged = "; what came in before it has no tag" if tagged else ""
        tell_error(stopped.message + untagged, stopped.hint)
    if not report.accepted:
        tell_error("nothing was accepted", "readlist ingest --help shows what it takes")
        return 1
    return DONE_IN_PART if report.rejected or stopped is not None else 0


def _source(word: str) -> Source:
    """Return the source that a word names, found to be there before anything is taken in.

    Raises:
        SourceError: It cannot be opened.
    """
    if word == "-":
        return Source.stdin()
    path = Path(word)
    if path.is_dir():
        raise SourceError(f"{word} is a folder, not a file")
    try:
        path.stat()
    except OSError as error:
        raise SourceError(f"cannot read {word}: {error.strerror}", "nothing was ingested") from error
    return Source.from_path(path)


def _sources(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that name sources: the standard input when there are none and something is piped in.

    Raises:
        UsageError: There is nothing to read, or the standard input is named twice.
    """
    if words.count("-") > 1:
        raise UsageError("the standard input can be read only once")
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
        first = safe_line(one.text.split("\n", 1)[0])
        click.echo(
            f"rejected: {safe_line(one.source)}, line {one.line}: {safe_line(one.reason)}: {first[:60]}", err=True
        )
    if len(report.rejected) > _SHOWN:
        click.echo(f"and {len(report.rejected) - _SHOWN} more: --rejects FILE saves them all", err=True)
    for wanted, given in report.refused[:_SHOWN]:
        click.echo(
            f"the citation key {safe_line(wanted)} was not taken: the paper goes by {safe_line(given)}", err=True
        )
    if len(report.refused) > _SHOWN:
        click.echo(f"and {len(report.refused) - _SHOWN} more keys: --json lists them all", err=True)


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
