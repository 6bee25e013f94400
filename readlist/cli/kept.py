"""The verb for exports that are kept up to date, and what begins to keep one."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import click

from readlist.cli.session import Session
from readlist.cli.words import laid_out, verb
from readlist.errors import UsageError
from readlist.living import Context, keep, shown, stop, write_anew
from readlist.text import safe_line
from readlist.writers.options import Options


def keep_export(session: Session, query: str, path: Path | None, name: str, options: Options) -> None:
    """Export to a file that is kept up to date from now on."""
    if path is None:
        raise UsageError("only a file can be kept up to date", "say which: -o FILE")
    count = keep(session.library, path, query, name=name, context=_context(session), options=options)
    papers = "1 paper" if count == 1 else f"{count} papers"
    click.echo(f"{papers} in {safe_line(str(path))}, which is kept up to date", err=True)


def _context(session: Session) -> Context:
    """Return what the queries of kept exports are read with."""
    return Context(session.settings.statuses, Date.today())  # noqa: DTZ011 — the reader's day


@click.group("kept", invoke_without_command=True)
@click.pass_context
def kept(ctx: click.Context) -> None:
    r"""List the exports that are kept up to date: file, what became of it, format, query.

    \b
    readlist export tag:thesis -o thesis/refs.bib --keep
    readlist kept
    readlist kept stop thesis/refs.bib
    """
    if ctx.invoked_subcommand is not None:
        return
    for one in shown(ctx.obj.library):
        export = one.export
        told = (export.path, one.state, export.format, *(name for name, _ in export.options), export.query or "all")
        click.echo("  ".join(safe_line(text) for text in told))


kept.help = laid_out(kept.help or "")


@verb("stop")
@click.argument("words", nargs=-1, metavar="FILE…")
@click.pass_obj
def stop_keeping(session: Session, words: tuple[str, ...]) -> None:
    r"""Keep files up to date no longer; they stay as they are.

    \b
    readlist kept stop thesis/refs.bib
    """
    if not words:
        raise UsageError("say which file", "readlist kept lists them")
    for one in stop(session.library, words):
        click.echo(f"{safe_line(one.path)} is kept up to date no longer", err=True)


@verb("write")
@click.argument("words", nargs=-1, metavar="[FILE…]")
@click.pass_context
def write_kept(ctx: click.Context, words: tuple[str, ...]) -> None:
    r"""Write files that are kept up to date (all without FILE), whatever stands in them.

    \b
    readlist kept write thesis/refs.bib
    """
    troubles = write_anew(ctx.obj.library, _context(ctx.obj), words)
    for trouble in troubles:
        click.echo(f"error: {safe_line(trouble)}", err=True)
    ctx.exit(1 if troubles else 0)


kept.add_command(stop_keeping)
kept.add_command(write_kept)

COMMANDS = {"kept": kept}
"""The verbs of this module."""
