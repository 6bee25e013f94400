"""Exports that are kept up to date: files that are written again whenever a paper that is in them changes.

A file is replaced whole, and only if its bytes change. It is left alone when someone else has changed it since.
Nothing that goes wrong here is a reason for a change to fail: it is told beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date as Date
from pathlib import Path
from typing import Final, TypeVar

from readlist import __version__
from readlist.errors import ReadlistError, StoreError, UsageError
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


@dataclass(frozen=True, slots=True)
class Context:
    """What a query is read with."""

    statuses: Sequence[Status]
    today: Date


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept export as it is shown to the reader."""

    export: KeptExport
    state: str
    """`as written`, `missing`, `changed by someone else`, or why it cannot be read."""


def keep(
    library: Library, path: Path, query: str, *, name: str, context: Context, options: Options | None = None
) -> int:
    """Write an export and keep it up to date from now on; how many papers are in it.

    Args:
        library: Where the papers are.
        path: The file; one that is there is replaced.
        query: Which papers.
        name: The format's.
        context: What the query is read with.
        options: What is asked of the writer.

    Raises:
        UsageError: The path is no file, there is no such format, or the query is none.
        StoreError: The file or the list of exports cannot be written.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"{safe_line(str(path))} is no file that can be kept up to date", "name a file")
    chosen = options or Options()
    named = tuple((one.name, getattr(chosen, one.name)) for one in fields(chosen))
    usual = {one.name: one.default for one in fields(chosen)}
    export = KeptExport(
        os.path.abspath(path), query, name, tuple(pair for pair in named if pair[1] != usual[pair[0]])  # noqa: PTH100 — a link stays a link
    )  # fmt: skip
    with library.exporting():
        before = library.exports()
        others = [one for one in before if not _same_file(one.path, export.path)]
        try:
            _, count = _Writing(library, context, [*others, export]).write(export, force=True)
        except BaseException:
            library.save_exports(before)
            raise
    return count


def refresh(library: Library, context: Context, pause: Callable[[], object] | None = None) -> list[str]:
    """Bring every kept export up to date; what could not be done, as sentences.

    Args:
        library: Where the papers are.
        context: What queries are read with.
        pause: Called now and then, so that other threads get their turn.
    """
    if library.read_only or not library.keeps_exports:
        return []
    try:
        with library.exporting():
            return _refresh(library, context, pause, library.exports(), only=None)
    except ReadlistError as error:
        return [_sentence("exports are not kept up to date", error)]


def write_anew(library: Library, context: Context, paths: Sequence[str]) -> list[str]:
    """Write kept exports whatever stands in their files; all of them without paths. What could not be done.

    Raises:
        UsageError: A path is none of a kept export.
        StoreError: The list cannot be read or written.
    """
    with library.exporting():
        exports = library.exports()
        return _refresh(library, context, None, exports, only=_named(exports, paths) if paths else exports)


def stop(library: Library, paths: Sequence[str]) -> list[KeptExport]:
    """Keep exports up to date no longer; their files stay. What was stopped.

    Raises:
        UsageError: A path is none of a kept export.
        StoreError: The list cannot be read or written.
    """
    with library.exporting():
        exports = library.exports()
        stopped = _named(exports, paths)
        library.save_exports([one for one in exports if one not in stopped])
    return stopped


def shown(library: Library) -> list[Shown]:
    """Return the kept exports, with what became of their files.

    Raises:
        StoreError: The list cannot be read.
    """
    return [Shown(one, _state(one)) for one in library.exports()]


def _state(export: KeptExport) -> str:
    """Return what became of a file."""
    try:
        held = _hash_of(Path(export.path))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "missing" if held is None else "as written" if held in export.written else "changed by someone else"


def _named(exports: Sequence[KeptExport], paths: Sequence[str]) -> list[KeptExport]:
    """Return the exports with these paths."""
    found = []
    for path in paths:
        absolute = os.path.abspath(path)  # noqa: PTH100 — a link stays a link
        same = [one for one in exports if one.path == absolute] or [
            one for one in exports if _same_file(one.path, path)
        ]
        if not same:
            raise UsageError(f"{safe_line(path)} is not kept up to date", "readlist kept lists the files that are")
        found += same
    return list(dict.fromkeys(found))


def _same_file(one: str, other: str) -> bool:
    """Say whether two paths lead to one file."""
    return os.path.realpath(one) == os.path.realpath(other)


def _hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; None where there is none."""
    from hashlib import sha256

    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _sentence(what: str, error: ReadlistError) -> str:
    """Return what went wrong, and what to do."""
    return f"{what}: {error.message}" + (f"; {error.hint}" if error.hint else "")


def _refresh(
    library: Library,
    context: Context,
    pause: Callable[[], object] | None,
    exports: list[KeptExport],
    only: Sequence[KeptExport] | None,
) -> list[str]:
    """Write those exports that changed, or those that are named whatever stands there; what could not be done."""
    writing = _Writing(library, context, exports, pause)
    troubles = []
    for export in list(exports) if only is None else only:
        try:
            writing.write(export, force=only is not None)
        except Exception as error:  # noqa: BLE001 — writers of other packages may raise anything, and the others must go on
            known = error if isinstance(error, ReadlistError) else ReadlistError(f"{type(error).__name__}: {error}")
            troubles.append(_sentence(f"{safe_line(export.path)} is not kept up to date", known))
    return troubles


class _Writing:
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
            data = "".join(writer(self._paced(entries), options)).encode(errors="replace")
        path, new = Path(export.path), sha256(data).hexdigest()
        if not path.parent.is_dir():
            raise StoreError(f"there is no folder {safe_line(str(path.parent))}", _stopping(export))
        try:
            held = _hash_of(path)
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
    known = {one.name for one in fields(Options)}
    if unknown := sorted(name for name, _ in export.options if name not in known):
        raise UsageError(f"its option {unknown[0]!r} is not known", "update readlist")
    return Options(**dict(export.options))
