"""Verbs that give papers out: citations and exports."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readlist.cite import cite, export, export_file, format_for
from readlist.cli.session import Session
from readlist.cli.words import finish, laid_out, named, query_of, selected, verb
from readlist.errors import UsageError
from readlist.text import safe_line
from readlist.writers import format_writer, style_writer

if TYPE_CHECKING:
    from readlist.living import Context


@verb("cite")
@click.argument("words", nargs=-1, metavar="KEY…")
@click.option("--query", metavar="QUERY", help="The papers that match, instead of keys.")
@click.option("--style", default="bibtex", show_default=True, help="bibtex, plain or markdown.")
@click.option("--copy", is_flag=True, help="Copy instead of printing.")
@click.pass_context
def cite_papers(ctx: click.Context, words: tuple[str, ...], query: str | None, style: str, copy: bool) -> None:
    r"""Cite papers, in the order of the keys.

    \b
    readlist cite schick2023toolformer mialon2023augmented
    readlist cite --style plain 2302.04761
    """
    style_writer(style)
    session: Session = ctx.obj
    entries, unknown = named(session, words, query)
    text = cite(session.library, entries, style)
    if copy:
        _copy(ctx, text)
    else:
        click.echo(text, nl=False)
    finish(ctx, unknown)


def _copy(ctx: click.Context, text: str) -> None:
    """Copy the text and say how; where no clipboard can be reached, print it for copying by hand and exit with 1."""
    from readlist.clipboard import copy_from_shell, told

    outcome = copy_from_shell(text)
    if outcome != told(locally=False, through_terminal=False):
        click.echo(outcome, err=True)
        return
    click.echo(text, nl=False)
    click.echo(f"error: {outcome}\nhint: the text is printed, for copying by hand", err=True)
    ctx.exit(1)


@verb("export")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option(
    "--format", "name", metavar="FORMAT", help="bibtex or json. [default: from the suffix of FILE, else bibtex]"
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, replacing it whole; - is the standard output.")
@click.option("--keep", is_flag=True, help="Write FILE again whenever its papers change; `kept` lists such files.")
@click.pass_obj
def export_papers(session: Session, words: tuple[str, ...], name: str | None, output: str | None, keep: bool) -> None:
    r"""Export the papers that match (all without a QUERY), sorted by citation key.

    \b
    readlist export is:starred -o refs.bib
    readlist export tag:thesis -o thesis/refs.bib --keep
    readlist export tag:llm --format json
    """
    path = Path(output) if output is not None and output != "-" else None
    name = name or (format_for(path) if path else "bibtex")
    format_writer(name)
    if keep:
        _keep(session, words, path, name)
        return
    entries = selected(session, query_of(session, words))
    if path is None:
        for piece in export(session.library, entries, name):
            click.echo(piece, nl=False)
        return
    count = export_file(session.library, entries, path, name)
    click.echo(f"{count} {'paper' if count == 1 else 'papers'} in {safe_line(str(path))}", err=True)


def _keep(session: Session, words: tuple[str, ...], path: Path | None, name: str) -> None:
    """Export to a file that is kept up to date from now on."""
    from readlist import living

    if path is None:
        raise UsageError("only a file can be kept up to date", "say which: -o FILE")
    count = living.keep(session.library, path, " ".join(words), name=name, context=_context(session))
    papers = "1 paper" if count == 1 else f"{count} papers"
    click.echo(f"{papers} in {safe_line(str(path))}, which is kept up to date", err=True)


def _context(session: Session) -> Context:
    """Return what the queries of kept exports are read with."""
    from readlist.living import Context

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
    from readlist.living import shown

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
    from readlist.living import stop

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
    from readlist.living import write_anew

    troubles = write_anew(ctx.obj.library, _context(ctx.obj), words)
    for trouble in troubles:
        click.echo(f"error: {safe_line(trouble)}", err=True)
    ctx.exit(1 if troubles else 0)


kept.add_command(stop_keeping)
kept.add_command(write_kept)

COMMANDS = {"cite": cite_papers, "export": export_papers, "kept": kept}
"""The verbs of this module."""
