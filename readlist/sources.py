"""What papers are read from: files, folders of them, the standard input, a text that was pasted or dropped."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import SourceError

if TYPE_CHECKING:
    from zipfile import ZipInfo

_ZIP: Final = b"PK\x03\x04"
_MOST_MEMBERS: Final = 10_000
"""Files that an archive may hold."""
_LONGEST: Final = 1 << 14
"""Characters beyond which a text names no files."""


class Source(Struct, frozen=True):
    """Something that papers are read from."""

    name: str
    """A file's base name, `stdin`, `paste` or `sample`."""
    open: Callable[[], BinaryIO]
    """Gives its bytes, once."""
    size: int | None = None
    """How many bytes it has, if that is known."""
    in_folder: bool = False
    """Whether it was found in a folder, so that it costs no other when it cannot be read."""

    @classmethod
    def from_path(cls, path: Path, name: str = "") -> Source:
        """Return the source that is a file."""
        size = None
        with suppress(OSError, ValueError):  # told when it is opened
            size = path.stat().st_size if path.is_file() else None
        return cls(name or path.name, lambda: path.open("rb"), size)

    @classmethod
    def from_text(cls, text: str, name: str = "paste") -> Source:
        """Return the source that is a text at hand."""
        data = text.encode("utf-8", "surrogatepass")
        return cls(name, lambda: io.BytesIO(data), len(data))

    @classmethod
    def stdin(cls) -> Source:
        """Return the source that is the standard input."""
        return cls("stdin", lambda: sys.stdin.buffer)


@contextmanager
def opened(
    source: Source, encoding: str | None = None, guessed: Callable[[], object] = lambda: None
) -> Iterator[tuple[BinaryIO, Iterator[str]]]:
    """Open a source; give it and its lines.

    Args:
        source: What is opened.
        encoding: What it is encoded in; found out when None.
        guessed: Called when that was guessed and may be wrong.

    Raises:
        SourceError: It cannot be opened or read, or is no text.
    """
    from readlist.readers.decoding import decoded

    try:
        with source.open() as file:
            yield file, decoded(file, source.name, encoding, guessed)
    except IsADirectoryError:
        raise SourceError(f"{source.name} is a folder, not a file") from None
    except OSError as error:
        raise SourceError(f"cannot read {source.name}: {error.strerror or error}") from error


def at(path: Path) -> list[Source]:
    """Return the file at a path as a source, or the files of the folder there, by name.

    Raises:
        SourceError: There is nothing, or the folder cannot be looked into or holds no file.
    """
    try:
        path.stat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot read {path.name or path}: {reason}", "nothing was ingested") from error
    if not path.is_dir():
        return _members(path) or [Source.from_path(path)]
    try:
        next(path.iterdir(), None)
    except OSError as error:
        raise SourceError(f"cannot read the folder {path}: {error.strerror}", "nothing was ingested") from error
    found = [
        replace(one, in_folder=True) for file in _files(path) for one in (_members(file) or [Source.from_path(file)])
    ]
    if not found:
        raise SourceError(f"the folder {path} holds no file", "hidden files are not read")
    return found


def _members(path: Path) -> list[Source]:
    """Return the files that a ZIP archive holds; none if it is no archive, or a document of some program."""
    if not _is_archive(path):
        return []
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            listed = archive.infolist()
    except (OSError, ValueError, NotImplementedError, BadZipFile):
        return [_untold(path, "it is cut off or damaged")]
    if reason := _too_much(listed, path.stat().st_size):
        return [_untold(path, reason)]
    if {"[Content_Types].xml", "mimetype"} & {one.filename for one in listed}:
        return []
    # A name that leads out of the archive is no harm: nothing is ever written where it says.
    names = {
        one: [part for part in one.filename.split("/") if part not in ("", ".", "..")]
        for one in listed
        if not one.is_dir()
    }
    shown = [one for one, parts in names.items() if parts and not any(map(_is_hidden, parts))]
    if not shown:
        return [_untold(path, "it holds no file")]
    return [
        Source(names[one][-1], partial(_member, path, one.filename), one.file_size, in_folder=len(shown) > 1)
        for one in sorted(shown, key=lambda one: one.filename)
    ]


def _too_much(listed: Sequence[ZipInfo], size: int) -> str:
    """Return why an archive of that size holds too much to be looked at; nothing when it does not."""
    from readlist.readers.compressed import grows

    if len(listed) > _MOST_MEMBERS:
        return f"it holds more than {_MOST_MEMBERS:,} files"
    each = (one.file_size for one in listed if not grows(one.file_size, one.compress_size))  # the others are refused
    return "its files are far too large together" if grows(sum(each), size) else ""


def _is_hidden(name: str) -> bool:
    """Whether a file or folder of an archive is not for people: its name begins with a dot, or macOS put it there."""
    return name.startswith(".") or name == "__MACOSX"


def _untold(path: Path, reason: str) -> Source:
    """Return an archive of which nothing can be read; the reason is told when it is opened."""

    def refuse() -> BinaryIO:
        raise SourceError(f"{path.name} cannot be unpacked: {reason}")

    return Source(path.name, refuse)


def _is_archive(path: Path) -> bool:
    """Whether a file begins as ZIP archives do."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except (OSError, ValueError):
        return False


def _member(path: Path, name: str) -> BinaryIO:
    """Open one file of a ZIP archive.

    Raises:
        SourceError: It cannot be unpacked.
    """
    from zipfile import BadZipFile, ZipFile

    from readlist.readers.compressed import Unpacked, refuse_growth

    base = name.rsplit("/", 1)[-1]
    try:
        archive = ZipFile(path)
        found = archive.getinfo(name)
        refuse_growth(base, found.file_size, found.compress_size)
        inner = archive.open(found)
    except (RuntimeError, NotImplementedError, BadZipFile, KeyError) as error:
        raise SourceError(f"{base} in {path.name} cannot be unpacked: {error}") from error
    return io.BufferedReader(Unpacked(inner, base, found.compress_size, archive), 1 << 16)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and those in it, each once, whatever links lead to it; hidden ones are left out."""
    seen: set[tuple[int, int]] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        here = Path(place)
        if not _is_new(here, seen):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = here / name
            if not name.startswith(".") and (file.is_file() or file.is_symlink()) and _is_new(file, seen):
                yield file


def _is_new(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether a file or folder was not met before; a link that leads nowhere was not."""
    try:
        found = path.stat()
    except OSError:
        return True
    known = (found.st_dev, found.st_ino)
    if known in seen:
        return False
    seen.add(known)
    return True


def pasted(text: str) -> list[Source]:
    """Return what a text that was typed, pasted or dropped means: the files that it names, else the text itself.

    Terminals give a dropped file as its path, with blanks quoted or escaped, or as a `file://` address.

    Raises:
        SourceError: It names a file that is not there.
    """
    words = text.strip()
    paths = _named(words)
    if paths is not None:
        return [source for path in paths for source in at(path)]
    if "\n" in words or "\r" in words or _is_listing(words):
        return [Source.from_text(text)]
    return at(Path(words.strip("'\"")).expanduser())


def _named(words: str) -> list[Path] | None:
    """Return the files that are named, all of which are there or are addresses of files; None if it is no such text."""
    if len(words) > _LONGEST:
        return None
    lines = words.splitlines()
    readings = [[lines[0].strip("'\"")]] if len(lines) == 1 else []
    readings += [lines, _shell_words(words)]
    for reading in readings:
        paths = [_path(word.strip()) for word in reading if word.strip()]
        known = [path for path in paths if path is not None]
        if paths and len(known) == len(paths):
            return known
    return None


def _shell_words(words: str) -> list[str]:
    """Return the words of a line as a shell would read them; none if it cannot be read so."""
    import shlex

    try:
        return shlex.split(words)
    except ValueError:
        return []


def _path(word: str) -> Path | None:
    """Return the path that a word names; None if there is nothing there."""
    if word.casefold().startswith("file://"):
        return Path(unquote(urlsplit(word).path))
    try:
        path = Path(word).expanduser()
        return path if path.exists() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _is_listing(words: str) -> bool:
    """Whether one line is something to read, such as an identifier, and no path."""
    from readlist.readers import detect

    return detect(words + "\n") is not None
