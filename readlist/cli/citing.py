"""Verbs that give papers out: citations and exports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from readlist.cite import cite, export, export_file, format_for, in_bytes
from readlist.cli.session import Session
from readlist.cli.words import finish, named, query_within, verb
from readlist.settings import CITATION_STYLES
from readlist.text import safe_line
from readlist.writers import format_writer, style_writer
from readlist.writers.options import Options

_STYLES: Final = f"bibtex, plain, markdown, {', '.join(CITATION_STYLES)}, or the path of a .csl file."


@verb("cite")
@click.argument("words", nargs=-1, metavar="KEY…")
@click.option("--query", metavar="QUERY", help="The papers that match, instead of keys.")
@click.option("--style", default="bibtex", show_default=True, metavar="STYLE", help=_STYLES)
@click.option("--as", "form", metavar="FORM", help="Of formatted citations: plain, markdown or html. [default: plain]")
@click.option("--copy", is_flag=True, help="Copy instead of printing.")
@click.pass_context
def cite_papers(
    ctx: click.Context, *, words: tuple[str, ...], query: str | None, style: str, form: str | None, copy: bool
) -> None:
    r"""Cite papers, in the order of the keys.

    \b
    readlist cite schick2023toolformer mialon2023augmented
    readlist cite --style apa --as markdown 2302.04761
    readlist cite --style ~/styles/neuron.csl --query is:starred --copy
    """
    style_writer(style, form)
    session: Session = ctx.obj
    entries, unknown = named(session, words, query)
    text = cite(session.library, entries, style, form)
    if copy:
        _copy(ctx, session.folder, text)
    else:
        click.echo(text, nl=False)
    finish(ctx, unknown)


def _copy(ctx: click.Context, folder: Path, text: str) -> None:
    """Copy the text and say how; where nothing can hold it, print it for copying by hand and exit with 1."""
    from readlist.clipboard import Clipboard, ask_own_terminal, one_line

    outcome = Clipboard(folder).copy(one_line(text), ask_own_terminal)
    if outcome.done:
        click.echo(safe_line(outcome.words), err=True)
        if outcome.hint:
            click.echo(f"hint: {outcome.hint}", err=True)
        return
    click.echo(text, nl=False)
    click.echo(f"error: {outcome.words}\nhint: the text is printed, for copying by hand", err=True)
    ctx.exit(1)


@verb("export")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--format", "name", metavar="FORMAT", help="See below. [default: from the suffix of FILE, else bibtex]")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, replacing it whole; - is the standard output.")
@click.option("--view", metavar="NAME", help="Only papers of this saved view.")
@click.option("--with-notes", is_flag=True, help="Let your notes go out too.")
@click.option("--with-tags", is_flag=True, help="Let your tags go out too.")
@click.pass_obj
def export_papers(
    session: Session,
    words: tuple[str, ...],
    *,
    name: str | None,
    output: str | None,
    view: str | None,
    with_notes: bool,
    with_tags: bool,
) -> None:
    r"""Export the papers that match (all without a QUERY), sorted by citation key.

    \b
    readlist export is:starred -o refs.bib
    readlist export tag:llm --format json
    readlist export --view Starred -o refs.bib
    readlist export status:read --format markdown-notes -o reading.md

    \b
    FORMAT       suffix of FILE
    bibtex       .bib    for LaTeX
    csl-json             for Zotero, Pandoc and citeproc
    ris          .ris    for Zotero, EndNote, Mendeley
    hayagriva    .yaml   for Typst
    csv          .csv    for spreadsheets
    markdown     .md     a list; markdown-table is a table
    html         .html   a page to put on the web or to print
    text         .txt    plain citations
    json         .json   everything, for readlist and for programs

    markdown-notes is a document of your notes, grouped by status; markdown-notes-by-tag groups them by tag. These two
    have your notes and tags in them, and json all that you marked; the others have none unless you ask for them.
    """
    path = Path(output) if output is not None and output != "-" else None
    name = name or (format_for(path) if path else "bibtex")
    format_writer(name)
    options = Options(with_notes=with_notes, with_tags=with_tags)
    rows = session.library.select(query_within(session, view, words))
    if path is None:
        # As bytes: a shell's redirection gets UTF-8 and its line ends as they are, whatever the platform's own are.
        sys.stdout.buffer.writelines(in_bytes(export(session.library, rows, name, options)))
        return
    count = export_file(session.library, rows, path, name, options)
    click.echo(f"{count} {'paper' if count == 1 else 'papers'} in {safe_line(str(path))}", err=True)


COMMANDS = {"cite": cite_papers, "export": export_papers}
"""The verbs of this module."""
