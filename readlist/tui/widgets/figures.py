"""Figures: bars and a calendar with a cursor; each leads to its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readlist.tui.look import CURSOR
from readlist.tui.widgets.parts import style_of

_SIGN: Final = 1
"""Cells of the sign of the cursor, which stands before its line."""


class Spot(Struct, frozen=True):
    """A place that the cursor can stand on."""

    term: str
    """What finds its papers, as a term of a query; nothing when it has none."""
    words: str
    """What it stands for, as a sentence for the last line."""


class FigureLine(Struct, frozen=True):
    """A line: its text, and the places on it."""

    pieces: tuple[tuple[str, str], ...]
    """Texts with the names of their parts: `heading`, `bar`, `dim`, `star` or nothing."""
    spots: tuple[Spot | None, ...] = ()
    """Nothing, one place that is the whole line, or a place for each cell from `first` on."""
    first: int = 0
    """The cell of the first of several places."""


class Figures(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines with a cursor that goes from place to place, up and down and along."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "figures--cursor", "figures--heading", "figures--dim", "figures--bar", "figures--star"
    }  # fmt: skip

    DEFAULT_CSS = """
    Figures { background: $background; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Figures > .figures--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    Figures:nocolor > .figures--cursor { text-style: bold reverse; }
    Figures > .figures--heading { color: $text-accent; text-style: bold; }
    Figures > .figures--dim { color: $foreground-muted; }
    Figures > .figures--bar { color: $text-primary; }
    Figures > .figures--star { color: $text-warning; text-style: bold; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands elsewhere."""

        figures: Figures
        spot: Spot | None

        @property
        def control(self) -> Figures:
            """The widget whose cursor it is."""
            return self.figures

    @dataclass
    class Chosen(Message):
        """A place was chosen."""

        spot: Spot

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._lines: Sequence[FigureLine] = ()
        self._line = 0
        self._along = 0

    def show(self, lines: Sequence[FigureLine]) -> None:
        """Show other lines; the cursor stays on its own if that has places still."""
        self._lines = lines
        places = self._places
        if self._line not in places:
            self._line = min(places, key=lambda place: abs(place - self._line), default=0)
            self._along = self._last(self._line)
        self._along = min(self._along, self._last(self._line))
        self.virtual_size = Size(1, len(lines))
        self._put(self._line, self._along)

    @property
    def spot(self) -> Spot | None:
        """What the cursor stands on."""
        spots = self._lines[self._line].spots if self._line < len(self._lines) else ()
        return spots[self._along] if self._along < len(spots) else None

    @property
    def room(self) -> int:
        """Cells that there are for a line."""
        return max(1, self.scrollable_content_region.width - _SIGN)

    @property
    def line(self) -> int:
        """The number of the line that the cursor stands on."""
        return self._line

    @property
    def _places(self) -> list[int]:
        """The lines that have a place."""
        return [number for number, line in enumerate(self._lines) if any(line.spots)]

    def _last(self, number: int) -> int:
        """Return the last place of a line."""
        spots = self._lines[number].spots if number < len(self._lines) else ()
        return max((along for along, spot in enumerate(spots) if spot), default=0)

    def move(self, by: int) -> None:
        """Move the cursor by some lines that have a place; along a calendar it stays in its week."""
        places = self._places
        if self._line in places:
            line = places[max(0, min(places.index(self._line) + by, len(places) - 1))]
            wide = len(self._lines[line].spots) > 1
            along = min(self._along, self._last(line)) if len(self._lines[self._line].spots) > 1 else self._last(line)
            self._put(line, along if wide else 0)

    def go_to(self, term: str) -> bool:
        """Put the cursor on the place of a term; whether there is one."""
        for number, line in enumerate(self._lines):
            for along, spot in enumerate(line.spots):
                if spot is not None and spot.term == term:
                    self._put(number, along)
                    return True
        return False

    def move_along(self, by: int) -> bool:
        """Move the cursor along its line; whether there was anywhere to go."""
        along = max(0, min(self._along + by, self._last(self._line)))
        moved = along != self._along
        if moved:
            self._put(self._line, along)
        return moved

    def move_to_end(self, *, first: bool) -> None:
        """Put the cursor on the first or the last line that has a place."""
        self.move(-len(self._lines) if first else len(self._lines))

    def _put(self, line: int, along: int) -> None:
        """Put the cursor on a place, and show it; with the first one, also what stands above it."""
        self._line, self._along = line, along
        places = self._places
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        wanted = 0 if places and line == places[0] else max(0, line - 1)
        if wanted < top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        elif line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False, force=True, immediate=True)
        self.refresh()
        self.post_message(self.Moved(self, self.spot))

    def on_focus(self) -> None:
        """Tell where the cursor stands."""
        self._put(self._line, self._along)

    def choose(self) -> None:
        """Choose what the cursor stands on."""
        if self.spot is not None:
            self.post_message(self.Chosen(self.spot))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; choose what is clicked twice."""
        offset = event.get_content_offset(self)
        number = self.scroll_offset.y + offset.y if offset else -1
        if offset is None or not 0 <= number < len(self._lines):
            return
        line = self._lines[number]
        along = offset.x - _SIGN - line.first if len(line.spots) > 1 else 0
        if 0 <= along < len(line.spots) and line.spots[along] is not None:
            self._put(number, along)
            if event.chain > 1:
                self.choose()

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return the line at a place of the widget."""
        width = self.scrollable_content_region.width
        number = self.scroll_offset.y + y
        base = self.rich_style
        if number >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[number]
        here = number == self._line and self.has_focus and self.spot is not None
        cursor = base + self.get_component_rich_style("figures--cursor")
        if here and len(line.spots) == 1:
            strip = Strip([Segment("".join(text for text, _ in line.pieces), cursor)])
        else:
            styles = {part: style_of(self, f"figures--{part}") for _, part in line.pieces if part}
            strip = Strip([Segment(text, base + styles.get(part, Style.null())) for text, part in line.pieces])
        if here and len(line.spots) > 1:
            at = line.first + self._along
            before, on, after = strip.divide([at, at + 1, max(at + 1, strip.cell_length)])
            strip = Strip.join([before, Strip([Segment(on.text, cursor)]), after])
        whole = cursor if here and len(line.spots) == 1 else base
        sign = Strip([Segment(CURSOR if here else " ", whole)])
        return Strip.join([sign, strip]).adjust_cell_length(width, whole)
