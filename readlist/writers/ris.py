"""RIS, which reference managers read: a tag and a value a line, `TY` to `ER`.

The tags are those of the specification of 2011; lines end in CR LF, and every value is one line. A preprint is
unpublished work (`UNPB`), since RIS has no word for it. arXiv ids stand in `AN` and in an address of their own. What a
RIS file said besides is kept under `ris-` and its tag, and goes out under it again.
"""

from __future__ import annotations

import re
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
    full_title,
    keywords,
    names,
    new_tags,
    notes,
    other_fields,
    page_range,
    publisher,
    said_of_date,
    site,
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
    "volume": "VL", "number": "IS", "issue": "IS", "address": "CY", "location": "CY",
    "edition": "ET", "series": "T3", "isbn": "SN", "issn": "SN", "language": "LA", "type": "M3", "shorttitle": "ST",
    "shortjournal": "J2", "database": "DB", "accession": "AN", "urldate": "Y2",
    "eid": "C7", "articleno": "C7",
}  # fmt: skip
"""Fields of a .bib file and the tags that say the same."""
_OF_PAGES: Final = frozenset({"BOOK", "EBOOK", "EDBOOK", "THES"})
"""Types in which the tag of the first page says how many pages there are."""
_LIKE_VENUES: Final = frozenset(("shortjournal", "ris-t2", "ris-jo", "ris-jf", "ris-bt", "ris-ja", "ris-j2"))
"""Fields whose tags readers take for the venue of a record without `T2`."""
_FILES: Final = re.compile(r"(?:file|pdf)(?:-\d+)?")
_AGAIN: Final = re.compile(r"(.+)-\d+")
"""A field that a source said several times: `url-2`."""
_TAG: Final = re.compile(r"ris-([a-z][a-z0-9])(?:-\d+)?")
_TYPE: Final = re.compile("[A-Z]{2,6}")
_OWN: Final = frozenset(("ty", "id", "er"))
"""Tags that are written once, and first or last."""

_WITHOUT_ASTERISK: Final = frozenset({"AU", "A2", "KW", "T2"})
"""Tags whose values may have no asterisk (the specification's words on names, keywords and periodicals)."""


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one record after the other, a blank line after each."""
    for entry in entries:
        lines = (f"{tag}  - {value}" for tag, value in _values(entry, options))
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _values(entry: Entry, options: Options) -> Iterator[tuple[str, str]]:
    """Yield the tags and their values, each once; empty ones are left out."""
    said: set[tuple[str, str]] = set()
    for tag, text in _record(entry, options):
        value = safe_line(text.replace("*", "") if tag in _WITHOUT_ASTERISK else text)
        if (value or tag == "TI") and ((tag, value) not in said or tag == "AU"):
            said.add((tag, value))
            yield tag, value


def _record(entry: Entry, options: Options) -> Iterator[tuple[str, str]]:
    """Yield the tags of a paper in their fixed order."""
    paper = entry.paper
    fields = other_fields(paper)
    yield "TY", _type(paper, fields)
    yield "ID", entry.citekey
    for author in authors(paper):
        yield "AU", turned_round(author)
    if paper.authors and paper.authors_truncated:
        yield "AU", ET_AL
    for editor in editors(paper):
        yield "A2", turned_round(editor)
    for translator in names(paper, "translator"):
        yield "A4", turned_round(translator)
    yield "TI", full_title(paper)
    brought_out = publisher(paper, fields)
    said_elsewhere = paper.venue in (paper.title, brought_out) and fields.keys().isdisjoint(_LIKE_VENUES)
    alone = "" if said_elsewhere else paper.venue or ""
    yield "T2", container(paper, fields) or alone
    yield from _dates(paper, fields)
    yield "PB", brought_out
    for name, tag in _OTHERS.items():
        yield from ((tag, value) for value in _several(fields, name))
    first, last = page_range(fields.get("pages", ""))
    yield "SP", first or (fields.get("pagetotal", "") if _type(paper, fields) in _OF_PAGES else "")
    yield "EP", last
    yield "AB", paper.abstract or ""
    yield "DO", paper.identifiers.doi or fields.get("doi", "")
    if paper.identifiers.arxiv:
        yield "AN", f"arXiv:{paper.identifiers.arxiv}"
    yield from (("AD", place) for place in paper.affiliations)
    yield "UR", site(paper)
    yield from (("UR", address) for _, address in addresses(paper))
    yield from _as_they_stand(paper, private=options.with_notes)
    yield from (("N1", note) for note in _several(fields, "note"))
    yield from (("KW", word) for word in keywords(paper))
    if options.with_tags:
        yield from (("KW", tag) for tag in new_tags(entry))
    if options.with_notes:
        came = set(_several(fields, "ris-n1"))
        yield from (("N1", note) for note in notes(entry) if note not in came)


def _several(fields: dict[str, str], name: str) -> Iterator[str]:
    """Yield the values of a field that a source may have said several times."""
    for field, value in fields.items():
        again = _AGAIN.fullmatch(field)
        if (again[1] if again else field) == name:
            yield value


def _dates(paper: Paper, fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the year, and the whole date; what else is said of it is its other information."""
    if not paper.date:
        yield "PY", said_of_date(paper, fields)
        return
    yield "PY", paper.date[:4]
    yield "DA", "/".join([*[*paper.date.split("-"), "", ""][:3], said_of_date(paper, fields)])


def _as_they_stand(paper: Paper, *, private: bool) -> Iterator[tuple[str, str]]:
    """Yield what stands verbatim: further addresses, files, and what a RIS file said under tags of its own.

    Args:
        paper: The paper.
        private: Whether the notes of the file are among it, which its owner wrote for themselves.
    """
    for name, value in paper.extra:
        tag = _TAG.fullmatch(name)
        if tag and tag[1] == "n1" and not private:
            continue
        if tag and tag[1] not in _OWN:
            yield tag[1].upper(), value
        elif name.startswith("url-"):
            yield "UR", value
        elif _FILES.fullmatch(name):
            yield "L1", value


def _type(paper: Paper, fields: dict[str, str]) -> str:
    """Return the type of a record."""
    written = fields.get("ris-type", "")
    if _TYPE.fullmatch(written):
        return written
    return _TYPES.get(kind_of(paper).casefold(), "UNPB" if paper.identifiers.arxiv else "GEN")
