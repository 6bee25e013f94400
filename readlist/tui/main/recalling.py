"""The history of queries: up and down in the search line walk it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from readlist.tui.main.listing import ListingScreen

if TYPE_CHECKING:
    from readlist.query.recall import Recall

_SHORTEST: Final = 2
"""Characters from which a query is remembered."""


class Recalling(ListingScreen):
    """Remembers queries, and brings them back."""

    _searches: tuple[str, ...] | None = None
    """Former queries, newest last; None until they are read."""
    _searched: tuple[str, ...] = ()
    """Those of this session, which the disk may refuse."""
    _walk: Recall | None = None
    """Where the reader is in them."""

    async def action_older_search(self) -> None:
        """Go to the query before; what is half typed restricts the walk to those that begin with it."""
        if self._searches is None:
            former = await asyncio.to_thread(self.library.searches)
            self._searches = _newest_last((*former, *self._searched))
        self._step(older=True)

    async def action_newer_search(self) -> None:
        """Go to the query after."""
        self._step(older=False)

    def _step(self, *, older: bool) -> None:
        """Put another query in the search line."""
        from readlist.query.recall import Recall

        line = self.search_line
        if self._walk is None or self._walk.text != line.value:
            self._walk = Recall.of(line.value, self._searches or ())
        self._walk = self._walk.older() if older else self._walk.newer()
        if line.value != self._walk.text:
            line.put(self._walk.text, len(self._walk.text))

    @property
    def recalled(self) -> bool:
        """Whether the query that stands in the search line was brought back, and not typed."""
        return self._walk is not None and self._walk.back > 0 and self._walk.text == self.search_line.value

    def remember(self, text: str) -> None:
        """Put a query behind the others, here at once and on the disk by and by."""
        query = text.strip()
        if len(query) < _SHORTEST:
            return
        self._walk = None
        self._searched = _newest_last((*self._searched, query))
        if self._searches is not None:
            self._searches = _newest_last((*self._searches, query))
        self.run_worker(partial(self.library.keep_search, query), thread=True, group="searches")


def _newest_last(queries: tuple[str, ...]) -> tuple[str, ...]:
    """Return queries, each only where it stands last."""
    return tuple(dict.fromkeys(reversed(queries)))[::-1]
