"""Exports that are kept up to date, written in a thread of their own a moment after the papers changed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date as Date
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from textual.message import Message

from readlist.library import Library
from readlist.settings import Settings
from readlist.tui.messages import Warned

if TYPE_CHECKING:
    from readlist.living import Context

_BURST: Final = 0.3
"""Seconds to wait for more changes: a burst of keys is one writing of the files."""

_PAUSE: Final = 0.01
"""Seconds that the screen has to itself between two stretches of writing."""


class Refresher:
    """Writes kept exports again after changes; what comes while it writes is one more writing, however much it is.

    What is not written yet when the app is left is written by the program that opened it.
    """

    def __init__(self, library: Library, settings: Settings, today: Date, post: Callable[[Message], object]) -> None:
        self._library = library
        self._settings = settings
        self._today = today
        self._post = post
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="exports")
        self._leaving = Event()
        self._guard = Lock()
        self._asked = False
        self._told: set[str] = set()

    def soon(self) -> None:
        """Write again what has changed; this returns at once."""
        with self._guard:
            if self._asked or self._leaving.is_set():
                return
            self._asked = True
        self._thread.submit(self._turn)

    def close(self) -> None:
        """Finish the file that is being written, and no other."""
        self._leaving.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def context(self) -> Context:
        """Return what queries are read with."""
        from readlist.living import Context

        return Context(self._settings.statuses, self._today)

    def _turn(self) -> None:
        """Wait until a burst of changes is over, then write; in the thread."""
        if not self._library.keeps_exports:
            self._take()
            return
        self._leaving.wait(_BURST)
        self._take()
        if self._leaving.is_set():
            return
        from readlist.living import refresh

        troubles = refresh(self._library, self.context(), pause=lambda: bool(self._leaving.wait(_PAUSE)))
        for trouble in troubles:
            if trouble not in self._told:
                self._post(Warned(trouble))
        self._told = set(troubles)

    def _take(self) -> None:
        """Begin a turn: what is asked for from now on needs another one."""
        with self._guard:
            self._asked = False
