"""The pane with the details of one paper."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.settings import Settings
from readlist.tui.widgets.page import Shown, page


class Details(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Everything that is known of one paper, and the reader's marks."""

    DEFAULT_CSS = """
    Details { padding: 0 1; background: $background; scrollbar-size-vertical: 1; }
    Details > Static { max-width: 90; height: auto; }
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(id="details")
        self._settings = settings
        self._shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static("", markup=False)

    def show(self, shown: Shown | None) -> None:
        """Show a paper, from its top if it is another one."""
        if shown == self._shown:
            return
        if shown is None or self._shown is None or shown.entry.id != self._shown.entry.id:
            self.scroll_home(animate=False)
        self._shown = shown
        self.query_one(Static).update(Content("") if shown is None else page(shown, self._settings))
