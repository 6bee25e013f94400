"""A sheet of lines under headings, in as many columns as there is room for, with a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import ClassVar, Final

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readlist.tui.look import CURSOR
from readlist.tui.widgets.parts import style_of
from readlist.tui.widgets.row import cut

_TWO: Final = 116
"""Cells from which there are two columns."""

_GAP: Final = 2

_MOST: Final = 24
"""Cells of the left parts at the most."""


class Line(Struct, frozen=True):
    """One line that the cursor can stand on."""

    group: str
    """The heading that it stands under."""
    left: str
    right: str
    more: str = ""
    """What is said of it below the sheet."""
    off: bool = False
    """Whether what it stands for does not work now."""
    id: str = ""
    """What choosing it means; nothing for a line that cannot be chosen."""


Cell = str | int | None
"""What stands at a place: a heading, the number of a line, or nothing."""


class Sheet(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows lines; the screen moves the cursor, since its keys may be typed into a line above."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--cursor", "sheet--heading", "sheet--key", "sheet--off"}
    DEFAULT_CSS = """
    Sheet { height: 1fr; background: $surface; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Sheet > .sheet--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    Sheet:nocolor > .sheet--cursor { text-style: reverse; }
    Sheet > .sheet--heading { color: $text-accent; text-style: bold; }
    Sheet > .sheet--key { text-style: bold; }
    Sheet > .sheet--off { color: $foreground; text-style: dim; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another line, or on none."""

        line: Line | None

    @dataclass
    class Chosen(Message):
        """A line was chosen with the mouse."""

        line: Line

    def __init__(self, left: int = 14) -> None:
        """Say how wide the left parts are at the least, in cells; longer ones make all of them wider."""
        super().__init__()
        self._least = self._left = left
        self._lines: Sequence[Line] = ()
        self._rows: list[tuple[Cell, ...]] = []
        self._cursor = 0

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self._lines[self._cursor] if self._lines else None

    def show(self, lines: Sequence[Line], *, stay: bool = False) -> None:
        """Show other lines.

        Args:
            lines: Those of one group stand together.
            stay: Whether the cursor stays at its place, of which nothing new is told; else it goes to the first line.
        """
        self._lines = lines
        self._left = max(self._least, min(max((cell_len(line.left) for line in lines), default=0), _MOST))
        self._cursor = min(self._cursor, max(0, len(lines) - 1)) if stay else 0
        self._lay_out()
        self._put(self._cursor)
        if not stay:
            self.post_message(self.Moved(self.line))

    def on_resize(self) -> None:
        """Use the room there is."""
        self._lay_out()
        self._put(self._cursor)

    def _lay_out(self) -> None:
        """Put the lines into rows, in one column or in two of about the same height."""
        blocks: list[list[Cell]] = []
        for group, numbered in groupby(enumerate(self._lines), lambda one: one[1].group):
            blocks.append([group, *(number for number, _ in numbered), None])
        heights = [0, *accumulate(map(len, blocks))]
        wide = self.size.width >= _TWO and len(blocks) > 1
        split = min(range(len(heights)), key=lambda at: max(heights[at], heights[-1] - heights[at]))
        first, second = (blocks[:split], blocks[split:]) if wide else (blocks, [])
        columns = [[cell for block in part for cell in block] for part in (first, second) if part]
        height = max(map(len, columns), default=1) - 1
        self._rows = [tuple(column[row] if row < len(column) else None for column in columns) for row in range(height)]
        self.virtual_size = Size(1, height)
        self.refresh()

    # ------------------------------------------------------------------ cursor

    def move(self, by: int) -> None:
        """Move the cursor by some lines."""
        self._put(max(0, min(self._cursor + by, len(self._lines) - 1)))
        self.post_message(self.Moved(self.line))

    @property
    def page(self) -> int:
        """How many rows are visible."""
        return max(1, self.scrollable_content_region.height)

    def _put(self, place: int) -> None:
        """Put the cursor on a line, and show it with the heading above it."""
        self._cursor = place
        row = next((number for number, cells in enumerate(self._rows) if place in cells), 0)
        top = self.scroll_offset.y
        above = row - 1 if row and any(isinstance(cell, str) for cell in self._rows[row - 1]) else row
        if above < top:
            self.scroll_to(y=above, animate=False, force=True, immediate=True)
        elif row >= top + self.page:
            self.scroll_to(y=row - self.page + 1, animate=False, force=True, immediate=True)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on what is clicked; a second click chooses it."""
        offset = event.get_content_offset(self)
        row = self.scroll_offset.y + offset.y if offset else -1
        if offset is None or not 0 <= row < len(self._rows):
            return
        cells = self._rows[row]
        cell = cells[min(offset.x * len(cells) // max(1, self.size.width), len(cells) - 1)]
        if not isinstance(cell, int):
            return
        again = cell == self._cursor
        self.move(cell - self._cursor)
        if again and self.line is not None:
            self.post_message(self.Chosen(self.line))

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return the line at a place of the widget."""
        width = self.scrollable_content_region.width
        row = self.scroll_offset.y + y
        base = self.rich_style
        if row >= len(self._rows):
            return Strip.blank(width, base)
        cells = self._rows[row]
        room = (width - _GAP * (len(cells) - 1)) // len(cells)
        found: list[Segment] = []
        for cell in cells:
            found += [Segment(" " * _GAP, base)] if found else []
            found += self._pieces(cell, room, base)
        return Strip(found).adjust_cell_length(width, base)

    def _pieces(self, cell: Cell, room: int, base: Style) -> list[Segment]:
        """Return what stands at a place, in exactly so many cells."""
        if cell is None:
            return [Segment(" " * room, base)]
        if isinstance(cell, str):
            return [Segment(cut(cell, room), base + style_of(self, "sheet--heading"))]
        line = self._lines[cell]
        left = min(self._left, room // 2)
        at = cell == self._cursor
        style = base + self.get_component_rich_style("sheet--cursor") if at else base
        off = style_of(self, "sheet--off") if line.off and not at else Style()
        return [
            Segment(CURSOR if at else " ", style),
            Segment(cut(line.left, left), style + style_of(self, "sheet--key").without_color + off),
            Segment(" " + cut(line.right, max(0, room - left - 2)), style + off),
        ]
