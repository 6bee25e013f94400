"""The bytes of a source turned into lines of text, whatever they are encoded in, in bounded memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final

from readlist.errors import SourceError, UsageError
from readlist.readers import compressed

PIECE: Final = 1 << 20
"""Bytes after which a line that does not end is given in pieces."""

_AT_ONCE: Final = 1 << 16
"""Bytes that are read and decoded together: to do so line by line takes five times as long."""

_MAGIC: Final = 8
"""Bytes that a file's kind is told by."""

_JUDGED: Final = 1 << 16
"""Bytes by which it is judged whether a file with zero bytes is text all the same."""

_CONTROLS: Final = bytes((*range(9), 11, *range(14, 32), 127))
"""Characters that no text has but by accident: a disk that was full, a program that cut it short."""

_STRAY: Final = 20
"""In so many bytes of a text at most one is such a character; of random bytes it is one in nine."""

_BINARY: Final = {
    b"PK\x03\x04": "a ZIP archive",
    b"PK\x05\x06": "a ZIP archive",
    b"\x1f\x8b": "a gzip file in a compressed file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"BZh": "a bzip2 file in a compressed file",
    b"(\xb5/\xfd": "a Zstandard file",
    b"%PDF-": "a PDF file",
    b"SQLite f": "an SQLite database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "a Microsoft Office document",
}
"""What a file that begins so is (the formats' own magic numbers)."""

_TAR_AT: Final = 257
_TAR: Final = b"ustar"
"""What stands in a tar archive, and where."""

_OTHERS: Final = bytes(range(0x80, 0x100))
"""Bytes that are no ASCII."""
_UNLIKELY: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\x80-\xff]{4}")
"""What a text in Windows-1252 does not have: bytes that are undefined there, many letters with accents in a row."""
_OFTEN: Final = 4
"""In so many bytes of such a text at most one is no ASCII."""

_AS_BYTES: Final = {ord(char): byte for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
"""Characters of Windows-1252 that Latin-1 has elsewhere, and their bytes; the other bytes stand for nothing there."""
_TWICE: Final = re.compile(f"[Â-ô][\x80-\xbf{re.escape(''.join(map(chr, _AS_BYTES)))}]")
"""What a letter looks like whose UTF-8 was taken for Windows-1252 once: `Ã©` is `é`."""
_ZEROS: Final = re.compile(rb"\0+")

_WIDE: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-16 begins one of UTF-32."""


def known(encoding: str) -> str:
    """Return the name of an encoding of text as Python knows it.

    Raises:
        UsageError: There is none of that name.
    """
    try:
        found = codecs.lookup(encoding)
        "".encode(encoding)  # refuses what is no encoding of text
        found.incrementaldecoder("replace").decode(bytes(range(256)), final=True)
    except (LookupError, ValueError, TypeError):
        raise UsageError(
            f"no encoding is called {encoding!r}", "such as utf-8, cp1251, shift_jis, gb18030, big5, euc-kr, latin-1"
        ) from None
    return found.name


def decoded(
    file: BinaryIO, name: str, encoding: str | None = None, guessed: Callable[[], object] = lambda: None
) -> Iterator[str]:
    r"""Yield the lines of a file, each with its `\n`.

    UTF-16 and UTF-32 are told by their byte order mark, UTF-16 also by the zeros beside most letters; otherwise a line
    that is not UTF-8 is taken for Windows-1252, which old exports are in, and one whose UTF-8 a program took for that
    is read as it was meant. A line of more than `PIECE` bytes comes in pieces, of which only the last ends in `\n`.
    Carriage returns end lines, alone or before a newline. Zero bytes that strayed into a text are left out. What gzip
    or bzip2 have packed is unpacked.

    Args:
        file: Its bytes.
        name: Its name.
        encoding: What it is encoded in, if that is known; see `known`.
        guessed: Called when bytes are taken for Windows-1252 that are hardly in it, or for UTF-8 of UTF-8.

    Raises:
        SourceError: It is no text, or cannot be unpacked.
    """
    head = file.read(_MAGIC)
    if head.startswith(compressed.MAGIC):
        file = compressed.unpacked(file, head, name)
        head = file.read(_MAGIC)
    kind = next((kind for magic, kind in _BINARY.items() if head.startswith(magic)), None)
    head += file.read(_JUDGED - len(head))
    if head[_TAR_AT:].startswith(_TAR):
        kind = "a tar archive"
    if kind is not None:
        raise SourceError(f"{name} is not a text file: it is {kind}", "give the text that it holds")
    marked = next((wide for mark, wide in _WIDE if head.startswith(mark)), None)
    other = marked or (None if head.startswith(codecs.BOM_UTF8) else encoding or _wide_without_mark(head))
    return _in(file, head, other) if other else _narrow(file, head, name, guessed)


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, counted from 1; the pieces of one line have the same number."""
    number = 1
    for line in lines:
        yield number, line
        number += line.endswith("\n")


def _in(file: BinaryIO, head: bytes, encoding: str) -> Iterator[str]:
    """Yield the lines of a file in an encoding that is known."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = ""
    raw = head
    while raw:
        text = rest + decoder.decode(raw)
        rest = ""
        for line in _ended(text):
            if line.endswith("\n") or len(line) >= PIECE:
                yield line
            else:
                rest = line
        raw = file.read(PIECE)
    if rest := rest + decoder.decode(b"", final=True):
        yield rest


def _wide_without_mark(head: bytes) -> str | None:
    """Return the kind of UTF-16 that a file without a byte order mark is in, if most of it is ASCII; None if none."""
    pairs = len(head) // 2
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if pairs < _MAGIC or max(zeros) * 2 < pairs or min(zeros) * _STRAY > pairs:
        return None
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = head[: pairs * 2].decode(encoding, "replace").encode()
    return None if _strays(text) * _STRAY > len(text) else encoding


def _strays(raw: bytes) -> int:
    """Count the characters that belong in no text; a run of zeros is one accident."""
    once = _ZEROS.sub(b"\0", raw)
    return len(once) - len(once.translate(None, _CONTROLS))


def _narrow(file: BinaryIO, head: bytes, name: str, guessed: Callable[[], object]) -> Iterator[str]:
    """Yield the lines of a file in UTF-8 or Windows-1252."""
    raw = head.removeprefix(codecs.BOM_UTF8)
    zeros = _Zeros(head, name)
    more = raw
    while more:
        more = file.read(_AT_ONCE)
        raw += more
        end = raw.rfind(b"\n") + 1 or (_whole(raw[:PIECE]) if len(raw) >= PIECE else 0)
        if not more:
            end = len(raw)
        yield from _lines(zeros.out_of(raw[:end]), guessed)
        raw = raw[end:]


class _Zeros:
    """Leaves out the zero bytes that strayed into a text."""

    def __init__(self, head: bytes, name: str) -> None:
        """Take the beginning of the file, and what it is called."""
        self._name = name
        self._least = len(head)
        self._binary = b"\0" in head and _strays(head) * _STRAY > len(head)
        self._size = self._strays = 0
        self._line = 1

    def out_of(self, raw: bytes) -> bytes:
        """Return the next bytes of the file without the zeros.

        Raises:
            SourceError: There are so many that it is no text.
        """
        self._size += len(raw)
        if b"\0" in raw:
            self._strays += _strays(raw)
            if self._binary or self._strays * _STRAY > max(self._size, self._least):
                line = self._line + raw.count(b"\n", 0, raw.index(b"\0"))
                what = f"{self._name} is not a text file: line {line} has a zero byte"
                raise SourceError(what, "save it as UTF-8 text")
        self._line += raw.count(b"\n")
        return raw.replace(b"\0", b"")


def _lines(raw: bytes, guessed: Callable[[], object]) -> list[str]:
    """Return the lines of some bytes; those that are not UTF-8 are taken for Windows-1252."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return _ended("\n".join(_decoded(line, guessed) for line in raw.split(b"\n")))
    lines = _ended(text)
    return [_once(line, guessed) for line in lines] if _may_be_twice(text) else lines


def _may_be_twice(text: str) -> bool:
    """Whether a text may have letters that were encoded twice: most of those begin with one of three signs."""
    return not text.isascii() and ("Ã" in text or "Â" in text or "â€" in text)


def _once(line: str, guessed: Callable[[], object]) -> str:
    """Return a line of which all letters but those of ASCII were encoded in UTF-8 twice as it was meant."""
    if not _TWICE.search(line):
        return line
    try:
        meant = line.translate(_AS_BYTES).encode("latin-1").decode()
    except UnicodeError:
        return line
    guessed()
    return meant


def _decoded(line: bytes, guessed: Callable[[], object]) -> str:
    """Return a line of UTF-8 or else of Windows-1252."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        others = len(line) - len(line.translate(None, _OTHERS))
        if _UNLIKELY.search(line) or others * _OFTEN > len(line):
            guessed()
        return line.decode("cp1252", "replace")


def _whole(raw: bytes) -> int:
    """Return how many bytes of a piece there are before a character that the end cuts in two."""
    for back in range(1, min(4, len(raw)) + 1):
        byte = raw[-back]
        if byte < 0x80:  # noqa: PLR2004 — ASCII
            break
        if byte >= 0xC0:  # noqa: PLR2004 — the first of several bytes
            length = 2 + (byte >= 0xE0) + (byte >= 0xF0)  # noqa: PLR2004 — as UTF-8 says
            return len(raw) - back if length > back else len(raw)
    return len(raw)


def _ended(text: str) -> list[str]:
    r"""Return the lines of a text, all of them ended by `\n` alone."""
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines
