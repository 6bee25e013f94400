"""Finding the papers of a query, in a thread: the first ones at once, then all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final

from readlist.errors import QueryError, ReadlistError
from readlist.library import Interrupted
from readlist.query import NEWEST_FIRST, Order, Query
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Found, Misread
from readlist.tui.widgets.listed import hidden_of

FIRST_PAGE: Final = 200
"""Papers of a result that are shown before all of them are known."""


class Finding(ListingScreen):
    """Asks the library. What it finds comes back as messages."""

    own_order = NEWEST_FIRST
    """The order that was chosen last for what is no view."""

    @property
    def base_order(self) -> Order:
        """The order of a query that names none."""
        return self.own_order

    def mistake(self) -> QueryError | None:
        """Return why the query cannot be understood; None if it can."""
        try:
            self.meaning(self.search_line.value, self.base_order)
        except QueryError as error:
            return error
        return None

    def meaning(self, text: str, order: Order, *, typing: bool = True) -> Query:
        """Return what a text means.

        Raises:
            QueryError: It cannot be understood.
        """
        from readlist.query import parse

        statuses, former = self.settings.statuses, self.library.statuses
        return parse(text, statuses=statuses, today=self.today, typing=typing, order=order, former=former)

    def gone_on_from(self, text: str) -> str:
        """Return a text that means, with a term behind it, what it means while its last word is being typed."""
        try:
            meant = self.meaning(text, NEWEST_FIRST).tree
            ends = ("", "*")
            return next((text + end for end in ends if self.meaning(f"{text}{end} ", NEWEST_FIRST).tree == meant), text)
        except QueryError:
            return text

    def search_in_thread(self, number: int, text: str, order: Order, chosen: frozenset[str], *, listed: bool) -> None:
        """Find the papers; where the query cannot be understood and none are listed, those of the rest of it."""
        try:
            self._find(number, text, order, chosen)
        except Interrupted:
            return
        except QueryError as error:
            self.post_message(Misread(number, error))
            if not listed:
                self._find_rest(number, error, order, chosen)
        except ReadlistError as error:
            self.post_message(Misread(number, error))

    def _find(self, number: int, text: str, order: Order, chosen: frozenset[str], *, rest: bool = False) -> None:
        """Find the papers: the first ones at once, then all; where there are none, what was likely meant."""
        from readlist.query import sought

        query = self.meaning(text, order)
        texts = tuple(sought(query.tree))
        rows = self.library.first(query, FIRST_PAGE)
        if len(rows) == FIRST_PAGE:
            self.post_message(Found(number, rows, query, whole=False, sought=texts, rest=rest))
            rows = self.library.select(query)
        hidden = hidden_of(self.library, chosen, rows)
        found = Found(number, rows, query, whole=True, hidden=hidden, sought=texts, rest=rest)
        self.post_message(found)
        if not rows and not rest:
            meant, instead = self._meant(text, query)
            self.post_message(replace(found, meant=meant, instead=instead))

    def _find_rest(self, number: int, error: QueryError, order: Order, chosen: frozenset[str]) -> None:
        """Find the papers of a query without its part that cannot be understood, if the rest can be."""
        from readlist.query.mending import without

        with suppress(Interrupted, ReadlistError):
            self._find(number, without(error.text, error.column), order, chosen, rest=True)

    def _meant(self, text: str, query: Query) -> tuple[tuple[str, ...], str]:
        """Return words that were likely meant, and the query with these in it, if that finds papers."""
        from readlist.query.mending import respelt

        near = self.library.near(query)
        instead = respelt(text, near) if near else text
        found = False
        with suppress(QueryError):  # longer words can make a query too long
            found = instead != text and bool(self.library.first(self.meaning(instead, query.order), 1))
        return tuple(word for words in near.values() for word in words), instead if found else ""
