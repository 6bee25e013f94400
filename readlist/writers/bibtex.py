"""BibTeX: entries that bibtex and biber read without an error, whatever the papers say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from readlist.paper import Entry, Paper
from readlist.writers.bib_dates import MONTHS
from readlist.writers.bib_entry import Dialect, Field, entry_text, preprint_class
from readlist.writers.kinds import kind_of
from readlist.writers.options import Options

_VENUES: Final = {
    "article": "journal", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "inbook": "booktitle", "techreport": "institution", "phdthesis": "school", "mastersthesis": "school",
    "manual": "organization", "book": "publisher", "proceedings": "publisher",
}  # fmt: skip
"""The field that holds what a paper appeared in, by the type of its entry; `howpublished` for the others."""

_THESES: Final = {"phdthesis": "phdthesis", "mathesis": "mastersthesis"}
"""BibLaTeX's types of theses, and BibTeX's entries for them."""
_NAMES: Final = {"journaltitle": "journal", "location": "address"}
"""Fields of BibLaTeX that BibTeX's styles know by another name; biber knows both."""
_TOLD_BY: Final = {"phdthesis": ("phdthesis",), "mastersthesis": ("mathesis",), "techreport": ("techreport",)}
"""Entries, and the types that need not be said in them."""
_OF_THESES: Final = {**_NAMES, "institution": "school"}


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one entry after the other, a blank line between them.

    Accented letters are written as LaTeX in ASCII unless the options ask for Unicode; notes go out as `annote`.
    """
    dialect = Dialect(_dates, _preprint, _VENUES, note="annote", options=options, kind=_kind, renamed=_renamed)
    for number, entry in enumerate(entries):
        yield ("\n" if number else "") + entry_text(entry, dialect)


def _dates(date: str, season: str) -> Iterator[tuple[str, str]]:
    """Yield the year, and the month as the macro that every style knows; a season stands for a month."""
    yield "year", f"{{{date[:4]}}}"
    if date[5:7]:
        yield "month", MONTHS[int(date[5:7]) - 1]
    elif season:
        yield "month", f"{{{season}}}"


def _preprint(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what arXiv asks for; an old id names its archive itself (`hep-th/9901001`)."""
    yield "archivePrefix", "{arXiv}"
    first = preprint_class(paper)
    if first:
        yield "primaryClass", f"{{{first}}}"


def _kind(paper: Paper) -> str:
    """Return the type of an entry; no style of BibTeX knows BibLaTeX's theses and reports."""
    kind = kind_of(paper)
    if kind.casefold() == "report":
        return "techreport"
    if kind.casefold() != "thesis":
        return kind
    written = next((value for name, value in paper.extra if name.casefold() == "type"), "")
    return _THESES.get(written.casefold(), kind)


def _renamed(fields: dict[str, Field], kind: str) -> dict[str, Field]:
    """Return the fields of the source under the names that BibTeX has for them, where these are free."""
    names = _OF_THESES if kind in _THESES.values() else _NAMES
    found: dict[str, Field] = {}
    for folded, (name, value) in fields.items():
        if folded == "type" and value[1:-1].casefold() in _TOLD_BY.get(kind, ()):
            continue
        new = names.get(folded, folded)
        found[folded if new in fields else new] = (name if new in fields else new, value)
    return found
