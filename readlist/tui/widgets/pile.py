"""The papers that are gone through one by one, and the place in them. It knows nothing of the screen."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Final

from readlist.library import Library
from readlist.paper import Entry

_AT_ONCE: Final = 200
"""Ids that are looked up together."""


class Pile:
    """Papers in their order: those that were passed, then those that are left.

    Attributes:
        place: How many papers stand before the present one.
    """

    def __init__(self, library: Library, passed: Sequence[str], rows: array[int]) -> None:
        """Begin behind the papers that were passed.

        Args:
            library: Where the papers are.
            passed: The ids of the papers that were passed.
            rows: The row numbers of the others.
        """
        self._library = library
        self._ids = list(passed)
        self._later = rows
        self.place = len(self._ids)

    @property
    def total(self) -> int:
        """How many papers there are, the passed ones too."""
        return len(self._ids) + len(self._later)

    @property
    def left(self) -> int:
        """How many papers are left, the present one too."""
        return self.total - self.place

    @property
    def passed(self) -> tuple[str, ...]:
        """The ids of the papers before the present one."""
        return tuple(self._ids[: self.place])

    @property
    def entry(self) -> Entry | None:
        """The present paper as the library has it; None behind the last. Those that are gone meanwhile are left out."""
        while self.left > 0:
            while self.place >= len(self._ids) and self._later:
                self._ids += self._library.ids(self._later[:_AT_ONCE])
                self._later = self._later[_AT_ONCE:]
            if self.place >= len(self._ids):
                break
            found = self._library.by_ids([self._ids[self.place]])
            if found:
                return found[0]
            del self._ids[self.place]
        return None

    def put_last(self, paper_ids: Collection[str]) -> None:
        """Put papers behind all others, and go to the first of them; every paper was passed before."""
        again = frozenset(paper_ids)
        self._ids.sort(key=again.__contains__)
        self.place = next((place for place, one in enumerate(self._ids) if one in again), len(self._ids))

    def go(self, by: int) -> bool:
        """Move on or back; whether there was anywhere to go. One place behind the last paper is the end."""
        before, self.place = self.place, max(0, min(self.place + by, self.total))
        return self.place != before

    def go_to(self, paper_id: str) -> None:
        """Go to a paper, if it is one of these that was passed."""
        with suppress(ValueError):
            self.place = self._ids.index(paper_id)
