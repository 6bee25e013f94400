"""The publications listing: text copied from a web page of papers, its pieces glued together.

A record is a header line (`99.1LGMar 18Code`: score, arXiv code, date, code badge), a line of title and authors with
nothing between them, and the abstract up to the next header. Copied by other browsers, header, title and authors stand
on lines of their own. What belongs to the page and to no paper is told, and is kept out of the abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.latex import readable
from readlist.paper import Furniture, Paper, Rejected
from readlist.readers.boundary import Glued, Split, split_listing
from readlist.readers.boundary.lines import take_apart
from readlist.readers.people import between_commas
from readlist.readers.publications.archives import CATEGORIES
from readlist.readers.publications.headers import day_of, header
from readlist.readers.publications.records import Piece, Record, records
from readlist.text import safe_line, safe_text

NAME: Final = "publications"
"""The format's name."""

_WINDOW: Final = 5000
"""Records that are read together: they teach each other names, and memory stays bounded."""

_LOOKED_AT: Final = 400
"""Lines that are not blank in which the first header must stand for the format to be known."""

_NAME: Final = r"(?:[^\W\d_][^\s,·]*[ ]){1,4}?[^\W\d_][^\s,·]*"
_PEOPLE: Final = re.compile(rf"(?P<names>{_NAME}(?:, {_NAME}){{0,2}}?)(?P<cut>,? et al\.?)?(?P<places> · .+)?")
_LONGEST_PEOPLE: Final = 300
"""Characters beyond which a line does not name the authors."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is a publications listing: it has a header."""
    lines = head.splitlines()
    if any(header(safe_line(line)) for line in lines):
        return True
    return any(isinstance(one, Record) for one in records(lines[:_LOOKED_AT], ""))


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected | Furniture]:
    """Yield the papers of a listing, what in it was not understood, and what belongs to the page.

    Args:
        lines: The text of the listing.
        as_of: A date without a year means the latest such day that is not after this one.
        source: The listing's name.
    """
    window: list[Piece] = []
    for found in records(lines, source):
        window.append(found)
        if len(window) >= _WINDOW:
            yield from _papers(window, as_of, source)
            window = []
    yield from _papers(window, as_of, source)


def _papers(window: list[Piece], as_of: Date, source: str) -> Iterator[Paper | Rejected | Furniture]:
    """Yield the papers of some records, read together."""
    whole = [record for record in window if isinstance(record, Record) and record.lines]
    apart = {id(record): split for record in whole if (split := _split_by_lines(record))}
    glued = [
        Glued(safe_line(record.lines[0]), " ".join(record.lines[1:])) for record in whole if id(record) not in apart
    ]
    splits = iter(split_listing(glued))
    for record in window:
        if not isinstance(record, Record):
            yield record
        elif not record.lines:
            yield Rejected(record.line, "the header has no title line after it", record.text, source)
        elif split := apart.get(id(record)):
            yield _paper(record, split, record.lines[2:], as_of, source)
        else:
            yield _paper(record, next(splits), record.lines[1:], as_of, source)


def _split_by_lines(record: Record) -> Split | None:
    """Return title and authors of a record that has them on two lines; None if it does not.

    A second line of several names, or with `et al.` or places after the names, is no abstract.
    """
    if len(record.lines) == 1 or len(record.lines[1]) > _LONGEST_PEOPLE:
        return None
    people = safe_line(record.lines[1])
    found = _PEOPLE.fullmatch(people)
    if found is None or not (", " in found["names"] or found["cut"] or found["places"]):
        return None
    names = found["names"].split(", ")
    if people.endswith(".") and not found["cut"] and not found["places"]:
        return None
    if any(name.split()[-1][0].islower() for name in names):
        return None
    line = take_apart(people)
    return Split(safe_line(record.lines[0]), line.segments, line.truncated, line.affiliations, certain=True)


def _paper(record: Record, split: Split, abstract: list[str], as_of: Date, source: str) -> Paper | Rejected:
    """Return the paper that a record describes."""
    day = day_of(record.header.when, as_of)
    if day is None:
        return Rejected(record.line, f"{record.header.when!r} is not a day of the calendar", record.text, source)
    title = safe_line(readable(split.title))
    if not title:
        return Rejected(record.line + 1, "the title has no readable text", record.text, source)
    abstract_raw = "\n".join(abstract) or None
    code = record.header.code
    category = CATEGORIES.get(code)
    uncertain = () if split.certain else ("title", "authors")
    return Paper(
        title=title,
        title_raw=split.title,
        authors=between_commas(safe_line(readable(author)) for author in split.authors),
        authors_truncated=split.truncated,
        affiliations=split.affiliations,
        categories=(category,) if category else (),
        date=day.date,
        year_inferred=day.inferred,
        has_code=record.header.has_code,
        score=record.header.score,
        abstract=safe_text(readable(abstract_raw)) if abstract_raw else None,
        abstract_raw=abstract_raw,
        extra=() if category else (("code", code),),
        sources=(source,),
        uncertain=(*uncertain, "date") if day.doubtful else uncertain,
    )
