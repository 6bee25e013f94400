"""BibTeX: entries that bibtex and biber read without an error, whatever the papers say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from readlist.paper import Entry, Paper
from readlist.writers.bib_entry import MONTHS, Dialect, entry_text, preprint_class
from readlist.writers.options import Options

_VENUES: Final = {
    "article": "journal", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "inbook": "booktitle", "techreport": "institution", "phdthesis": "school", "mastersthesis": "school",
    "manual": "organization", "book": "publisher", "proceedings": "publisher",
}  # fmt: skip
"""The field that holds what a paper appeared in, by the type of its entry; `howpublished` for the others."""


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one entry after the other, a blank line between them.

    Accented letters are written as LaTeX in ASCII unless the options ask for Unicode; notes go out as `annote`.
    """
    dialect = Dialect(_dates, _preprint, _VENUES, note="annote", options=options)
    for number, entry in enumerate(entries):
        yield ("\n" if number else "") + entry_text(entry, dialect)


def _dates(date: str) -> Iterator[tuple[str, str]]:
    """Yield the year, and the month as the macro that every style knows."""
    yield "year", f"{{{date[:4]}}}"
    if date[5:7]:
        yield "month", MONTHS[int(date[5:7]) - 1]


def _preprint(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what arXiv asks for; an old id names its archive itself (`hep-th/9901001`)."""
    yield "archivePrefix", "{arXiv}"
    first = preprint_class(paper)
    if first:
        yield "primaryClass", f"{{{first}}}"
