"""One export that is kept up to date, written: only if its papers changed, and only over what readlist wrote itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date as Date
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from readlist import __version__
from readlist.cite import whole
from readlist.errors import StoreError, UsageError
from readlist.files import replace_file
from readlist.library import Library
from readlist.query import parse
from readlist.settings import Status
from readlist.store.exports import REMEMBERED, KeptExport
from readlist.text import safe_line
from readlist.writers import format_writer
from readlist.writers.options import Options

EDITED: Final = "someone else has changed it since readlist wrote it"
"""Why a file is left alone."""

_STRETCH: Final = 0.001
"""Seconds of work between two pauses: while this thread computes, no other one does."""


_AT_ONCE: Final = 4
"""Papers that are read between two looks at the clock."""

T = TypeVar("T")


class Context(Struct, frozen=True):
    """What a query is read with."""

    statuses: Sequence[Status]
    today: Date


class Writing:
    """Writes exports; the caller holds their lock.

    The papers are read through a library of its own: searches in the app end those that it has running.
    """

    def __init__(
        self,
        library: Library,
        context: Context,
        exports: list[KeptExport],
        pause: Callable[[], object] | None = None,
    ) -> None:
        """Take what all of them are written with.

        Args:
            library: Where the papers are.
            context: What queries are read with.
            exports: The list of exports, which is kept up to date itself.
            pause: Called now and then, so that other threads get their turn.
        """
        self._library = library
        self._context = context
        self._exports = exports
        self._pause = pause

    def write(self, export: KeptExport, *, force: bool) -> tuple[KeptExport, int]:
        """Write one export if its papers changed; the export as it is now, and how many papers are in it.

        Args:
            export: One of the list.
            force: Whether to write it whatever stands in its file.

        Raises:
            ReadlistError: It could not be written; the file is as it was.
        """
        from hashlib import sha256

        options = _options(export)
        writer = format_writer(export.format)
        query = parse(
            export.query,
            statuses=self._context.statuses,
            today=self._context.today,
            former=self._library.statuses,
        )
        with Library.open(self._library.folder, read_only=True) as reading:
            rows = reading.select(query)
            papers = [reading.fingerprint(some) for some in self._paced(_in_parts(sorted(rows)))]
            state = sha256(repr((__version__, export.format, export.options, papers)).encode()).hexdigest()
            if state == export.state and not force:
                return export, len(rows)
            ordered = reading.by_key(rows)
            self._library.give_out(reading.ids(ordered))
            entries = (entry for some in _in_parts(ordered) for entry in reading.entries(some))
            data = "".join(writer(whole(reading, self._paced(entries), export.format), options)).encode(
                errors="replace"
            )
        path, new = Path(export.path), sha256(data).hexdigest()
        if not path.parent.is_dir():
            raise StoreError(f"there is no folder {safe_line(str(path.parent))}", _stopping(export))
        try:
            held = hash_of(path)
        except OSError as error:
            raise StoreError(f"it cannot be read: {error.strerror}") from error
        if held not in (None, new, *export.written) and not force:
            raise StoreError(EDITED, f"readlist kept write {export.path} replaces it, {_stopping(export)}")
        # The list knows what will be written before it is: after a kill in between, the file is still readlist's own.
        written = (new, *(one for one in export.written if one != new))[:REMEMBERED]
        export = self._save(export, replace(export, written=written))
        if held != new:
            replace_file(path, data, mode=0o666)
        return self._save(export, replace(export, state=state)), len(rows)

    def _save(self, before: KeptExport, after: KeptExport) -> KeptExport:
        """Put an export into the list in the place of what it was."""
        self._exports[:] = [after if one == before else one for one in self._exports]
        self._library.save_exports(self._exports)
        return after

    def _paced(self, things: Iterable[T]) -> Iterator[T]:
        """Yield things, with pauses."""
        begin = time.monotonic()
        for thing in things:
            if self._pause is not None and time.monotonic() - begin > _STRETCH:
                self._pause()
                begin = time.monotonic()
            yield thing


def _in_parts(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield row numbers a few at a time."""
    return (rows[begin : begin + _AT_ONCE] for begin in range(0, len(rows), _AT_ONCE))


def _stopping(export: KeptExport) -> str:
    """Return what to do about a file that is no longer wanted."""
    return f"readlist kept stop {export.path} leaves it for good"


def _options(export: KeptExport) -> Options:
    """Return what is asked of the writer.

    Raises:
        UsageError: A newer readlist was asked for it.
    """
    if unknown := sorted(name for name, _ in export.options if name not in Options.__struct_fields__):
        raise UsageError(f"its option {unknown[0]!r} is not known", "update readlist")
    return Options(**dict(export.options))


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; None where there is none."""
    from hashlib import sha256

    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
