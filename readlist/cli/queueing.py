"""The verb for the reading queue."""

from __future__ import annotations

from datetime import date as Date

import click
from rich.cells import cell_len, set_cell_size

from readlist.cli.session import Session
from readlist.cli.words import finish, named, shown_json, verb
from readlist.decided import whole_record
from readlist.errors import UnknownKeyError, UsageError
from readlist.mark import set_status
from readlist.store.ranks import Place
from readlist.text import safe_line


@verb("queue")
@click.argument("words", nargs=-1, metavar="[KEY…]")
@click.option("--first", is_flag=True, help="Put the papers first among those of their priority.")
@click.option("--last", is_flag=True, help="Put them last among those of their priority.")
@click.option("--before", metavar="KEY", help="Put them before that paper, which has their priority.")
@click.option("--json", "as_json", is_flag=True, help="Print the queue as an array of objects.")
@click.pass_context
def reading_queue(
    ctx: click.Context, words: tuple[str, ...], *, first: bool, last: bool, before: str | None, as_json: bool
) -> None:
    r"""Show what to read next, in order, or put papers into the queue.

    What is being read comes first, then what has the highest priority, then what you put first, then what has waited
    longest. `undo` takes a change back.

    \b
    readlist queue
    readlist queue schick2023toolformer
    readlist queue schick2023toolformer --first
    readlist queue schick2023toolformer --before mialon2023augmented
    """
    session: Session = ctx.obj
    if first + last + (before is not None) > 1:
        raise UsageError("the papers can go to one place only", "--first, --last or --before KEY")
    if words and as_json:
        raise UsageError("--json goes with the whole queue, without keys")
    if words:
        place = Place.FIRST if first else Place.LAST if last else None
        _put(ctx, session, words, place if before is None else _id_of(session, before))
    elif first or last or before is not None:
        raise UsageError("which papers? name them by their keys", "readlist queue KEY --first")
    else:
        _show(session, as_json=as_json)


def _id_of(session: Session, key: str) -> str:
    """Return the id of the paper that goes by a key.

    Raises:
        UnknownKeyError: There is none.
    """
    entry = session.library.find(key)
    if entry is None:
        raise UnknownKeyError((key,), "readlist queue shows the queue")
    return entry.id


def _put(ctx: click.Context, session: Session, keys: tuple[str, ...], to: Place | str | None) -> None:
    """Put papers into the queue, and to a place in it."""
    entries, unknown = named(session, keys, None)
    ids = [entry.id for entry in entries]
    library = session.library
    if to is None:
        waiting = {entry.id for entry in library.queue()}
        step = library.mark([one for one in ids if one not in waiting], set_status("queued"))
    else:
        step = library.move_in_queue(ids, to)
    click.echo(step.description if step else "nothing to change")
    finish(ctx, unknown)


def _show(session: Session, *, as_json: bool) -> None:
    """Print the queue in its order."""
    from readlist.nextup import why

    queue = session.library.queue()
    if as_json:
        click.echo(shown_json([whole_record(entry) for entry in session.library.with_decisions(queue)]))
        return
    if not queue:
        click.echo("the queue is empty: readlist queue KEY puts a paper into it")
        return
    today = Date.today()  # noqa: DTZ011 — the reader's day
    rows = [(safe_line(entry.citekey), why(entry.mark, today), safe_line(entry.paper.title)) for entry in queue]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(2)]
    digits = len(str(len(rows)))
    for number, (key, reason, title) in enumerate(rows, 1):
        click.echo(f"{number:>{digits}}  {set_cell_size(key, widths[0])}  {set_cell_size(reason, widths[1])}  {title}")


COMMANDS = {"queue": reading_queue}
"""The verbs of this module."""
