"""The publications listing: text copied from a web page of papers, its pieces glued together.

A record is a header line (`99.1LGMar 18Code`: score, arXiv code, date, code badge), a line of title and authors with
nothing between them, and the abstract up to the next header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Final

from readlist.latex import readable
from readlist.paper import Paper, Rejected
from readlist.readers.boundary import Glued, Split, split_listing
from readlist.text import safe_line, safe_text, safe_verbatim

NAME: Final = "publications"
"""The format's name."""

_WINDOW: Final = 5000
"""Records that are read together: they teach each other names, and memory stays bounded."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEADER: Final = re.compile(
    r"(?P<score>\d{1,4}(?:\.\d+)?)?(?P<code>[A-Z]{2})(?P<month>[A-Z][a-z]{2,8}) (?P<day>\d{1,2})"
    r"(?:, (?P<year>\d{4}))?(?P<badge>Code)?"
)
_LONGEST_HEADER: Final = 100
"""Characters beyond which a line is no header; looking at the start of every abstract would take long."""
_LEAP_YEARS: Final = 8
"""Counting back this many years finds a 29 February (1896 to 1904 is the longest gap)."""

_ARCHIVES: Final = {
    "econ": "EM GN TH",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "eess": "AS IV SP SY",
    "stat": "AP CO ME ML OT TH",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO "
    "SC SD SE SI SY",
}
"""arXiv's archives and their two-letter classes (arXiv's category taxonomy), the likeliest archive last."""

_CATEGORIES: Final = {code: f"{archive}.{code}" for archive, codes in _ARCHIVES.items() for code in codes.split()}
"""What a code stands for; one that stands in several archives is cs before stat before eess before math."""


@dataclass(slots=True)
class _Record:
    """The lines of one record."""

    header: re.Match[str]
    line: int
    """The number of the header line."""
    lines: list[str] = field(default_factory=list)
    """The lines after the header that are not blank."""

    @property
    def text(self) -> str:
        """The record as it stood."""
        return "\n".join((self.header.string, *self.lines))


def looks_like(head: str) -> bool:
    """Whether a source that begins so is a publications listing: it has a header line."""
    return any(_HEADER.fullmatch(safe_line(line)) for line in head.splitlines())


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected]:
    """Yield the papers of a listing, and what in it was not understood.

    Args:
        lines: The text of the listing.
        as_of: A date without a year means the latest such day that is not after this one.
        source: The listing's name.
    """
    window: list[_Record | Rejected] = []
    for found in _records(lines, source):
        window.append(found)
        if len(window) >= _WINDOW:
            yield from _papers(window, as_of, source)
            window = []
    yield from _papers(window, as_of, source)


def _records(lines: Iterable[str], source: str) -> Iterator[_Record | Rejected]:
    """Yield the records, and the lines that stand before the first."""
    record: _Record | None = None
    before: list[str] = []
    first = 0
    for number, raw in enumerate(lines, 1):
        kept = _kept(raw)
        if not kept:
            continue
        header = _HEADER.fullmatch(safe_line(raw)) if len(kept) <= _LONGEST_HEADER else None
        if header:
            if before:
                yield _before_header(first, before, source)
                before = []
            if record:
                yield record
            record = _Record(header, number)
        elif record:
            record.lines.append(kept)
        else:
            first = first if before else number
            before.append(kept)
    if before:
        yield _before_header(first, before, source)
    if record:
        yield record


def _kept(raw: str) -> str:
    """Return a line as it stood, made safe."""
    text = raw.strip()
    if text.isascii() and text.isprintable():
        return text
    return safe_verbatim(text).replace("\n", " ").strip()


def _before_header(line: int, lines: list[str], source: str) -> Rejected:
    """Return lines that no header stands before."""
    return Rejected(line, "expected a header such as 'CLFeb 9, 2023' before it", "\n".join(lines), source)


def _papers(window: list[_Record | Rejected], as_of: Date, source: str) -> Iterator[Paper | Rejected]:
    """Yield the papers of some records, read together."""
    whole = [record for record in window if isinstance(record, _Record) and record.lines]
    glued = [Glued(safe_line(record.lines[0]), " ".join(record.lines[1:])) for record in whole]
    splits = iter(split_listing(glued))
    for record in window:
        if isinstance(record, Rejected):
            yield record
        elif not record.lines:
            yield Rejected(record.line, "the header has no title line after it", record.text, source)
        else:
            yield _paper(record, next(splits), as_of, source)


def _paper(record: _Record, split: Split, as_of: Date, source: str) -> Paper | Rejected:
    """Return the paper that a record describes."""
    header = record.header
    date = _date(header, as_of)
    if date is None:
        written = header[0][header.start("month") : header.end("year") if header["year"] else header.end("day")]
        return Rejected(record.line, f"{written!r} is not a day of the calendar", record.text, source)
    title = safe_line(readable(split.title))
    if not title:
        return Rejected(record.line + 1, "the title has no readable text", record.text, source)
    abstract = "\n".join(record.lines[1:]) or None
    category = _CATEGORIES.get(header["code"])
    return Paper(
        title=title,
        title_raw=split.title,
        authors=tuple(name for author in split.authors if (name := safe_line(readable(author)))),
        authors_truncated=split.truncated,
        affiliations=split.affiliations,
        categories=(category,) if category else (),
        date=date.isoformat(),
        year_inferred=header["year"] is None,
        has_code=header["badge"] is not None,
        score=float(header["score"]) if header["score"] else None,
        abstract=safe_text(readable(abstract)) if abstract else None,
        abstract_raw=abstract,
        extra=() if category else (("code", header["code"]),),
        sources=(source,),
        uncertain=() if split.certain else ("title", "authors"),
    )


def _date(header: re.Match[str], as_of: Date) -> Date | None:
    """Return the date of a header; None if there is no such day."""
    if header["month"][:3] not in _MONTHS:
        return None
    month, day = _MONTHS.index(header["month"][:3]) + 1, int(header["day"])
    if header["year"]:
        return _day(int(header["year"]), month, day)
    for year in range(as_of.year, as_of.year - _LEAP_YEARS - 1, -1):
        found = _day(year, month, day)
        if found and found <= as_of:
            return found
    return None


def _day(year: int, month: int, day: int) -> Date | None:
    """Return a day of the calendar, if there is such a day."""
    try:
        return Date(year, month, day)
    except ValueError:
        return None
