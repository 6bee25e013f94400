"""Places in the reading queue.

A paper has a place of its own only where the reader gave it one: a number among the seconds at which the others were
queued. So a paper that is moved changes its own mark and no other, and what is queued later stands behind. Papers
that are being read, and those of each priority, are parts of the queue; a place is one in such a part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from msgspec.structs import replace

from readlist.errors import NothingToDoError, UsageError
from readlist.mark import IN_QUEUE, QUEUED, UNMARKED, Mark, set_status
from readlist.paper import Entry
from readlist.store.kept import Kept
from readlist.store.line import Line
from readlist.store.steps import Changed, Steps

_STEP: Final = 1 / 64
"""Seconds between papers that are put behind one another where there is no room between two."""

Part = tuple[str, int]
"""A part of the queue: a status and a priority."""


class Place(Enum):
    """Where papers go in their part of the queue."""

    FIRST = "first"
    EARLIER = "earlier"
    LATER = "later"
    LAST = "last"


def rank_of(mark: Mark) -> float:
    """Return the number by which a paper of the queue stands in its part."""
    if mark.rank is not None:
        return mark.rank
    try:
        return float(int(datetime.fromisoformat(dict(mark.status_dates)[mark.status]).timestamp()))
    except (KeyError, ValueError, OverflowError):
        return 0.0


def part_of(mark: Mark) -> Part:
    """Return the part of the queue that a paper is in."""
    return mark.status, mark.priority


def move(
    steps: Steps,
    queue: Sequence[Entry],
    ids: Sequence[str],
    to: Place | str,
    find: Callable[[Iterable[str]], Mapping[str, Entry]],
) -> Line | None:
    """Move papers within their parts of the queue; None if nothing changes.

    Those that are not in the queue are put there, unless they are only to be moved by one.

    Args:
        steps: The library's, settled.
        queue: The papers of the queue in its order.
        ids: The papers.
        to: Where they go, or the id of the paper that they go before.
        find: Gives the papers of the catalogue that have these ids.

    Raises:
        NothingToDoError: The papers are to be moved by one, and none of them is in the queue.
        UsageError: The paper that they should go before is not in the same part of the queue.
        StoreError: It could not be written; nothing of it is kept.
    """
    entries = {entry.id: entry for entry in queue}
    if to not in (Place.EARLIER, Place.LATER):
        entries |= find(ids)
    elif not entries.keys() & set(ids):
        raise NothingToDoError("it is not in the reading queue" if len(ids) == 1 else "none is in the reading queue")
    now = steps.now()
    held = steps.marks.get(entries)
    before = {key: held[key].mark if key in held else UNMARKED for key in entries}
    after = {
        key: mark if mark.status in IN_QUEUE else set_status(QUEUED).apply(mark, now) for key, mark in before.items()
    }
    parts: dict[Part, list[str]] = {}
    for key, mark in after.items():
        parts.setdefault(part_of(mark), []).append(key)
    wanted = frozenset(ids)
    moved = [key for key in after if key in wanted]
    if isinstance(to, str) and any(part_of(after[key]) != part_of(after.get(to, UNMARKED)) for key in moved):
        raise UsageError(
            "they are not in the same part of the queue: what is being read comes first, then what has priority",
            "give them one status and one priority, e.g. readlist priority 2 KEY",
        )
    for keys in parts.values():
        ranks = new_ranks([(key, rank_of(after[key])) for key in keys], [key for key in keys if key in moved], to)
        after |= {key: replace(after[key], rank=rank) for key, rank in ranks.items()}
    changed = {
        key: Changed(Kept.of(entries[key], replace(mark, changed=now), given_out=False), before[key])
        for key, mark in after.items()
        if mark != before[key]
    }
    return steps.take(_name(to), changed, at=now) if changed else None


def _name(to: Place | str) -> str:
    """Return what the history calls a step."""
    return f"queue {to.value}" if isinstance(to, Place) else "queue before another paper"


def new_ranks(order: Sequence[tuple[str, float]], moved: Sequence[str], to: Place | str) -> dict[str, float]:
    """Return the ranks that change when papers are moved, by id; most often only their own.

    Args:
        order: The papers of a part of the queue in its order, with their ranks.
        moved: Some of them, in this order.
        to: Where they go, or the id of the paper that they go before.
    """
    keys = [key for key, _ in order]
    rest = [one for one in order if one[0] not in moved]
    if not moved or not rest:
        return {}
    place = _index(keys, [key for key, _ in rest], moved, to)
    wanted = [*(key for key, _ in rest[:place]), *moved, *(key for key, _ in rest[place:])]
    return {} if wanted == keys else _between(rest, moved, place)


def _index(keys: Sequence[str], rest: Sequence[str], moved: Sequence[str], to: Place | str) -> int:
    """Return how many of the other papers stand before those that are moved."""
    first, last = keys.index(moved[0]), keys.index(moved[-1])
    earlier = first - 1
    later = last - len(moved) + 2
    if isinstance(to, str):
        return rest.index(to) if to in rest else first
    place = {Place.FIRST: 0, Place.EARLIER: earlier, Place.LATER: later, Place.LAST: len(rest)}[to]
    return max(0, min(place, len(rest)))


def _between(rest: Sequence[tuple[str, float]], moved: Sequence[str], place: int) -> dict[str, float]:
    """Return ranks that put papers between others; where there is no room, those behind are moved on as well."""
    count = len(moved)
    if place == 0:
        return {key: rest[0][1] - _STEP * (count - number) for number, key in enumerate(moved)}
    low = rest[place - 1][1]
    if place < len(rest):
        high = rest[place][1]
        ranks = [low + (high - low) * (number + 1) / (count + 1) for number in range(count)]
        if all(one < other for one, other in zip([low, *ranks], [*ranks, high], strict=True)):
            return dict(zip(moved, ranks, strict=True))
    found = {key: low + _STEP * (number + 1) for number, key in enumerate(moved)}
    last = low + _STEP * count
    for key, rank in rest[place:]:
        if rank > last:
            break
        last += _STEP
        found[key] = last
    return found
