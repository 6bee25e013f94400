"""The Web of Science's plain text and its tables: a tag of two letters a line, from `PT` to `ER`, or a column.

Clarivate's list of field tags says what they mean; in a table a row is a record, and semicolons stand between values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from itertools import chain
from typing import Final

from msgspec.structs import replace

from readlist.names import spoken
from readlist.paper import Incoming, Rejected
from readlist.readers import reading
from readlist.readers.dates import dated
from readlist.readers.decoding import numbered
from readlist.readers.identifiers import identifiers
from readlist.readers.initials_last import in_parts
from readlist.readers.making import made, publisher_field, venue_field
from readlist.readers.name_lists import listed, untold
from readlist.readers.tagged import Shape, Tagged, authors, read_tagged

NAME: Final = "web-of-science"
"""The format's name."""

_SHAPE: Final = Shape(
    re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: (.*))?\s*$", re.DOTALL), "PT", "ER", frozenset(("FN", "VR", "EF"))
)
BEGINS: Final = re.compile(r"\ufeff?(?:FN [^\n]{1,99}\n\s{0,9}VR \d|PT [A-Z]\s{0,9}\n(?:A[UF]|B[AFE]|CA|TI|GP) \S)")
"""What a file, or a record of one, begins with."""
_FIELDS: Final = {
    "VL": "volume", "IS": "number", "AR": "eid", "SN": "issn", "EI": "eissn", "BN": "isbn", "PI": "address",
    "SE": "series", "LA": "language", "JI": "shortjournal", "UT": "accession", "PM": "pmid", "CT": "eventtitle",
    "CY": "eventdate", "CL": "eventplace", "PG": "pagetotal", "ID": "keywords-plus", "RP": "wos-rp",
}  # fmt: skip
"""Tags, and what a .bib file calls them; others are kept as `wos-` and the tag."""
_READ: Final = frozenset(
    "PT AU AF BA BF CA GP TI SO DT DE AB C1 C3 PU BE DI D2 PD PY BP EP CR NR J9 ER".split()
)  # what is read by itself, the papers that are cited, and the journal in capitals once more
_HEADING: Final = re.compile(r"\ufeff?PT\t[A-Z][A-Z0-9]\t(?:[A-Z][A-Z0-9]\t?){3,}\s*")
"""The header row of a table: tags, between tabs."""
_SEVERAL: Final = {**dict.fromkeys(("AU", "AF", "BA", "BE", "BF", "CA", "GP"), ";"), "C1": r";\s*(?=\[)"}
"""Columns that list several values, and what stands between these."""
_WHO: Final = re.compile(r"\[[^]]{0,5000}\]\s*")
"""Whose affiliation it is that follows."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is of the Web of Science."""
    text = head.lstrip()
    return BEGINS.match(text) is not None or _HEADING.fullmatch(text.partition("\n")[0]) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the records as papers with the keywords of their authors; the papers that they cite are left out.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    all_lines = iter(lines)
    before: list[str] = []
    for line in all_lines:
        if _HEADING.fullmatch(line):
            yield from _table(all_lines, line, len(before) + 1, source)
            return
        before.append(line)
        if line.strip():
            break
    yield from read_tagged(chain(before, all_lines), source, _SHAPE, lambda record: _incoming(record, source))


def _table(lines: Iterable[str], heading: str, above: int, source: str) -> Iterator[Incoming | Rejected]:
    """Yield the rows below a header row as papers.

    Args:
        lines: The rows.
        heading: The header row.
        above: How many lines there are up to it.
        source: The source's name.
    """
    tags = heading.removeprefix("\ufeff").split()
    for number, line in numbered(lines):
        if not line.strip():
            continue
        record = Tagged(number + above)
        kept = record.keeps(line)
        cells = line.rstrip("\n").split("\t") if kept else []
        for tag, cell in zip(tags, cells, strict=False):
            values = re.split(_SEVERAL[tag], cell) if tag in _SEVERAL else [cell]
            if found := [value.strip() for value in values if value.strip()]:
                record.values[tag] = [found]
        more = [cell for cell in cells[len(tags) :] if cell.strip()]
        reason = f"the row has {len(cells)} cells, the header {len(tags)}" if more else "the row has no title"
        made_of_it = None if more else _incoming(record, source)
        yield made_of_it or replace(record.rejected(reason, source), heading=heading.rstrip("\n"))


def _incoming(record: Tagged, source: str) -> Incoming | None:
    """Return the paper that a record describes; None when it has no title, or too much of anything."""
    kind = _kind(record)
    people, doubtful = authors(record.lines("AF", "AU", "BF", "BA"), record.lines("CA", "GP"))
    venue = record.first("SO")
    year, words = record.first("PY"), reading.keywords(record.first("DE"))
    written = dated(f"{record.first('PD')} {year}".strip(), year=year)
    found = identifiers("", record.first("DI") or record.first("D2"))
    first, last = record.first("BP"), record.first("EP")
    paper = made(
        record.first("TI"),
        source,
        authors=map(spoken, people),
        affiliations=[_WHO.sub("", place).rstrip(" .") for place in record.lines("C1")],
        date=written.date,
        abstract=record.first("AB"),
        identifiers=found,
        venue=venue,
        kind=kind,
        extra=[
            ("author", untold(people)),
            (venue_field(kind), venue),
            *written.extra,
            ("pages", f"{first}--{last}" if first and last else first),
            ("editor", listed(in_parts(record.lines("BE")).names)),
            ("publisher" if venue else publisher_field(kind), record.first("PU")),
            ("keywords", "; ".join(words)),
            ("doi", "" if found.doi else record.first("DI")),
            ("wos-dt", "" if kind == "article" and record.first("DT") == "Article" else record.first("DT")),
            *((_FIELDS.get(tag, f"wos-{tag.lower()}"), record.first(tag)) for tag in record.values if tag not in _READ),
        ],
        uncertain=("authors",) if doubtful else (),
    )
    if paper is None or not record.is_whole:
        return None
    return Incoming(paper, None, reading.mark(tags=reading.tags(words)))


def _kind(record: Tagged) -> str:
    """Return BibTeX's type for the types of the publication and of the document."""
    publication, document = record.first("PT"), record.first("DT").casefold()
    if publication == "J":
        return "article"
    if publication == "P":
        return "patent"
    if "proceedings" in document or record.first("CT"):
        return "inproceedings"
    return "book" if document == "book" else "incollection"
