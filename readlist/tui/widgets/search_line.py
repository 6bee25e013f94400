"""The line that a query is typed in, with the place of a mistake set off."""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Input


class _Mistake(Highlighter):
    """Sets off a place of the line."""

    def __init__(self) -> None:
        self.place = (0, 0)
        self.style = Style(underline=True)

    def highlight(self, text: Text) -> None:
        """Underline what is wrong."""
        text.stylize(self.style, *self.place)


class SearchLine(Input):
    """Takes a query. What its own keys do is up to the screen; all others edit the line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search-line--mistake"}
    DEFAULT_CSS = """
    SearchLine > .search-line--mistake { color: $text-error; text-style: underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab",
            "screen.take",
            "Take what completes the query, or what was likely meant.",
            show=False,
        ),
        Binding("ctrl+n", "screen.next_candidate", "Go to the next completion.", show=False),
        Binding(
            "ctrl+p",
            "screen.previous_candidate",
            "Go to the completion before.",
            show=False,
        ),
        Binding("up", "screen.older_search", "Bring back an older query.", show=False),
        Binding("down", "screen.newer_search", "Bring back a newer query.", show=False),
    ]

    def __init__(self) -> None:
        self._mistake = _Mistake()
        super().__init__(
            placeholder="/ to search", id="search", compact=True, select_on_focus=False, highlighter=self._mistake
        )

    def put(self, text: str, cursor: int) -> None:
        """Put another query in, and the cursor at a place of it."""
        self.value = text
        self.cursor_position = cursor

    def column_of(self, place: int) -> int:
        """Return the column of the screen where a character of the query stands."""
        return self.content_region.x + Text(self.value[:place]).cell_len - int(self.scroll_offset.x)

    def set_off(self, begin: int, end: int) -> None:
        """Underline what is wrong; nothing where the two places are one."""
        if (begin, end) != self._mistake.place:
            color = self.get_component_rich_style("search-line--mistake").color
            self._mistake.style = Style(underline=True, color=color)
            self._mistake.place = (begin, end)
            self.refresh()
