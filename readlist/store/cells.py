"""Rows as they stand on the pages of SQLite's files: kinds, sizes and values.

The format is described at https://www.sqlite.org/fileformat2.html, under record format. Nothing here trusts a number
that it reads.
"""

from __future__ import annotations

import struct
from typing import Final

from msgspec import Struct

_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value by its serial type, for types below 12."""
_FIRST_BLOB: Final = 12
_INTEGERS: Final = frozenset((1, 2, 3, 4, 5, 6, 8, 9))

UNREADABLE: Final = (IndexError, ValueError, struct.error)
"""What reading a damaged cell raises."""


class Cell(Struct, frozen=True):
    """One row of a table or one entry of an index."""

    place: int
    """Where it stands; `Pages.cell` reads it again."""
    row: int | None
    """The row number; None in an index."""
    types: tuple[int, ...]
    """The serial type of each value."""
    begin: int
    """Where the values begin in the payload."""
    payload: bytes
    """What of it stands on the page itself."""
    size: int
    """Bytes of the whole payload."""
    overflow: int
    """The first of the pages where the payload goes on; 0 if it does not."""

    @property
    def shape(self) -> str:
        """The kinds of its values, a letter each: `n` null, `i` integer, `t` text, `o` other."""
        return "".join(map(_letter, self.types))

    def values(self, payload: bytes) -> list[bytes]:
        """Return the values in the whole payload as the bytes that they are stored as."""
        found, at = [], self.begin
        for kind in self.types:
            found.append(payload[at : at + length(kind)])
            at += length(kind)
        return found


def _letter(kind: int) -> str:
    if kind > _FIRST_BLOB and kind % 2:
        return "t"
    return "n" if kind == 0 else "i" if kind in _INTEGERS else "o"


def length(kind: int) -> int:
    """Return the bytes of a value by its serial type."""
    return (kind - _FIRST_BLOB) // 2 if kind >= _FIRST_BLOB else _SIZES[kind]


def integer(kind: int, value: bytes) -> int:
    """Return the integer that a value of this serial type is."""
    return kind - 8 if kind in {8, 9} else int.from_bytes(value, "big", signed=True)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at `at`, and where the next one does."""
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - no further byte
            return value, at
    return value << 8 | data[at], at + 1


def types_of(payload: bytes) -> tuple[tuple[int, ...], int]:
    """Return the serial types of a record's values, and where the values begin."""
    end, at = varint(payload, 0)
    if end > len(payload):
        raise ValueError(end)
    types = []
    while at < end:
        kind, at = varint(payload, at)
        if kind in {10, 11}:
            raise ValueError(kind)
        types.append(kind)
    if at != end:
        raise ValueError(at)
    return tuple(types), end
