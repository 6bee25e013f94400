"""BibLaTeX: entries for biber, in UTF-8, with the field names of biblatex's manual (section 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from readlist.paper import Entry, Paper
from readlist.writers.bib_entry import Dialect, entry_text, preprint_class
from readlist.writers.described import SEASONS
from readlist.writers.options import Options

_VENUES: Final = {
    "article": "journaltitle", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "inbook": "booktitle", "techreport": "institution", "report": "institution", "thesis": "institution",
    "phdthesis": "institution", "mastersthesis": "institution", "book": "publisher", "proceedings": "publisher",
}  # fmt: skip
"""The field that holds what a paper appeared in, by the type of its entry; `howpublished` for the others."""


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one entry after the other, a blank line between them.

    Accented letters are written in UTF-8, which is what biber reads; notes go out as `annotation`.
    """
    options = replace(options, unicode=True)
    dialect = Dialect(_dates, _preprint, _VENUES, note="annotation", options=options, biblatex=True)
    for number, entry in enumerate(entries):
        yield ("\n" if number else "") + entry_text(entry, dialect)


def _dates(date: str, season: str) -> Iterator[tuple[str, str]]:
    """Yield the date as ISO 8601 has it: seasons are months from 21 on (its second part, 4.8)."""
    number = f"-{21 + SEASONS.index(season.lower().replace('fall', 'autumn'))}" if season else ""
    yield "date", f"{{{date}{number}}}"


def _preprint(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield where the preprint is kept, and its class."""
    yield "eprinttype", "{arxiv}"
    first = preprint_class(paper)
    if first:
        yield "eprintclass", f"{{{first}}}"
