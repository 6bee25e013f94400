"""SQLite's file format, read page by page, for a file that SQLite itself cannot read any more.

The format is described at https://www.sqlite.org/fileformat2.html. Nothing here trusts a number that it reads: what
does not fit is left out. What stands on a page is in `readlist.store.cells`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from readlist.store.cells import UNREADABLE, Cell, length, types_of, varint

_MAGIC: Final = b"SQLite format 3\x00"
_USUAL: Final = 4096
"""The page size when the header does not tell: SQLite's default, with which catalogues are made."""
_LEAST_USABLE: Final = 480

_TABLE_LEAF: Final = 0x0D
_INDEX_LEAF: Final = 0x0A
_INDEX_INNER: Final = 0x02
_OFFSET_BITS: Final = 16

_LOG_HEAD: Final = struct.Struct(">8I")
_LOG_MAGIC: Final = 0x377F0682
"""The first number of a write-ahead log; the lowest bit says how its checksums are made."""
_FRAME: Final = struct.Struct(">4I8x")


class Pages:
    """The pages of a file as its write-ahead log leaves them. It is a context manager.

    Attributes:
        count: How many pages there are; they are numbered from 1.
        freed: The pages that are not in use; None when that cannot be told.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path` and its log, as far as they are there.

        Closing it takes away the locks that this process has on the file (POSIX): no connection to it may be writing.

        Raises:
            OSError: It cannot be read.
        """
        self._file: BinaryIO = path.open("rb") if path.exists() else BytesIO()
        self._log: BinaryIO | None = None
        try:
            log = path.with_name(f"{path.name}-wal")
            self._log = log.open("rb") if log.exists() else None
            head = self._log.read(_LOG_HEAD.size) if self._log else b""
            self._size, reserved = _page_size(self._file.read(100), head)
            self._usable = self._size - reserved
            self._logged = self._index(head)
            length = self._file.seek(0, 2) // self._size
            self.count = max(length, max(self._logged, default=0))
            self.freed = self._free_list()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        if self._log is not None:
            self._log.close()

    def _index(self, head: bytes) -> dict[int, int]:
        """Return where in the log the last committed version of each page stands."""
        logged: dict[int, int] = {}
        if self._log is None or len(head) < _LOG_HEAD.size:
            return logged
        magic, _version, size, _checkpoint, *salts = _LOG_HEAD.unpack(head)[:6]
        if magic & ~1 != _LOG_MAGIC or size != self._size:
            return logged
        pending: dict[int, int] = {}
        end = self._log.seek(0, 2)
        at = _LOG_HEAD.size
        while at + _FRAME.size + size <= end:
            self._log.seek(at)
            number, committed, *frame_salts = _FRAME.unpack(self._log.read(_FRAME.size))
            at += _FRAME.size
            if frame_salts == salts and number:
                pending[number] = at
                if committed:
                    logged.update(pending)
                    pending.clear()
            at += size
        # A page of the log beyond any that the file could have is a damaged number.
        most = self._file.seek(0, 2) // size + len(logged) + 1
        return {number: at for number, at in logged.items() if number <= most}

    def page(self, number: int) -> bytes:
        """Return the bytes of a page; empty when it is not there or cut.

        Raises:
            OSError: The disk does not give it.
        """
        at = self._logged.get(number)
        if at is not None and self._log is not None:
            self._log.seek(at)
            data = self._log.read(self._size)
        else:
            self._file.seek((number - 1) * self._size)
            data = self._file.read(self._size)
        return data if len(data) == self._size else b""

    def _free_list(self) -> frozenset[int] | None:
        """Return the pages that the header's list of free pages names, if the list is whole."""
        head = self.page(1)
        if not head.startswith(_MAGIC):
            return None
        trunk, total = struct.unpack_from(">2I", head, 32)
        freed: set[int] = set()
        while trunk:
            data = self.page(trunk) if trunk <= self.count and trunk not in freed else b""
            if not data:
                return None
            following, entries = struct.unpack_from(">2I", data)
            if entries > self._size // 4 - 2:
                return None
            freed.add(trunk)
            freed.update(struct.unpack_from(f">{entries}I", data, 8))
            trunk = following
        return frozenset(freed) if len(freed) == total and all(0 < one <= self.count for one in freed) else None

    # ------------------------------------------------------------------ cells
    def cells(self, number: int) -> Iterator[Cell]:
        """Yield what can be read on a page of rows or of an index.

        Raises:
            OSError: The disk does not give it.
        """
        data = self.page(number)
        if not data or data[0] not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER):
            return
        begin = 12 if data[0] == _INDEX_INNER else 8
        entries = min(int.from_bytes(data[3:5], "big"), (self._usable - begin) // 2)
        for offset in struct.unpack_from(f">{entries}H", data, begin):
            try:
                yield self._cell(number, data, offset)
            except UNREADABLE:
                continue

    def cell(self, place: int) -> Cell:
        """Read a cell again.

        Raises:
            OSError: The disk does not give it.
        """
        number, offset = place >> _OFFSET_BITS, place & ((1 << _OFFSET_BITS) - 1)
        return self._cell(number, self.page(number), offset)

    def _cell(self, number: int, data: bytes, offset: int) -> Cell:
        """Read the cell that begins at `offset` of a page; one of `UNREADABLE` is raised if that is none."""
        place = number << _OFFSET_BITS | offset
        is_row = data[0] == _TABLE_LEAF
        if offset < 8 or offset >= self._usable:  # noqa: PLR2004 - a page's head
            raise ValueError(offset)
        at = offset + 4 if data[0] == _INDEX_INNER else offset
        size, at = varint(data, at)
        row: int | None = None
        if is_row:
            row, at = varint(data, at)
            row -= (row >> 63) << 64
        local = self._local(size, is_row=is_row)
        payload = data[at : at + local]
        overflow = struct.unpack_from(">I", data, at + local)[0] if local < size else 0
        if len(payload) < local or size > self._size * self.count:
            raise ValueError(size)
        types, begin = types_of(payload)
        if begin + sum(map(length, types)) != size:
            raise ValueError(size)
        return Cell(place, row, types, begin, payload, size, overflow)

    def _local(self, size: int, *, is_row: bool) -> int:
        """Return how many bytes of a payload stand on the page itself."""
        most = self._usable - 35 if is_row else (self._usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (self._usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (self._usable - 4)
        return local if local <= most else least

    def values(self, cell: Cell) -> list[bytes]:
        """Return a cell's values as the bytes that they are stored as; one of `UNREADABLE` is raised if some are gone.

        Raises:
            OSError: The disk does not give them.
        """
        parts = [cell.payload]
        missing = cell.size - len(cell.payload)
        following = cell.overflow
        while missing:
            data = self.page(following) if following else b""
            part = data[4 : 4 + min(missing, self._usable - 4)]
            if not part:
                raise ValueError(following)
            parts.append(part)
            missing -= len(part)
            following = int.from_bytes(data[:4], "big")
        return cell.values(b"".join(parts))


def _page_size(head: bytes, log_head: bytes) -> tuple[int, int]:
    """Return the size of a page, and how many bytes at its end are not SQLite's."""
    if head.startswith(_MAGIC):
        size = int.from_bytes(head[16:18], "big")
        size = 65536 if size == 1 else size
        reserved = head[20]
        if _is_size(size) and size - reserved >= _LEAST_USABLE:
            return size, reserved
    if len(log_head) == _LOG_HEAD.size:
        size = _LOG_HEAD.unpack(log_head)[2]
        if _is_size(size):
            return size, 0
    return _USUAL, 0


def _is_size(size: int) -> bool:
    return 512 <= size <= 65536 and not size & (size - 1)  # noqa: PLR2004 - the format's
