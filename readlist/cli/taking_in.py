"""The verb that brings papers in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date as Date
from pathlib import Path
from typing import Final

import click

from readlist.cli.session import INTERRUPTED, Session
from readlist.cli.session import tell as tell_error
from readlist.cli.watching import progress, stopping
from readlist.cli.words import DONE_IN_PART, json_pieces, verb
from readlist.errors import SourceError, StoreError, UsageError
from readlist.files import stream_to_file
from readlist.ingest import Source, ingest
from readlist.paper import Rejected
from readlist.readers import reader
from readlist.report import Report
from readlist.text import safe_line

_SHOWN: Final = 10
"""How many rejects are listed on the screen; all of them are in the JSON and the rejects file."""


@verb("ingest")
@click.argument("words", nargs=-1, metavar="[SOURCE…]")
@click.option("-f", "--format", "name", metavar="FORMAT", help="The format. [default: told by the contents]")
@click.option(
    "--encoding", metavar="NAME", help="The encoding, such as cp1251 or gb18030. [default: told by the bytes]"
)
@click.option(
    "--as-of", metavar="DATE", help="The day that dates without a year are counted back from. [default: today]"
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Tag every paper; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Save what was not understood, to be corrected and ingested.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_context
def ingest_papers(  # noqa: PLR0917 — click hands over one value an option
    ctx: click.Context,
    words: tuple[str, ...],
    name: str | None,
    encoding: str | None,
    as_of: str | None,
    tags: tuple[str, ...],
    dry_run: bool,
    rejects: Path | None,
    as_json: bool,
) -> None:
    r"""Bring papers in from files and folders of them; - is the standard input.

    Doing it again changes nothing, and never touches a mark. Exits with 1 when nothing was accepted, with 3 when
    some records were rejected.

    \b
    readlist ingest publications.txt
    readlist ingest ~/bibliographies --rejects rejects.txt
    pbpaste | readlist ingest - --tag digest
    """
    if name is not None:
        reader(name)
    if encoding is not None:
        from readlist.readers.decoding import known

        encoding = known(encoding)
    day = _day(as_of)
    sources = _found(_sources(words))
    session: Session = ctx.obj
    so_far = Report()
    stopped: SourceError | KeyboardInterrupt | None = None
    with progress() as show, stopping(show) if "-" not in _sources(words) else nullcontext(show) as tell:

        def keep(report: Report) -> None:
            nonlocal so_far
            so_far = report
            tell(report)

        try:
            so_far = ingest(
                session.library, sources, as_of=day, format=name, encoding=encoding, tags=tags, dry_run=dry_run,
                progress=keep, pattern=session.settings.citekeys,
            )  # fmt: skip
        except (SourceError, KeyboardInterrupt) as error:
            if not so_far.read or (dry_run and isinstance(error, KeyboardInterrupt)):
                raise
            stopped = error
    if as_json:
        for piece in json_pieces(so_far.record()):
            click.echo(piece, nl=False)
    else:
        _tell(so_far, dry_run=dry_run)
    if rejects is not None:
        _save(so_far.rejected, rejects)
    ctx.exit(_status(so_far, stopped, tagged=bool(tags)))


def _status(report: Report, stopped: SourceError | KeyboardInterrupt | None, *, tagged: bool) -> int:
    """Say what went wrong, if anything did; what to exit with."""
    untagged = "; what came in before it has no tag" if tagged else ""
    if isinstance(stopped, SourceError):
        tell_error(stopped.message + untagged, stopped.hint)
    elif stopped is not None:
        tell_error(
            f"stopped after {report.read:,} papers, which are in the library{untagged}", "readlist undo takes them out"
        )
        return INTERRUPTED
    if not report.accepted:
        empty = not report.read and not report.skipped and not report.furniture
        tell_error("it is empty" if empty else "nothing was accepted", "readlist ingest --help shows what it takes")
        return 1
    return DONE_IN_PART if report.rejected or report.skipped or stopped is not None else 0


def _found(words: tuple[str, ...]) -> list[Source]:
    """Return the sources that words name, found to be there before anything is taken in.

    Raises:
        SourceError: One is not there.
    """
    from readlist.sources import at

    return [source for word in words for source in ([Source.stdin()] if word == "-" else at(Path(word)))]


def _save(rejected: Sequence[Rejected], path: Path) -> None:
    """Save what was not understood; a file for each format, if there are several.

    Raises:
        StoreError: A file cannot be written.
    """
    from readlist.rejects import written

    try:
        texts = written(rejected) or [("", iter(()))]
    except OSError as error:
        raise StoreError(f"what was not understood cannot be put apart: {error.strerror}") from error
    for number, (name, text) in enumerate(texts):
        at = path if number == 0 else path.with_name(f"{path.stem}-{number + 1}{path.suffix}")
        stream_to_file(at, (piece.encode(errors="replace") for piece in text), mode=0o666)
        if number:
            click.echo(f"what was not understood of {name} is in {safe_line(str(at))}", err=True)


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
    click.echo(f"{'would be: ' if dry_run else ''}{_figures(report)}")
    if report.unsure:
        click.echo(f"{report.unsure}: give it with --encoding, such as cp1251 or shift_jis", err=True)
    for one in report.rejected[:_SHOWN]:
        first = safe_line(one.text.split("\n", 1)[0])
        click.echo(
            f"rejected: {safe_line(one.source)}, line {one.line}: {safe_line(one.reason)}: {first[:60]}", err=True
        )
    if len(report.rejected) > _SHOWN:
        click.echo(f"and {len(report.rejected) - _SHOWN} more: --rejects FILE saves them all", err=True)
    for name, why in report.skipped[:_SHOWN]:
        click.echo(f"not read: {safe_line(name)}: {safe_line(why)}", err=True)
    if len(report.skipped) > _SHOWN:
        click.echo(f"and {len(report.skipped) - _SHOWN} more files: --json lists them all", err=True)
    for wanted, given in report.refused[:_SHOWN]:
        click.echo(
            f"the citation key {safe_line(wanted)} was not taken: the paper goes by {safe_line(given)}", err=True
        )
    if len(report.refused) > _SHOWN:
        click.echo(f"and {len(report.refused) - _SHOWN} more keys: --json lists them all", err=True)


def _figures(report: Report) -> str:
    """Return the counts of an ingest, in words."""
    parts = (
        f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged",
        f"{report.uncertain} uncertain (readlist list is:uncertain)" if report.uncertain else "",
        report.united,
        report.unfollowed,
        report.marked.words,
        f"{len(report.rejected)} rejected" if report.rejected else "",
        f"{len(report.skipped)} files not read" if report.skipped else "",
        report.page,
    )
    return "; ".join(part for part in parts if part)


COMMANDS = {"ingest": ingest_papers}
"""The verbs of this module."""
