"""What a compressed file holds, given piece by piece; one that grows without measure is refused."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Protocol, cast

from readlist.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC: Final = (b"\x1f\x8b", b"BZh")
"""What the files begin with that are read: gzip's and bzip2's."""

_SMALL: Final = 1 << 26
"""Bytes that anything may unpack to."""
_MOST: Final = 200
"""Times its own size that more may unpack to; JSON of metadata has four, text without sense a thousand and more."""


_LOOKED_AT: Final = 1 << 16
"""Bytes of a compressed file that are unpacked before it is read: a thousand times as many are `_SMALL`."""
_PIECE: Final = 1 << 16
"""Bytes that are unpacked at a time."""


class _Closable(Protocol):
    """Can be closed."""

    def close(self) -> object: ...


class _Counted(io.RawIOBase):
    """A file whose first bytes were read already, and how many bytes of it were given."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = head
        self._file = file
        self.given = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read the next bytes into a buffer."""
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._file.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        self.given += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """The bytes that a decompressor gives.

    Args:
        inner: The decompressor.
        name: What to call the file.
        packed: How many bytes it has of the compressed file so far, or altogether.
        around: What to close with it.
    """

    def __init__(self, inner: IO[bytes], name: str, packed: _Counted | int, *around: _Closable) -> None:
        self._inner = inner
        self._name = name
        self._packed = packed
        self._around = around
        self._size = 0

    def close(self) -> None:
        """Close it and what is around it."""
        for one in (self._inner, *self._around):
            one.close()
        super().close()

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def tell(self) -> int:
        """Return how many bytes were given."""
        return self._size

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read the next bytes into a buffer.

        Raises:
            SourceError: The file is damaged, cut off or encrypted, or unpacks to far too much.
        """
        view = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(len(view))
        except Exception as error:  # zlib, bz2, lzma and zipfile raise a dozen kinds, which have no parent of their own
            reason = "it is cut off" if isinstance(error, EOFError) else str(error) or type(error).__name__
            raise SourceError(f"{self._name} cannot be unpacked: {reason}") from error
        self._size += len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.given
        refuse_growth(self._name, self._size, packed)
        view[: len(data)] = data
        return len(data)


def grows(size: int, packed: int) -> bool:
    """Whether something unpacks, from so many bytes to so many, without measure."""
    return size > _SMALL and size > _MOST * packed


def refuse_growth(name: str, size: int, packed: int) -> None:
    """Refuse what unpacks to far too much.

    Args:
        name: What to call it.
        size: How many bytes it unpacks to, as far as is known.
        packed: How many bytes that was before.

    Raises:
        SourceError: It is far too much.
    """
    if grows(size, packed):
        raise SourceError(
            f"{name} unpacks to more than {_MOST} times its size", "unpack it by hand if it is meant to be so"
        )


def unpacked(file: BinaryIO, head: bytes, name: str) -> BinaryIO:
    """Return what a file holds that begins with one of `MAGIC`.

    Args:
        file: The compressed file.
        head: What was read of it already.
        name: What to call it.

    Raises:
        SourceError: Its beginning unpacks to far too much.
    """
    counted = _Counted(_looked_into(file, head, name), file)
    return io.BufferedReader(Unpacked(_decompressor(counted, head), name, counted), _PIECE)


def _decompressor(counted: _Counted, head: bytes) -> IO[bytes]:
    """Return what unpacks a file that begins so."""
    import bz2
    import gzip

    if head.startswith(MAGIC[0]):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=counted, mode="rb"))  # typeshed does not say that it is one
    return bz2.BZ2File(counted)


def _looked_into(file: BinaryIO, head: bytes, name: str) -> bytes:
    """Return the beginning of a compressed file after unpacking it: one that grows without measure is refused at once.

    Refused only while it is read, it would cost the time of reading, and what was read would be in the library.

    Raises:
        SourceError: It unpacks to far too much.
    """
    looked_at = io.BytesIO(head + file.read(_LOOKED_AT - len(head)))
    counted = _Counted(b"", looked_at)
    size = 0
    with _decompressor(counted, head) as inner:
        while True:
            try:
                piece = inner.read(_PIECE)
            except Exception:  # noqa: BLE001 — the beginning of a file is cut off; damage is told when it is read
                break
            size += len(piece)
            if not piece:
                break
            refuse_growth(name, size, counted.given)
    return looked_at.getvalue()
