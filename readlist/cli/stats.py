"""The verb for statistics."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date as Date
from typing import Any, Final

import click
from rich.cells import cell_len, set_cell_size

from readlist.chart import WEEKDAYS, WEEKS, Calendar, Columns, bar
from readlist.cli.session import Session
from readlist.cli.words import query_of, shown_json, verb
from readlist.statistics import SECTIONS, Statistics, statistics

_WIDEST: Final = 88
"""Cells of the longest line."""

_LABEL: Final = 28
"""Cells of the longest label."""

_INDENT: Final = "  "
"""What stands before a bar."""


@verb("stats")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
@click.pass_obj
def show_statistics(session: Session, words: tuple[str, ...], *, as_json: bool) -> None:
    r"""Count the papers that match (all without a QUERY), and say how the reading goes.

    \b
    readlist stats
    readlist stats tag:llm
    readlist stats --json
    """
    today = Date.today()  # noqa: DTZ011 — the reader's day
    found = statistics(session.library, query_of(session, words), session.settings, today)
    if as_json:
        click.echo(shown_json(_record(found)))
    else:
        width = min(_WIDEST, shutil.get_terminal_size().columns)
        click.echo("\n".join(line.rstrip() for line in _lines(found, width)))


def _lines(found: Statistics, width: int) -> Iterator[str]:
    """Yield the lines that are printed."""
    for name, words in found.lines():
        yield f"{name:<10}{words}"
    if any(found.read.values()):
        calendar = Calendar(found.read, found.today, max(1, min(WEEKS, width - 10)))
        yield from ("", "Reading days", f"{'':<10}{calendar.months()}")
        for weekday, name in enumerate(WEEKDAYS):
            yield f"{name:>8}  {calendar.line(weekday)}"
    columns = Columns.of(found.rows(), width - len(_INDENT), _LABEL)
    for kind, heading in SECTIONS.items():
        bars = found.bars[kind]
        if bars:
            yield from ("", heading)
        for one in bars:
            drawn = bar(one.count / max(1, *(each.count for each in bars)), columns.bar)
            yield f"{_INDENT}{_fitted(one.label, columns.label)}  {one.count:>{columns.digits},}  {drawn}"


def _fitted(label: str, cells: int) -> str:
    """Return a label in so many cells."""
    cut = label if cell_len(label) <= cells else set_cell_size(label, cells - 1).rstrip() + "…"
    return set_cell_size(cut, cells)


def _record(found: Statistics) -> dict[str, Any]:
    """Return the figures as a JSON object."""
    return {
        "date": found.today.isoformat(),
        "papers": found.total,
        "streak": found.streak,
        "longest_streak": found.longest,
        "pace": round(found.pace, 2),
        "queue": found.queue,
        "queue_read_by": found.done_on.isoformat() if found.done_on else None,
        "days_in_queue": {"read": found.waited, "waiting": found.waiting},
        "read_on": {Date.fromordinal(day).isoformat(): count for day, count in sorted(found.read.items())},
        "by": {
            kind: [{"name": one.label, "papers": one.count, "query": one.term} for one in bars]
            for kind, bars in found.bars.items()
        },
    }


COMMANDS = {"stats": show_statistics}
"""The verb of this module."""
