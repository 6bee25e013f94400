"""The one door to the store: open a library, add papers, select, mark, undo, redo, watch, close."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from readlist.errors import DamagedError, DamagedMarksError, ReadOnlyError, StoreError
from readlist.mark import Change
from readlist.paper import Entry, Paper
from readlist.query import Query
from readlist.store import condition
from readlist.store.catalogue import Added, Catalogue, Interrupted
from readlist.store.envelope import file_signature
from readlist.store.folder import prepare
from readlist.store.lock import locked

if TYPE_CHECKING:
    from readlist.store.accepting import Accepted
    from readlist.store.backups import Backup
    from readlist.store.line import Line
    from readlist.store.restoring import Restored
    from readlist.store.steps import Steps

__all__ = ["Added", "Interrupted", "Library", "Step"]


def utc_now() -> str:
    """Return the present instant, UTC ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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


class Library:
    """A folder with a catalogue of papers and the reader's marks.

    Every method may be called from any thread. Reading methods take a few milliseconds, except `select` and
    `tags`, which may take longer; writing methods wait for the disk.

    Attributes:
        folder: Where it is kept.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, read_only: str | None, now: Callable[[], str]) -> None:
        self.folder = folder
        self._reason = read_only
        self._damaged: DamagedMarksError | None = None
        self._catalogue = catalogue
        self._now = now
        self._writing = threading.RLock()
        self._seen = self._stamp()

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, now: Callable[[], str] = utc_now) -> Library:
        """Open the library in `folder`, which is made (for its owner only) when it is not there.

        A folder that cannot be written is opened for reading, if it holds a library; so is one whose marks cannot
        be read, with the reason in `read_only`.

        Raises:
            StoreError: The folder cannot be made, is a file, or holds files that are not readlist's.
        """
        reason = "it was opened for reading only" if read_only else prepare(folder)
        path = folder / "catalogue.sqlite"
        if reason and not path.exists():
            raise StoreError(f"there is no library in {folder} and none can be made: {reason}")
        library = cls(folder, Catalogue.open(path, read_only=bool(reason)), reason, now)
        library._look()
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files. Closing twice is allowed; `with` closes too."""
        self._catalogue.close()

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed, as a sentence that says what to do; None when the library can be written."""
        if self._damaged is None:
            return self._reason
        return "; ".join(filter(None, (self._damaged.message, self._damaged.hint)))

    @property
    def damage(self) -> str | None:
        """Why the marks cannot be read, as a sentence; None when they can. `restore` mends them."""
        return self._damaged.message if self._damaged else None

    # ------------------------------------------------------------------ reading

    def count(self) -> int:
        """Return how many papers there are."""
        return self._catalogue.count()

    @property
    def fresh(self) -> bool:
        """Whether the library has never held a paper."""
        return not (self._damaged or self._catalogue.held or (self.folder / "marks.json").exists())

    def select(self, query: Query) -> array[int]:
        """Return the row numbers of the papers that match, in the query's order (newest first by default).

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.select(query)

    def first(self, query: Query, limit: int) -> array[int]:
        """Return at most the first `limit` of what `select` gives, in a few milliseconds at any size."""
        return self._catalogue.first(query, limit)

    def interrupt(self) -> None:
        """End the `select` that is running, if one is."""
        self._catalogue.interrupt()

    def entries(self, rows: Sequence[int]) -> list[Entry]:
        """Return the papers with those row numbers in that order; rows that are gone meanwhile are left out."""
        return self._catalogue.entries(rows)

    def row_of(self, paper_id: str) -> int | None:
        """Return the row number that a paper has now."""
        return self._catalogue.row_of(paper_id)

    def find(self, key: str) -> Entry | None:
        """Return the paper that goes by a citation key, id, arXiv id or DOI."""
        paper_id = self._catalogue.resolve(key)
        return None if paper_id is None else self._by_id([paper_id]).get(paper_id)

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of papers that have it, in alphabetical order."""
        return self._catalogue.tags()

    def _by_id(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Return the papers with these ids that are there, by id."""
        rows = [row for row in map(self._catalogue.row_of, dict.fromkeys(ids)) if row is not None]
        return {entry.id: entry for entry in self._catalogue.entries(rows)}

    # ------------------------------------------------------------------ writing

    def add(self, papers: Iterable[Paper], *, dry_run: bool = False) -> Added:
        """Add one batch of papers in one transaction; a paper that is held already is merged with what is held.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The batch could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            return self._catalogue.add(papers, now=self._now(), given_keys=steps.given_keys(), dry_run=dry_run)

    def mark(self, ids: Iterable[str], change: Change) -> Step | None:
        """Apply a change to the marks of these papers as one step, on disk when it returns.

        Returns None when nothing was different afterwards.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            return _step(steps.mark(self._by_id(ids), change))

    def remove(self, ids: Iterable[str]) -> Step | None:
        """Take papers out of the library together with their marks, as one step; None when there are none.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            return _step(steps.remove(self._by_id(ids)))

    def undo(self) -> Step:
        """Take back the last step that has not been taken back.

        Raises:
            NothingToUndoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            return _made(steps.retrace("undo", self._by_id))

    def redo(self) -> Step:
        """Do again the step that was last taken back.

        Raises:
            NothingToUndoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            return _made(steps.retrace("redo", self._by_id))

    def history(self, limit: int | None = None) -> list[Step]:
        """Return the steps, latest first.

        Raises:
            StoreError: The history cannot be read.
        """
        return [_made(line) for line in self._steps.lines(limit)[::-1]]

    def give_out(self, ids: Iterable[str]) -> None:
        """Note that the citation keys of these papers were copied or exported, so that they never change.

        A library that is open for reading only is left as it is.

        Raises:
            StoreError: It could not be written.
        """
        if not self.read_only:
            with self._changing() as steps:
                steps.give_out(self._by_id(ids))

    def changed_elsewhere(self) -> bool:
        """Whether another process changed the library since the last look; cheap enough to ask every second.

        Raises:
            StoreError: The library cannot be read.
        """
        with self._writing:
            if self._stamp() == self._seen:
                return False
            self._look()
            self._seen = self._stamp()
            return True

    def warm_up(self) -> None:
        """Load what a change needs, so that the first one need not wait for it.

        Raises:
            StoreError: The library cannot be changed now.
        """
        if not self.read_only:
            with self._changing():
                pass

    # ------------------------------------------------------------------ keeping the marks

    def backups(self) -> list[Backup]:
        """Return the good backups of the marks, newest first.

        Raises:
            StoreError: They cannot be listed.
        """
        from readlist.store.restoring import backups

        return backups(self._steps)

    def back_up(self) -> Backup:
        """Back up the marks as they are now.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: There are no marks yet, or they cannot be copied.
        """
        with self._changing() as steps:
            path = steps.back_up()
        return next(one for one in self.backups() if one.path == path)

    def restore(self, number: int) -> Restored:
        """Go back to a backup: as a step, or where the marks cannot be read, with all later steps done again.

        Args:
            number: 1 is the newest good one; 0, where the marks cannot be read, what the catalogue and the history
                remember.

        Raises:
            UsageError: There is no such backup.
            ReadOnlyError: The library's folder cannot be written.
            StoreError: It could not be written, or a newer readlist wrote the marks.
        """
        from readlist.store.restoring import restore

        with self._mending() as steps:
            return restore(steps, number, self._catalogue.generation, self._by_id)

    def accept(self) -> Accepted | None:
        """Take over a marks file that was edited by hand or merged by git; None when readlist wrote it as it is.

        Raises:
            DamagedMarksError: It cannot be taken over; the message says where it is wrong.
            ReadOnlyError: The library's folder cannot be written.
            StoreError: It could not be written, or a newer readlist wrote the marks.
        """
        from readlist.store.accepting import accept

        with self._mending() as steps:
            return accept(steps, self._catalogue.generation)

    def warnings(self) -> list[str]:
        """Return what went wrong beside the changes that were made, as sentences, each told once."""
        return self._steps.troubles() if "_steps" in self.__dict__ else []

    # ------------------------------------------------------------------ how a change is made

    @cached_property
    def _steps(self) -> Steps:
        """The marks and the history, loaded when they are first needed: the first screen needs neither."""
        from readlist.store.steps import Steps

        return Steps(self.folder, self._catalogue, self._now)

    @contextmanager
    def _changing(self) -> Iterator[Steps]:
        """Hold the library against other threads and processes, everything in it settled.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: Another process kept it for too long.
        """
        if self.read_only:
            raise ReadOnlyError(f"nothing can be changed in this library: {self.read_only}")
        with self._writing, locked(self.folder):
            elsewhere = self._stamp() != self._seen
            try:
                self._settle()
                yield self._steps
            finally:
                if not elsewhere:  # what another process changed is still to be told by `changed_elsewhere`
                    self._seen = self._stamp()

    @contextmanager
    def _mending(self) -> Iterator[Steps]:
        """Hold the library, its marks readable or not; they are when this ends without an error.

        Raises:
            ReadOnlyError: The library's folder cannot be written.
            StoreError: Another process kept it for too long.
        """
        if self._reason:
            raise ReadOnlyError(f"nothing can be changed in this library: {self._reason}")
        with self._writing, locked(self.folder):
            yield self._steps
            self._damaged = None
            self._seen = self._stamp()

    def _settle(self) -> None:
        """Bring everything up to the marks' generation; the library is held."""
        try:
            self._steps.settle()
        except DamagedMarksError as error:
            self._damaged = error
            raise
        self._damaged = None

    def _look(self) -> None:
        """Find out if the marks can be read at all, and make the catalogue's mirror of them true if it is behind."""
        try:
            mirrored = self._catalogue.generation
            behind = condition.check(self.folder, mirrored) != mirrored
            if (behind or self._damaged or condition.untidy(self.folder)) and not self._reason:
                with self._writing, locked(self.folder):
                    self._settle()
            self._damaged = None
        except DamagedMarksError as error:
            self._damaged = error
        except DamagedError as error:
            self._reason = f"{error.message}; {error.hint}" if error.hint else error.message

    def _stamp(self) -> object:
        """Return what differs when another process has changed the library."""
        return file_signature(self.folder / "marks.json"), self._catalogue.version


def _made(line: Line) -> Step:
    """Return what users of the library are told of a step."""
    return Step(line.number, line.name, line.kind, line.at, line.ids, line.conflicts)


def _step(line: Line | None) -> Step | None:
    """Return the same of a step that may not have been needed."""
    return None if line is None else _made(line)
