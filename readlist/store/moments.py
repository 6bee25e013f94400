"""When things were done: the days on which papers came in and were read, and how long they waited."""

# ruff: noqa: S608 - only what `compile` makes is put together

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Final

from msgspec import Struct, field

from readlist.days import day_of
from readlist.mark import QUEUED, READ, Mark
from readlist.query import Node
from readlist.store.compile import unordered
from readlist.store.facts import mark_of

_AT_ONCE: Final = 500
"""Marks that are read before it is asked whether to go on."""


class Moments(Struct, frozen=True):
    """Days, numbered as of `date.toordinal`, where the reader is."""

    added: Counter[int] = field(default_factory=Counter)
    """Papers that came in on each day."""
    read: Counter[int] = field(default_factory=Counter)
    """Papers that were last marked as read on each day."""
    waited: tuple[int, ...] = ()
    """How many days each paper that was queued and then read had waited."""
    queued: tuple[int, ...] = ()
    """The day on which each paper that waits now was queued."""


def moments(connection: sqlite3.Connection, tree: Node | None, go_on: Callable[[], None]) -> Moments:
    """Return when the papers that match were added and read.

    Args:
        connection: One that only reads, within a `snapshot`.
        tree: Which papers; None for all.
        go_on: Raises when this is no longer wanted.
    """
    chosen, values = unordered(tree)
    where = "" if tree is None else f" WHERE p.row IN ({chosen})"
    added: Counter[int] = Counter()
    for instant, count in connection.execute(
        f"SELECT p.added, count(*) FROM papers AS p{where} GROUP BY p.added", values
    ):
        day = day_of(instant)
        if day is not None:
            added[day] += count
    read: Counter[int] = Counter()
    waited: list[int] = []
    queued: list[int] = []
    sql = f"SELECT m.record FROM marked AS m JOIN papers AS p ON p.id = m.id{where}"
    with closing(connection.execute(sql, values)) as cursor:
        while found := cursor.fetchmany(_AT_ONCE):
            go_on()
            for (record,) in found:
                _take_in(mark_of(record), read, waited, queued)
    return Moments(added, read, tuple(waited), tuple(queued))


def _take_in(mark: Mark, read: Counter[int], waited: list[int], queued: list[int]) -> None:
    """Count one mark."""
    days = {status: day for status, instant in mark.status_dates if (day := day_of(instant)) is not None}
    if READ in days:
        read[days[READ]] += 1
    if QUEUED in days:
        if mark.status == QUEUED:
            queued.append(days[QUEUED])
        elif days.get(READ, 0) >= days[QUEUED]:
            waited.append(days[READ] - days[QUEUED])
