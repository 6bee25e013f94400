"""What comes with an ingest beside papers: marks and decisions for those that have none here, and tags for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from readlist.mark import UNMARKED, Change, Mark, taken_over
from readlist.paper import Entry

if TYPE_CHECKING:
    from readlist.decided import FromLibrary
    from readlist.store.steps import Changed, Steps


class Foreign(Struct, frozen=True):
    """What comes with an ingest beside papers."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    """What the sources hold, by paper id; papers that were ever marked here get none of it."""
    tagged: Iterable[str] = ()
    """The papers that are changed besides,"""
    change: Change | None = None
    """and how; None if they are not."""
    decided: Mapping[str, FromLibrary] = field(default_factory=dict)
    """What was decided of papers in the library that they come from, by the ids that they have here; what is decided
    of them here stays."""

    def __bool__(self) -> bool:
        """Whether there is anything to come."""
        return bool(self.marks or self.decided) or self.change is not None


def coming(steps: Steps, foreign: Foreign, now: str) -> dict[str, tuple[Mark, Mark]]:
    """Return the marks that would change, by paper id, each as it is and as it would be.

    Raises:
        StoreError: The marks cannot be read.
    """
    marked = steps.marks.marked(foreign.marks)
    after = {key: taken_over(mark, now) for key, mark in foreign.marks.items() if key not in marked}
    before = dict.fromkeys(after, UNMARKED)
    if foreign.change is not None:
        tagged = list(dict.fromkeys(foreign.tagged))
        held = steps.marks.get(tagged)
        for key in tagged:
            before[key] = held[key].mark if key in held else UNMARKED
            after[key] = foreign.change(after.get(key, before[key]), now)
    return {key: (before[key], mark) for key, mark in after.items() if mark != before[key]}


def brought_marks(
    steps: Steps,
    foreign: Foreign,
    find: Callable[[Iterable[str]], Mapping[str, Entry]],
    citekeys: Callable[[], Mapping[str, str]],
) -> dict[str, Changed]:
    """Return what is to be kept of the papers whose marks change, or of which something is decided.

    Args:
        steps: The library's, settled.
        foreign: What comes.
        find: Gives the papers of the catalogue that have these ids.
        citekeys: Gives the citation keys of the catalogue, by paper id.

    Raises:
        StoreError: The marks cannot be read.
    """
    from readlist.store.kept import Kept
    from readlist.store.steps import Changed

    pairs = coming(steps, foreign, steps.now()) if foreign else {}
    entries = find(pairs) if pairs else {}
    changed = {
        key: Changed(Kept.of(entry, pairs[key][1], given_out=False), pairs[key][0]) for key, entry in entries.items()
    }
    if foreign.decided:
        from readlist.store.carrying import brought_decisions

        parts = (part.id for one in foreign.decided.values() for part in one.decided.merged)
        there = find([*foreign.decided, *parts])
        changed |= brought_decisions(steps, foreign.decided, there, changed, citekeys())
    return changed
