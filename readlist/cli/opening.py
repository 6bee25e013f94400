"""The verb that opens papers on the web."""

from __future__ import annotations

import click

from readlist.cli.session import Session
from readlist.cli.words import finish, named, verb
from readlist.link import page


@verb("open")
@click.argument("words", nargs=-1, metavar="KEY…")
@click.pass_context
def open_papers(ctx: click.Context, words: tuple[str, ...]) -> None:
    r"""Open papers in the browser: by DOI, by arXiv id, else a search for the title. The addresses are printed too.

    \b
    readlist open schick2023toolformer
    """
    from readlist.browser import open_page

    session: Session = ctx.obj
    entries, unknown = named(session, words, None)
    addresses = [page(entry.paper) for entry in entries]
    for address in addresses:
        click.echo(address)
    for address in addresses:
        open_page(address)
    finish(ctx, unknown)


COMMANDS = {"open": open_papers}
"""The verb of this module."""
