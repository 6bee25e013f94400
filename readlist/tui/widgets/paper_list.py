"""The list of papers: draws only the rows that are visible, at any number of papers."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readlist.library import Library
from readlist.paper import Entry
from readlist.settings import Settings
from readlist.tui.widgets.listed import Listed, next_left
from readlist.tui.widgets.page import Shown
from readlist.tui.widgets.row import Look, Paints, lower_segments, segments, upper_segments


class PaperList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of papers with a cursor and a selection."""

    ALLOW_SELECT = False  # the mouse chooses here

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--cursor", "paper-list--selected", "paper-list--dim", "paper-list--star", "paper-list--tag",
        "paper-list--unread", "paper-list--hit",
    }  # fmt: skip

    DEFAULT_CSS = """
    PaperList { background: $background; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1; }
    PaperList > .paper-list--cursor { background: $block-cursor-blurred-background; color: $foreground; }
    PaperList:focus > .paper-list--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    PaperList:ansi > .paper-list--cursor { background: $background; text-style: underline; }
    PaperList:ansi:focus > .paper-list--cursor { background: $block-cursor-background; text-style: bold; }
    PaperList:nocolor > .paper-list--cursor { text-style: underline; }
    PaperList:nocolor:focus > .paper-list--cursor { text-style: bold reverse; }
    PaperList > .paper-list--selected { background: $secondary-muted; }
    PaperList:ansi > .paper-list--selected { background: $background; text-style: italic; }
    PaperList > .paper-list--dim { color: $foreground-muted; }
    PaperList > .paper-list--star { color: $text-warning; text-style: bold; }
    PaperList > .paper-list--tag { color: $text-secondary; }
    PaperList > .paper-list--hit { color: $text-warning; text-style: underline; }
    PaperList > .paper-list--unread { text-style: bold; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another paper, or on the same one that has changed."""

        entry: Entry | None

    @dataclass
    class Opened(Message):
        """A paper was chosen with a double click."""

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """How many lines there are. The screen is laid out again only where the scrollbar comes or goes (`_measure`)."""

    def __init__(
        self, library: Library, settings: Settings, rows: array[int], *, comfortable: bool = False, paper_id: str = ""
    ) -> None:
        """List the papers of these rows; the cursor goes to the paper named as soon as that is listed."""
        super().__init__(id="papers")
        self._settings = settings
        self._paints: dict[tuple[bool, bool], Paints] = {}
        self._lines = 2 if comfortable else 1
        self.listed = Listed(library, rows)
        self._home = paper_id
        self._cursor = self.listed.first_place(paper_id) or 0
        self._measure()
        self.empty_text = ""
        """What stands in the list when there is no paper."""

    # ------------------------------------------------------------------ what is listed

    @property
    def rows(self) -> array[int]:
        """The row numbers of the listed papers, in order."""
        return self.listed.rows

    @property
    def cursor(self) -> int:
        """The place of the row that the cursor stands on."""
        return self._cursor

    @property
    def entry(self) -> Entry | None:
        """The paper under the cursor."""
        return self.listed.entry_at(self._cursor)

    @property
    def home(self) -> str:
        """The id of the paper that the reader has put the cursor on; empty if there is none yet."""
        return self._home

    @property
    def shown(self) -> Shown | None:
        """The paper under the cursor, as the details show it."""
        entry = self.entry
        return None if entry is None else Shown(entry, self.listed.is_unsaved(entry.id), self.listed.sought)

    def show(self, rows: array[int], paper_id: str | None = None, *, anew: bool = False) -> None:
        """List other papers; the cursor goes to the paper named, or stays on its own, if that is listed.

        Its own is the one that the reader has put it on: the cursor is back on that with the first list that has it.
        More papers after those that are listed change nothing of what is drawn.

        Args:
            rows: The row numbers of the papers.
            paper_id: The paper that the cursor goes to.
            anew: Whether they answer the same question as those that are listed: a paper that is gone from among them
                leaves the cursor to the next one that is left.
        """
        present = self.entry.id if self.entry else ""
        self._home = self._home or present
        before = self.rows
        goes_on = paper_id is None and 0 < len(before) < len(rows) and rows[: len(before)] == before
        if goes_on:
            self.listed.extend(rows)
            self._measure()
            if present == self._home:
                return
        else:
            self.listed.show(rows)
        place = self.listed.first_place(paper_id or "", self._home, present)
        if goes_on and place == self._cursor:
            return
        moved_on = place is None and anew
        self._cursor = next_left(before, self._cursor, rows) if moved_on else place or 0
        if moved_on or (paper_id and self.entry is not None and self.entry.id == paper_id):
            self.stay()
        self._measure()
        self._reveal()
        self.draw_again()

    def stay(self) -> None:
        """Take the paper under the cursor for the one that the reader has put it on."""
        if (entry := self.entry) is not None:
            self._home = entry.id

    def _measure(self) -> None:
        """Make the list as long as its papers are, and let the scrollbar follow."""
        length = len(self.rows) * self._lines
        self.virtual_size = Size(1, length)
        if not self.is_attached:
            return
        if (length > self.container_size.height) != self.show_vertical_scrollbar:
            self.refresh(layout=True)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = length

    @property
    def comfortable(self) -> bool:
        """Whether a paper takes two lines."""
        return self._lines > 1

    def set_comfortable(self, *, comfortable: bool) -> None:
        """Draw each paper in two lines or in one; the paper under the cursor stays where it is seen."""
        above = self._cursor * self._lines - self.scroll_offset.y
        self._lines = 2 if comfortable else 1
        self._measure()
        self.scroll_to(y=max(0, self._cursor * self._lines - above), animate=False, force=True, immediate=True)
        self._reveal()
        self.refresh()

    def forget(self) -> None:
        """Read the papers anew: some have changed."""
        self.listed.forget()
        self.draw_again()

    def renew(self, ids: Collection[str]) -> None:
        """Read these papers anew, and draw their rows and no others."""
        for index in self.listed.renew(ids):
            self._refresh_paper(index)
        self.post_message(self.Moved(self.entry))

    def draw_again(self) -> None:
        """Draw every row again; the details follow."""
        self.refresh()
        self.post_message(self.Moved(self.entry))

    # ------------------------------------------------------------------ cursor and selection

    def move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.move_to(self._cursor + by)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row."""
        index = max(0, min(index, len(self.rows) - 1))
        if index == self._cursor or not self.rows:
            self.stay()
            return
        before, self._cursor = self._cursor, index
        top = self.scroll_offset.y
        self._reveal()
        if self.scroll_offset.y == top:
            self._refresh_paper(before)
            self._refresh_paper(index)
        self.stay()
        self.post_message(self.Moved(self.entry))

    def on_resize(self) -> None:
        """Keep the cursor where it can be seen."""
        self._reveal()

    def _reveal(self) -> None:
        """Scroll so that the cursor can be seen."""
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        first = self._cursor * self._lines
        if first < top or height < self._lines:
            top = first
        elif first + self._lines > top + height:
            top = first + self._lines - height
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def select_and_move(self) -> None:
        """Select the paper under the cursor, or drop it from the selection, and move down."""
        entry = self.entry
        if entry is not None:
            self.listed.chosen ^= {entry.id}
            self._refresh_paper(self._cursor)
            self.move(1)

    def choose(self, ids: Collection[str]) -> None:
        """Select all of these papers, which are listed; drop them from the selection if all were selected."""
        if self.listed.chosen.issuperset(ids):
            self.listed.chosen.difference_update(ids)
        else:
            self.listed.chosen.update(ids)
        self.refresh()

    def drop_selection(self) -> bool:
        """Select nothing; whether anything was selected."""
        had = bool(self.listed.chosen)
        self.listed.chosen.clear()
        self.listed.hidden = frozenset()
        self.refresh()
        return had

    @property
    def page_height(self) -> int:
        """How many papers are visible."""
        return max(1, self.scrollable_content_region.height // self._lines)

    def _refresh_paper(self, index: int) -> None:
        """Draw a paper again."""
        for line in range(self._lines):
            self.refresh_line(index * self._lines + line)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return the line at a place of the widget."""
        width = self.scrollable_content_region.width
        index, line = divmod(self.scroll_offset.y + y, self._lines)
        if not self.rows:
            return self._empty_line(y, width)
        entry = self.listed.entry_at(index)
        if entry is None:
            return Strip.blank(width, self.rich_style)
        cursor, selected = index == self._cursor, entry.id in self.listed.chosen
        paints = self._paints_of(cursor=cursor, selected=selected)
        look = Look(paints, self.listed.sought, cursor, selected, self.listed.is_unsaved(entry.id))
        draw = (upper_segments, lower_segments)[line] if self.comfortable else segments
        return Strip(draw(entry, width, self._settings, look)).adjust_cell_length(width, paints.base)

    def notify_style_update(self) -> None:
        """Work the styles out anew when they are next needed: theme or focus have changed."""
        self._paints.clear()
        super().notify_style_update()

    def _paints_of(self, *, cursor: bool, selected: bool) -> Paints:
        """Return the styles of a row. Under the cursor all its text has one colour: any theme can be read then."""
        found = self._paints.get((cursor, selected))
        if found is None:
            base = self.rich_style
            if selected and not cursor:
                base += self.get_component_rich_style("paper-list--selected")
            if cursor:
                base += self.get_component_rich_style("paper-list--cursor")
            parts = [self._part(name, coloured=not cursor) for name in ("dim", "star", "tag", "unread", "hit")]
            found = self._paints[cursor, selected] = Paints(base, *parts)
        return found

    def _part(self, name: str, *, coloured: bool) -> Style:
        """Return the style of a part without its background, so that it goes on any row."""
        style = self.get_component_rich_style(f"paper-list--{name}")
        colour = style.color if coloured and name != "unread" else None
        return Style(color=colour, bold=style.bold or None, underline=style.underline or None)

    def _empty_line(self, y: int, width: int) -> Strip:
        """Return a line of a list without papers."""
        lines = Content(self.empty_text).wrap(max(1, width - 4)) if self.empty_text else []
        line = lines[y - 1].plain if 0 < y <= len(lines) else ""
        return Strip([Segment("  " + line, self.rich_style)]).adjust_cell_length(width, self.rich_style)

    # ------------------------------------------------------------------ the mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a double click opens the paper."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        self.move_to((self.scroll_offset.y + offset.y) // self._lines)
        if event.chain > 1:
            self.post_message(self.Opened())
