"""Where a title ends and the first author begins, in lines that run one into the other.

Every place where a name can begin is weighed by a log-linear model: how the words on both sides are used in titles
and names elsewhere (a table of counts), how they sound, what the abstract says, and what the rest of the listing
teaches. The model's weights and the counts come with the package (`assets/makers/boundary_counts.py` makes them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from operator import mul
from typing import Final

from readlist.readers.boundary.candidates import Candidate, Line, candidates, take_apart
from readlist.readers.boundary.features import Context, context, features
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import Table, shipped
from readlist.text import words

_SURE: Final = 0.999
"""A reading this probable teaches the listing."""

_CERTAIN: Final = 0.985
"""A reading less probable than this is named uncertain."""


@dataclass(frozen=True, slots=True)
class Glued:
    """A line of title and authors with nothing between them, and the abstract that follows it."""

    line: str
    abstract: str


@dataclass(frozen=True, slots=True)
class Split:
    """How a glued line is read."""

    title: str
    authors: tuple[str, ...]
    truncated: bool
    affiliations: tuple[str, ...]
    certain: bool
    """Whether no other reading comes close."""


@dataclass(slots=True)
class _Reading:
    """A line, its readings, and the best of them so far."""

    line: Line
    abstract: str
    found: list[Candidate]
    shared: Context | None = None
    best: int = 0
    probability: float = 0.0


def split_listing(records: Sequence[Glued], table: Table | None = None) -> list[Split]:
    """Return how each line of a listing is read; the lines help each other."""
    table = table or shipped()
    listing = Listing()
    lines = [take_apart(record.line) for record in records]
    for line in lines:
        listing.learn_line(line)
    readings = [
        _Reading(line, record.abstract, candidates(line, table)) for line, record in zip(lines, records, strict=True)
    ]
    for reading in readings:
        _choose(reading, table, listing)
    for reading in readings:
        if reading.probability >= _SURE:
            title, authors = _parts(reading)
            listing.learn_title(title.split())
            listing.learn_name(authors[0])
    for reading in readings:
        if reading.probability < _SURE:
            _choose(reading, table, listing)
    return [_split(reading) for reading in readings]


def _choose(reading: _Reading, table: Table, listing: Listing) -> None:
    """Find the likeliest reading of a line."""
    if len(reading.found) <= 1:
        reading.probability = 1.0 if reading.found and not _begins_small(reading) else 0.0
        return
    weights = table.weights
    shared = reading.shared
    if shared is None:
        shared = reading.shared = context(reading.line, frozenset(words(reading.abstract)), table, listing)
    scores = [sum(map(mul, features(one, shared, table, listing), weights)) for one in reading.found]
    best = max(range(len(scores)), key=scores.__getitem__)
    reading.best = best
    reading.probability = 1.0 / sum(exp(max(-50.0, score - scores[best])) for score in scores)


def _begins_small(reading: _Reading) -> bool:
    """Whether the only reading has an author who begins with a small letter."""
    one = reading.found[0]
    return reading.line.segments[one.segment][one.at].islower()


def _parts(reading: _Reading) -> tuple[str, tuple[str, ...]]:
    """Return title and authors of the best reading."""
    segments = reading.line.segments
    if not reading.found:
        return ", ".join(segments), ()
    one = reading.found[reading.best]
    title = ", ".join((*segments[: one.segment], segments[one.segment][: one.at]))
    return title.strip(), (segments[one.segment][one.at :].strip(), *segments[one.segment + 1 :])


def _split(reading: _Reading) -> Split:
    """Return the best reading as the reader wants it."""
    line = reading.line
    title, authors = _parts(reading)
    return Split(title, authors, line.truncated, line.affiliations, reading.probability >= _CERTAIN)
