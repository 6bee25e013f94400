"""Markdown: a table of papers, as GitHub and Pandoc read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readlist.paper import Entry
from readlist.writers.described import notes
from readlist.writers.markdown import authors, escaped, tag_list, title
from readlist.writers.options import Options


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield the head of the table and a row for each paper; a note is one line of words in its cell."""
    more = [*(["Tags"] if options.with_tags else []), *(["Notes"] if options.with_notes else [])]
    head = ["Title", "Authors", "Date", "Venue", *more]
    yield _row(head)
    yield _row(["---"] * len(head))
    for entry in entries:
        paper = entry.paper
        cells = [title(paper), authors(paper), paper.date or "", escaped(paper.venue or "")]
        if options.with_tags:
            cells.append(tag_list(entry))
        if options.with_notes:
            cells.append(" / ".join(escaped(note) for note in notes(entry)))
        yield _row(cells)


def _row(cells: Iterable[str]) -> str:
    """Return a row of the table."""
    return f"| {' | '.join(cells)} |\n"
