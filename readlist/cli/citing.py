"""Verbs that give papers out: citations and exports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sized
from functools import wraps
from pathlib import Path
from typing import Final

import click

from readlist.cite import cite, export, export_file, format_for, in_bytes, warned, whole
from readlist.cli.session import Session
from readlist.cli.words import finish, named, query_within, verb
from readlist.errors import NothingToDoError, UnknownKeyError, UsageError
from readlist.files import replace_file
from readlist.paper import Entry
from readlist.settings import CITATION_STYLES
from readlist.text import safe_line
from readlist.writers import format_writer, formats, style_writer
from readlist.writers.options import Options

_STYLES: Final = (
    f"bibtex, biblatex, plain, markdown, {', '.join(CITATION_STYLES)}, or the path of a .csl file. "
    "[default: bibtex, or from the suffix of -o]"
)
_DOCUMENTS: Final = "readlist.cli.citing.documents"
"""Where click keeps the documents that `cite` is given, each with its kind."""

_CITED_IN: Final = "The papers that an .aux file of LaTeX cites, with those of its chapters. May be given often."

_SUGGESTED: Final = 20
"""So many unknown keys are looked at for what they may have meant."""


def _of(kind: str) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], None]:
    """Return what takes the files of a kind of document down for `cite`."""

    def keep(ctx: click.Context, _: click.Parameter, paths: tuple[str, ...]) -> None:
        ctx.meta.setdefault(_DOCUMENTS, []).extend((kind, Path(path)) for path in paths)

    return keep


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options that writers heed, as its argument `options`."""

    @click.option("--unicode", is_flag=True, help="Accents of BibTeX in UTF-8 rather than as LaTeX.")
    @click.option("--with-notes", is_flag=True, help="Let your notes go out too.")
    @click.option("--with-tags", is_flag=True, help="Let your tags go out too.")
    @wraps(function)
    def asked(*words: object, unicode: bool, with_notes: bool, with_tags: bool, **others: object) -> None:
        function(*words, options=Options(unicode, with_notes, with_tags), **others)

    return asked


def _warn(text: str) -> None:
    """Say on the standard error what the text that was written may run into."""
    click.echo(f"warning: {safe_line(text)}", err=True)


@verb("cite")
@click.argument("words", nargs=-1, metavar="KEY…")
@click.option("--query", metavar="QUERY", help="The papers that match, instead of keys.")
@click.option("--aux", multiple=True, metavar="FILE", expose_value=False, callback=_of("aux"), help=_CITED_IN)
@click.option("--tex", multiple=True, metavar="FILE", expose_value=False, callback=_of("tex"), help="The same: LaTeX.")
@click.option("--md", multiple=True, metavar="FILE", expose_value=False, callback=_of("md"), help="The same: Markdown.")
@click.option("--style", metavar="STYLE", help=_STYLES)
@click.option("--as", "form", metavar="FORM", help="Of formatted citations: plain, markdown or html. [default: plain]")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, replacing it whole; - is the standard output.")
@click.option("--copy", is_flag=True, help="Copy instead of printing.")
@_with_options
@click.pass_context
def cite_papers(
    ctx: click.Context,
    words: tuple[str, ...],
    *,
    query: str | None,
    style: str | None,
    form: str | None,
    output: str | None,
    copy: bool,
    options: Options,
) -> None:
    r"""Cite papers, in the order of the keys; or those that a document cites.

    With --aux, --tex or --md the papers come under the keys that the document has, BibTeX sorted by key; keys that no
    paper goes by are named, and so are those that have been renamed since.

    \b
    readlist cite schick2023toolformer mialon2023augmented
    readlist cite --style apa --as markdown 2302.04761
    readlist cite --style ~/styles/neuron.csl --query is:starred --copy
    readlist cite --aux paper.aux -o refs.bib
    readlist cite --md notes.md --tex appendix.tex
    """
    path = Path(output) if output is not None and output != "-" else None
    if copy and output is not None:
        raise UsageError("a citation is copied or written to a file, not both")
    if path is not None and path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    name = style or (format_for(path) if path else "bibtex")
    as_style = style is not None or form is not None or path is None
    if as_style:
        style_writer(name, form)
    else:
        format_writer(name)
    session: Session = ctx.obj
    documents: list[tuple[str, Path]] = ctx.meta.get(_DOCUMENTS, [])
    if documents:
        entries, unknown = _cited(session, words, query, documents)
        if name in formats():
            entries.sort(key=lambda entry: entry.citekey)
    else:
        entries, unknown = named(session, words, query)
    if as_style:
        text = cite(session.library, entries, name, form, options, warn=_warn)
    else:
        text = "".join(warned(format_writer(name)(whole(session.library, entries, name), options), name, _warn))
        session.library.give_out(entry.id for entry in entries)
    if path is not None:
        _spare(path, entries, lambda: text)
        replace_file(path, text.encode(errors="replace"), mode=0o666)
        click.echo(f"{len(entries)} {'paper' if len(entries) == 1 else 'papers'} in {safe_line(str(path))}", err=True)
    elif copy:
        _copy(ctx, session.folder, text)
    else:
        click.echo(text, nl=False)
    finish(ctx, unknown)


def _cited(
    session: Session, words: tuple[str, ...], query: str | None, documents: list[tuple[str, Path]]
) -> tuple[list[Entry], tuple[str, ...]]:
    """Return the papers that documents cite, and the keys that no paper goes by; say what those may have meant.

    Raises:
        UsageError: Keys or a query are given too.
        UnknownKeyError: No paper goes by any of the keys.
    """
    from readlist.document import cited_papers

    if words or query is not None:
        raise UsageError("name papers, or a document that cites them, not both")
    cited = cited_papers(session.library, documents)
    for key, now in cited.by_others:
        click.echo(f"note: {safe_line(key)} is cited, and is {safe_line(now)} by now", err=True)
    for key in cited.unknown[:_SUGGESTED]:
        if near := session.library.near_keys(key):
            click.echo(f"no paper goes by {safe_line(key)}: did you mean {safe_line(' or '.join(near))}?", err=True)
    if cited.unknown and not cited.entries:
        raise UnknownKeyError(cited.unknown, "readlist list shows the keys")
    if not cited.entries:
        click.echo("note: nothing is cited", err=True)
    return list(cited.entries), cited.unknown


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
@click.option(
    "-f", "--format", "name", metavar="FORMAT", help="See below. [default: from the suffix of FILE, else bibtex]"
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, replacing it whole; - is the standard output.")
@click.option("--keep", is_flag=True, help="Write FILE again whenever its papers change; `kept` lists such files.")
@click.option("--view", metavar="NAME", help="Only papers of this saved view.")
@_with_options
@click.pass_obj
def export_papers(
    session: Session,
    words: tuple[str, ...],
    *,
    name: str | None,
    output: str | None,
    view: str | None,
    keep: bool,
    options: Options,
) -> None:
    r"""Export the papers that match (all without a QUERY), sorted by citation key.

    Where no paper matches, a FILE that has something in it stays as it is, and the exit status is 1.

    \b
    readlist export is:starred -o refs.bib
    readlist export tag:thesis -o thesis/refs.bib --keep
    readlist export tag:llm --format json
    readlist export --view Starred -o refs.bib
    readlist export status:read --format markdown-notes -o reading.md

    \b
    FORMAT       suffix of FILE
    bibtex       .bib    for LaTeX
    biblatex             for LaTeX with biblatex and biber, in UTF-8
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
    _no_format_among(words)
    rows = session.library.select(query_within(session, view, words))
    if path is not None:
        _spare(path, rows, lambda: "".join(format_writer(name)((), options)))
    if keep:
        from readlist.cli.kept import keep_export

        keep_export(session, _text_within(session, view, words), path, name, options)
        return
    if path is None:
        # As bytes: a shell's redirection gets UTF-8 and its line ends as they are, whatever the platform's own are.
        sys.stdout.buffer.writelines(in_bytes(export(session.library, rows, name, options, warn=_warn)))
        return
    count = export_file(session.library, rows, path, name, options, warn=_warn)
    click.echo(f"{count} {'paper' if count == 1 else 'papers'} in {safe_line(str(path))}", err=True)


def _no_format_among(words: tuple[str, ...]) -> None:
    """Refuse `-fjson`, which is meant for a format and would be a word to be left out.

    Raises:
        UsageError: There is such a word.
    """
    meant = next((word[2:] for word in words if word.startswith("-f") and word[2:] in formats()), None)
    if meant:
        raise UsageError(f"-f{meant} leaves out papers with the word f{meant}", f"for the format write -f {meant}")


def _spare(path: Path, entries: Sized, nothing: Callable[[], str]) -> None:
    """See to it that a query that nothing matches empties no file.

    Args:
        path: The file that is about to be replaced.
        entries: What goes into it.
        nothing: Makes the text of a file without papers, which may be replaced.

    Raises:
        NothingToDoError: There are no papers, and the file has something in it.
    """
    if len(entries) or not path.is_file() or not path.stat().st_size:
        return
    with path.open("rb") as file:
        empty = nothing().encode()
        if file.read(len(empty) + 1) == empty:
            return
    raise NothingToDoError(
        f"no paper matches: {path} stays as it was", "readlist list QUERY shows what matches; or remove the file first"
    )


def _text_within(session: Session, view: str | None, words: tuple[str, ...]) -> str:
    """Return the query that the words make within a saved view as it is now, as text.

    Raises:
        UsageError: No view goes by that name.
    """
    from readlist.query.adding import without_order

    typed = " ".join(words)
    if view is None:
        return typed
    from readlist.view import named as view_named

    both = (without_order(view_named(session.library.views(), view).query), typed)
    return " ".join(f"({part})" for part in both if part.strip())


COMMANDS = {"cite": cite_papers, "export": export_papers}
"""The verbs of this module."""
