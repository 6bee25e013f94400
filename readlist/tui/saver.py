"""Changes, made one after the other in a thread of their own, so that no key is lost and none waits.

A change that the disk refuses is kept and tried again before the next one: changes reach the disk in the order in which
they were made, or not at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from msgspec import Struct
from textual.message import Message

from readlist.errors import ReadlistError, ReadOnlyError, StoreError
from readlist.library import Library, Step
from readlist.mark import Change, Mark, counted
from readlist.tui.messages import NotSaved, Saved, Settled

Job = Callable[[Library], Step | None]
"""Something done to the library; it looks at the library when its turn comes, not when the key was pressed."""


Make = Callable[[list[Mark]], Change]
"""Makes a change from marks as they are when its turn comes."""


class Unsaved(Struct, frozen=True):
    """A change to marks that is not on the disk."""

    ids: tuple[str, ...]
    change: Change
    then: Callable[[], None] | None = None
    """Called, in the thread, when the change is on the disk."""

    @property
    def description(self) -> str:
        """What it would do, e.g. `star on 3 papers`."""
        return f"{self.change.name} on {counted(len(self.ids))}"


class Saver:
    """A queue of changes. What is kept unsaved is touched only by the thread that works the queue off."""

    def __init__(self, library: Library, post: Callable[[Message], object]) -> None:
        self._library = library
        self._post = post
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="saver")
        self._unsaved: deque[Unsaved] = deque()

    @property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """The changes that the disk has refused so far, oldest first."""
        return tuple(self._unsaved)

    def mark(self, ids: Sequence[str], change: Change | Make, then: Callable[[], None] | None = None) -> None:
        """Change the marks of papers.

        Args:
            ids: The papers.
            change: The change, or what makes it from the marks of those that are there when its turn comes.
            then: Called in the saver's thread when the change is on the disk; not when it is refused for good.
        """
        self._thread.submit(self._guarded, lambda: self._mark(tuple(ids), change, then))

    def marks_of(self, ids: Sequence[str]) -> list[Mark]:
        """Return the marks of those papers that are there, with what is unsaved of them; it takes long for many."""
        return [with_unsaved(key, mark, self.unsaved) for key, mark in self._library.marks(ids).items()]

    def submit(self, job: Job, words: str = "") -> None:
        """Do something else to the library; `Saved` or `NotSaved` tells what came of it."""

        def turn() -> None:
            self._flush()
            self._post(Saved(job(self._library), words, unsaved=self.unsaved))

        self._thread.submit(self._guarded, turn)

    def undo(self, job: Job = Library.undo) -> None:
        """Take back the last change: drop it if it is not on the disk, else undo it there.

        Args:
            job: What undoes a change that is on the disk.
        """
        self._thread.submit(self._guarded, lambda: self._undo(job))

    def latest(self) -> Future[int]:
        """Return the number of the last step, known when what was asked for before is done; 0 if there is none."""
        return self._thread.submit(lambda: next((step.number for step in self._library.history(1)), 0))

    def retry(self) -> None:
        """Try again to save what the disk refused."""
        self._thread.submit(self._guarded, self._flush)

    def settle(self) -> None:
        """Try a last time to save everything; `Settled` tells when all that was asked for was done or refused."""
        self._thread.submit(self._guarded, self._flush)
        self._thread.submit(lambda: self._post(Settled(self.unsaved)))

    def close(self) -> None:
        """Wait until every change is made or refused."""
        self._thread.shutdown(wait=True)

    # ------------------------------------------------------------------ in the thread

    def _guarded(self, turn: Callable[[], None]) -> None:
        """Take a turn; whatever goes wrong is told."""
        try:
            turn()
        except ReadlistError as error:
            self._post(NotSaved(error, self.unsaved))
        except Exception as error:  # noqa: BLE001 — whatever it is, the reader must be told that nothing was saved
            self._post(NotSaved(ReadlistError(f"{type(error).__name__}: {error}"), self.unsaved))

    def _mark(
        self,
        ids: tuple[str, ...],
        change: Change | Make,
        then: Callable[[], None] | None,
    ) -> None:
        """Put a change behind those that are unsaved, and save them all."""
        if not isinstance(change, Change):
            change = change(self.marks_of(ids))
        self._unsaved.append(Unsaved(ids, change, then))
        self._flush()

    def _flush(self) -> None:
        """Save what is unsaved, oldest first; what no later try could save is dropped with its error."""
        while self._unsaved:
            one = self._unsaved[0]
            try:
                step = self._library.mark(one.ids, one.change)
            except StoreError as error:
                if isinstance(error, ReadOnlyError):
                    self._unsaved.popleft()
                raise
            except BaseException:
                self._unsaved.popleft()
                raise
            self._unsaved.popleft()
            if one.then is not None:
                one.then()
            self._post(Saved(step, ids=one.ids, unsaved=self.unsaved))

    def _undo(self, job: Job) -> None:
        """Take back the last change."""
        if self._unsaved:
            dropped = self._unsaved.pop()
            self._post(Saved(None, f"undo: {dropped.description}, which was not saved", dropped.ids, self.unsaved))
        else:
            self._post(Saved(job(self._library), unsaved=self.unsaved))


def with_unsaved(paper_id: str, mark: Mark, unsaved: Sequence[Unsaved]) -> Mark:
    """Return a paper's mark as it will be when the unsaved changes are on the disk."""
    for one in unsaved:
        if paper_id in one.ids:
            mark = one.change(mark, mark.changed or "")
    return mark
