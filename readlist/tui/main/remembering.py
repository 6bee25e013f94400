"""What is remembered of how the app is left: written by and by, and at the end."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import Any, Final

from msgspec.structs import replace
from textual.timer import Timer

from readlist.tui.left import Left, keep_left
from readlist.tui.main.listing import ListingScreen

_PAUSE: Final = 0.3
"""Seconds that a layout must stand before it is kept: a border that is dragged makes dozens of changes."""

_REST: Final = 3.0
"""Seconds that the cursor must rest on a paper before that is kept: most papers are only looked at in passing."""


class Remembering(ListingScreen):
    """Keeps how the app is left."""

    left = Left()
    """How the app was left, and what has changed of that since."""
    kept = Left()
    """What of it is on the disk, or on its way there."""
    _pausing: Timer | None = None
    """Runs while a change may be followed by another."""

    @cached_property
    def _writing(self) -> Lock:
        """Held while the file is written."""
        return Lock()

    def leave_as(self, **changes: Any) -> None:  # noqa: ANN401 — fields of `Left`, checked by it
        """Remember something for the next time."""
        self.left = replace(self.left, **changes)
        self._keep_after(_PAUSE)

    def leave_at(self, paper_id: str) -> None:
        """Remember which paper the cursor stands on."""
        if paper_id != self.left.paper:
            self.left = replace(self.left, paper=paper_id)
            self._keep_after(_REST)

    def _keep_after(self, pause: float) -> None:
        """Keep how the app is left when nothing has changed for so many seconds."""
        if self._pausing is not None:
            self._pausing.stop()
        self._pausing = self.set_timer(pause, self._keep)

    def _keep(self) -> None:
        """Keep how the app is left, in a thread."""
        self._pausing = None
        self.run_worker(self._keep_in_thread, thread=True, group="remembering")

    def _keep_in_thread(self) -> None:
        """Write what is newest; of two threads, one waits for the other."""
        with self._writing:
            if self.left != self.kept:
                self.kept = self.left
                keep_left(self.library.folder, self.kept)

    def on_unmount(self) -> None:
        """Keep what was changed just before the end."""
        self._keep_in_thread()
