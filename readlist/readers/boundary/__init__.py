"""Where a title ends and the first author begins, in lines that run one into the other.

Every place where a name can begin is weighed by a log-linear model: how the words on both sides are used in titles
and names elsewhere (a table of counts), how they sound, what the abstract says, and what the rest of the listing
teaches. The model's weights and the counts come with the package (`assets/makers/boundary_counts.py` makes them).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from operator import mul
from typing import Final

from msgspec import Struct

from readlist.readers.boundary.context import Context, context, searchable
from readlist.readers.boundary.features import features
from readlist.readers.boundary.lines import PREFIX, STEP, Candidate, Line, candidates, ends_in, folded, take_apart
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import Table, shipped

_SURE: Final = 0.999
"""A reading this probable teaches the listing, and the listing cannot change it."""

_CERTAIN: Final = 0.96
"""A reading less probable than this is named uncertain."""

_USUAL: Final = range(2, 5)
"""How many words a person's name usually has."""


class Glued(Struct, frozen=True):
    """A line of title and authors with nothing between them, and the abstract that follows it."""

    line: str
    abstract: str


class Split(Struct, frozen=True):
    """How a glued line is read."""

    title: str
    authors: tuple[str, ...]
    truncated: bool
    affiliations: tuple[str, ...]
    certain: bool
    """Whether no other reading comes close."""


class Reading(Struct):
    """A line, and the likeliest of its readings so far."""

    line: Line
    found: list[Candidate]
    abstract: str
    shared: Context | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    probability: float = 0.0


def split_listing(records: Sequence[Glued], table: Table | None = None) -> list[Split]:
    """Return how each line of a listing is read; the lines help each other.

    Args:
        records: The listing, or as much of it as is held at a time.
        table: Counts and weights; those that come with the package by default.
    """
    return [
        Split(one.title, one.authors, one.line.truncated, one.line.affiliations, one.probability >= _CERTAIN)
        for one in read_listing(records, table or shipped())
    ]


def read_listing(records: Sequence[Glued], table: Table) -> list[Reading]:
    """Return the likeliest reading of each line.

    In the first round the lines know of each other what is certain by the commas alone; what is then sure teaches the
    listing, and the other lines are read again.
    """
    listing = Listing()
    readings = []
    for record in records:
        line = take_apart(record.line)
        listing.learn_line(line)
        readings.append(Reading(line, candidates(line), record.abstract))
    for reading in readings:
        if _plain(reading, table):
            _take(reading, reading.found[0], 1.0)
        else:
            _choose(reading, table, listing)
    for reading in readings:
        if reading.probability >= _SURE:
            listing.learn_title(reading.title)
            listing.learn_name(reading.authors[0])
    for reading in readings:
        if reading.probability < _SURE:
            _choose(reading, table, listing)
    return readings


def _plain(reading: Reading, table: Table) -> bool:
    """Whether a line needs no weighing: one small letter before a capital, between a text's word and a given name."""
    if len(reading.found) != 1:
        return False
    one = reading.found[0]
    segment = reading.line.segments[one.segment]
    if one.kind != STEP or one.segment or ends_in(PREFIX, segment, one.at):
        return False
    words = segment[one.at :].split()
    left, first = table.use(folded(segment[segment.rfind(" ", 0, one.at) + 1 : one.at])), table.use(folded(words[0]))
    return len(words) in _USUAL and left.title > first.title and first.given > first.title and left.title > left.given


def _choose(reading: Reading, table: Table, listing: Listing) -> None:
    """Find the likeliest reading of a line, or that there is none."""
    if not reading.found:
        reading.title = ", ".join(reading.line.segments)
        return
    shared = reading.shared
    if shared is None:
        shared = context(reading.line, reading.found, searchable(reading.abstract), table, listing)
        reading.shared = shared
    *weights, none = table.weights
    scores = [sum(map(mul, features(index, shared), weights)) for index in range(len(reading.found))]
    best = max(range(len(scores)), key=scores.__getitem__)
    most = scores[best]
    others = sum(exp(max(-50.0, score - most)) for score in scores) + exp(min(50.0, none - most))
    _take(reading, reading.found[best], 1.0 / others)


def _take(reading: Reading, one: Candidate, probability: float) -> None:
    """Read a line so that the first author begins at a candidate."""
    segments = reading.line.segments
    glued = segments[one.segment]
    reading.title = ", ".join((*segments[: one.segment], glued[: one.at])).strip()
    reading.authors = (glued[one.at :].strip(), *segments[one.segment + 1 :])
    reading.probability = probability
