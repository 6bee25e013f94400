"""Verbs that decide of the facts of papers: own corrections, papers by hand, the same paper."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import click

from readlist import editing
from readlist.cli.session import Session
from readlist.cli.words import shown_json, verb
from readlist.decided import whole_record
from readlist.errors import ReadlistError, UnknownKeyError, UsageError
from readlist.library import Library, Step
from readlist.paper import Entry, Paper
from readlist.text import safe_line

T = TypeVar("T")

_KEY: Final = click.argument("words", nargs=-1, metavar="KEY")
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print the paper as an object.")


def _named(session: Session, key: str) -> Entry:
    """Return the paper that goes by a key.

    Raises:
        UnknownKeyError: There is none.
    """
    entry = session.library.find(key)
    if entry is None:
        raise UnknownKeyError((key,), "readlist list shows the keys")
    return entry


def _tell(session: Session, step: Step | None, paper_id: str, *, as_json: bool) -> None:
    """Say what was done, or print the paper as it is now."""
    if as_json:
        click.echo(shown_json(whole_record(*session.library.with_decisions([_named(session, paper_id)]))))
    else:
        click.echo(step.description if step else "nothing to change")


@verb("edit")
@_KEY
@click.option("--set", "assigned", multiple=True, metavar="FIELD=VALUE", help="Correct a field, or empty it.")
@click.option("--revert", "reverted", multiple=True, metavar="FIELD", help="Give a field, or all, back to sources.")
@click.option("--accept", is_flag=True, help="Take an uncertain title and authors for rightly read.")
@_JSON
@click.pass_obj
def edit_paper(
    session: Session,
    words: tuple[str, ...],
    *,
    assigned: tuple[str, ...],
    reverted: tuple[str, ...],
    accept: bool,
    as_json: bool,
) -> None:
    r"""Correct a paper: in $EDITOR as BibTeX, or with --set. What you correct wins over every later ingest.

    FIELD is title, authors, date, venue, kind, arxiv, doi, affiliations, categories, has_code, score, abstract, key,
    or any field of a .bib file. A name that is nearly one of these is refused; extra.NAME says that it is meant.

    \b
    readlist edit schick2023toolformer
    readlist edit schick2023toolformer --set year=2023 --set venue=NeurIPS
    readlist edit schick2023toolformer --revert venue
    """
    if len(words) != 1:
        raise UsageError("name one paper by its key", "readlist list shows the keys")
    if bool(assigned) + bool(reverted) + accept > 1:
        raise UsageError("--set, --revert and --accept are three changes", "make one after the other")
    entry = _named(session, words[0])
    library = session.library
    if reverted:
        step = library.revert([entry.id], () if "all" in reverted else map(editing.field_called, reverted))
    elif accept:
        step = library.accept_split([entry.id])
    elif assigned:
        changed = editing.assigned(assigned, held=(name for name, _ in entry.paper.extra))
        step = library.edit(entry.id, changed.corrections, citekey=changed.citekey)
    else:
        step = _edit_in_editor(library, entry)
    _tell(session, step, entry.id, as_json=as_json)


def _edit_in_editor(library: Library, entry: Entry) -> Step | None:
    """Let the reader correct a paper in an editor, and keep what was changed."""
    given = editing.as_text(entry)

    def take(back: str) -> Step | None:
        changed = editing.edits(given, back)
        return library.edit(entry.id, changed.corrections, citekey=changed.citekey)

    return _in_editor(given, take)


def _in_editor(given: str, take: Callable[[str], T]) -> T:
    """Open the editor on a text until what it leaves is taken; the text is kept where it cannot be.

    Raises:
        ReadlistError: The reader gave up; the message says where the text is.
    """
    from readlist.editor import edit

    folder = Path(tempfile.mkdtemp(prefix="readlist-"))
    path, text = folder / "paper.bib", given
    while True:
        edited = edit(text, path)
        if edited.trouble:
            raise ReadlistError(edited.trouble, f"nothing was changed; the text is in {path}")
        try:
            taken = take(edited.text)
        except ReadlistError as error:
            text = edited.text
            if text == given:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            click.echo(f"error: {safe_line(error.message)}", err=True)
            if not sys.stdin.isatty() or not click.confirm("Edit it again?", default=True, err=True):
                raise ReadlistError("the text was not taken", f"nothing was changed; it is in {path}") from None
        else:
            shutil.rmtree(folder, ignore_errors=True)
            return taken


@verb("add")
@click.argument("words", nargs=-1, metavar="[-]")
@click.option("--title", metavar="TEXT", help="The title.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="An author; once for each.")
@click.option("--date", metavar="YYYY[-MM[-DD]]", help="The date.")
@click.option("--venue", metavar="TEXT", help="Where it appeared.")
@click.option("--doi", metavar="DOI", help="The DOI.")
@click.option("--arxiv", metavar="ID", help="The arXiv id.")
@click.option("--url", metavar="URL", help="An address.")
@click.option("--abstract", metavar="TEXT", help="The abstract.")
@click.option("--key", "citekey", metavar="KEY", help="The citation key, if no other paper has it.")
@_JSON
@click.pass_obj
def add_paper(
    session: Session,
    /,
    words: tuple[str, ...],
    citekey: str | None,
    as_json: bool,
    authors: tuple[str, ...],
    **told: str | None,
) -> None:
    r"""Add a paper by hand: in $EDITOR as BibTeX, with options, or as BibTeX from the standard input with -.

    It is kept with your marks, so that it comes back when the catalogue is lost.

    \b
    readlist add
    readlist add --title "Deep Nets" --author "Ann Li" --date 2020
    pbpaste | readlist add -
    """
    values = [f"{name}={value}" for name, value in told.items() if value is not None]
    if authors:
        values.append("authors=" + " and ".join(authors))
    if words not in ((), ("-",)) or (words and values):
        raise UsageError("add takes options, or - for BibTeX on the standard input", "readlist add --help")
    library, pattern = session.library, session.settings.citekeys

    def take(text: str, given: str | None = None) -> tuple[Step, str]:
        whole = editing.paper_in(text, given)
        return library.add_by_hand(whole.paper, citekey=citekey or whole.citekey, pattern=pattern)

    if values:
        step, paper_id = library.add_by_hand(_told(values), citekey=citekey, pattern=pattern)
    elif words:
        step, paper_id = take(sys.stdin.buffer.read().decode(errors="replace"))
    else:
        step, paper_id = _in_editor(editing.empty_text(), partial(take, given=editing.empty_text()))
    _tell(session, step, paper_id, as_json=as_json)


def _told(values: list[str]) -> Paper:
    """Return the paper that the options tell of.

    Raises:
        UsageError: There is no title, or a value is not one that its field can have.
    """
    from readlist.correction import corrected, safe

    facts = editing.assigned(values).corrections
    if not facts.get("title"):
        raise UsageError("a paper needs a title", 'readlist add --title "Deep Nets"')
    return corrected(Paper(title="-", title_raw="-"), safe(facts))


@verb("merge")
@click.argument("words", nargs=-1, metavar="[KEY KEY…]")
@click.option("--keep-both", is_flag=True, help="They are two papers: do not ask about them again.")
@_JSON
@click.pass_obj
def merge_papers(session: Session, words: tuple[str, ...], keep_both: bool, as_json: bool) -> None:
    r"""Make papers one: the better of each field, every source, and the marks of all.

    The first one's key stays; the others' find the paper too, and later ingests of any go to the one.
    Without keys, papers that are likely the same are listed, except those that you decided to keep both.

    \b
    readlist merge
    readlist merge schick2023toolformer schick2024toolformer
    readlist merge --keep-both li2020deep li2020deeper
    """
    if not words and not keep_both:
        _list_likely(session, as_json=as_json)
        return
    if len(words) < 2 or (keep_both and len(words) > 2):  # noqa: PLR2004 — two papers
        raise UsageError("name two papers by their keys", "" if keep_both else "the key of the first one stays")
    first, *others = (_named(session, word) for word in words)
    library = session.library
    if keep_both:
        step = library.keep_both(first.id, others[0].id)
    else:
        statuses = [status.id for status in session.settings.statuses]
        step = library.merge_papers(first.id, *(other.id for other in others), statuses=statuses)
    if as_json:
        click.echo(shown_json(whole_record(*library.with_decisions([_named(session, first.id)]))))
    else:
        click.echo(step.name if step else "nothing to change")


def _list_likely(session: Session, *, as_json: bool) -> None:
    """Print the pairs of papers that are likely the same, the surest first."""
    library = session.library
    pairs = library.likely_same(library.apart())
    entries = {
        entry.id: entry for entry in library.by_ids({one for pair in pairs for one in (pair.first, pair.second)})
    }
    told = [(entries[pair.first], entries[pair.second], pair.reason) for pair in pairs]
    if as_json:
        click.echo(shown_json([{"first": one.citekey, "second": two.citekey, "reason": why} for one, two, why in told]))
        return
    for one, two, why in told:
        click.echo(f"{safe_line(one.citekey)}  {safe_line(two.citekey)}  {safe_line(why)}")
        click.echo(f"    {safe_line(one.paper.title)}\n    {safe_line(two.paper.title)}")
    count = "1 pair is" if len(told) == 1 else f"{len(told):,} pairs are"
    click.echo(f"{count} likely the same: readlist merge KEY KEY, or merge --keep-both KEY KEY", err=True)


COMMANDS = {"edit": edit_paper, "add": add_paper, "merge": merge_papers}
"""The verbs of this module."""
