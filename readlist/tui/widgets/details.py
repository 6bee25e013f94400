"""The pane with the details of one paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static

from readlist.settings import Settings
from readlist.tui.widgets.page import Shown, note_blocks, page
from readlist.tui.widgets.pointing import pointed_at

if TYPE_CHECKING:
    from readlist.tui.widgets.markdown import Block


class Notes(Static):
    """The notes of a paper, wrapped so that lists and quotations keep their indents."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="notes")
        self._blocks: Sequence[Block] = ()

    def show(self, blocks: Sequence[Block]) -> None:
        """Show other notes."""
        if blocks or self._blocks:
            self._blocks = blocks
            self.display = bool(blocks)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 — Textual's
        """Return how many lines the notes take."""
        return len(str(self._laid_out(width)).split("\n")) if self._blocks and width else 0

    def render(self) -> Content:
        """Return the notes as they are wrapped now."""
        return self._laid_out(self.content_size.width)

    def _laid_out(self, width: int) -> Content:
        """Return the notes, wrapped."""
        if not self._blocks:
            return Content("")
        from readlist.tui.widgets.markdown import laid_out

        return laid_out(self._blocks, max(1, width))


class Details(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Everything that is known of one paper, and the reader's marks."""

    ALLOW_SELECT = False  # the mouse drags the border; the texts in it can be selected

    DEFAULT_CSS = """
    Details { padding: 0 1; background: $background; scrollbar-size-vertical: 1; }
    Details > Static { max-width: 90; height: auto; }
    Details > #notes { display: none; padding-top: 1; }
    """

    @dataclass
    class Sought(Message):
        """An author, an affiliation or a tag was clicked."""

        term: str
        """What finds its papers."""

    @dataclass
    class Linked(Message):
        """An address was clicked."""

        address: str

    def __init__(self, settings: Settings) -> None:
        super().__init__(id="details")
        self._settings = settings
        self._shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static("", markup=False, id="facts")
        yield Notes()

    def show(self, shown: Shown | None) -> None:
        """Show a paper, from its top if it is another one."""
        if shown == self._shown:
            return
        if shown is None or self._shown is None or shown.entry.id != self._shown.entry.id:
            self.scroll_home(animate=False)
        self._shown = shown
        self.query_one("#facts", Static).update(Content("") if shown is None else page(shown, self._settings))
        self.query_one(Notes).show(note_blocks(shown) if shown and shown.entry.mark.notes else ())

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked, unless the mouse was selecting text."""
        term, address = pointed_at(event.style.meta)
        if self.screen.selections:
            return
        if term:
            self.post_message(self.Sought(term))
        elif address:
            self.post_message(self.Linked(address))
