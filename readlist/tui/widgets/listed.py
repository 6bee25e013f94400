"""What the list shows: rows of papers, fetched page by page, with selection, unsaved changes and what is sought."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Collection, Iterator
from itertools import chain
from operator import neg
from typing import Final

from msgspec.structs import replace

from readlist.library import Library
from readlist.paper import Entry
from readlist.query import Text
from readlist.tui.saver import Unsaved, with_unsaved

_PAGE: Final = 64
"""Entries that are fetched together."""

_PAGES: Final = 32
"""Pages that are kept."""

_AT_ONCE: Final = 50_000
"""Row numbers that are looked through before others get their turn."""


class Listed:
    """The listed papers. It knows nothing of the screen.

    Attributes:
        rows: The row numbers of the listed papers, in order.
        chosen: The ids of all selected papers.
        hidden: Those of them that are not listed: no key is about them until they are listed again.
        unsaved: Changes that are shown as made but are not on the disk.
        sought: What the query looks for.
    """

    def __init__(self, library: Library, rows: array[int]) -> None:
        self._library = library
        self._pages: OrderedDict[int, list[Entry | None]] = OrderedDict()
        self.rows = rows
        self.chosen: set[str] = set()
        self.hidden: frozenset[str] = frozenset()
        self.unsaved: tuple[Unsaved, ...] = ()
        self.sought: tuple[Text, ...] = ()

    def show(self, rows: array[int]) -> None:
        """List other papers."""
        self.rows = rows
        self.forget()

    def extend(self, rows: array[int]) -> None:
        """List more papers after those that are listed, of which nothing is read anew."""
        partly = len(self.rows) // _PAGE
        self.rows = rows
        self._pages.pop(partly, None)

    def forget(self) -> None:
        """Read every paper anew when it is next asked for."""
        self._pages.clear()

    def entry_at(self, index: int) -> Entry | None:
        """Return the paper of a row with what is unsaved of its mark; None where there is none."""
        if not 0 <= index < len(self.rows):
            return None
        number, offset = divmod(index, _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._fetch(number)
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        entry = page[offset] if offset < len(page) else None
        if entry is None or not self.unsaved:
            return entry
        return replace(entry, mark=with_unsaved(entry.id, entry.mark, self.unsaved))

    def _fetch(self, number: int) -> list[Entry | None]:
        """Read a page of papers; those that are gone meanwhile leave a gap."""
        rows = self.rows[number * _PAGE : (number + 1) * _PAGE]
        found = self._library.entries(rows)
        if len(found) == len(rows):
            return list(found)
        return [next(iter(self._library.entries([row])), None) for row in rows]

    def renew(self, ids: Collection[str]) -> Iterator[int]:
        """Read these papers anew, where they were read before; yield the places of their rows."""
        for number, page in self._pages.items():
            changed = [offset for offset, entry in enumerate(page) if entry is not None and entry.id in ids]
            rows = [self.rows[number * _PAGE + offset] for offset in changed]
            now = {entry.id: entry for entry in self._library.entries(rows)}
            for offset in changed:
                before = page[offset]
                page[offset] = now.get(before.id, before) if before else None
                yield number * _PAGE + offset

    def index_of(self, paper_id: str) -> int | None:
        """Return the place of a paper's row; None if it is not listed."""
        row = self._library.row_of(paper_id)
        return None if row is None else place_of(row, self.rows)

    def first_place(self, *paper_ids: str) -> int | None:
        """Return the place of the first of these papers that is listed; None where none is."""
        places = (self.index_of(one) for one in paper_ids if one)
        return next((place for place in places if place is not None), None)

    @property
    def selected(self) -> frozenset[str]:
        """The ids of the papers that are selected and listed: those that keys are about."""
        return frozenset(self.chosen) - self.hidden

    def is_unsaved(self, paper_id: str) -> bool:
        """Whether a paper's mark is shown as it is not on the disk."""
        return any(paper_id in one.ids for one in self.unsaved)


def place_of(row: int, rows: array[int]) -> int | None:
    """Return the place of a row number among others; quickly if they go down, as in the usual order."""
    place = bisect_left(rows, -row, key=neg)
    if place < len(rows) and rows[place] == row:
        return place
    try:
        return rows.index(row)
    except ValueError:
        return None


def next_left(before: array[int], index: int, rows: array[int]) -> int:
    """Return where among other rows the one at a place is, or the next that is left, or the one before; else 0."""
    left = frozenset(rows)
    places = chain(range(index, len(before)), range(min(index, len(before)) - 1, -1, -1))
    row = next((before[place] for place in places if before[place] in left), None)
    return 0 if row is None else place_of(row, rows) or 0


def hidden_of(library: Library, chosen: Collection[str], rows: array[int]) -> frozenset[str]:
    """Return which of the selected papers are not among these rows; it may take long."""
    if not chosen:
        return frozenset()
    wanted = frozenset(library.rows(chosen))
    visible: set[int] = set()
    for begin in range(0, len(rows), _AT_ONCE):  # in one piece it would keep the keys waiting
        visible |= wanted.intersection(rows[begin : begin + _AT_ONCE])
    return frozenset(chosen) - frozenset(library.ids(list(visible)))
