"""Searching the catalogue: what may take long, and can be interrupted."""

# ruff: noqa: S608 - only placeholders are put together

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Final

from readlist.query import Facet, Label, Query
from readlist.store.compile import statement, unordered
from readlist.store.connection import Connection, Interrupted, snapshot
from readlist.store.looking import Looking

if TYPE_CHECKING:
    from readlist.store.alike import Pair
    from readlist.store.moments import Moments
    from readlist.store.related import Alike

_FETCHED: Final = 5000
"""How many rows of a result are held as Python's objects, each of which takes twelve times the room of its number."""


class Finding(Looking):
    """A catalogue that is searched."""

    _interrupts = 0
    """Counts the calls of `interrupt`: what was begun before the last one is not wanted any more."""

    def select(self, query: Query) -> array[int]:
        """Return the row numbers of the papers that match, in the query's order.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._rows(*statement(query))

    def first(self, query: Query, limit: int) -> array[int]:
        """Return at most the first `limit` of what `select` gives, without finding the others.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._rows(*statement(query, limit))

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of papers that have it, in alphabetical order.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        sql = (
            "SELECT t.tag, count(*) FROM marked_tags AS t JOIN papers AS p ON p.id = t.id GROUP BY t.tag ORDER BY t.tag"
        )
        with closing(self._search(sql, [])) as pieces:
            return {str(tag): count for tag, count in chain.from_iterable(pieces)}

    def facets(self, query: Query) -> list[Facet]:
        """Count what the papers that match carry, by kind.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.facets import Tally

        with self._unless_interrupted(self._counting) as (connection, go_on), snapshot(connection):
            return Tally(connection, query.tree, go_on).count()

    def moments(self, query: Query) -> Moments:
        """Return when the papers that match were added and read.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.moments import moments

        with self._unless_interrupted(self._counting) as (connection, go_on), snapshot(connection):
            return moments(connection, query.tree, go_on)

    def size(self, query: Query) -> int:
        """Count the papers that match.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        sql, values = unordered(query.tree)
        with self._unless_interrupted(self._counting) as (connection, _):
            return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])

    @contextmanager
    def _unless_interrupted(self, through: Connection) -> Iterator[tuple[sqlite3.Connection, Callable[[], None]]]:
        """Give a connection, and what raises `Interrupted` when the answer is no longer wanted."""
        interrupts = self._interrupts

        def go_on() -> None:
            if self._interrupts != interrupts:
                raise Interrupted

        with through.use() as connection:
            go_on()
            yield connection, go_on

    def near(self, words: Iterable[str], labels: Iterable[Label] = ()) -> dict[str, list[str]]:
        """Return, for the first few of the folded words and labels that no paper has, the nearest that papers have.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.near import near_labels, near_words

        with self._unless_interrupted(self._searching) as (connection, go_on):
            return near_words(connection, words, go_on) | near_labels(connection, labels, go_on)

    def related(self, row: int, limit: int) -> list[Alike]:
        """Return the papers that are most alike to the one in a row, the most alike first, with what they share.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.related import related

        with self._unless_interrupted(self._counting) as (connection, go_on):
            return related(connection, row, limit, go_on)

    def likely_same(self, decided: Collection[tuple[str, str]]) -> list[Pair]:
        """Return pairs of papers that are likely one and are not among those decided, the surest first.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.alike import likely_same

        with self._unless_interrupted(self._counting) as (connection, go_on):
            return likely_same(connection, decided, go_on)

    def names_like(self, field: str, typed: str) -> list[tuple[str, int | None]]:
        """Return names that begin so (see `completions`), each with its number of papers where that is known."""
        from readlist.store.completions import names_like

        with self._completing.use() as connection:
            return names_like(connection, field, typed)

    def interrupt(self) -> None:
        """End the searches that are running or waiting for their turn."""
        self._interrupts += 1
        self._searching.interrupt()
        self._counting.interrupt()

    def _rows(self, sql: str, values: Sequence[str | int]) -> array[int]:
        """Run a statement that gives row numbers."""
        rows = array("q")
        try:
            with closing(self._search(sql, values)) as pieces:
                for found in pieces:
                    rows.extend(chain.from_iterable(found))
        except TypeError as error:  # a page of another table stands where these should
            raise self._searching.damage("row numbers in it are none") from error
        return rows

    def _search(self, sql: str, values: Sequence[str | int]) -> Generator[list[tuple[int, ...]], None, None]:
        """Run a statement and yield some of what it gives at a time, unless it is interrupted before or meanwhile."""
        interrupts = self._interrupts
        with self._searching.use() as connection:
            if self._interrupts != interrupts:
                raise Interrupted
            with closing(connection.execute(sql, values)) as cursor:
                while found := cursor.fetchmany(_FETCHED):
                    if self._interrupts != interrupts:
                        raise Interrupted
                    yield found
            if self._interrupts != interrupts:
                raise Interrupted
