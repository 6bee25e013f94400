"""Marks that a source holds, given to papers that nobody has marked here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readlist.mark import UNMARKED, Mark, taken_over
from readlist.paper import Entry
from readlist.store.kept import Kept
from readlist.store.line import Line
from readlist.store.steps import Changed, Steps


def take_over(
    steps: Steps, name: str, marks: Mapping[str, Mark], find: Callable[[Iterable[str]], Mapping[str, Entry]]
) -> Line | None:
    """Give papers the marks of a source as one step, except to those that were ever marked; None if it is none.

    Args:
        steps: The library's, settled.
        name: What the step is called.
        marks: Paper id → mark.
        find: Gives the papers of the catalogue that have these ids.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    marked = steps.marks.marked(marks)
    bare = [key for key, mark in marks.items() if mark != UNMARKED and key not in marked]
    now = steps.now()
    changed = {
        key: Changed(Kept.of(entry, taken_over(marks[key], now), given_out=False), UNMARKED)
        for key, entry in (find(bare) if bare else {}).items()
    }
    return steps.take(name, changed, at=now) if changed else None
