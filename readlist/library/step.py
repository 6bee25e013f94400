"""What users of the library are told of a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Self

from msgspec import Struct

from readlist.mark import counted

if TYPE_CHECKING:
    from readlist.store.line import Line


_OF_PAPERS: Final = frozenset({"edit", "remove"})
"""Steps whose names say of papers what was done to them: `remove 2 papers`."""

_NAMING: Final = ("keep both ", "merge ")
"""What the names of steps begin with that name their papers: to count these would say nothing."""


class Step(Struct, frozen=True):
    """One change that can be undone: a single paper's or a bulk change."""

    number: int
    """Counts from 1 over the library's whole history."""
    name: str
    """E.g. `tag +rl`, `star`, `remove`; of an undo, the name of the step undone."""
    kind: str
    """`do`, `undo` or `redo`."""
    at: str
    """UTC ISO 8601."""
    ids: Sequence[str]
    """The papers that it changed."""
    conflicts: int = 0
    """How many papers an undo or redo left alone, since they were changed again by someone else; the saved views
    count as one."""
    facts: bool = False
    """Whether papers came or went with it, or say something else."""
    views: bool = False
    """Whether it is about the saved views."""
    views_left: bool = False
    """Whether it left the saved views alone, since they were changed again by someone else."""

    @property
    def description(self) -> str:
        """What it did, e.g. `undo: tag +rl on 12 papers`."""
        done = self.name if self.kind == "do" else f"{self.kind}: {self.name}"
        if (self.views and not self.ids) or self.name.startswith(_NAMING):
            return done
        papers = counted(len(self.ids))
        return f"{done} {papers}" if self.name in _OF_PAPERS else f"{done} on {papers}"

    @property
    def left_alone(self) -> str:
        """What an undo or redo left alone, as words, e.g. `2 papers`; empty if nothing."""
        papers = self.conflicts - self.views_left
        found = ["the saved views"] if self.views_left else []
        return " and ".join([*found, counted(papers)] if papers else found)

    @classmethod
    def of(cls, line: Line) -> Self:
        """Return what is told of a step that was written down."""
        views = line.views
        return cls(
            line.number, line.name, line.kind, line.at, line.ids, line.conflicts, line.about_facts, views is not None,
            views is not None and views.left_alone,
        )  # fmt: skip
