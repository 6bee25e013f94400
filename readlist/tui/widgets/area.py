"""Several lines to write in."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from readlist.tui.keyed import Keyed


class Area(TextArea):
    """Lines to write in, which leave to the screen what its commands have keys for."""

    def on_key(self, event: events.Key) -> None:
        """Type nothing when the screen has a use for the key, which it is handed next."""
        screen: object = self.screen
        if isinstance(screen, Keyed) and screen.command_of(event.key) is not None:
            event.prevent_default()
