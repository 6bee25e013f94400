"""The verb that shows papers like one."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Final

import click

from readlist.cli.session import Session
from readlist.cli.words import shown_json, verb
from readlist.decided import whole_record
from readlist.errors import UnknownKeyError
from readlist.paper import Entry
from readlist.text import safe_line

_SHOWN: Final = 20
"""Papers that are shown unless another number is asked for."""


@verb("related")
@click.argument("words", nargs=-1, metavar="KEY")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects.")
@click.option("--limit", type=click.IntRange(min=0), default=_SHOWN, show_default=True, help="How many at most.")
@click.pass_obj
def show_related(session: Session, words: tuple[str, ...], *, as_json: bool, limit: int) -> None:
    r"""Show the papers that are most like one, and the words and authors that they share with it.

    \b
    readlist related schick2023toolformer
    readlist related 2302.04761 --limit 5 --json
    """
    if len(words) != 1:
        raise click.UsageError("name one paper by its key; readlist list shows the keys")
    entry = session.library.find(words[0])
    if entry is None:
        raise UnknownKeyError(words, "readlist list shows the keys")
    found = session.library.related(entry.id, limit)
    entries = [(one, next(iter(session.library.entries([one.row])), None)) for one in found]
    if as_json:
        there = (other for _, other in entries if other is not None)
        whole = {other.id: other for other in session.library.with_decisions(there)}
        records = [
            whole_record(whole[other.id])
            | {"likeness": round(one.likeness, 3), "shared": {"words": [*one.words], "authors": [*one.authors]}}
            for one, other in entries
            if other is not None
        ]
        click.echo(shown_json(records))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for one, other in entries:
        if other is not None:
            for line in _lines(other, ", ".join((*one.authors, *one.words)), width):
                click.echo(line)


def _lines(entry: Entry, reason: str, width: int | None) -> Iterator[str]:
    """Yield the lines that show a paper; nothing is folded when the output goes elsewhere."""
    head = f"{safe_line(entry.citekey)}  {(entry.paper.date or '')[:7]}  {safe_line(entry.paper.title)}"
    why = f"both: {safe_line(reason)}"
    if width is None:
        yield from (head, f"    {why}")
        return
    yield from textwrap.wrap(head, max(20, width), subsequent_indent="    ")
    yield from textwrap.wrap(why, max(20, width), initial_indent="    ", subsequent_indent="    ")


COMMANDS = {"related": show_related}
"""The verb of this module."""
