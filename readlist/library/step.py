"""What users of the library are told of a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from readlist.store.line import Line


@dataclass(frozen=True, slots=True)
class Step:
    """One change that can be undone: a single paper's or a bulk change."""

    number: int
    """Counts from 1 over the library's whole history."""
    name: str
    """E.g. `tag +rl`, `star`, `remove`; of an undo, the name of the step undone."""
    kind: str
    """`do`, `undo` or `redo`."""
    at: str
    """UTC ISO 8601."""
    ids: tuple[str, ...]
    """The papers that it changed."""
    conflicts: int = 0
    """How many papers an undo or redo left alone, since they were changed again by someone else."""

    @property
    def description(self) -> str:
        """What it did, e.g. `undo: tag +rl on 12 papers`."""
        papers = "1 paper" if len(self.ids) == 1 else f"{len(self.ids)} papers"
        return f"{'' if self.kind == 'do' else f'{self.kind}: '}{self.name} on {papers}"

    @classmethod
    def of(cls, line: Line) -> Self:
        """Return what is told of a step that was written down."""
        return cls(line.number, line.name, line.kind, line.at, line.ids, line.conflicts)
