"""RIS, which reference managers and publishers write: a tag and a value a line, from `TY` to `ER`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import ClassVar, Final

from msgspec import field

from readlist.mark import UNMARKED
from readlist.markup import plain as without_marks
from readlist.names import Name, spoken
from readlist.paper import Furniture, Identifiers, Incoming, Paper, Rejected
from readlist.readers import reading, serials
from readlist.readers.dates import Dated, dated
from readlist.readers.decoding import numbered
from readlist.readers.gathered import Gathered
from readlist.readers.identifiers import identifiers, is_told
from readlist.readers.initials_last import in_parts
from readlist.readers.making import made, publisher_field, venue_field
from readlist.readers.name_lists import listed, untold
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
_OTHER_TYPES: Final = {
    "article": "JOUR", "inproceedings": "CPAPER", "incollection": "CHAP", "book": "BOOK", "phdthesis": "THES",
    "techreport": "RPRT", "unpublished": "UNPB", "dataset": "DATA", "software": "COMP", "patent": "PAT",
    "online": "ELEC", "misc": "GEN",
}  # fmt: skip
"""BibTeX's types and the one of RIS's that each stands for; any other is kept as the field `ris-type`."""
_FIELDS: Final = {
    "VL": "volume", "IS": "number", "PB": "publisher", "CY": "address", "PP": "address", "ET": "edition",
    "T3": "series", "LA": "language", "ST": "shorttitle", "M3": "type", "Y2": "urldate", "L1": "file",
    "AN": "accession", "DB": "database", "DP": "database", "J2": "shortjournal", "JA": "shortjournal",
    "UR": "url", "C7": "eid",
}  # fmt: skip
"""Tags, and what a .bib file calls them; of two that say the same the second is kept as it is if it says otherwise."""
_SECOND: Final = frozenset(("PP", "DP", "JA"))
"""Those of two tags of one name that keep their own if the other one is there."""
_IDENTIFYING: Final = frozenset(("UR", "DO", "M3", "L3", "AN", "M1"))
_TITLES: Final = ("TI", "T1", "CT")
_VENUES: Final = ("T2", "JO", "JF", "BT", "JA", "J2")
_PEOPLE: Final = ("AU", "A1")
_EDITORS: Final = ("A2", "ED")
_READ: Final = frozenset((*_PEOPLE, "TY", "ID", "PY", "Y1", "DA", "KW", "N1", "AD", "SN", "ER", "A4", *_EDITORS))
"""Tags all of whose values are read by themselves."""
_ONE_A_LINE: Final = frozenset(("KW", "SN", "UR"))
"""Tags whose further lines are further values, as EndNote and the Web of Science write them."""
_ADDRESS: Final = re.compile(r"[A-Za-z]{2,9}://|www\.|doi:|10\.\d{4}")
_MOST_ABOVE: Final = 50
"""Lines that may stand above the first record, such as `Provider: …` and `Content: …` of ACS and HighWire."""
_TIME: Final = re.compile(r"/+(?:\d{1,2}:\d\d(?::\d\d)?)?\s*$")
"""The time of day, and the slashes of what is not said, that end a date."""
_COUNTED: Final = re.compile(r"(?:Export Date|Times Cited|Cited By|Cited References Count)\b", re.IGNORECASE)
"""What a database, not a reader, says in a note."""


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
            values = self.values[self.last]
            parts = [[values.pop()]]
            for line in self.more:
                if self.last in _ONE_A_LINE and (self.last != "UR" or _ADDRESS.match(line)):
                    parts.append([line])
                else:
                    parts[-1].append(line)
            values += map("\n".join, parts)
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
    listed_people = in_parts(record.all(*_PEOPLE))
    people = list(listed_people.names)
    truncated = bool(people) and spoken(people[-1]).casefold() in ("et al.", "et al", "others")
    people = people[:-1] if truncated else people
    venue = record.first(*_VENUES)
    words = record.all("KW")
    notes = [without_marks(text) for text in record.all("N1") if not _COUNTED.match(text)]
    preprint = next((text for text in record.all("AN", "UR", "M1", "JO", "T2") if "arxiv" in text.casefold()), "")
    written = _dated(record)
    found = identifiers(preprint, _doi(record))
    title = record.first(*_TITLES) or record.first("T2")
    paper = made(
        title,
        source,
        authors=map(spoken, people),
        authors_truncated=truncated,
        affiliations=[part.strip() for text in record.all("AD") for part in re.split(r"[;\n]", text)],
        date=written.date,
        abstract=record.first("AB", "N2"),
        identifiers=found,
        venue=venue,
        kind=kind,
        extra=[
            ("author", untold(people)),
            (venue_field(kind), venue),
            *written.extra,
            *_extra(record, kind, found),
            *_others(record, kind, found, {**dict.fromkeys(_TITLES, title), **dict.fromkeys(_VENUES, venue)}),
        ],
        uncertain=("authors",) if listed_people.doubtful else (),
    )
    if paper is None or not record.is_whole:
        return record.rejected("the record has no title", source)
    mark = reading.mark(tags=reading.tags(words), notes=notes) if words or notes else UNMARKED
    key = safe_line(record.first("ID"))
    return Incoming(paper, None if key.isdecimal() else key or None, mark)


def _extra(record: _Record, kind: str, found: Identifiers) -> Iterator[tuple[str, str]]:
    """Yield what several tags say together, under the names that it has in a .bib file."""
    yield ("pagetotal" if _counts_pages(record, kind) else "pages"), _pages(record)
    yield "editor", listed(_names(record.all(*_EDITORS)))
    yield "translator", listed(_names(record.all("A4")))
    words = record.all("KW")
    yield "keywords", ("; " if any("," in word for word in words) else ", ").join(words)
    for text in record.all("N1"):
        yield ("note" if _COUNTED.match(text) else "ris-n1"), text
    for number in record.all("SN"):
        yield from serials.numbers(number, book=kind not in ("article", "misc"))
    written = record.first("TY")
    told = written == _OTHER_TYPES.get(kind) and not (kind == "misc" and found.arxiv)  # that would be a preprint
    yield "ris-type", "" if told else written


def _counts_pages(record: _Record, kind: str) -> bool:
    """Whether the tag of the first page says how many there are, as it does of books and theses (the specification)."""
    first = record.first("SP")
    return kind in ("book", "phdthesis") and not record.first("EP") and not re.search(r"\d\s*[-–]+\s*\d", first)


def _pages(record: _Record) -> str:
    """Return the pages that the tags of the first and the last one say."""
    first, last = record.first("SP"), record.first("EP")
    return f"{first}--{last}" if first and last and "-" not in first else first


def _others(record: _Record, kind: str, found: Identifiers, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every value that nothing else says, under the name that it has in a .bib file, else under its tag.

    Args:
        record: The record.
        kind: The type of the entry.
        found: What identifies the paper.
        said: Tags, and the value of them that is the paper's title or venue.
    """
    first, last = record.first("SP"), record.first("EP")
    told = {
        **said, "SP": first, "EP": last if _pages(record).endswith(f"--{last}") else "",
        **dict.fromkeys(("AB", "N2"), record.first("AB", "N2")),
    }  # fmt: skip
    fields = {**_FIELDS, "PB": "publisher" if any(said.get(tag) for tag in _VENUES) else publisher_field(kind)}
    named: set[str] = set()
    tags = [tag for tag in record.values if tag not in _READ]
    if not _SECOND.isdisjoint(tags):
        tags.sort(key=_SECOND.__contains__)
    for tag in tags:
        left = [one for one in record.values[tag] if one and one != told.get(tag)]
        if tag in _IDENTIFYING:
            left = [one for one in left if not _is_identifier(tag, one, found)]
        if left:
            name = fields.get(tag, f"ris-{tag.lower()}")
            name = f"ris-{tag.lower()}" if name in named else name
            named.add(name)
            yield from ((name, _day(value) if name == "urldate" else value) for value in left)


def _day(written: str) -> str:
    """Return the day on which an address was looked at, as ISO 8601 has it; what is no date as it stands."""
    found = dated(_TIME.sub("", written))
    return written if found.date is None or found.extra else found.date


def _is_identifier(tag: str, value: str, found: Identifiers) -> bool:
    """Whether a value says no more than the paper's identifiers."""
    if tag == "UR":
        return is_told(value, found)
    named = value.casefold().removeprefix("doi:").strip()
    return (tag in ("DO", "M3", "L3", "AN") and named == found.doi) or (
        tag in ("AN", "M1") and named == f"arxiv:{found.arxiv}"
    )


def _dated(record: _Record) -> Dated:
    """Return the date: the fullest that agrees with the year; EndNote's says only month and day."""
    return dated(*record.all("DA", "Y1", "PY"), year=record.first("PY", "Y1"))


def _doi(record: _Record) -> str:
    """Return what says a DOI: its own tag, those that EndNote and others use for it, or the address of a resolver."""
    others = (text for text in record.all("M3", "L3", "AN", "UR") if text.startswith("10.") or "doi.org/" in text)
    return record.first("DO") or next(others, "")


def _names(written: Iterable[str]) -> tuple[Name, ...]:
    """Return names in parts."""
    return in_parts(list(written)).names
