"""RIS, which reference managers and publishers write: a tag and a value a line, from `TY` to `ER`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from typing import ClassVar, Final

from readlist.mark import UNMARKED
from readlist.names import SUFFIXES, split_name, spoken
from readlist.paper import Furniture, Incoming, Paper, Rejected
from readlist.readers import reading
from readlist.readers.dates import loose_date
from readlist.readers.decoding import numbered
from readlist.readers.gathered import Gathered
from readlist.readers.identifiers import identifiers
from readlist.readers.making import made, venue_field, without_html
from readlist.text import safe_line, safe_verbatim

NAME: Final = "ris"
"""The format's name."""

_LINE: Final = re.compile(r"\ufeff?([A-Z][A-Z0-9])[ \t]{1,4}-(?:[ \t](.*)|\s*)$", re.DOTALL)
_FIRST: Final = re.compile(r"^\ufeff?TY[ \t]{1,4}-[ \t]", re.MULTILINE)
_ENDED: Final = re.compile(r"ER[ \t]{1,4}-[ \t]*(?=TY[ \t]{1,4}-)")
_KINDS: Final = {
    "JOUR": "article", "JFULL": "article", "MGZN": "article", "NEWS": "article", "EJOUR": "article", "ABST": "article",
    "INPR": "article", "CONF": "inproceedings", "CPAPER": "inproceedings", "CHAP": "incollection", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "THES": "phdthesis", "RPRT": "techreport", "UNPB": "unpublished",
    "DATA": "dataset", "COMP": "software", "PAT": "patent", "ELEC": "online", "BLOG": "online",
}  # fmt: skip
"""RIS's types and BibTeX's; what is not here is `misc` (the specification of 2011)."""
_FIELDS: Final = {
    "VL": "volume", "IS": "number", "PB": "publisher", "CY": "address", "PP": "address", "ET": "edition",
    "T3": "series", "LA": "language", "ST": "shorttitle", "M3": "type", "Y2": "urldate", "L1": "file",
    "AN": "accession", "DB": "database", "DP": "database",
}  # fmt: skip
_TITLES: Final = ("TI", "T1", "CT")
_VENUES: Final = ("T2", "JO", "JF", "BT", "JA", "J2")
_PEOPLE: Final = ("AU", "A1")
_TAKEN: Final = frozenset(
    (
        *_TITLES,
        *_VENUES,
        *_PEOPLE,
        "TY",
        "ID",
        "PY",
        "Y1",
        "DA",
        "AB",
        "N2",
        "KW",
        "N1",
        "SP",
        "EP",
        "DO",
        "UR",
        "A2",
        "AD",
        "ED",
        "SN",
    )
)
_MOST_ABOVE: Final = 50
"""Lines that may stand above the first record, such as `Provider: …` and `Content: …` of ACS and HighWire."""
_COUNTED: Final = re.compile(r"(?:Export Date|Times Cited|Cited By|Cited References Count)\b", re.IGNORECASE)
"""What a database, not a reader, says in a note."""


@dataclass(slots=True)
class _Record(Gathered):
    """The lines of one record."""

    LONGEST: ClassVar[int] = 1 << 20

    values: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""
    more: list[str] = field(default_factory=list)
    """Further lines of the last value."""

    def take(self, tag: str, value: str, line: str) -> None:
        """Take one line: a value, or more of the one before; no more than a record may have."""
        if not self.keeps(line):
            return
        if tag:
            self.end()
            self.values.setdefault(tag, []).append(value.strip())
            self.last = tag
        elif self.last and value.strip():
            self.more.append(value.strip())

    def end(self) -> None:
        """Put the lines of the last value together."""
        if self.more:
            self.values[self.last][-1] = "\n".join((self.values[self.last][-1], *self.more))
            self.more.clear()

    def first(self, *tags: str) -> str:
        """Return the first value under these tags; empty when there is none."""
        return next((value for tag in tags for value in self.values.get(tag, ()) if value), "")

    def all(self, *tags: str) -> list[str]:
        """Return the values under these tags."""
        return [value for tag in tags for value in self.values.get(tag, ()) if value]


def looks_like(head: str) -> bool:
    """Whether a source that begins so is RIS: a record begins with its type."""
    return _FIRST.search(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected | Furniture]:  # noqa: ARG001 — every reader is called so
    """Yield the records as papers with their keywords and notes; what a publisher writes above the first is furniture.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    record: _Record | None = None
    above: list[tuple[int, str]] | None = []  # what stands above the first record; None when it is told
    for number, line in _apart(numbered(lines)):
        found = _LINE.match(line)
        tag, value = (found[1], found[2] or "") if found else ("", line)
        if tag == "TY":
            if record is not None:
                yield _incoming(record, source)  # the record before has no end of its own
            record = _Record(number)
            yield from (Furniture(at, safe_verbatim(text), source) for at, text in above or ())
            above = None
        if record is not None:
            record.take(tag, value, line)
            if tag == "ER":
                yield _incoming(record, source)
                record = None
        elif line.strip() and tag != "ER":
            if above is not None and not tag and len(above) < _MOST_ABOVE:
                above.append((number, line.rstrip()))
                continue
            yield from _told(above or (), source)
            above = None
            yield from _told([(number, line.rstrip())], source)
    if record is not None:
        yield _incoming(record, source)
    yield from _told(above or (), source)


def _told(lines: Iterable[tuple[int, str]], source: str) -> Iterator[Rejected]:
    """Yield lines that are of no record."""
    for number, line in lines:
        yield Rejected(number, "expected a record to begin with 'TY  - '", safe_verbatim(line), source)


def _apart(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines; what stands behind the end of a record in one is a line of its own, for files are joined so."""
    for number, line in lines:
        end = _ENDED.match(line) if line.startswith("ER") else None
        if end:
            yield number, end[0]
            yield number, line[end.end() :]
        else:
            yield number, line


def _incoming(record: _Record, source: str) -> Incoming | Rejected:
    """Return the paper that a record describes."""
    record.end()
    kind = _KINDS.get(record.first("TY"), "misc")
    people = [_spoken(name) for name in record.all(*_PEOPLE)]
    truncated = bool(people) and people[-1].casefold() in ("et al.", "et al", "others")
    venue = record.first(*_VENUES)
    words = record.all("KW")
    notes = [without_html(text) for text in record.all("N1") if not _COUNTED.match(text)]
    preprint = next((text for text in record.all("AN", "UR", "M1", "JO", "T2") if "arxiv" in text.casefold()), "")
    paper = made(
        record.first(*_TITLES) or record.first("T2"),
        source,
        authors=people[:-1] if truncated else people,
        authors_truncated=truncated,
        affiliations=[part.strip() for text in record.all("AD") for part in re.split(r"[;\n]", text)],
        date=_date(record),
        abstract=record.first("AB", "N2"),
        identifiers=identifiers(preprint, _doi(record)),
        venue=venue,
        kind=kind,
        extra=_extra(record, kind, venue),
    )
    if paper is None or not record.is_whole:
        return record.rejected("the record has no title", source)
    mark = reading.mark(tags=reading.tags(words), notes=notes) if words or notes else UNMARKED
    key = safe_line(record.first("ID"))
    return Incoming(paper, None if key.isdecimal() else key or None, mark)


def _extra(record: _Record, kind: str, venue: str) -> Iterator[tuple[str, str]]:
    """Yield the other fields, under the names that they have in a .bib file."""
    yield venue_field(kind), venue
    first, last = record.first("SP"), record.first("EP")
    yield "pages", f"{first}--{last}" if first and last and "-" not in first else first
    for tag, values in record.values.items():
        if tag not in _TAKEN:
            for value in values:
                yield _FIELDS.get(tag, f"ris-{tag.lower()}"), value
    for text in record.all("N1"):
        yield "note", text if _COUNTED.match(text) else ""
    for number in record.all("SN"):
        yield "issn" if len(number.replace("-", "")) == len("12345678") else "isbn", number
    yield "editor", " and ".join(record.all("A2", "ED"))
    yield "keywords", ", ".join(record.all("KW"))
    for address in record.all("UR"):
        yield "url", address
    if record.first("TY") not in _KINDS:
        yield "ris-type", record.first("TY")


def _date(record: _Record) -> str | None:
    """Return the date: the fullest that agrees with the year; EndNote's says only month and day."""
    year = (loose_date(record.first("PY", "Y1")) or "")[:4]
    found = [loose_date(text) or loose_date(f"{text} {year}") for text in record.all("DA", "Y1", "PY")]
    return max((date for date in found if date and date.startswith(year)), key=len, default=year or None)


def _doi(record: _Record) -> str:
    """Return what says a DOI: its own tag, those that EndNote and others use for it, or the address of a resolver."""
    others = (text for text in record.all("M3", "L3", "AN", "UR") if text.startswith("10.") or "doi.org/" in text)
    return record.first("DO") or next(others, "")


def _spoken(written: str) -> str:
    """Return a name, written `Last, First, Suffix`, in the order of speech."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    if len(parts) > 2 and parts[-1].casefold() in SUFFIXES:  # noqa: PLR2004 — a suffix stands second elsewhere
        written = ", ".join([parts[0], parts[-1], *parts[1:-1]])
    return spoken(split_name(written))
