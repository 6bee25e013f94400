"""The list of papers: draws only the rows that are visible, at any number of papers."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readlist.library import Library
from readlist.paper import Entry
from readlist.query import Text
from readlist.settings import Settings
from readlist.tui.saver import Unsaved, with_unsaved
from readlist.tui.widgets.page import Shown
from readlist.tui.widgets.row import Look, segments

_PAGE: Final = 64
"""Entries that are fetched together."""

_PAGES: Final = 32
"""Pages that are kept."""


class PaperList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of papers with a cursor and a selection."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--cursor", "paper-list--selected", "paper-list--dim", "paper-list--star", "paper-list--unread",
        "paper-list--hit",
    }  # fmt: skip

    DEFAULT_CSS = """
    PaperList { background: $background; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1; }
    PaperList > .paper-list--cursor { background: $primary 35%; }
    PaperList:focus > .paper-list--cursor { background: $primary; color: $text; text-style: bold; }
    PaperList > .paper-list--selected { background: $secondary 25%; }
    PaperList > .paper-list--dim { color: $text-muted; }
    PaperList > .paper-list--star { color: $warning; }
    PaperList > .paper-list--hit { color: $text-warning; }
    PaperList > .paper-list--unread { text-style: bold; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another paper, or on the same one that has changed."""

        entry: Entry | None

    @dataclass
    class Opened(Message):
        """A paper was chosen with a double click."""

    def __init__(self, library: Library, settings: Settings, rows: array[int]) -> None:
        super().__init__(id="papers")
        self._library = library
        self._settings = settings
        self._rows = rows
        self._cursor = 0
        self._selected: set[str] = set()
        self._sought: tuple[Text, ...] = ()
        self._unsaved: tuple[Unsaved, ...] = ()
        self._pages: OrderedDict[int, list[Entry | None]] = OrderedDict()
        self.virtual_size = Size(1, len(rows))
        self.empty_text = ""
        """What stands in the list when there is no paper."""

    # ------------------------------------------------------------------ what is listed

    @property
    def rows(self) -> array[int]:
        """The row numbers of the listed papers, in order."""
        return self._rows

    @property
    def selected(self) -> frozenset[str]:
        """The ids of the selected papers."""
        return frozenset(self._selected)

    @property
    def entry(self) -> Entry | None:
        """The paper under the cursor."""
        return self.entry_at(self._cursor)

    def entry_at(self, index: int) -> Entry | None:
        """Return the paper of a row; None where there is none."""
        if not 0 <= index < len(self._rows):
            return None
        number, offset = divmod(index, _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(number)
            self._pages[number] = page
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return self._as_shown(page[offset]) if offset < len(page) else None

    def _as_shown(self, entry: Entry | None) -> Entry | None:
        """Return a paper with what is unsaved of its mark."""
        if entry is None or not self._unsaved:
            return entry
        return replace(entry, mark=with_unsaved(entry.id, entry.mark, self._unsaved))

    def _fetch(self, number: int) -> list[Entry | None]:
        """Read a page of papers; those that are gone meanwhile leave a gap."""
        rows = self._rows[number * _PAGE : (number + 1) * _PAGE]
        found = self._library.entries(rows)
        if len(found) == len(rows):
            return list(found)
        return [next(iter(self._library.entries([row])), None) for row in rows]

    @property
    def shown(self) -> Shown | None:
        """The paper under the cursor, as the details show it."""
        entry = self.entry
        return None if entry is None else Shown(entry, self.is_unsaved(entry.id), self._sought)

    def set_off(self, sought: tuple[Text, ...]) -> None:
        """Set off what a query looks for, wherever it stands."""
        if sought != self._sought:
            self._sought = sought
            self.refresh()
            self.post_message(self.Moved(self.entry))

    def show(self, rows: array[int], *, keep: bool = True) -> None:
        """List other papers; the cursor stays on its paper if that is still listed."""
        held = self.entry if keep else None
        self._rows = rows
        self._pages.clear()
        cursor = 0
        if held is not None:
            row = self._library.row_of(held.id)
            try:
                cursor = rows.index(row) if row is not None else self._cursor
            except ValueError:
                cursor = 0
        self._cursor = max(0, min(cursor, len(rows) - 1))
        self.virtual_size = Size(1, len(rows))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self.entry))

    def forget(self) -> None:
        """Read the papers anew: some have changed."""
        self._pages.clear()
        self.refresh()
        self.post_message(self.Moved(self.entry))

    def show_unsaved(self, unsaved: tuple[Unsaved, ...]) -> None:
        """Show these changes as made but not on the disk, and no others."""
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            self.refresh()
            self.post_message(self.Moved(self.entry))

    def is_unsaved(self, paper_id: str) -> bool:
        """Whether a paper's mark is shown as it is not on the disk."""
        return any(paper_id in one.ids for one in self._unsaved)

    def renew(self, ids: Collection[str]) -> None:
        """Read these papers anew, and draw their rows and no others."""
        for number, page in self._pages.items():
            changed = [offset for offset, entry in enumerate(page) if entry is not None and entry.id in ids]
            rows = [self._rows[number * _PAGE + offset] for offset in changed]
            now = {entry.id: entry for entry in self._library.entries(rows)}
            for offset in changed:
                before = page[offset]
                page[offset] = now.get(before.id, before) if before else None
                self.refresh_line(number * _PAGE + offset)
        self.post_message(self.Moved(self.entry))

    # ------------------------------------------------------------------ cursor and selection

    def move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.move_to(self._cursor + by)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row."""
        index = max(0, min(index, len(self._rows) - 1))
        if index == self._cursor or not self._rows:
            return
        before, self._cursor = self._cursor, index
        top = self.scroll_offset.y
        self._reveal()
        if self.scroll_offset.y == top:
            self.refresh_line(before)
            self.refresh_line(index)
        self.post_message(self.Moved(self.entry))

    def _reveal(self) -> None:
        """Scroll so that the cursor can be seen."""
        top, height = self.scroll_offset.y, self.page_height
        if self._cursor < top:
            top = self._cursor
        elif self._cursor >= top + height:
            top = self._cursor - height + 1
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def select_and_move(self) -> None:
        """Select the paper under the cursor, or drop it from the selection, and move down."""
        entry = self.entry
        if entry is not None:
            self._selected ^= {entry.id}
            self.refresh_line(self._cursor)
            self.move(1)

    def select_all(self) -> None:
        """Select every listed paper; none if all were selected."""
        listed = {entry.id for entry in self._library.entries(self._rows)}
        self._selected = set() if listed <= self._selected else listed
        self.refresh()

    def drop_selection(self) -> bool:
        """Select nothing; whether anything was selected."""
        had = bool(self._selected)
        self._selected.clear()
        self.refresh()
        return had

    def keep_selected(self, ids: Iterable[str]) -> None:
        """Drop from the selection whatever is not among these papers."""
        self._selected &= set(ids)

    @property
    def page_height(self) -> int:
        """How many rows are visible."""
        return max(1, self.scrollable_content_region.height)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return the line at a place of the widget."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if not self._rows:
            return self._empty_line(y, width)
        entry = self.entry_at(index)
        if entry is None:
            return Strip.blank(width, self.rich_style)
        cursor, selected = index == self._cursor, entry.id in self._selected
        base = self.rich_style
        if selected:
            base += self.get_component_rich_style("paper-list--selected")
        if cursor:
            base += self.get_component_rich_style("paper-list--cursor")
        dim = self._only_foreground("paper-list--dim") if not cursor else Style()
        look = Look(
            base=base,
            dim=dim,
            star=self._only_foreground("paper-list--star"),
            unread=Style(bold=True),
            hit=self._hit_style(cursor=cursor),
            sought=self._sought,
            cursor=cursor,
            selected=selected,
            unsaved=self.is_unsaved(entry.id),
        )
        return Strip(segments(entry, width, self._settings, look)).adjust_cell_length(width, base)

    def _hit_style(self, *, cursor: bool) -> Style:
        """Return the style of what is sought; under the cursor the colour stays that of the row."""
        return Style(underline=True) if cursor else Style(underline=True) + self._only_foreground("paper-list--hit")

    def _only_foreground(self, name: str) -> Style:
        """Return the colour of a part without its background, so that it goes on any row."""
        return Style(color=self.get_component_rich_style(name).color)

    def _empty_line(self, y: int, width: int) -> Strip:
        """Return a line of a list without papers."""
        lines = self.empty_text.split("\n")
        line = lines[y - 1] if 0 < y <= len(lines) else ""
        return Strip([Segment("  " + line, self.rich_style)]).adjust_cell_length(width, self.rich_style)

    # ------------------------------------------------------------------ the mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a double click opens the paper."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        self.move_to(self.scroll_offset.y + offset.y)
        if event.chain > 1:
            self.post_message(self.Opened())
