"""The ways that led from elsewhere to what is listed, which can be gone back one by one."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from textual.widgets import Input

from readlist.tui.main.viewing import Viewing


class _Way(Struct, frozen=True):
    """A way to what is listed."""

    after: str
    """What has stood in the search line since."""
    back: Callable[[], None]
    """Goes back to where it began."""
    paper: str
    """The paper that it led to, if it led within one list: it ends when the cursor leaves that; else empty."""


class Returning(Viewing):
    """Remembers ways, as long as what stands in the search line is what they led to."""

    _ways: tuple[_Way, ...] = ()
    """Those that can be gone back, latest last."""

    def came_here(self, after: str, back: Callable[[], None], paper: str = "") -> None:
        """Remember a way that is being gone.

        Args:
            after: What stands in the search line at its end.
            back: Goes back.
            paper: The paper that it leads to, if it leads within one list.
        """
        self._ways = (*self._ways, _Way(after, back, paper))

    def on_input_changed(self, event: Input.Changed) -> None:  # noqa: ARG002 — Textual's signature
        """Forget every way where something else is searched for."""
        if self._ways and self.search_line.value != self._ways[-1].after:
            self._ways = ()

    def go_back(self) -> bool:
        """Go back the last way that still stands; whether there is one."""
        here = self.papers.entry.id if self.papers.entry else ""
        while self._ways:
            *others, way = self._ways
            self._ways = tuple(others)
            if self.search_line.value == way.after and way.paper in ("", here):
                self.say("")  # that there is a way back is true no longer
                way.back()
                return True
        return False
