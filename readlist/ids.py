"""Paper ids by the hundred thousand, in little room."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, overload

_LEAST: Final = 1 << 10
"""How many places the table has at the least."""


class PaperIds(Sequence[str]):
    """Paper ids in the order in which they came, each once, in a tenth of the memory of a dictionary of texts.

    An id is `p` and 16 hex digits, so that eight bytes hold it. A table that has at least two places for each id says
    which one it is (open addressing with linear probing: Knuth, The Art of Computer Programming 3, section 6.4).
    """

    def __init__(self, ids: Iterable[str] = ()) -> None:
        """Begin with these ids."""
        self._numbers = array("Q")
        self._table = array("I", bytes(_LEAST * array("I").itemsize))
        self.update(ids)

    def update(self, ids: Iterable[str]) -> None:
        """Add those of these ids that are not there yet."""
        for paper_id in ids:
            place = self._place(paper_id)
            if not self._table[place]:
                self._numbers.append(int(paper_id[1:], 16))
                self._table[place] = len(self._numbers)
                if 2 * len(self._numbers) > len(self._table):
                    self._grow()

    def _place(self, paper_id: str) -> int:
        """Return the place of an id in the table, or the empty one where it belongs."""
        last = len(self._table) - 1
        number = int(paper_id[1:], 16)
        place = hash(paper_id) & last
        while (nth := self._table[place]) and self._numbers[nth - 1] != number:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        """Make the table twice as large."""
        self._table = array("I", bytes(2 * len(self._table) * self._table.itemsize))
        for nth, paper_id in enumerate(self, 1):
            self._table[self._place(paper_id)] = nth

    def __contains__(self, paper_id: object) -> bool:
        """Say whether an id is there."""
        return isinstance(paper_id, str) and self._table[self._place(paper_id)] > 0

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        """Yield them in the order in which they came."""
        return map(_written, self._numbers)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Return the one that came as the nth, or several."""
        if isinstance(index, slice):
            return list(map(_written, self._numbers[index]))
        return _written(self._numbers[index])


def _written(number: int) -> str:
    """Return the id that a number stands for."""
    return f"p{number:016x}"
