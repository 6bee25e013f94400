"""RIS, which reference managers read: a tag and a value a line, `TY` to `ER`.

The tags are those of the specification of 2011; lines end in CR LF, and every value is one line. A preprint is
unpublished work (`UNPB`), since RIS has no word for it. arXiv ids stand in `AN` and in an address of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from readlist.paper import Entry, Paper
from readlist.text import safe_line
from readlist.writers.described import (
    ET_AL,
    addresses,
    authors,
    container,
    editors,
    notes,
    other_fields,
    page_range,
    publisher,
    turned_round,
)
from readlist.writers.kinds import kind_of
from readlist.writers.options import Options

_TYPES: Final = {
    "article": "JOUR", "periodical": "JOUR", "inproceedings": "CPAPER", "conference": "CPAPER", "incollection": "CHAP",
    "inbook": "CHAP", "book": "BOOK", "booklet": "BOOK", "proceedings": "CONF", "collection": "BOOK",
    "phdthesis": "THES", "mastersthesis": "THES", "thesis": "THES", "techreport": "RPRT", "report": "RPRT",
    "manual": "RPRT", "unpublished": "UNPB", "online": "ELEC", "electronic": "ELEC", "dataset": "DATA",
    "software": "COMP", "patent": "PAT",
}  # fmt: skip
"""BibTeX's types of entries and RIS's."""

_OTHERS: Final = {
    "volume": "VL", "number": "IS", "issue": "IS", "publisher": "PB", "address": "CY", "location": "CY",
    "edition": "ET", "series": "T3", "isbn": "SN", "issn": "SN", "language": "LA",
}  # fmt: skip
"""Fields of a .bib file and the tags that say the same."""

_WITHOUT_ASTERISK: Final = frozenset({"AU", "A2", "KW", "T2"})
"""Tags whose values may have no asterisk (the specification's words on names, keywords and periodicals)."""


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one record after the other, a blank line after each."""
    for entry in entries:
        lines = (f"{tag}  - {value}" for tag, value in _values(entry, options))
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _values(entry: Entry, options: Options) -> Iterator[tuple[str, str]]:
    """Yield the tags and their values; empty ones are left out."""
    for tag, text in _record(entry, options):
        value = safe_line(text.replace("*", "") if tag in _WITHOUT_ASTERISK else text)
        if value or tag == "TI":
            yield tag, value


def _record(entry: Entry, options: Options) -> Iterator[tuple[str, str]]:
    """Yield the tags of a paper in their fixed order."""
    paper = entry.paper
    fields = other_fields(paper)
    yield "TY", _type(paper)
    yield "ID", entry.citekey
    for author in authors(paper):
        yield "AU", turned_round(author)
    if paper.authors and paper.authors_truncated:
        yield "AU", ET_AL
    for editor in editors(paper):
        yield "A2", turned_round(editor)
    yield "TI", paper.title
    yield "T2", container(paper)
    if paper.date:
        yield "PY", paper.date[:4]
        yield "DA", "/".join([*paper.date.split("-"), "", ""][:3]) + "/"
    for name, tag in _OTHERS.items():
        yield tag, publisher(paper) if tag == "PB" else fields.get(name, "")
    first, last = page_range(fields.get("pages", ""))
    yield "SP", first
    yield "EP", last
    yield "AB", paper.abstract or ""
    yield "DO", paper.identifiers.doi or ""
    if paper.identifiers.arxiv:
        yield "AN", f"arXiv:{paper.identifiers.arxiv}"
    yield from (("UR", address) for _, address in addresses(paper))
    if options.with_tags:
        yield from (("KW", tag) for tag in entry.mark.tags)
    if options.with_notes:
        yield from (("N1", note) for note in notes(entry))


def _type(paper: Paper) -> str:
    """Return the type of a record."""
    return _TYPES.get(kind_of(paper).casefold(), "UNPB" if paper.identifiers.arxiv else "GEN")
