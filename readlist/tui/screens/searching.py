"""The search line: each key narrows the list; a newer search takes the place of an older one."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from textual.content import Content
from textual.widgets import Input, Static

from readlist.errors import QueryError, ReadlistError
from readlist.library import Interrupted
from readlist.query import NEWEST_FIRST, Order, Query
from readlist.text import safe_line
from readlist.tui.look import WIDE
from readlist.tui.messages import Found, Misread
from readlist.tui.screens.listing import ListingScreen
from readlist.tui.widgets.bars import TopBar
from readlist.tui.widgets.listed import hidden_of

_PATIENCE: Final = 2.0
"""Seconds that a key waits for the answer of a search at the most."""

FIRST_PAGE: Final = 200
"""Papers of a result that are shown before all of them are known."""

EMPTY: Final = "No papers yet.\nPress i to bring in a listing: a file, or text that you paste."


class Searching(ListingScreen):
    """Finds papers and lists them."""

    order = NEWEST_FIRST
    """The order that papers are listed in."""
    base_order = NEWEST_FIRST
    """The order of a query that names none."""
    _then: str | None = None
    """The paper that the cursor goes to with the next answer."""
    _trouble = ""
    """The line under the search."""
    search_number = 0
    """Counts the searches; the answer to any but the last is of no interest."""
    total = 0
    """How many papers the library has."""
    all_known = False
    """Whether the list has every paper that matches, and not only the first of them."""

    @property
    def search_line(self) -> Input:
        """Where the query is typed."""
        return self.query_one(TopBar).search_line

    def action_search(self) -> None:
        """Go to the search line."""
        self.set_focus(self.search_line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self.search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list and keep the filter."""
        event.stop()
        self.set_focus(self.papers)

    async def ready_for_keys(self) -> None:
        """Wait for the answer of a search, unless the query is still being typed: keys are about what is listed."""
        if self.focused is not self.search_line:
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await self.answered.wait()

    def search(self, then: str | None = None) -> None:
        """Begin a search for what stands in the search line; an older one is given up.

        Args:
            then: The paper that the cursor goes to when it is found; else it stays on its own.
        """
        self.search_number += 1
        self.answered.clear()
        self.library.interrupt()
        self._then = then or self._then
        chosen = frozenset(self.papers.listed.chosen)
        text, order = self.search_line.value, self.base_order
        work = partial(self._search_in_thread, self.search_number, text, order, chosen)
        self.run_worker(work, thread=True, exclusive=True, group="search")

    def replace_query(self, text: str) -> None:
        """Put another query into the search line, and search for it."""
        line = self.search_line
        if line.value == text:
            self.search()
        else:
            line.value = text
            line.cursor_position = len(text)

    def meaning(self, text: str, order: Order, *, typing: bool = True) -> Query:
        """Return what a text means.

        Raises:
            QueryError: It cannot be understood.
        """
        from readlist.query import parse

        return parse(text, statuses=self.settings.statuses, today=self.today, typing=typing, order=order)

    def _search_in_thread(self, number: int, text: str, order: Order, chosen: frozenset[str]) -> None:
        """Find the papers: the first ones at once, then all."""
        from readlist.query import sought

        try:
            query = self.meaning(text, order)
            texts = tuple(sought(query.tree))
            first = self.library.first(query, FIRST_PAGE)
            if len(first) == FIRST_PAGE:
                self.post_message(Found(number, first, query, whole=False, sought=texts))
                first = self.library.select(query)
            hidden = hidden_of(self.library, chosen, first)
            self.post_message(Found(number, first, query, whole=True, hidden=hidden, sought=texts))
            if not first:
                meant = tuple(word for near in self.library.near(query).values() for word in near)
                self.post_message(Found(number, first, query, whole=True, hidden=hidden, sought=texts, meant=meant))
        except Interrupted:
            return
        except ReadlistError as error:
            self.post_message(Misread(number, error))

    def on_found(self, event: Found) -> None:
        """List what was found, unless another search has begun."""
        if event.number != self.search_number:
            return
        self.answered.set()
        self.total = self.library.count()
        self.all_known = event.whole
        self.tell_trouble("")
        filtered = bool(self.search_line.value.strip())
        self.papers.empty_text = _no_hit(event.meant) if filtered and self.total else EMPTY
        self._set_off(event)
        if event.rows != self.papers.rows or (self._then and event.whole):
            if event.whole or len(event.rows) > len(self.papers.rows) or filtered or not self._is_start(event.rows):
                self.papers.show(event.rows, self._then)
                self._then = None if event.whole else self._then
        elif not event.rows:
            self.papers.refresh()
        self.show_count()
        if event.whole:
            self.count_again()

    def count_again(self, *, views: bool = False) -> None:
        """Count what the listed papers have in common, when there is time for it."""
        raise NotImplementedError

    def _set_off(self, event: Found) -> None:
        """Set off what the query looks for; selected papers that are not listed are left alone until they are."""
        self.order = event.query.order
        listed = self.papers.listed
        if event.hidden is not None:
            listed.hidden = event.hidden & listed.chosen
        if event.sought != listed.sought:
            listed.sought = event.sought
            self.papers.draw_again()

    def _is_start(self, rows: array[int]) -> bool:
        """Whether the list begins with these rows already: more is known than this first page says."""
        return self.papers.rows[: len(rows)] == rows

    def on_misread(self, event: Misread) -> None:
        """Say what is wrong with the query; the list stays as it is."""
        if event.number == self.search_number:
            self.answered.set()
            error = event.error
            place = f" (at {error.text[error.column :][:12]!r})" if isinstance(error, QueryError) else ""
            self.tell_trouble(f"{error.message}{place}. {error.hint}")

    def tell_trouble(self, words: str) -> None:
        """Show a line under the search; without words, why the library cannot be changed, or no line."""
        if not words and self.library.read_only:
            words = f"read-only: {self.library.read_only}"
        if words != self._trouble:
            self._trouble = words
            line = self.query_one("#trouble", Static)
            line.update(Content(safe_line(words)))
            line.set_class(bool(words), "-shown")

    def show_count(self) -> None:
        """Show how many papers there are, and in which order."""
        count = len(self.papers.rows)
        known = self.all_known or count < FIRST_PAGE
        shown = f"{count:,}" if known else f"{count:,}+"
        total = f"{shown} of {self.total:,}" if self.search_line.value.strip() else f"{self.total:,} papers"
        narrow = self.app.size.width < WIDE
        shown = self.shown_name()
        name = f"{shown} · " if shown else ""
        self.query_one(TopBar).show_count(total if narrow else f"{name}{total} · {self.order_words()}")

    def shown_name(self) -> str:
        """Return the name of what is listed, if it has one."""
        return ""

    def order_words(self) -> str:
        """Return how the papers are ordered."""
        return "newest first" if self.order == NEWEST_FIRST else str(self.order)


def _no_hit(meant: Sequence[str]) -> str:
    """Return what stands in the list when no paper matches."""
    lines = ["No paper matches."]
    if meant:
        *others, last = meant
        before = f"{', '.join(others)} or " if others else ""
        lines.append(f"Did you mean {before}{last}?")
    return "\n".join([*lines, "escape clears the search."])
