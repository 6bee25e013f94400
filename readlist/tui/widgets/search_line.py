"""The line that a query is typed in, with the place of a mistake set off."""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.reactive import Reactive

from readlist.tui.widgets.line import Line


class _Mistake(Highlighter):
    """Sets off a place of the line."""

    def __init__(self) -> None:
        self.place = (0, 0)
        self.style = Style(underline=True)

    def highlight(self, text: Text) -> None:
        """Underline what is wrong."""
        text.stylize(self.style, *self.place)


class SearchLine(Line):
    """Takes a query."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search-line--mistake"}
    DEFAULT_CSS = """
    SearchLine > .search-line--mistake { color: $text-error; text-style: underline; }
    """
    virtual_size = Reactive(Size(0, 0))
    """How long the text is; the line stands as it stands, however long that is, and nothing is laid out again."""

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
