"""The places in a glued line where the title may end and the first author begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from readlist.names import PARTICLES
from readlist.readers.boundary.table import Table
from readlist.text import plain

MOST_AUTHORS: Final = 3
"""A listing names at most this many authors before it cuts."""

_CUT: Final = re.compile(r"[,\s]+et al\.?\s*$")
_SEGMENT: Final = re.compile(r",\s+")
_NOT_WORD: Final = re.compile(r"^[^\w]+|[^\w]+$")
_PARTICLES: Final = PARTICLES - {"in", "of", "to", "y", "e", "t"}


@dataclass(frozen=True, slots=True)
class Line:
    """A glued line taken apart at the places that are certain."""

    segments: tuple[str, ...]
    """What stands between the commas: title, the glued piece, authors."""
    truncated: bool
    affiliations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading: the first author begins at a character of a segment."""

    segment: int
    """Which segment holds the boundary."""
    at: int
    """The place in it of the author's first character."""
    left: str
    """The piece of a word that the title would end in, folded."""
    before: str
    """The character in front of the boundary."""
    whole: str
    """The run of characters around the boundary that stands between blanks, folded."""


def take_apart(text: str) -> Line:
    """Return the certain parts of a glued line."""
    names, _, places = text.partition(" · ") if text.count(" · ") == 1 else text.rpartition(" · ")
    if not names:
        names, places = places, ""
    affiliations = tuple(place.strip() for place in places.split(",") if place.strip())
    cut = _CUT.search(names)
    if cut:
        names = names[: cut.start()]
    return Line(tuple(_SEGMENT.split(names.strip().rstrip(","))), bool(cut), affiliations)


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Return a word in lower case, without accents and without the signs around it."""
    return _NOT_WORD.sub("", plain(word))


def candidates(line: Line, table: Table) -> list[Candidate]:
    """Return every place where the first author may begin; the later segments must be the other authors.

    Names in small letters are looked for only where no capital can begin one.
    """
    count = len(line.segments)
    if line.truncated and count >= MOST_AUTHORS:
        first = last = count - MOST_AUTHORS
    else:
        first, last = max(0, count - MOST_AUTHORS), count - 1
    found = [one for index in range(first, last + 1) for one in _within(line.segments[index], index, table, _starts)]
    if all(one.before in "-–" for one in found):
        for index in range(first, last + 1):
            found.extend(_within(line.segments[index], index, table, _small_starts))
    return found


def _within(segment: str, index: int, table: Table, starts: Callable[[str, Table], list[int]]) -> Iterator[Candidate]:
    """Yield the candidates of one segment."""
    start = 0
    for word in segment.split(" "):
        for at in starts(word, table):
            yield Candidate(index, start + at, folded(word[:at]), word[at - 1], folded(word))
        start += len(word) + 1


def _starts(word: str, table: Table) -> list[int]:
    """Return the places within a run of characters where a capital, another script or a particle begins a name."""
    rest = word[1:]
    if rest.islower():
        if not word.isalpha() or any(table.counts(folded(word))):
            return []
        return [at for at in range(2, len(word) - 1) if word[at:] in _PARTICLES]
    found = [at for at in range(1, len(word)) if word[at].isupper()]
    if not word.isascii():
        found.extend(at for at in range(1, len(word)) if _new_script(word, at))
    return found


def _small_starts(word: str, table: Table) -> list[int]:
    """Return where a given name in small letters may end a run of letters that is no known word."""
    if not word.isalpha() or any(table.counts(folded(word))):
        return []
    return [at for at in range(2, len(word) - 2) if word[at].islower() and table.is_given_name(folded(word[at:]))]


def _new_script(word: str, at: int) -> bool:
    """Whether a letter of a script that knows no case follows something of another script."""
    char, before = word[at], word[at - 1]
    return char.isalpha() and char.lower() == char.upper() and before.isascii() != char.isascii()
