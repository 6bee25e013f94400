"""A choice by one key, or by moving to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from readlist.tui.look import CHOICE, CURSOR, KEY, QUIET
from readlist.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from readlist.tui.footer import Offer


class Choice(Struct, frozen=True):
    """One line of a menu."""

    key: str
    """The key that chooses it."""
    label: str
    preview: str = ""
    """What choosing it gives."""


class Menu(Dialog[str]):
    """A question that one key answers; or the cursor is moved to an answer, which is then taken.

    At first the cursor is nowhere: enter pressed by mistake answers nothing.
    """

    DEFAULT_CSS = """
    Menu > VerticalScroll {
        width: 80%; max-width: 96; min-width: 30; height: auto; max-height: 90%;
        padding: 1 2; background: $surface; border: round $primary;
    }
    Menu .choices { text-wrap: nowrap; text-overflow: ellipsis; }
    """
    PLACE = "menu"

    def __init__(self, title: str, choices: Sequence[Choice], text: str = "", otherwise: str = "cancel") -> None:
        """Say what to ask.

        Args:
            title: The question.
            choices: The answers.
            text: Lines below the title that say more.
            otherwise: What leaving the menu does.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._text = text
        self._otherwise = otherwise
        self._at: int | None = None

    def compose(self) -> ComposeResult:
        """Lay out the choices."""
        with VerticalScroll(can_focus=False):
            text = f"{self._text}\n" if self._text else ""
            yield Static(Content.assemble((self._title + "\n", "bold"), (text, "")), markup=False)
            yield Static(self._lines(), markup=False, classes="choices")

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers beside the keys before the lines."""
        return self.offers({"menu.leave": self._otherwise, "menu.up menu.down": "move", "menu.choose": "choose"})

    def _lines(self) -> Content:
        """Return a line for each choice."""
        width = max(10, *(cell_len(choice.label) for choice in self._choices)) + 2
        lines = []
        for place, choice in enumerate(self._choices):
            at = place == self._at
            label = set_cell_size(choice.label, width)
            line = Content.assemble(
                (CURSOR if at else " ", ""), (f"{choice.key:>2}  ", KEY), (label, ""), (choice.preview, QUIET)
            )
            lines.append(Content.styled(line.plain, CHOICE) if at else line)
        return Content("\n").join(lines)

    def preview(self, key: str, text: str) -> None:
        """Show what a choice gives, found out after the menu was opened."""
        self._choices = [replace(one, preview=text) if one.key == key else one for one in self._choices]
        self.query_one(".choices", Static).update(self._lines())

    async def on_key(self, event: events.Key) -> None:
        """Take the answer; a key that does nothing here is told, and the question stays."""
        pressed = event.character or event.key
        if pressed in [choice.key for choice in self._choices]:
            event.stop()
            event.prevent_default()
            self.dismiss(pressed)
        elif self.command_of(event.key) is None:
            event.stop()
            event.prevent_default()
            self.say(self.said_of(event.key))

    def action_move(self, by: int) -> None:
        """Move the cursor to another line; at first to the first or the last one."""
        last = len(self._choices) - 1
        if self._at is None:
            self._at = 0 if by > 0 else last
        else:
            self._at = max(0, min(self._at + by, last))
        lines = self.query_one(".choices", Static)
        lines.update(self._lines())
        place = Region(0, lines.virtual_region.y + self._at, 1, 1)
        self.query_one(VerticalScroll).scroll_to_region(place, animate=False, force=True)

    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        if self._at is None:
            self.say(f"move to a line with {self.key_of('menu.down')} first, or press its key")
        else:
            self.dismiss(self._choices[self._at].key)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss("")

    async def on_click(self, event: events.Click) -> None:
        """Take the line that is clicked; leave the menu when something else than it is."""
        if event.widget is self:
            self.dismiss("")
        elif event.widget is not None and event.widget.has_class("choices"):
            offset = event.get_content_offset(event.widget)
            if offset is not None and 0 <= offset.y < len(self._choices):
                self.dismiss(self._choices[offset.y].key)
