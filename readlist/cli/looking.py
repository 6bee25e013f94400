"""Verbs that show papers."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence

import click
from rich.cells import cell_len, set_cell_size

from readlist.cli.session import Session
from readlist.cli.words import query_within, shown_json, verb
from readlist.decided import whole_record
from readlist.errors import UnknownKeyError
from readlist.link import link
from readlist.paper import Entry
from readlist.text import safe_line, safe_text

_STATUS, _DATE, _AUTHORS, _TITLE, _TAGS = 1, 3, 4, 5, 6
"""Columns of the table."""

_TITLE_ROOM = 30
"""Cells that a title should have before other columns get more."""

_MEASURE = 88
"""The longest line of prose, in cells."""


@verb("list")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects.")
@click.option("--sort", metavar="FIELD", help="The order, e.g. date, -date, title; - is descending.")
@click.option("--limit", type=click.IntRange(min=0), help="How many at most.")
@click.option("--view", metavar="NAME", help="Only papers of this saved view, in its order.")
@click.pass_obj
def list_papers(
    session: Session, words: tuple[str, ...], *, as_json: bool, sort: str | None, limit: int | None, view: str | None
) -> None:
    r"""List the papers that match (all without a QUERY), newest first.

    \b
    readlist list "reinforcement learning" -status:read
    readlist list tag:llm --json
    readlist list --view Inbox
    """
    query = query_within(session, view, [*words, *([f"sort:{sort}"] if sort else [])])
    rows = session.library.select(query)
    entries = session.library.entries(rows[:limit])
    if as_json:
        click.echo(shown_json([whole_record(entry) for entry in session.library.with_decisions(entries)]))
        return
    _table(session, entries)
    if not entries and (meant := session.library.near(query)):
        for word, near in meant.items():
            click.echo(f"no paper has {safe_line(word)}: did you mean {safe_line(' or '.join(near))}?", err=True)


def _table(session: Session, entries: Sequence[Entry]) -> None:
    """Print the papers in columns that fit the terminal; nothing is cut when the output goes elsewhere."""
    header = ("KEY", "STATUS", "", "DATE", "AUTHORS", "TITLE", "TAGS")
    rows = [header, *(_row(session, entry) for entry in entries)]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(header))]
    if sys.stdout.isatty():
        widths = _fitted(widths, shutil.get_terminal_size().columns)
    for row in rows:
        cells = [
            set_cell_size(text, width - 1) + "…" if cell_len(text) > width else set_cell_size(text, width)
            for text, width in zip(row, widths, strict=True)
            if width
        ]
        click.echo("  ".join(cells).rstrip())


def _fitted(widths: list[int], columns: int) -> list[int]:
    """Return widths of the table's columns that fit a terminal; 0 for a column that there is no room for.

    Tags, then authors are cut, then left out, until the title has room; a key is never cut, since it is to be copied.
    """
    found = list(widths)

    def room() -> int:
        others = [width for column, width in enumerate(found) if width and column != _TITLE]
        return columns - sum(others) - 2 * len(others)

    for column, most in ((_TAGS, 14), (_AUTHORS, 18), (_TAGS, 0), (_AUTHORS, 0), (_STATUS, 0), (_DATE, 0)):
        if room() < min(_TITLE_ROOM, widths[_TITLE]):
            found[column] = min(found[column], most)
    found[_TITLE] = max(1, min(widths[_TITLE], room()))
    return found


def _row(session: Session, entry: Entry) -> tuple[str, ...]:
    """Return what the table says of a paper."""
    paper, mark = entry.paper, entry.mark
    authors = safe_line(paper.authors[0]) if paper.authors else ""
    more = " et al." if len(paper.authors) > 1 or paper.authors_truncated else ""
    return (
        safe_line(entry.citekey),
        session.settings.known_status(mark.status).label,
        "*" if mark.starred else "",
        paper.date or "",
        authors + more,
        safe_line(paper.title),
        " ".join(f"#{safe_line(tag)}" for tag in mark.tags),
    )


@verb("show")
@click.argument("words", nargs=-1, metavar="KEY")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
@click.pass_obj
def show_paper(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    r"""Show one paper whole, by its citation key, id, arXiv id or DOI.

    \b
    readlist show schick2023toolformer
    """
    if len(words) != 1:
        raise click.UsageError("name one paper by its key; readlist list shows the keys")
    entry = session.library.find(words[0])
    if entry is None:
        raise UnknownKeyError(words, "readlist list shows the keys")
    if as_json:
        click.echo(shown_json(whole_record(*session.library.with_decisions([entry]))))
        return
    width = min(_MEASURE, shutil.get_terminal_size().columns)
    click.echo("\n".join(_page(session, entry, width)))


def _page(session: Session, entry: Entry, width: int) -> list[str]:
    """Return the lines that show a paper."""
    paper, mark = entry.paper, entry.mark
    status = session.settings.known_status(mark.status)
    facts = {
        "authors": ", ".join(paper.authors) + (" et al." if paper.authors_truncated else ""),
        "at": ", ".join(paper.affiliations),
        "date": (paper.date or "") + (" (year inferred)" if paper.year_inferred else ""),
        "in": ", ".join(paper.categories),
        "venue": paper.venue or "",
        "code": {True: "yes", False: "no", None: ""}[paper.has_code],
        "score": "" if paper.score is None else f"{paper.score:g}",
        "link": link(paper) or "",
        "key": entry.citekey,
        "status": f"{status.glyph} {status.label}" + ("  ★ starred" if mark.starred else ""),
        "rating": "★" * mark.rating,
        "priority": str(mark.priority or ""),
        "tags": " ".join(f"#{tag}" for tag in mark.tags),
        "unsure": ", ".join(paper.uncertain),
        "yours": ", ".join(entry.corrected),
        "from": ", ".join(paper.sources),
    }
    lines = [*textwrap.wrap(safe_line(paper.title), width), ""]
    for name, value in facts.items():
        if value:
            lines += textwrap.wrap(f"{name:<9}{safe_line(value)}", width, subsequent_indent=" " * 9)
    for paragraph in safe_text(paper.abstract or "").split("\n"):
        lines += ["", *textwrap.wrap(paragraph, width)] if paragraph else []
    for note in mark.notes:
        lines += ["", f"note, {note.created[:10]}", *safe_text(note.text).split("\n")]
    return lines


COMMANDS = {"list": list_papers, "show": show_paper}
"""The verbs of this module."""
