"""The places in a glued line where the title may end and the first author begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from readlist.names import PARTICLES
from readlist.text import plain

MOST_AUTHORS: Final = 3
"""A listing names at most this many authors before it cuts."""

_CUTS: Final = (" et al.", " et al")
_SEGMENT: Final = re.compile(r",\s+")
_GLUE: Final = re.compile(r"[^\W\dA-Z_][A-Z]")
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_NOT_AT_AN_END: Final = frozenset("-‐‑–—([{/\\“‘«¿¡&@#")
"""Characters that no title ends with: what follows them belongs to it."""
_APOSTROPHES: Final = frozenset("'’ʼ`´")
_CAPITAL: Final = re.compile("[A-Z](?<=[^ ].)")
_PARTICLE: Final = re.compile(
    r"(?<=[^\W\d_])(?:(?:"
    + "|".join(
        sorted(word for word in PARTICLES if len(word) > 1 and word.isalpha() and word not in {"in", "of", "op"})
    )
    + r")(?= )|(?:dell|dall|[dlt])['’](?=\w))"
)
PREFIX: Final = re.compile(r"(?<![^\W_])(?:Ma?c|D[eiua]|L[aeo]|Van|Von|[OD]['’]|Fitz|El|Al)$")
"""What may stand before a capital inside a name, as in McAllester, DeVito, LeCun."""
_UNIT: Final = re.compile(r"(?<![^\W\d_])[kMGTPEZ]?eV$")
"""A unit that has a capital inside and at its end, as in `13 TeVATLAS Collaboration`."""
_MOST: Final = 64
"""Candidates of one segment that are looked at, and segments before those that are usual: the last ones."""
_LONGEST_NAME: Final = 9
"""Words beyond which an author's name is looked for only when there is no other place."""
_OPENED: Final = re.compile(r"(?:^|[ (])['‘’`]")
_LONGEST_RUN: Final = 24
"""Capitals in a row beyond which nobody's name is looked for among them."""


class Line(Struct, frozen=True):
    """A glued line taken apart at the places that are certain."""

    segments: tuple[str, ...]
    """What stands between the commas: title, the glued piece, authors."""
    truncated: bool
    affiliations: tuple[str, ...]

    @property
    def possible(self) -> range:
        """Which segments may hold the boundary: a listing names one to three authors, and three when it cuts."""
        count = len(self.segments)
        first = max(0, count - MOST_AUTHORS)
        return range(first, first + 1) if self.truncated else range(first, count)


class Candidate(Struct, frozen=True):
    """One reading: the first author begins at a character of a segment."""

    segment: int
    """Which segment holds the boundary."""
    at: int
    """The place in it of the author's first character."""
    kind: int
    """What about the letters makes it a candidate: one of the numbers below."""


STEP, RUN, MARK, CAPITALS, PARTICLE, LOWER, SCRIPT = range(7)
"""Kinds: small letter to capital; capitals to a capitalised word; a sign or digit to a capital; within capitals to
capitals; before a particle; before another small letter; before a letter of a script without case."""


def take_apart(text: str) -> Line:
    """Return the certain parts of a glued line."""
    names, dot, places = text.rpartition(" · ")
    if not dot or (_GLUE.search(places) and not _GLUE.search(names)):  # the dot of a title, e.g. of a product
        names, places = text, ""
    names = names.strip(" ,")
    cut = next((ending for ending in _CUTS if names.endswith(ending)), "")
    return Line(
        tuple(_SEGMENT.split(names.removesuffix(cut).rstrip(" ,"))),
        bool(cut),
        tuple(place.strip() for place in places.split(",") if place.strip()),
    )


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Return a word in lower case, without accents and without the signs around it."""
    found = _CORE.search(plain(word))
    return found[0] if found else ""


def candidates(line: Line) -> list[Candidate]:
    """Return the places where the first author may begin; the segments that follow must be the other authors.

    A listing that cuts names three authors, so the comma is known; where that place has no candidate, later ones are
    tried; then earlier ones, for pages of other makers name more authors. Small letters inside a word are looked at
    only where there is no other candidate: few authors write themselves without a capital.
    """
    found = _in_segments(line, line.possible, _within)
    if not found and line.truncated:
        found = _in_segments(line, range(line.possible.stop, len(line.segments)), _within)
    if not _plainly(found) and line.possible.start:
        start = line.possible.start
        found += _in_segments(line, range(max(0, start - _MOST), start), _within)[-_MOST:]
    if not _plainly(found):
        found += _in_segments(line, line.possible, _lower)
    return found


def _plainly(found: Iterable[Candidate]) -> bool:
    """Whether a name may begin anywhere with something else than a small letter in a word."""
    return any(one.kind in (STEP, RUN, MARK, SCRIPT) for one in found)


def _in_segments(line: Line, indices: range, among: Callable[[str, int, int], Iterable[Candidate]]) -> list[Candidate]:
    """Return the candidates of some segments: among their last words, else anywhere in them."""
    found = [one for index in indices for one in among(line.segments[index], index, _tail(line.segments[index]))]
    return found or [one for index in indices for one in among(line.segments[index], index, 0)]


def _tail(segment: str) -> int:
    """Return where the last words begin that can be one author's name."""
    at = len(segment)
    for _ in range(_LONGEST_NAME):
        at = segment.rfind(" ", 0, at)
        if at < 0:
            return 0
    return at + 1


def _within(segment: str, index: int, start: int) -> list[Candidate]:
    """Return the candidates of one segment from a place on, without the far-fetched ones that a plain step follows.

    Most lines have a particle's letters at the end of some word (`neural`), or an acronym: these are looked at only
    from the word on that has the last plain step.
    """
    capitals = list(_capitals(segment, index, start))[-_MOST:]
    plain = [one.at for one in capitals if one.kind in (STEP, RUN) and not ends_in(PREFIX, segment, one.at)]
    word = segment.rfind(" ", 0, plain[-1]) + 1 if plain else 0
    particles = [Candidate(index, one.start(), PARTICLE) for one in _PARTICLE.finditer(segment, max(start, word))]
    room = _MOST - len(capitals)
    return [*particles[max(0, len(particles) - room) :], *(o for o in capitals if o.kind != CAPITALS or o.at >= word)]


def _capitals(segment: str, index: int, start: int) -> Iterator[Candidate]:
    """Yield every place from another one on that may be the boundary by its letters alone, but for particles."""
    places: Iterable[int] = (
        (match.start() for match in _CAPITAL.finditer(segment, start))
        if segment.isascii()
        else (at for at in range(max(start, 1), len(segment)) if segment[at].isalpha() and not segment[at].islower())
    )
    for at in places:
        before, char = segment[at - 1], segment[at]
        if before == " ":
            continue
        if char.isupper():
            near = "eV" in segment[max(0, at - 2) : at + 1]
            if near and ends_in(_UNIT, segment, at):
                kind = STEP
            else:
                kind = -1 if near and ends_in(_UNIT, segment, at + 1) else _kind(segment, at, before)
        else:
            other_script = before.isascii() or not before.isalpha()
            kind = SCRIPT if other_script and before not in _NOT_AT_AN_END else -1
        if kind >= 0:
            yield Candidate(index, at, kind)


def _kind(segment: str, at: int, before: str) -> int:
    """Return the kind of candidate that a capital is which follows a character that is no blank; -1 when none."""
    if before.islower():
        return -1 if segment[max(0, at - 3) : at] in (" Mc", "Mc") else STEP
    after = segment[at + 1 : at + 2]
    if before.isupper():
        if after.islower() or after in _APOSTROPHES or after in (".", "-"):
            return RUN
        first = max(0, at - _LONGEST_RUN)
        start = max(first, segment.rfind(" ", first, at) + 1)
        return CAPITALS if segment[start:at].isupper() else -1
    if before in _NOT_AT_AN_END or (before in _APOSTROPHES and not _OPENED.search(segment, 0, at - 1)):
        return -1  # the apostrophe of D'Oro or O'Brien
    if before == "." and segment[at - 2 : at - 1].isupper() and segment[at + 1 : at + 2] == ".":
        return -1  # among initials: J.R. Smith
    return MARK


def _lower(segment: str, index: int, start: int) -> list[Candidate]:
    """Return the places inside words where a name without a capital could begin."""
    return [
        Candidate(index, at, LOWER)
        for at in range(max(start, 2, len(segment) - _MOST), len(segment) - 1)
        if segment[at].islower() and segment[at - 1] not in " -'’" and segment[at - 2] != " "
    ]


def ends_in(pattern: re.Pattern[str], segment: str, at: int) -> bool:
    """Whether what stands before a place ends in something short."""
    return pattern.search(segment, max(0, at - 6), at) is not None
