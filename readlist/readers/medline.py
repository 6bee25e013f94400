"""MEDLINE's format, PubMed's `.nbib`: a tag of up to four letters a line (the elements are described by the NLM)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.names import spoken
from readlist.paper import Incoming, Rejected
from readlist.readers import reading, serials
from readlist.readers.dates import dated
from readlist.readers.identifiers import identifiers
from readlist.readers.initials_last import in_parts
from readlist.readers.making import made, venue_field
from readlist.readers.name_lists import listed, untold
from readlist.readers.tagged import Shape, Tagged, authors, read_tagged

NAME: Final = "medline"
"""The format's name."""

_SHAPE: Final = Shape(re.compile(r"\ufeff?([A-Z]{2,4}) {0,2}-(?: (.*))?\s*$", re.DOTALL), "PMID", "", frozenset())
BEGINS: Final = re.compile(r"\ufeff?PMID- {0,2}\d{1,12}\s{0,9}\n\s{0,9}[A-Z]{2,4} {0,2}- ")
"""What a record begins with."""
_FIELDS: Final = {
    "PMID": "pmid", "PMC": "pmcid", "VI": "volume", "IP": "number", "TA": "shortjournal", "LA": "language",
    "PB": "publisher", "PL": "address", "CTI": "series", "EN": "edition", "TT": "origtitle", "GN": "note",
    "MID": "mid",
}  # fmt: skip
"""Tags, and what a .bib file calls them; others are kept as `medline-` and the tag."""
_READ: Final = frozenset(
    "TI BTI FAU AU CN AB AD AUID DP DEP JT PG LID AID MH OT IS ISBN FED ED "  # read by themselves
    "OWN STAT DCOM LR EDAT MHDA CRDT PHST SB JID SO OTO DA PST IRAD NM RF".split()  # PubMed's own book-keeping
)
_NAMED: Final = re.compile(r"\s*\[(doi|pii)\]$")


def looks_like(head: str) -> bool:
    """Whether a source that begins so is in MEDLINE's format."""
    return BEGINS.match(head.lstrip()) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the records as papers with their subject headings; PubMed's own book-keeping is left out.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    return read_tagged(lines, source, _SHAPE, lambda record: _incoming(record, source))


def _incoming(record: Tagged, source: str) -> Incoming | None:
    """Return the paper that a record describes; None when it has no title, or too much of anything."""
    types = record.all("PT")
    book = record.first("BTI")
    title = record.first("TI") or book
    kind = "misc" if "Preprint" in types else "article" if not book else "incollection" if title != book else "book"
    people, doubtful = authors(record.all("FAU") or record.all("AU"), record.all("CN"))
    venue = record.first("JT") or record.first("TA") if not book else book if title != book else ""
    written = dated(record.first("DP"))
    names = dict(_identifying(record))
    found = identifiers("", names.get("doi", ""))
    words = record.all("MH", "OT")
    paper = made(
        title if title.endswith("..") else title.removesuffix("."),  # PubMed's own full stop
        source,
        authors=map(spoken, people),
        affiliations=[place.rstrip(" .") for place in record.all("AD")],
        date=written.date,
        abstract=record.first("AB"),
        identifiers=found,
        venue=venue,
        kind=kind,
        extra=[
            ("author", untold(people)),
            (venue_field(kind), venue),
            *written.extra,
            *_pages(record.first("PG")),
            ("editor", listed(in_parts(record.all("FED") or record.all("ED")).names)),
            ("keywords", "; ".join(words)),
            ("pii", names.get("pii", "")),
            *(pair for one in record.all("IS", "ISBN") for pair in serials.numbers(one, book=kind != "article")),
            ("medline-pt", "; ".join(types)),
            *(
                (_FIELDS.get(tag, f"medline-{tag.lower()}"), "; ".join(record.all(tag)))
                for tag in record.values
                if tag not in _READ and tag != "PT"
            ),
        ],
        uncertain=("authors",) if doubtful else (),
    )
    if paper is None or not record.is_whole:
        return None
    return Incoming(paper, None, reading.mark(tags=reading.tags(words)))


def _identifying(record: Tagged) -> Iterator[tuple[str, str]]:
    """Yield what the publisher calls the paper: its DOI, and its number."""
    for one in record.all("AID", "LID"):
        if found := _NAMED.search(one):
            yield found[1], one[: found.start()]


def _pages(written: str) -> Iterator[tuple[str, str]]:
    """Yield the pages; a number without digits alone, such as `e1023`, is that of an article."""
    pages = written.replace("-", "--") if written.count("-") == 1 else written
    yield ("eid" if re.fullmatch(r"[a-zA-Z]+\d+", pages) else "pages"), pages
