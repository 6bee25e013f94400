"""What speaks for and against one reading of a glued line, as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, log1p
from typing import Final

from readlist.names import GROUP_WORDS, PARTICLES
from readlist.readers.boundary.candidates import Candidate, Line, folded
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import Table

FEATURES: Final = (
    "before lower", "before upper", "before digit", "before closing", "before hyphen", "before other",
    "one word", "two words", "three words", "four words", "five words or more",
    "given known", "given unknown", "given sound", "family known", "family unknown", "family sound",
    "initials", "middle known", "middle lower", "middle title", "group",
    "left empty", "left one letter", "left known", "left unknown", "left sound", "left last", "left in abstract",
    "left in titles", "left is name", "left stop", "left name prefix",
    "whole in abstract", "whole known title", "whole known name",
    "given in abstract", "family in abstract",
    "name in listing", "given in listing", "family in listing", "given in titles",
    "one author", "two authors", "three authors", "comma in title", "others known", "others worst", "others long",
    "title segments", "title segment names", "title short", "author digits", "author lower start", "single initial end",
    "author odd capitals", "author odd signs", "left cut capitals",
)  # fmt: skip
"""The names of the features, in their order."""

_CLOSING: Final = frozenset(")]}?!\"”'’.»")
_STOP: Final = frozenset("a an the of for in on with and to from by via at as is are or using under over its".split())
_NAME_PREFIXES: Final = frozenset("mc mac o d de di du la le van von del da el al ben fitz san st".split())
_LONG: Final = 5
_DIGIT: Final = re.compile(r"\d")
_ODD_CAPITALS: Final = re.compile(r"[A-Z]{2,}[a-z]|(?<!Mc)(?<!Mac)(?<!^De)(?<!^Le)(?<!^La)(?<!^Di)(?<!^Da)[a-z][A-Z]")
_ODD_SIGNS: Final = re.compile(r"[()\[\]{}:;?!\"“”$%&*+=/\\|<>]")


@dataclass(frozen=True, slots=True)
class Context:
    """What all readings of one line share."""

    line: Line
    abstract: frozenset[str]
    """The folded words of the abstract."""
    names: tuple[float, ...]
    """How much each segment looks like a name."""


def context(line: Line, abstract_words: frozenset[str], table: Table, listing: Listing) -> Context:
    """Return what all readings of a line share."""
    return Context(line, abstract_words, tuple(_nameness(segment, table, listing) for segment in line.segments))


def _nameness(segment: str, table: Table, listing: Listing) -> float:
    """Return how much a segment looks like a whole name (log odds, roughly)."""
    words = segment.split()
    if not words:
        return -8.0
    lower = sum(1 for word in words if word[0].islower() and word.casefold() not in PARTICLES)
    if lower or len(words) > _LONG + 1:
        return -4.0 - lower
    first, last = folded(words[0]), folded(words[-1])
    known = 2.0 * log1p(listing.names[" ".join(map(folded, words))])
    score = max(-3.0, table.given(first)) + max(-3.0, table.family(last)) + known
    score += 0.3 * (table.sound(first) + table.sound(last))
    return max(-8.0, min(8.0, score - (2.0 if len(words) == 1 else 0.0)))


@lru_cache(maxsize=1 << 14)
def _odd_capitals(word: str) -> bool:
    """Whether a word has capitals as no name has them: `GANThanard`, but not `McAllester` or `D'Oro`."""
    return bool(_ODD_CAPITALS.search(word))


@lru_cache(maxsize=1 << 14)
def _is_initial(word: str) -> bool:
    """Whether a word is an initial: `J.`, `J`, `J.-P.`."""
    return word[:1].isupper() and all(len(part) <= 1 for part in word.replace("-", ".").split("."))


def features(candidate: Candidate, shared: Context, table: Table, listing: Listing) -> list[float]:
    """Return the features of one reading, in the order of `FEATURES`."""
    line = shared.line
    segment = line.segments[candidate.segment]
    words = segment[candidate.at :].split()
    return [
        *_before(candidate.before),
        *_count(len(words)),
        *_author(words, table),
        *_left(candidate, shared, table, listing),
        *_elsewhere(words, shared, listing),
        *_around(candidate, segment, shared),
        float(bool(_DIGIT.search(segment, candidate.at))),
        float(words[0][0].islower()),
        float(len(words) > 1 and _is_initial(words[-1])),
        float(any(map(_odd_capitals, words))),
        float(bool(_ODD_SIGNS.search(segment, candidate.at))),
        float(candidate.before.isupper() and segment[candidate.at : candidate.at + 2].isupper()),
    ]


def _before(char: str) -> list[float]:
    """Return what kind of character stands in front of the boundary."""
    kinds = (
        char.islower(),
        char.isupper(),
        char.isdigit(),
        char in _CLOSING,
        char in "-–—/'’(" and char not in _CLOSING,
    )
    found = [0.0] * 6
    found[next((index for index, is_kind in enumerate(kinds) if is_kind), 5)] = 1.0
    return found


def _count(words: int) -> list[float]:
    """Return how many words the first author has."""
    found = [0.0] * 5
    found[min(words, 5) - 1] = 1.0
    return found


def _author(words: Sequence[str], table: Table) -> list[float]:
    """Return how much the words look like one author."""
    first, last = folded(words[0]), folded(words[-1])
    first_initial = _is_initial(words[0])
    first_counts, last_counts = table.counts(first), table.counts(last)
    middle = words[1:-1]
    initials = sum(map(_is_initial, words[:-1]))
    lower = sum(1 for word in middle if word[0].islower() and word.casefold() not in PARTICLES)
    known, as_title = 0.0, 0.0
    for word in middle:
        if not _is_initial(word) and not word[0].islower():
            title, _, given, family = table.counts(folded(word))
            known += log((given + family + 0.3) / (title + 0.3))
            as_title += title > given + family
    return [
        0.0 if first_initial else table.given(first) if any(first_counts) else 0.0,
        float(not first_initial and not any(first_counts)),
        0.0 if first_initial else table.sound(first),
        table.family(last) if len(words) > 1 and any(last_counts) else 0.0,
        float(not any(last_counts)),
        table.sound(last) if len(words) > 1 else 0.0,
        float(initials),
        max(-6.0, min(6.0, known)),
        float(lower),
        as_title,
        float(last in GROUP_WORDS),
    ]


def _left(candidate: Candidate, shared: Context, table: Table, listing: Listing) -> list[float]:
    """Return how much the piece before the boundary looks like the end of a title."""
    left, whole = candidate.left, candidate.whole
    title, as_last, given, family = table.counts(left)
    whole_title, _, whole_given, whole_family = table.counts(whole)
    in_abstract = left in shared.abstract
    return [
        float(not left),
        float(len(left) == 1),
        log((title + 0.1) / (given + family + 0.5)) if title or given or family else 0.0,
        float(bool(left) and not (title or given or family) and not in_abstract),
        table.sound(left),
        log((as_last + 0.3) / (title + 1.0)) if title else 0.0,
        float(in_abstract),
        log1p(listing.title_words[left]),
        log1p(listing.given[left] + listing.family[left]),
        float(left in _STOP),
        float(left in _NAME_PREFIXES and candidate.before.islower()),
        float(whole in shared.abstract),
        log1p(whole_title + listing.title_words[whole]),
        log1p(whole_given + whole_family + listing.given[whole] + listing.family[whole]),
    ]


def _elsewhere(words: Sequence[str], shared: Context, listing: Listing) -> list[float]:
    """Return what the abstract and the rest of the listing say of the author's words."""
    plain = [folded(word) for word in words]
    first, last = plain[0], plain[-1]
    return [
        float(len(first) > 1 and first in shared.abstract),
        float(len(last) > 1 and last in shared.abstract),
        log1p(listing.names[" ".join(plain)]),
        log1p(listing.given[first]),
        log1p(listing.family[last]) if len(words) > 1 else 0.0,
        log1p(listing.title_words[first]),
    ]


def _around(candidate: Candidate, segment: str, shared: Context) -> list[float]:
    """Return what the other segments say."""
    count = len(shared.line.segments)
    others = shared.names[candidate.segment + 1 :]
    title_segments = shared.names[max(1, count - 3) : candidate.segment + 1] if candidate.segment else ()
    authors = count - candidate.segment
    before = sum(len(part.split()) for part in shared.line.segments[: candidate.segment])
    title_words = before + len(segment[: candidate.at].split())
    long = sum(len(part.split()) > _LONG for part in shared.line.segments[candidate.segment + 1 :])
    return [
        float(authors == 1),
        float(authors == 2),  # noqa: PLR2004 — each number of authors is a feature
        float(authors >= 3),  # noqa: PLR2004
        float(candidate.segment > 0),
        sum(others) / len(others) if others else 0.0,
        min(others) if others else 0.0,
        float(long),
        float(len(title_segments)),
        max(shared.names[max(0, count - 3) + 1 : candidate.segment + 1], default=-4.0) if title_segments else -4.0,
        float(title_words <= 1) + 0.5 * float(title_words == 2),  # noqa: PLR2004 — titles of two words are rare
    ]
