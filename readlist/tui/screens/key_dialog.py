"""Asking for a key by having it pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from readlist.tui.footer import Offer
from readlist.tui.look import QUIET
from readlist.tui.screens.dialog import Dialog

NO_KEY: Final = ""
"""The answer that takes the keys away."""

USUAL: Final = "usual"
"""The answer that brings the keys of the set back; no key is called so."""

_OFFERS: Final = (
    Offer("escape", "cancel", "Leave the keys as they are."),
    Offer("del", "no key", "Take its keys away."),
    Offer("backspace", "default key", "Give it the keys of the set again."),
)


class KeyDialog(Dialog[str | None]):
    """Takes the next key that is pressed; None when it is left."""

    DEFAULT_CSS = """
    KeyDialog > Vertical {
        width: 80%; max-width: 72; min-width: 30; height: auto; padding: 1 2; background: $surface;
        border: round $primary;
    }
    """

    def __init__(self, label: str, keys: str) -> None:
        """Say whose key it is, and which keys that has now."""
        super().__init__()
        self._label = label
        self._held = keys

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        now = f"now: {self._held}" if self._held else "it has no key"
        with Vertical():
            yield Static(Content.assemble((f"Press the key for “{self._label}”", "bold")), markup=False)
            yield Static(Content.assemble((now, QUIET)), markup=False)

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers: the keys that no command can have here."""
        return _OFFERS

    async def on_key(self, event: events.Key) -> None:
        """Take the key."""
        event.stop()
        event.prevent_default()
        answers = {"escape": None, "delete": NO_KEY, "backspace": USUAL}
        self.dismiss(answers.get(event.key, event.key))
