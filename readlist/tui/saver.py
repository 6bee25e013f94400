"""Changes, made one after the other in a thread of their own, so that no key is lost and none waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from textual.message import Message

from readlist.errors import ReadlistError
from readlist.library import Library, Step
from readlist.tui.messages import NotSaved, Saved

Job = Callable[[Library], Step | None]
"""A change to the library; it looks at the library when its turn comes, not when the key was pressed."""


class Saver:
    """A queue of changes."""

    def __init__(self, library: Library, post: Callable[[Message], object]) -> None:
        self._library = library
        self._post = post
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="saver")

    def warm_up(self) -> None:
        """Load what a change needs before there is one; if that fails, the first change tells."""
        self._thread.submit(self._library.warm_up)

    def submit(self, job: Job, words: str = "") -> None:
        """Put a change at the end of the queue; `Saved` or `NotSaved` tells what came of it."""
        self._thread.submit(self._run, job, words)

    def _run(self, job: Job, words: str) -> None:
        """Make one change, in the thread."""
        try:
            step = job(self._library)
        except ReadlistError as error:
            self._post(NotSaved(error))
        except Exception as error:  # noqa: BLE001 — whatever it is, the reader must be told that nothing was saved
            self._post(NotSaved(ReadlistError(f"{type(error).__name__}: {error}")))
        else:
            self._post(Saved(step, words))

    def close(self) -> None:
        """Wait until every change is made."""
        self._thread.shutdown(wait=True)
