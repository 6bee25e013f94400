"""Papers that are alike: by telling words of title and abstract, and by authors.

Which words are telling is known from the catalogue itself, in whatever language the papers are: those that few papers
have. Only English words that say nothing in any paper are left out by a list, since a small catalogue does not tell.
"""

# ruff: noqa: S608 - only placeholders are put together

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from heapq import nlargest
from math import log
from operator import attrgetter, itemgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.store.facts import unpacked
from readlist.store.reasons import EMPTY_WORDS, Spelling
from readlist.text import PARTS_FOLLOW, words

_COMMON: Final = 0.2
"""The share of papers from which on a word says nothing."""

_FEW: Final = 300
"""Papers of a catalogue up to which it says little how many of them have a word. There a third of them may have it,
and only what stands in a title is given as a reason."""

_SHORT: Final = 3
"""Letters of words that say nothing in themselves, in most languages (Zipf's law of abbreviation), unless they are
written with capitals or digits, as `RL` and `3D`."""

_COUNTED: Final = 8000
"""Papers from which on a word is common in a catalogue of any size: to count further would take too long."""

_RARITY: Final = 1.5
"""How much more a rare word says: with 1 many ordinary words outweigh it, with 2 it alone decides."""

_LOOKED_UP: Final = 32
"""Telling words by which candidates are found."""

_POSTINGS: Final = 25_000
"""Papers that these words may have together: what is looked through, at any size of the catalogue."""

_CANDIDATES: Final = 160
"""Papers that are compared word by word."""

_AUTHORS: Final = 8
"""Authors whose other papers are candidates: a hundred authors would be a catalogue of their own."""

_PAPERS_OF_ONE: Final = 60
"""Papers of one author that are candidates, the newest."""

_IN_TITLE: Final = 2
"""How many times a word of the title counts more."""

_SATURATION: Final = 1.2
_LENGTH: Final = 0.75
"""BM25's constants (Robertson and Zaragoza, 2009): the second and third mention count less, and so do long texts."""

_SHARED_AUTHOR: Final = 0.06
"""What one shared author adds to likeness; two papers of the same words have 1."""


class Alike(Struct, frozen=True):
    """A paper that is like another one, and why."""

    row: int
    """Its row number."""
    likeness: float
    """From 0; 1 for a paper of the same words, and more if it has authors in common too."""
    words: tuple[str, ...]
    """Telling words that both have, the most telling first, as the other paper writes them."""
    authors: tuple[str, ...]
    """Authors that both have."""


class _Term(Struct, frozen=True):
    """A word of the paper that others are compared with."""

    word: str
    papers: int
    """How many papers have it."""
    weight: float
    """The more, the more it says of what the paper is about."""


def related(connection: sqlite3.Connection, row: int, limit: int, go_on: Callable[[], None]) -> list[Alike]:
    """Return the papers that are most alike to the one in a row, the most alike first.

    Args:
        connection: One that only reads.
        row: The paper's row.
        limit: How many at the most.
        go_on: Raises when the answer is no longer wanted.
    """
    texts = _texts(connection, [row]).get(row)
    if texts is None:
        return []
    total = connection.execute("SELECT value FROM meta WHERE name = 'count'").fetchone()[0]
    counts = _counted(*texts)
    authors, spelling = _authors(connection, row), _spelling(connection, row)
    terms = _telling(connection, counts, spelling, total, go_on)
    found = _candidates(connection, terms, authors, row, go_on)
    best = nlargest(_CANDIDATES, found.items(), key=itemgetter(1))
    likeness = _Likeness(terms, counts, None if total > _FEW else frozenset(_folded(texts[0])))
    alike = []
    others = _texts(connection, [one for one, _ in best])
    for other, (title, abstract) in others.items():
        score, shared = likeness.to(_counted(title, abstract), title)
        alike.append(Alike(other, score, shared, ()))
    go_on()
    # Few can be brought up by their authors, so that not every candidate need be read whole.
    likeliest = nlargest(max(limit, _CANDIDATES // 2), alike, key=attrgetter("likeness"))
    whole = [_with_authors(connection, _named(one, spelling, others[one.row]), authors) for one in likeliest]
    reasons = (one for one in whole if one.words or one.authors)
    return sorted(reasons, key=lambda one: (-one.likeness, -one.row))[:limit]


def _texts(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return folded titles and abstracts by row."""
    marks = ", ".join("?" * len(rows))
    found = connection.execute(f"SELECT row, title, abstract FROM folded WHERE row IN ({marks})", rows)
    return {row: (title, abstract) for row, title, abstract in found}


def _folded(text: str) -> list[str]:
    """Return the words of a folded text without the parts of compounds, which would count twice."""
    return text.partition(PARTS_FOLLOW)[0].split()


def _counted(title: str, abstract: str) -> Counter[str]:
    """Return how often each word counts: those of the title more."""
    counts = Counter(_folded(abstract))
    for word in _folded(title):
        counts[word] += 1 + _IN_TITLE
    return counts


def _telling(
    connection: sqlite3.Connection,
    counts: Mapping[str, int],
    spelling: Spelling,
    total: int,
    go_on: Callable[[], None],
) -> list[_Term]:
    """Return the words of a paper that not every other paper has too, the most telling first."""
    most = max(2, min(_COUNTED, max(int(total * _COMMON), min(total // 3, _FEW // 2))))
    sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"
    terms = []
    for word, count in counts.items():
        go_on()
        if word in EMPTY_WORDS or _is_short(word, spelling):
            continue
        papers = connection.execute(sql, (f'"{word}"', most + 1)).fetchone()[0]
        if 1 < papers <= most:
            rarity = log(1 + (total - papers + 0.5) / (papers + 0.5))
            terms.append(_Term(word, papers, rarity**_RARITY * (1 + log(count))))
    return sorted(terms, key=lambda term: (-term.weight, term.word))


def _is_short(word: str, spelling: Spelling) -> bool:
    """Whether a word is too short to be telling."""
    return len(word) <= _SHORT and word.isascii() and spelling.alone.get(word, word) == word


def _candidates(
    connection: sqlite3.Connection,
    terms: Sequence[_Term],
    authors: Sequence[str],
    row: int,
    go_on: Callable[[], None],
) -> dict[int, float]:
    """Return papers that have telling words or authors in common with the one in a row, and how much that is."""
    found: dict[int, float] = {}
    get = found.get
    room = _POSTINGS
    for term in terms[:_LOOKED_UP]:
        if term.papers > room:
            continue
        go_on()
        room -= term.papers
        rows = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (f'"{term.word}"',))
        for (other,) in rows:
            found[other] = get(other, 0.0) + term.weight
    for name in authors[:_AUTHORS]:
        go_on()
        phrase = " ".join(words(name))
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
            (f'authors : "{phrase}"', _PAPERS_OF_ONE),
        )
        weight = terms[0].weight if terms else 1.0
        for (other,) in rows:
            found[other] = get(other, 0.0) + weight
    found.pop(row, None)
    return found


class _Likeness:
    """Compares papers with one paper, by its telling words."""

    def __init__(self, terms: Sequence[_Term], counts: Counter[str], title: frozenset[str] | None) -> None:
        """Say what to compare with.

        Args:
            terms: The paper's telling words.
            counts: How often each word of it counts.
            title: The words of its title, if only words of titles are given as reasons.
        """
        self._title = title
        self._weights = {term.word: term.weight for term in terms}
        self._length = counts.total()
        self._whole = sum(self._parts(counts).values()) or 1.0

    def to(self, counts: Counter[str], title: str) -> tuple[float, tuple[str, ...]]:
        """Return how like another paper is, and the folded words that make it so, the most telling first."""
        parts = self._parts(counts)
        told = parts.items()
        if self._title is not None:
            titles = self._title | set(_folded(title))
            told = {word: part for word, part in told if word in titles}.items()
        named = tuple(word for word, _ in sorted(told, key=itemgetter(1), reverse=True))
        return sum(parts.values()) / self._whole, named

    def _parts(self, counts: Counter[str]) -> dict[str, float]:
        """Return what each shared word adds."""
        long = 1 - _LENGTH + _LENGTH * counts.total() / max(1, self._length)
        return {
            word: weight * counts[word] * (_SATURATION + 1) / (counts[word] + _SATURATION * long)
            for word, weight in self._weights.items()
            if word in counts
        }


def _authors(connection: sqlite3.Connection, row: int) -> tuple[str, ...]:
    """Return the authors of a paper that can be looked for."""
    found = connection.execute("SELECT record FROM facts WHERE row = ?", (row,)).fetchone()
    return tuple(name for name in unpacked(found[0]).authors if words(name)) if found else ()


def _named(one: Alike, spelling: Spelling, texts: tuple[str, str]) -> Alike:
    """Return a paper with its reason as a reader would name it; its folded title and abstract are given."""
    other = " . ".join(" ".join(_folded(text)) for text in texts)
    return replace(one, words=spelling.named(one.words, other))


def _with_authors(connection: sqlite3.Connection, one: Alike, authors: Sequence[str]) -> Alike:
    """Return a paper with the authors that it shares, for which it is the more alike."""
    theirs = {" ".join(words(name)) for name in _authors(connection, one.row)}
    shared = tuple(name for name in authors if " ".join(words(name)) in theirs)
    # The tenth shared author says less than the first: a big group writes about many things.
    more = _SHARED_AUTHOR * sum(1 / place for place in range(1, len(shared) + 1))
    return replace(one, likeness=one.likeness + more, authors=shared)


def _spelling(connection: sqlite3.Connection, row: int) -> Spelling:
    """Return how the paper in a row writes its words."""
    found = connection.execute("SELECT record FROM facts WHERE row = ?", (row,)).fetchone()
    paper = unpacked(found[0])
    return Spelling.of(f"{paper.abstract or ''} {paper.title}")
