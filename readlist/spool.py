"""Many records in little memory: the first are held, further ones stand in a temporary file."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Final, Generic, TypeVar, overload
from weakref import finalize

T = TypeVar("T")

_HELD: Final = 1 << 18
"""How many characters of records are held, at the most, before the others go to the file."""
_RECORD: Final = 500
"""What a record takes besides its texts, as characters."""
_STRIDE: Final = 256
"""Of how many records in the file the place of one is known."""
_CHUNK: Final = 1 << 16


class Spool(Generic[T]):
    """Takes records one after the other.

    Args:
        make: Makes a record of its parts.
        parts: Gives the parts of a record: texts and numbers.
    """

    def __init__(self, make: Callable[..., T], parts: Callable[[T], Sequence[str | int]]) -> None:
        self._make = make
        self._parts = parts
        self._held: list[T] = []
        self._room = _HELD
        self._file: IO[bytes] | None = None
        self._places = array("Q")
        self._end = 0
        self._count = 0
        self._lock = Lock()

    def extend(self, records: Iterable[T]) -> None:
        """Take records.

        Raises:
            OSError: The temporary file cannot be made or written.
        """
        for record in records:
            self.append(record)

    def append(self, record: T) -> None:
        """Take a record.

        Raises:
            OSError: The temporary file cannot be made or written.
        """
        parts = self._parts(record)
        self._room -= _RECORD + sum(len(part) for part in parts if isinstance(part, str))
        if self._room >= 0:
            self._held.append(record)
        else:
            line = json.dumps(parts).encode() + b"\n"
            with self._lock:
                if self._file is None:
                    self._file = TemporaryFile()  # noqa: SIM115 — it is closed with the last who reads it
                    finalize(self, self._file.close)
                if (self._count - len(self._held)) % _STRIDE == 0:
                    self._places.append(self._end)
                self._file.seek(self._end)
                self._file.write(line)
                self._end += len(line)
        self._count += 1

    @property
    def so_far(self) -> Spooled[T]:
        """What was taken so far; what is taken later is no part of it."""
        return Spooled(self, self._count)

    def read(self, begin: int, end: int) -> Iterator[T]:
        """Yield the records from one number to another, that one excluded, a piece of the file at a time."""
        yield from self._held[begin : min(end, len(self._held))]
        first = max(begin - len(self._held), 0)
        many = end - len(self._held) - first
        if many > 0:
            before = first % _STRIDE
            lines = self._lines(self._places[first // _STRIDE])
            for line in islice(lines, before, before + many):
                yield self._make(*json.loads(line))

    def _lines(self, place: int) -> Iterator[bytes]:
        """Yield the lines of the file from a place in it."""
        pieces: list[bytes] = []
        while True:
            with self._lock:
                assert self._file is not None
                self._file.seek(place)
                chunk = self._file.read(_CHUNK)
            if not chunk:
                return
            place += len(chunk)
            *whole, rest = chunk.split(b"\n")
            for line in whole:
                yield b"".join((*pieces, line))
                pieces.clear()
            pieces.append(rest)


class Spooled(Sequence[T]):
    """The first so many records of a spool, which never change."""

    def __init__(self, spool: Spool[T], count: int) -> None:
        self._spool = spool
        self._count = count

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def __iter__(self) -> Iterator[T]:
        """Yield them, a few in memory at a time."""
        return self._spool.read(0, self._count)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Return one, or several in memory."""
        if isinstance(index, slice):
            begin, end, step = index.indices(self._count)
            if step < 0:
                return [self[one] for one in range(begin, end, step)]
            return list(islice(self._spool.read(begin, max(begin, end)), None, None, step))
        place = range(self._count)[index]
        return next(self._spool.read(place, place + 1))

    def __eq__(self, other: object) -> bool:
        """Whether there are the same records in another sequence."""
        if not isinstance(other, Spooled | tuple | list) or len(self) != len(other):
            return False
        return all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as of every sequence that is compared by what is in it

    def __repr__(self) -> str:
        """Return a few of them."""
        return f"<{self._count} records: {self[:3]}>"
