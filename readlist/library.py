"""The one door to the store: open a library, add papers, select, mark, undo, redo, watch, close."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from readlist.mark import Change
from readlist.paper import Entry, Paper
from readlist.query import Query


@dataclass(frozen=True, slots=True)
class Added:
    """What one batch of papers did to the library."""

    new: int
    updated: int
    unchanged: int
    ids: tuple[str, ...]
    """The id in the library of each paper, in the order given."""


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
        raise NotImplementedError


class Library:
    """A folder with a catalogue of papers and the reader's marks.

    Every method may be called from any thread. Reading methods take a few milliseconds, except `select` and
    `tags`, which may take longer; writing methods wait for the disk.
    """

    folder: Path
    read_only: str | None
    """Why nothing can be changed, as a sentence; None when the library can be written."""

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Library:
        """Open the library in `folder`, which is made (for its owner only) when it is not there.

        A folder that cannot be written is opened for reading, if it holds a library.

        Raises:
            StoreError: The folder cannot be made, is a file, or holds files that are not readlist's.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the files. Closing twice is allowed; `with` closes too."""

    # ------------------------------------------------------------------ reading
    def count(self) -> int:
        """Return how many papers there are."""
        raise NotImplementedError

    @property
    def fresh(self) -> bool:
        """Whether the library has never held a paper."""
        raise NotImplementedError

    def select(self, query: Query) -> array[int]:
        """Return the row numbers of the papers that match, in the query's order (newest first by default).

        A running `select` of another thread on this library is interrupted by `interrupt`.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        raise NotImplementedError

    def first(self, query: Query, limit: int) -> array[int]:
        """Return at most the first `limit` of what `select` gives, in a few milliseconds at any size."""
        raise NotImplementedError

    def interrupt(self) -> None:
        """End the `select` that is running, if one is."""

    def entries(self, rows: Sequence[int]) -> list[Entry]:
        """Return the papers with those row numbers in that order; rows that are gone meanwhile are left out."""
        raise NotImplementedError

    def row_of(self, paper_id: str) -> int | None:
        """Return the row number that a paper has now."""
        raise NotImplementedError

    def find(self, key: str) -> Entry | None:
        """Return the paper that goes by a citation key, id, arXiv id or DOI."""
        raise NotImplementedError

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of papers that have it, in alphabetical order."""
        raise NotImplementedError

    # ------------------------------------------------------------------ writing
    def add(self, papers: Iterable[Paper], *, dry_run: bool = False) -> Added:
        """Add one batch of papers in one transaction; a paper that is held already is merged with what is held."""
        raise NotImplementedError

    def mark(self, ids: Sequence[str], change: Change) -> Step | None:
        """Apply a change to the marks of these papers as one step, on disk when it returns.

        Returns None when nothing was different afterwards.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        raise NotImplementedError

    def remove(self, ids: Sequence[str]) -> Step | None:
        """Take papers out of the library together with their marks, as one step."""
        raise NotImplementedError

    def undo(self) -> Step:
        """Take back the last step that has not been taken back.

        Raises:
            NothingToUndoError: There is none.
        """
        raise NotImplementedError

    def redo(self) -> Step:
        """Do again the step that was last taken back.

        Raises:
            NothingToUndoError: There is none.
        """
        raise NotImplementedError

    def history(self, limit: int | None = None) -> list[Step]:
        """Return the steps, latest first."""
        raise NotImplementedError

    def give_out(self, ids: Iterable[str]) -> None:
        """Note that the citation keys of these papers were copied or exported, so that they never change."""

    def changed_elsewhere(self) -> bool:
        """Whether another process changed the library since the last look; cheap enough to ask every second."""
        raise NotImplementedError
