"""Asking for a key by having it pressed."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from readlist.tui.look import QUIET

NO_KEY: Final = ""
"""The answer that takes the keys away."""

USUAL: Final = "usual"
"""The answer that brings the keys of the set back; no key is called so."""


class KeyDialog(ModalScreen[str | None]):
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
        now = f"now: {self._held}\n" if self._held else "it has no key\n"
        help_text = "del: no key · backspace: the usual one · escape: leave it"
        with Vertical():
            yield Static(Content.assemble((f"Press the key for “{self._label}”", "bold")), markup=False)
            yield Static(Content.assemble(now, (help_text, QUIET)), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take the key."""
        event.stop()
        event.prevent_default()
        answers = {"escape": None, "delete": NO_KEY, "backspace": USUAL}
        self.dismiss(answers.get(event.key, event.key))
