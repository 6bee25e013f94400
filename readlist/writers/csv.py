"""CSV for spreadsheets: RFC 4180, UTF-8, a header row, and no cell that a spreadsheet would run.

A cell that begins like a formula, even after blanks, gets an apostrophe in front (OWASP, "CSV Injection"). There is no
byte order mark: the header is ASCII, and programs that read UTF-8 would take the mark for a part of it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.link import link
from readlist.paper import Entry
from readlist.text import safe_line, safe_text
from readlist.writers.described import ET_AL, full_title, notes
from readlist.writers.options import Options

_COLUMNS: Final = (
    "key", "title", "authors", "date", "venue", "doi", "arxiv", "link", "categories", "affiliations", "code",
    "abstract",
)  # fmt: skip
"""The columns that are always there; those of tags and notes follow when they are asked for."""

_FORMULA: Final = re.compile(r"[\s']*[=+\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet may run, full-width signs included; with apostrophes in front, so that what was
made inert can be told from what was written so."""


class _Line:
    """A file of one line for the csv module to write into."""

    text = ""

    def write(self, text: str) -> None:
        """Take the line."""
        self.text = text


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield the header and one row for each paper; lists are joined by `; `."""
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")
    more = [*(["tags"] if options.with_tags else []), *(["notes"] if options.with_notes else [])]
    writer.writerow([*_COLUMNS, *more])
    yield line.text
    for entry in entries:
        writer.writerow([inert(cell) for cell in _cells(entry, options)])
        yield line.text


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cells(entry: Entry, options: Options) -> Iterator[str]:
    """Yield what stands in the columns."""
    paper = entry.paper
    yield safe_line(entry.citekey)
    yield full_title(paper)
    yield _joined([*paper.authors, *([ET_AL] if paper.authors_truncated else [])])
    yield paper.date or safe_line(next((value for name, value in paper.extra if name == "year"), ""))
    yield safe_line(paper.venue or "")
    yield safe_line(paper.identifiers.doi or "")
    yield safe_line(paper.identifiers.arxiv or "")
    yield link(paper) or ""
    yield _joined(paper.categories)
    yield _joined(paper.affiliations)
    yield {True: "yes", False: "no", None: ""}[paper.has_code]
    yield safe_text(paper.abstract or "")
    if options.with_tags:
        yield _joined(entry.mark.tags)
    if options.with_notes:
        yield "\n\n".join(notes(entry))


def _joined(items: Iterable[str]) -> str:
    """Return the items of a list as one cell."""
    return "; ".join(line for item in items if (line := safe_line(item)))
