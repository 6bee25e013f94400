"""Watching what other processes do to the library, as long as the list can be seen."""

from __future__ import annotations

from textual.timer import Timer

from readlist.errors import ReadlistError
from readlist.tui.main.browsing import Browsing
from readlist.tui.messages import ChangedElsewhere

_EVERY = 1.0
"""Seconds between two looks."""


class Watching(Browsing):
    """Shows what others did."""

    _looking: Timer | None = None
    """What looks every second, from when the first papers are painted on."""

    def begin_watching(self) -> None:
        """Look from now on."""
        self._looking = self.set_interval(_EVERY, self._look_elsewhere, pause=not self.is_current)

    def on_screen_suspend(self) -> None:
        """Look no more: Textual draws a screen anew, with all that lies above, whenever anything wakes one below it."""
        if self._looking is not None:
            self._looking.pause()

    def on_screen_resume(self) -> None:
        """Look at once for what others did meanwhile, and go on looking."""
        if self._looking is not None:
            self._look_elsewhere()
            self._looking.resume()

    def _look_elsewhere(self) -> None:
        """Find out in a thread whether another process has changed the library."""
        self.run_worker(self._look_in_thread, thread=True, exclusive=True, group="elsewhere")

    def _look_in_thread(self) -> None:
        """Ask the library."""
        try:
            if self.library.changed_elsewhere():
                self.post_message(ChangedElsewhere())
        except ReadlistError as error:
            self.log.warning(error.message)

    def on_changed_elsewhere(self, event: ChangedElsewhere) -> None:
        """Show what others did, without losing the place."""
        event.stop()
        self.papers.forget()
        self.load_views()
        self.count_again(views=True)
        self.search()
