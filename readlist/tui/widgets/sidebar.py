"""The sidebar: views and facets with their numbers, each of which narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readlist.chart import bar
from readlist.query import Facet
from readlist.tui.look import CHOSEN, CURSOR
from readlist.tui.widgets.outline import Line
from readlist.tui.widgets.parts import style_of
from readlist.tui.widgets.row import cut
from readlist.view import View

_BAR: Final = 7
"""Cells of the longest bar."""


class Sidebar(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines with a cursor, of which headings and gaps are skipped."""

    ALLOW_SELECT = False  # the mouse chooses here, and drags the border

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sidebar--cursor", "sidebar--heading", "sidebar--dim", "sidebar--active", "sidebar--bar"
    }  # fmt: skip

    DEFAULT_CSS = """
    Sidebar { background: $background; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Sidebar > .sidebar--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    Sidebar:nocolor > .sidebar--cursor { text-style: bold reverse; }
    Sidebar > .sidebar--heading { color: $text-accent; text-style: bold; }
    Sidebar > .sidebar--dim { color: $foreground-muted; }
    Sidebar > .sidebar--active { color: $text-warning; text-style: bold; }
    Sidebar > .sidebar--bar { color: $scrollbar; }
    """

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        target: View | Facet | str
        refused: bool = False
        """Whether papers that have it are to be taken out."""

    def __init__(self) -> None:
        super().__init__(id="sidebar")
        self._lines: Sequence[Line] = ()
        self._digits = 0
        self._cursor = 0

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines; the cursor stays on its own if that is among them."""
        held = self.target
        self._lines = lines
        self._digits = max((len(_count(line)) for line in lines if line.share is not None), default=0)
        places = [place for place, line in enumerate(lines) if line.target is not None]
        named = [place for place in places if _is_same(lines[place].target, held)]
        self._cursor = next(iter(named), min(places, key=lambda place: abs(place - self._cursor), default=0))
        self.virtual_size = Size(1, len(lines))
        self._reveal()

    def on_resize(self) -> None:
        """Keep the cursor where it can be seen."""
        self._reveal()

    def on_focus(self) -> None:
        """Show where the cursor is."""
        self._put(self._cursor)

    def _reveal(self) -> None:
        """Show the cursor if it is this pane's turn; else what someone has scrolled to stays."""
        if self.has_focus:
            self._put(self._cursor)
        self.refresh()

    @property
    def target(self) -> View | Facet | str | None:
        """What stands under the cursor."""
        return self._lines[self._cursor].target if self._cursor < len(self._lines) else None

    # ------------------------------------------------------------------ cursor

    def move(self, by: int) -> None:
        """Move the cursor by some lines, headings not counted."""
        places = [place for place, line in enumerate(self._lines) if line.target is not None]
        if self._cursor in places:
            at = places.index(self._cursor)
            self._put(places[max(0, min(at + by, len(places) - 1))])

    def move_to_end(self, *, first: bool) -> None:
        """Put the cursor on the first or the last line."""
        self.move(-len(self._lines) if first else len(self._lines))

    def _put(self, place: int) -> None:
        """Put the cursor on a line, and show it with the heading above it."""
        self._cursor = place
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        wanted = place - 1 if place and self._lines[place - 1].target is None else place
        if wanted < top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        elif place >= top + height:
            self.scroll_to(y=place - height + 1, animate=False, force=True, immediate=True)
        self.refresh()

    def choose(self, *, refused: bool = False) -> None:
        """Choose what stands under the cursor."""
        if self.target is not None:
            self.post_message(self.Chosen(self.target, refused))

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked."""
        offset = event.get_content_offset(self)
        place = self.scroll_offset.y + offset.y if offset else -1
        if 0 <= place < len(self._lines) and self._lines[place].target is not None:
            self._put(place)
            self.choose()

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return the line at a place of the widget."""
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        base = self.rich_style
        if place >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[place]
        if line.target is None:
            return Strip(
                [Segment(" " + cut(line.label, width - 1), base + style_of(self, "sidebar--heading"))]
            ).adjust_cell_length(width, base)
        if cursor := place == self._cursor and self.has_focus:
            base += self.get_component_rich_style("sidebar--cursor")
        return Strip(list(self._pieces(line, width, base, cursor=cursor))).adjust_cell_length(width, base)

    def _pieces(self, line: Line, width: int, base: Style, *, cursor: bool) -> list[Segment]:
        """Return the pieces of a line that can be chosen."""
        count = _count(line).rjust(self._digits if line.share is not None else 0)
        drawn_bar = "" if line.share is None else bar(line.share, _BAR)
        room = width - 4 - cell_len(count) - (len(drawn_bar) + 1 if drawn_bar else 0)
        plain, dim, active, drawn = (
            (base, base, base, base)
            if cursor
            else (
                base,
                base + style_of(self, "sidebar--dim"),
                base + style_of(self, "sidebar--active"),
                base + style_of(self, "sidebar--bar"),
            )
        )
        signs = (CURSOR if cursor else " ") + (CHOSEN if line.active else " ")
        return [
            Segment(signs, active if line.active else plain),
            Segment(cut(line.label, max(1, room)), active if line.active else plain),
            Segment(f" {drawn_bar}" if drawn_bar else "", drawn),
            Segment(f" {count} ", dim),
        ]


def _count(line: Line) -> str:
    """Return the number of papers as it is shown."""
    return "" if line.count is None else f"{line.count:,}"


def _is_same(one: View | Facet | str | None, other: View | Facet | str | None) -> bool:
    """Whether two lines stand for the same, whatever the number of papers."""
    if isinstance(one, Facet) and isinstance(other, Facet):
        return (one.kind, one.name) == (other.kind, other.name)
    if isinstance(one, View) and isinstance(other, View):
        return one.name == other.name
    return one is not None and one == other
