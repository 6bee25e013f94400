"""What all readings of one glued line share: its abstract, its table, its listing, and how its pieces look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import log1p
from typing import Final

from msgspec import Struct, field

from readlist.names import PARTICLES
from readlist.readers.boundary.lines import RUN, STEP, Candidate, Line, folded
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import Table, Use

MARKS: Final = frozenset('?!:;$\\^_=+<>*&%/"“”#@|~')
"""Characters that stand in no name."""
MORE_WORDS: Final = 6
"""Names of so many words or more are counted as one kind."""
NO_NAME: Final = -8.0
"""How little like a name a piece can look."""
_NAME_PREFIXES: Final = frozenset(
    "mc mac o d de di du da do le la van von del al el ben fitz st mck abdel abdul".split()
)
"""Pieces of names that a capital may follow, folded."""
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")


class Context(Struct):
    """What all readings of one line share."""

    line: Line
    abstract: str
    """The abstract in lower case without accents."""
    table: Table
    listing: Listing
    names: tuple[float, ...]
    """How much each segment looks like a whole name (log odds, roughly)."""
    found: Sequence[Candidate]
    glue: list[bool] = field(default_factory=list)
    """Whether each candidate is a step in capitals in a word that is written so nowhere else."""

    def has(self, word: str, *, stem: bool = False) -> bool:
        """Whether the abstract has a folded word, or one that begins with it."""
        text = self.abstract
        at = text.find(word) if word else -1
        while at >= 0:
            if (not at or not text[at - 1].isalnum()) and (
                stem or not text[at + len(word) : at + len(word) + 1].isalnum()
            ):
                return True
            at = text.find(word, at + 1)
        return False


def searchable(abstract: str) -> str:
    """Return an abstract in lower case without accents, as `Context` holds it."""
    text = abstract.lower()
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def context(line: Line, found: Sequence[Candidate], abstract: str, table: Table, listing: Listing) -> Context:
    """Return what all readings of a line share."""
    names = tuple(_nameness(segment, table, listing) for segment in line.segments[-4:])
    names = (NO_NAME,) * (len(line.segments) - len(names)) + names
    shared = Context(line, abstract, table, listing, names, found)
    shared.glue = [
        one.kind in (STEP, RUN) and not _written_so(line.segments[one.segment], one.at, shared) for one in found
    ]
    return shared


def word_bounds(segment: str, at: int) -> tuple[int, int]:
    """Return where the run of characters without a blank around a place begins and ends."""
    end = segment.find(" ", at)
    return segment.rfind(" ", 0, at) + 1, end if end >= 0 else len(segment)


def _written_so(segment: str, at: int, shared: Context) -> bool:
    """Whether the word around a place is known as it stands, or is a name with a prefix such as McAllester."""
    start, end = word_bounds(segment, at)
    word = folded(segment[start:end])
    part = max(segment.rfind("-", start, at) + 1, start)
    return (
        shared.table.use(word).in_text
        or shared.table.use(word).in_names
        or shared.has(word)
        or folded(segment[part:at]) in _NAME_PREFIXES
    )


def _nameness(segment: str, table: Table, listing: Listing) -> float:
    """Return how much a segment looks like a whole name (log odds, roughly)."""
    words = segment.split()
    if not words:
        return NO_NAME
    lower = sum(1 for word in words if word[0].islower() and word.casefold() not in PARTICLES)
    if lower or len(words) > MORE_WORDS or MARKS.intersection(segment):
        return max(NO_NAME, -4.0 - lower)
    first, last = folded(words[0]), folded(words[-1])
    one, two = table.use(first), table.use(last)
    score = 0.0 if is_initial(words[0]) else as_name(one, one.given)
    score += as_name(two, two.family) + min(2.0, log1p(listing.names.get(" ".join(map(folded, words)), 0)))
    return max(NO_NAME, min(8.0, score - (2.0 if len(words) == 1 else 0.0)))


def as_name(use: Use, count: float) -> float:
    """Return how much likelier a word is in a name, where it was counted so often, than in a text."""
    return max(-4.0, min(4.0, count - max(use.title, 0.5 * use.abstract) + 0.3 * use.sound))


@lru_cache(maxsize=1 << 14)
def is_initial(word: str) -> bool:
    """Whether a word is an initial: `J.`, `J`, `J.-P.`."""
    return word[:1].isupper() and all(len(part) <= 1 for part in word.replace("-", ".").split("."))
