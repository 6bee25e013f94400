"""Finding papers of the catalogue that are likely the same one, for a person to decide.

Not every paper is compared with every other: only those whose titles begin or end alike when these are put in
order, those of one first author, and those of one identifier. SQLite does the sorting, so that what is held at once
is small.
"""

# ruff: noqa: S608 - only names of columns are put together

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from msgspec import Struct

from readlist.store.doubles import NEAR, guess
from readlist.store.facts import unpacked

MOST: Final = 1000
"""How many pairs are told at the most, the surest: nobody decides about more."""

_BEFORE: Final = 40
"""Titles that one is compared with, of those that begin it: an `Introduction` may stand there a thousand times."""

_LONG: Final = 24
"""Letters from which a title is compared with those it begins whoever wrote them."""

_AFTER: Final = 3
"""Papers of one identifier that one of them is compared with: the chapters of a book may all have its DOI."""

_SHORT: Final = 3
"""Letters below which it is not at all, unless they are the same."""

_CROWD: Final = 400
"""Papers of one family name from which on the given name's first letter must agree too."""

_AT_ONCE: Final = 500
"""Rows that are read before others get their turn."""

_FORWARD: Final = "SELECT row, replace(title_key, ' ', '') AS letters, author_key FROM papers ORDER BY letters, row"
_BACKWARD: Final = (
    "SELECT row, backward(replace(title_key, ' ', '')) AS letters, author_key FROM papers ORDER BY letters, row"
)
_BY_AUTHOR: Final = "SELECT author_key, title_key, row FROM papers WHERE author_key <> '' ORDER BY author_key"

_IDENTIFIED: Final = tuple(
    f"SELECT {name}, '', row FROM papers WHERE {name} IS NOT NULL ORDER BY {name}, row" for name in ("arxiv", "doi")
)

_Row = tuple[int, str, str]
"""A row, the letters of its title, and the first word of its first author's family name."""


class Pair(Struct, frozen=True):
    """Two papers that are likely one."""

    first: str
    """The id of the one that came in first."""
    second: str
    """The id of the other."""
    reason: str
    """What speaks for it, as words."""
    sure: float
    """How sure it is, from 0 to 1."""
    kind: str
    """What the titles say, without what is special to the two: pairs of a kind can be decided about together."""


def likely_same(
    connection: sqlite3.Connection, decided: Collection[tuple[str, str]], go_on: Callable[[], None]
) -> list[Pair]:
    """Return the pairs of papers that are likely one, the surest first.

    Args:
        connection: One that only reads.
        decided: Pairs of ids about which a person has decided, the lower id first; they are left out.
        go_on: Raises when the answer is no longer wanted.
    """
    found: dict[tuple[int, int], Pair] = {}
    seen: set[tuple[int, int]] = set()
    for place, pair in enumerate(_candidates(connection, go_on)):
        if not place % 64:
            go_on()
        if pair not in seen:
            seen.add(pair)
            judged = _judged(connection, pair)
            if judged is not None and _in_order(judged) not in decided:
                found[pair] = judged
    return sorted(found.values(), key=lambda one: (-one.sure, one.first, one.second))[:MOST]


def _in_order(pair: Pair) -> tuple[str, str]:
    """Return the ids of a pair, the lower one first."""
    return min(pair.first, pair.second), max(pair.first, pair.second)


def _candidates(connection: sqlite3.Connection, go_on: Callable[[], None]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows that are worth a closer look, some of them twice."""
    connection.create_function("backward", 1, _backward, deterministic=True)
    for sql in (_FORWARD, _BACKWARD):
        for one, other in _beginning_alike(_rows(connection, sql, go_on)):
            yield min(one, other), max(one, other)
    yield from _identified_alike(connection, go_on)
    named = (row for rows in _read(connection, _BY_AUTHOR, go_on) for row in rows)
    for _, group in groupby(named, key=lambda row: row[0].split(" ", 1)[0]):
        for one, other in _near_titles(list(group), go_on):
            yield min(one, other), max(one, other)


def _identified_alike(connection: sqlite3.Connection, go_on: Callable[[], None]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows that have an arXiv id or a DOI in common."""
    for sql in _IDENTIFIED:
        named = (row for rows in _read(connection, sql, go_on) for row in rows)
        for _, group in groupby(named, key=itemgetter(0)):
            rows = [row for _, _, row in group]
            for place, one in enumerate(rows):
                for other in rows[place + 1 : place + 1 + _AFTER]:
                    yield min(one, other), max(one, other)


def _backward(letters: str) -> str:
    """Return letters from the last to the first."""
    return letters[::-1]


def _read(connection: sqlite3.Connection, sql: str, go_on: Callable[[], None]) -> Iterator[list[tuple[str, str, int]]]:
    """Yield some of the rows of a statement at a time."""
    cursor = connection.execute(sql)
    try:
        while rows := cursor.fetchmany(_AT_ONCE):
            go_on()
            yield rows
    finally:
        cursor.close()


def _rows(connection: sqlite3.Connection, sql: str, go_on: Callable[[], None]) -> Iterator[_Row]:
    """Yield rows in the order of their titles."""
    for rows in _read(connection, sql, go_on):
        for row, letters, author in rows:
            yield int(row), letters, (str(author or "")).split(" ", 1)[0]


def _beginning_alike(rows: Iterator[_Row]) -> Iterator[tuple[int, int]]:
    """Yield pairs of which one title begins with the other; the titles come in their order."""
    before: list[_Row] = []
    for row in rows:
        _, letters, author = row
        if not letters:
            continue
        while before and not letters.startswith(before[-1][1]):
            before.pop()
        for shorter in before[-_BEFORE:]:
            if shorter[1] == letters or (
                len(shorter[1]) >= _SHORT and (len(shorter[1]) >= _LONG or not author or shorter[2] in ("", author))
            ):
                yield shorter[0], row[0]
        before.append(row)


def _near_titles(group: Sequence[tuple[str, str, int]], go_on: Callable[[], None]) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers of one family name of which the titles are nearly the same."""
    if len(group) > _CROWD:
        parts: dict[str, list[tuple[str, int]]] = {}
        for author, title, row in group:
            parts.setdefault(author.partition(" ")[2][:1], []).append((title, row))
        for part in parts.values():
            yield from _near_in(part, go_on)
    elif len(group) > 1:
        yield from _near_in([(title, row) for _, title, row in group], go_on)


def _near_in(titles: list[tuple[str, int]], go_on: Callable[[], None]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of which the titles are nearly the same.

    Titles of which one is too long to be near the other are not compared: 2·short / (short + long) is the most that
    their ratio can be.
    """
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    titles.sort(key=lambda one: len(one[0]))
    lengths = [len(title) for title, _ in titles]
    texts = [title for title, _ in titles]
    share = (200 - NEAR) / NEAR
    for place, (title, row) in enumerate(titles):
        if not place % 64:
            go_on()
        end = bisect_right(lengths, len(title) * share)
        near = extract(title, texts[place + 1 : end], scorer=ratio, processor=None, score_cutoff=NEAR, limit=_BEFORE)
        for _, _, index in near:
            yield row, titles[place + 1 + index][1]


def _judged(connection: sqlite3.Connection, pair: tuple[int, int]) -> Pair | None:
    """Look at two papers closely."""
    sql = "SELECT p.id, p.added, f.record FROM papers AS p JOIN facts AS f ON f.row = p.row WHERE p.row IN (?, ?)"
    found = connection.execute(sql, pair).fetchall()
    if len(found) != len(pair):
        return None
    (first, came, one), (second, later, other) = found
    judged = guess(unpacked(one), unpacked(other))
    if judged is None:
        return None
    if (later, second) < (came, first):
        first, second = second, first
    return Pair(str(first), str(second), judged.reason, judged.sure, judged.kind)
