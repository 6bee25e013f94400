"""Facets: how many of the papers that match have which author, affiliation, category, year, status or tag.

Each paper has a short row of numbers, one for each name that it carries, so that a hundred thousand papers can be
counted without reading them.
"""

# ruff: noqa: S608 - only what `compile` makes is put together

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from heapq import nlargest
from operator import itemgetter
from typing import Final

from readlist.mark import UNREAD
from readlist.paper import Paper
from readlist.query import Facet, Node, both
from readlist.store.compile import unordered
from readlist.store.folding import parts_of
from readlist.store.schema import DAY

SHOWN: Final = 50
"""How many values of a kind are told at the most, those with the most papers."""

_AT_ONCE: Final = 1000
"""Papers that are counted before others get their turn."""

_SEARCHED: Final = 12
"""How many authors and affiliations are told: each is counted by a search of its own."""

_FEW: Final = ("affil", "cat", "source", "has")
"""Kinds of which there are few names: each of them is counted."""

_ROOM: Final = 50_000
"""Authors that are counted at once, which bounds the memory that they take."""

_CODE: Final = ("has", "code")


class Names:
    """The numbers that stand for names in the catalogue, given out as they are needed, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], int] = {}

    def codes(self, paper: Paper) -> array[int]:
        """Return the numbers of what a paper carries."""
        return array("I", dict.fromkeys(map(self._code, _carried(paper))))

    def _code(self, named: tuple[str, str]) -> int:
        """Return the number of a name of a kind."""
        code = self._known.get(named)
        if code is None:
            # Most names that are not known yet are new: to look first would be one statement more for each.
            new = self._connection.execute("INSERT OR IGNORE INTO names (kind, name) VALUES (?, ?)", named)
            if new.rowcount:
                code = new.lastrowid or 0
            else:
                (code,) = self._connection.execute(
                    "SELECT code FROM names WHERE kind = ? AND name = ?", named
                ).fetchone()
            self._known[named] = code = int(code)
        return code


def _carried(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what a paper can be counted under, as pairs of kind and name."""
    for author in paper.authors:
        yield "author", author
    for affiliation in paper.affiliations:
        yield "affil", affiliation
    for category in paper.categories:
        yield "cat", category
    for source in paper.sources:
        yield "source", source
    if paper.has_code:
        yield _CODE


def write_facets(connection: sqlite3.Connection, carried: Iterable[tuple[int, array[int]]]) -> None:
    """Keep what the papers in rows carry."""
    connection.executemany("INSERT INTO facets VALUES (?, ?)", ((row, _bytes(codes)) for row, codes in carried))


def _bytes(codes: array[int]) -> bytes:
    """Return numbers as they are kept, the same on every machine."""
    if sys.byteorder == "big":
        codes = codes[:]
        codes.byteswap()
    return codes.tobytes()


class Tally:
    """Counts the papers that match a tree. Every step of it asks whether it is still wanted."""

    def __init__(self, connection: sqlite3.Connection, tree: Node | None, go_on: Callable[[], None]) -> None:
        """Say what to count.

        Args:
            connection: One that only reads, within a `snapshot`.
            tree: Which papers; None for all.
            go_on: Raises when the counting is no longer wanted.
        """
        self._connection = connection
        self._tree = tree
        self._go_on = go_on
        self._rows = array("q")
        self._few = {
            code: (kind, name)
            for kind in _FEW
            for code, name in connection.execute("SELECT code, name FROM names WHERE kind = ?", (kind,))
        }
        self._carried: Counter[int] = Counter()
        self._room = _ROOM
        self._rare = 0

    def count(self) -> list[Facet]:
        """Return what there is, by kind, and within a kind those with the most papers first; years newest first."""
        self._pass()
        others = self._others()
        return [*self._statuses(), *self._tags(), *self._years(), *self._authors(), *others]

    def _pass(self) -> None:
        """Go through the papers once."""
        sql, values = unordered(self._tree)
        where = "" if self._tree is None else f" WHERE row IN ({sql})"
        with closing(self._connection.execute(f"SELECT row, codes FROM facets{where} ORDER BY row", values)) as cursor:
            while found := cursor.fetchmany(_AT_ONCE):
                self._go_on()
                codes = array("I", b"".join(blob for _, blob in found))
                if sys.byteorder == "big":
                    codes.byteswap()
                self._carried.update(codes)
                self._rows.extend(row for row, _ in found)
                if len(self._carried) > self._room:
                    self._make_room()

    def _make_room(self) -> None:
        """Forget the authors of whom few papers were met so far (lossy counting: Manku and Motwani, VLDB 2002).

        Who has the most papers of a million is met early and often; how many they are is counted by a search.
        """
        self._rare += 1
        self._carried = Counter(
            {code: count for code, count in self._carried.items() if count > self._rare or code in self._few}
        )
        self._room = max(_ROOM, 2 * len(self._carried))

    def _matches(self, row: int) -> bool:
        """Whether the paper in a row is among those that were gone through."""
        place = bisect_left(self._rows, row)
        return place < len(self._rows) and self._rows[place] == row

    def _statuses(self) -> list[Facet]:
        """Return the statuses; a paper without a mark is unread."""
        sql = "SELECT p.row, m.status FROM marked AS m JOIN papers AS p ON p.id = m.id"
        counts = Counter(status for row, status in self._connection.execute(sql) if self._matches(row))
        counts[UNREAD] += len(self._rows) - counts.total()
        return _most("status", counts)

    def _tags(self) -> list[Facet]:
        """Return the tags; a paper that has `rl/offline` is counted for `rl` too, as a search finds it."""
        self._go_on()
        sql = "SELECT p.row, t.tag FROM marked_tags AS t JOIN papers AS p ON p.id = t.id"
        found = {
            (row, part) for row, tag in self._connection.execute(sql) if self._matches(row) for part in parts_of(tag)
        }
        return _most("tag", Counter(tag for _, tag in found))

    def _years(self) -> list[Facet]:
        """Return the years, newest first."""
        days: Counter[int] = Counter()
        for begin in range(0, len(self._rows), _AT_ONCE):
            self._go_on()
            days.update(row // DAY for row in self._rows[begin : begin + _AT_ONCE])
        years: Counter[int] = Counter()
        for day, count in days.items():
            if day > 0:
                years[date.fromordinal(day).year] += count
        return [Facet("year", str(year), years[year]) for year in sorted(years, reverse=True)]

    def _others(self) -> list[Facet]:
        """Return affiliations, categories, sources, and how many have code: kinds of which there are few names.

        What is left of the numbers then is authors.
        """
        counts: dict[str, Counter[str]] = {kind: Counter() for kind in _FEW}
        for code, (kind, name) in self._few.items():
            counts[kind][name] = self._carried.pop(code, 0)
        affiliations = self._searched("affil", counts.pop("affil"))
        return [*affiliations, *(facet for kind, names in counts.items() for facet in _most(kind, names))]

    def _authors(self) -> list[Facet]:
        """Return the authors with the most papers."""
        counts: Counter[str] = Counter()
        for code, count in nlargest(_SEARCHED, self._carried.items(), key=itemgetter(1)):
            named = self._connection.execute("SELECT name FROM names WHERE code = ?", (code,)).fetchone()
            if named is not None:
                counts[named[0]] = count
        return self._searched("author", counts)

    def _searched(self, kind: str, counts: Counter[str]) -> list[Facet]:
        """Return names with as many papers as a search for their words finds: `meta` also finds `meta-ai`."""
        found: Counter[str] = Counter()
        for name, _ in counts.most_common(_SEARCHED):
            self._go_on()
            tree = Facet(kind, name, 0).tree
            if tree is not None:
                sql, values = unordered(both([part for part in (self._tree, tree) if part is not None]))
                found[name] = self._connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0]
        return _most(kind, found)


def _most(kind: str, counts: Counter[str]) -> list[Facet]:
    """Return the names of a kind that have papers, those with the most first, then in alphabetical order."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Facet(kind, name, count) for name, count in ordered[:SHOWN] if count]
