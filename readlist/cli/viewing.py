"""The verb for saved views."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import click
from rich.cells import cell_len, set_cell_size

from readlist.cli.session import Session
from readlist.cli.words import query_of, shown_json, verb
from readlist.errors import QueryError, UsageError
from readlist.library import Step
from readlist.query.adding import without_order
from readlist.text import safe_line
from readlist.view import View, named, usable


@verb("views")
@click.argument("words", nargs=-1, metavar="[add NAME [QUERY] | remove NAME]")
@click.option("--sort", metavar="FIELD", help="The order of the view that is added. [default: -date]")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects.")
@click.pass_obj
def saved_views(session: Session, words: tuple[str, ...], sort: str | None, as_json: bool) -> None:
    r"""List the saved views, add one, or remove one. `undo` takes it back.

    \b
    readlist views
    readlist views add RL tag:rl -status:read --sort -added
    readlist views remove RL
    readlist list --view RL
    """
    what = words[0] if words else ""
    if sort is not None and what != "add":
        raise UsageError("--sort goes with views add", "readlist list --view NAME --sort FIELD sorts what is listed")
    if as_json and words:
        raise UsageError("--json goes with the list of views alone")
    if not words:
        _list(usable(session.library.views(), partial(_is_understood, session)), as_json=as_json)
    elif what == "add" and len(words) > 1:
        _tell(_add(session, words[1], words[2:], sort))
    elif what == "remove" and len(words) > 1:
        _tell(_remove(session, " ".join(words[1:])))
    else:
        hint = "readlist views add NAME [QUERY], or readlist views remove NAME"
        raise UsageError(f"views {what} needs a name" if what in ("add", "remove") else f"views {what!r}: what?", hint)


def _is_understood(session: Session, view: View) -> bool:
    """Whether the query of a view can be understood."""
    try:
        query_of(session, [view.query])
    except QueryError:
        return False
    return True


def _list(views: Sequence[View], *, as_json: bool) -> None:
    """Print the views in their order."""
    if as_json:
        click.echo(shown_json([{"name": view.name, "query": view.query, "order": view.order} for view in views]))
        return
    rows = [("NAME", "QUERY", "ORDER"), *(tuple(map(safe_line, (one.name, one.query, one.order))) for one in views)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(map(set_cell_size, row, widths)).rstrip())


def _add(session: Session, name: str, words: Sequence[str], sort: str | None) -> Step | None:
    """Add a view at the end."""
    order = query_of(session, [*words, *([f"sort:{sort}"] if sort else [])]).order
    view = View(name, without_order(" ".join(words)).strip(), str(order).removeprefix("sort:"))
    return session.library.change_views(lambda views: (*views, view), f"save the view {name}")


def _remove(session: Session, name: str) -> Step | None:
    """Remove a view."""
    view = named(session.library.views(), name)
    return session.library.change_views(
        lambda views: [one for one in views if one != named(views, name)], f"remove the view {view.name}"
    )


def _tell(step: Step | None) -> None:
    """Say what was done."""
    click.echo(step.description if step else "nothing to change")


COMMANDS = {"views": saved_views}
"""The verb of this module."""
