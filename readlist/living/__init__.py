"""Exports that are kept up to date: files that are written again whenever a paper that is in them changes.

A file is replaced whole, and only if its bytes change. It is left alone when someone else has changed it since.
Nothing that goes wrong here is a reason for a change to fail: it is told beside it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from readlist.errors import ReadlistError, UsageError
from readlist.library import Library
from readlist.living.writing import Context, Writing, hash_of
from readlist.store.exports import KeptExport
from readlist.text import safe_line
from readlist.writers.options import Options

__all__ = ["Context", "Shown", "keep", "refresh", "shown", "stop", "write_anew"]


class Shown(Struct, frozen=True):
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
    usual = asdict(Options())
    named = tuple((name, value) for name, value in asdict(chosen).items() if value != usual[name])
    export = KeptExport(
        os.path.abspath(path), query, name, named  # noqa: PTH100 — a link stays a link
    )  # fmt: skip
    with library.exporting():
        before = library.exports()
        others = [one for one in before if not _same_file(one.path, export.path)]
        try:
            _, count = Writing(library, context, [*others, export]).write(export, force=True)
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
        held = hash_of(Path(export.path))
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
    writing = Writing(library, context, exports, pause)
    troubles = []
    for export in list(exports) if only is None else only:
        try:
            writing.write(export, force=only is not None)
        except Exception as error:  # noqa: BLE001 — writers of other packages may raise anything, and the others must go on
            known = error if isinstance(error, ReadlistError) else ReadlistError(f"{type(error).__name__}: {error}")
            troubles.append(_sentence(f"{safe_line(export.path)} is not kept up to date", known))
    return troubles
