"""Changing a library: papers in and out, marks, undo and redo. Every method waits for the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from readlist.library.reading import Reading
from readlist.library.step import Step
from readlist.mark import Change
from readlist.paper import Paper
from readlist.pattern import DEFAULT, Pattern
from readlist.store.added import Added


class Changing(Reading):
    """Changes papers and marks."""

    def add(self, papers: Iterable[Paper], *, dry_run: bool = False, pattern: Pattern = DEFAULT) -> Added:
        """Add one batch of papers in one transaction; a paper that is held already is merged with what is held.

        Args:
            papers: The batch.
            dry_run: Whether to find out what would happen without doing it.
            pattern: What the citation keys of new papers are made of.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The batch could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            given = steps.given_keys()
            return self._catalogue.add(papers, now=self._now(), given_keys=given, pattern=pattern, dry_run=dry_run)

    def took_in(self, name: str, ids: Sequence[str]) -> Step | None:
        """Make what an ingest has brought in a step, so that it can be undone; None when that is nothing.

        Args:
            name: E.g. `ingest publications.txt`.
            ids: Those of the papers that are new.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: It could not be written; the papers are there, and stay.
        """
        if not ids:
            return None
        with self._changing() as steps:
            return Step.of(steps.took_in(name, ids))

    def mark(self, ids: Iterable[str], change: Change) -> Step | None:
        """Apply a change to the marks of these papers as one step, on disk when it returns.

        Returns None when nothing was different afterwards.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            line = steps.mark(self._by_id(ids), change)
        return Step.of(line) if line else None

    def remove(self, ids: Iterable[str]) -> Step | None:
        """Take papers out of the library together with their marks, as one step; None when there are none.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            line = steps.remove(self._by_id(ids))
        return Step.of(line) if line else None

    def undo(self) -> Step:
        """Take back the last step that has not been taken back.

        Raises:
            NothingToDoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.retracing import retrace

        with self._changing() as steps:
            return Step.of(retrace(steps, "undo", self._by_id))

    def redo(self) -> Step:
        """Do again the step that was last taken back.

        Raises:
            NothingToDoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.retracing import retrace

        with self._changing() as steps:
            return Step.of(retrace(steps, "redo", self._by_id))

    def history(self, limit: int | None = None) -> list[Step]:
        """Return the steps, latest first.

        Raises:
            StoreError: The history cannot be read.
        """
        return [Step.of(line) for line in self._steps.lines(limit)[::-1]]

    def give_out(self, ids: Iterable[str]) -> None:
        """Note that the citation keys of these papers were copied or exported, so that they never change.

        A library that is open for reading only is left as it is.

        Raises:
            StoreError: It could not be written.
        """
        if not self.read_only:
            with self._changing() as steps:
                given = steps.marks.given_out()
                steps.give_out(self._by_id(one for one in ids if one not in given))
