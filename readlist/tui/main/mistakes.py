"""The line under the search: what is wrong with a query, and where; and what else is wrong."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from readlist.errors import QueryError
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen


class Mistakes(ListingScreen):
    """Tells what is wrong; a query that cannot be understood leaves the list as it is, and dims it."""

    _shown_trouble = ""
    """The text under the search."""

    def tell_mistake(self, error: QueryError) -> None:
        """Show what is wrong with the query under the place where it is, and what was likely meant."""
        line = self.search_line
        line.set_off(error.column, error.end)
        begin, end = line.column_of(error.column), line.column_of(error.end)
        if error.instead:
            words = f"{error.message}: did you mean {error.instead}? tab takes it"
        elif error.instead is not None:
            words = f"{error.message} · tab takes it out"
        else:
            words = ". ".join(filter(None, (error.message, error.hint)))
        # The line has a blank before its text.
        self._show_trouble(pointed(safe_line(words), begin - 1, max(1, end - begin), self.app.size.width - 2))
        self.papers.add_class("-former")

    def tell_trouble(self, words: str) -> None:
        """Show a line under the search; without words, why the library cannot be changed, or no line."""
        self.search_line.set_off(0, 0)
        self.papers.remove_class("-former")
        if not words and self.library.read_only:
            words = f"read-only: {self.library.read_only}"
        self._show_trouble(safe_line(words))

    def _show_trouble(self, text: str) -> None:
        """Show a text under the search, or no line."""
        if text != self._shown_trouble:  # every key asks for it, and all that stands below is laid out again
            self._shown_trouble = text
            line = self.query_one("#trouble", Static)
            line.update(Content(text))
            line.set_class(bool(text), "-shown")


def pointed(words: str, column: int, cells: int, width: int) -> str:
    """Return words with a sign under a place of the line above: beside the sign, or below it.

    Args:
        words: What there is to say.
        column: Where the place begins, from 0.
        cells: How wide it is.
        width: How wide the line is.
    """
    if not 0 <= column < width:
        return words
    sign = "^" * min(cells, width - column)
    after = column + len(sign) + 1 + cell_len(words)
    if after <= width:
        return f"{' ' * column}{sign} {words}"
    if cell_len(words) < column:
        return f"{' ' * (column - 1 - cell_len(words))}{words} {sign}"
    return f"{' ' * column}{sign}\n{words}"
