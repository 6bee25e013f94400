"""What is remembered of how the app is left: written by and by, and at the end."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import Any, Final

from textual.timer import Timer

from readlist.tui.left import Left, keep_left
from readlist.tui.main.listing import ListingScreen

_PAUSE: Final = 0.3
"""Seconds that something must stand before it is kept: a border that is dragged makes dozens of changes."""


class Remembering(ListingScreen):
    """Keeps how the app is left."""

    left = Left()
    """How the app was left, and what has changed of that since."""
    _pausing: Timer | None = None
    """Runs while a change may be followed by another."""

    @cached_property
    def _writing(self) -> Lock:
        """Held while the file is written."""
        return Lock()

    def leave_as(self, **changes: Any) -> None:  # noqa: ANN401 — fields of `Left`, checked by it
        """Remember something for the next time."""
        self.left = replace(self.left, **changes)
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(_PAUSE, self._keep)

    def _keep(self) -> None:
        """Keep how the app is left, in a thread."""
        self._pausing = None
        self.run_worker(self._keep_in_thread, thread=True, group="remembering")

    def _keep_in_thread(self) -> None:
        """Write what is newest; of two threads, one waits for the other."""
        with self._writing:
            keep_left(self.library.folder, self.left)

    def on_unmount(self) -> None:
        """Keep what was changed just before the end."""
        if self._pausing is not None:
            self._keep_in_thread()
