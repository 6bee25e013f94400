"""A new catalogue in the place of a damaged one, made of what can be read of it and of the papers in the marks.

The damaged file is set aside, never deleted. The new one is made whole and put on the disk under another name
before anything is moved, so that a kill at any moment leaves either the old files or a move that the next start ends.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from readlist.errors import DamagedError, ForeignError, StoreError
from readlist.files import sync_folder
from readlist.store import condition, schema
from readlist.store import connection as connections
from readlist.store.connection import in_words, suspicion, transaction
from readlist.store.filling import Filling
from readlist.store.history import History
from readlist.store.marks import Kept, MarkStore
from readlist.store.mirror import write
from readlist.store.opening import NAME, REBUILT, is_lost
from readlist.store.pages import Pages
from readlist.store.salvage import salvage
from readlist.store.views import Views

_PART: Final = f"{NAME}.part"
"""A new catalogue that is being made."""

_ADJUNCTS: Final = ("-wal", "-shm")
"""What SQLite keeps beside a file."""

_FIRST: Final = 1
"""The generation given to a mirror that was read from a damaged catalogue, since the marks cannot be: it may have
holes, and when the marks are restored every later step of the history is done again."""


class Rebuilt(Struct, frozen=True):
    """What became of a catalogue."""

    saved: int
    """How many papers were read from the old file."""
    from_marks: int
    """How many more were made from the marks."""

    def sentence(self, fault: str, aside: str) -> str:
        """Say it.

        Args:
            fault: What the old file was: `damaged`, `missing` or `empty`.
            aside: The name that it has now; empty when there was no file.
        """
        kept = f" (it is set aside as {aside})" if aside else ""
        if not self.saved and not self.from_marks:
            told = "nothing could be saved from it" if aside else "nothing is known of it"
            return f"{NAME} was {fault}: {told}; ingest your listings again{kept}"
        told = f"{_papers(self.from_marks)} taken from your marks"
        if self.saved:
            told = f"{_papers(self.saved)} saved from it"
            if self.from_marks:
                told += f" and {self.from_marks:,} more from your marks"
        return f"{NAME} was {fault}: {told}; ingest your listings again for the rest{kept}"


def _papers(count: int) -> str:
    return "1 paper was" if count == 1 else f"{count:,} papers were"


def rebuild(folder: Path, now: str) -> str:
    """Set the catalogue aside and put a new one in its place; a sentence on what was saved.

    The caller holds the library's lock, and no connection of this process is open.

    Args:
        folder: The library's.
        now: The present instant, UTC ISO 8601.

    Raises:
        ForeignError: A newer readlist or another program wrote the file; it is left alone.
        StoreError: It could not be done; the old file is as it was.
    """
    path = folder / NAME
    _refuse_foreign(path)
    fault = "missing" if not path.exists() else "empty" if _is_empty(path) else "damaged"
    try:
        with in_words(folder / _PART):
            rebuilt = _finished(folder / REBUILT) or _make(folder, now)
        aside = _swap(folder, now)
    except OSError as error:
        hint = "the damaged file is as it was; check the disk and its free space, then try again"
        raise StoreError(f"{NAME} is {fault} and cannot be made again: {error.strerror}", hint) from error
    return rebuilt.sentence(fault, aside)


def _refuse_foreign(path: Path) -> None:
    """Raise a ForeignError if the file is not one to be set aside."""
    if is_lost(path):
        return
    try:
        with in_words(path), closing(connections.reader(path)) as connection:
            schema.check(connection, path)
    except ForeignError:
        raise
    except DamagedError:
        return


def _is_empty(path: Path) -> bool:
    """Say whether the file is sound and never held a paper."""
    if is_lost(path):
        return True
    try:
        with in_words(path), closing(connections.reader(path)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE name = 'held'").fetchone()
    except StoreError:
        return False
    return bool(found == (0,))


# ---------------------------------------------------------------------- files


def _finished(path: Path) -> Rebuilt | None:
    """Return what is in a new catalogue that a rebuild left without putting it in its place; None if there is none."""
    if not path.exists():
        return None
    try:
        with in_words(path), closing(connections.unshared_reader(path)) as connection:
            schema.check(connection, path)
            figures = dict(connection.execute("SELECT name, value FROM meta"))
        return Rebuilt(figures["saved"], figures["from_marks"])
    except (StoreError, KeyError):
        _discard(path)
        return None


def _discard(path: Path) -> None:
    """Delete a file that this module made, with what SQLite keeps beside it."""
    for adjunct in ("", *_ADJUNCTS):
        path.with_name(path.name + adjunct).unlink(missing_ok=True)


def _swap(folder: Path, now: str) -> str:
    """Set the old files aside and put the new one in their place; the old one's new name, empty if there was none.

    The log goes first: a new file beside an old log would be taken for what the log belongs to. The old file has
    its second name before the new one takes its first, so that there is always one.
    """
    path = folder / NAME
    aside = _free_name(path, now)
    empty = is_lost(path.with_name(f"{path.name}-wal"))
    for adjunct in _ADJUNCTS:
        old = path.with_name(path.name + adjunct)
        if empty:  # looking at the file has made them
            old.unlink(missing_ok=True)
        elif old.exists():
            old.rename(aside.with_name(aside.name + adjunct))
    existed = path.exists()
    if existed:
        try:
            aside.hardlink_to(path)
        except OSError:  # a file system without second names
            path.rename(aside)
    (folder / REBUILT).replace(path)
    suspicion(path).unlink(missing_ok=True)
    sync_folder(folder)
    return aside.name if existed else ""


def _free_name(path: Path, now: str) -> Path:
    """Return a name that nothing has yet for the old file."""
    stem = f"{path.name}.damaged-{now.translate(str.maketrans('', '', '-:'))}"
    number = 1
    while True:
        name = path.with_name(stem if number == 1 else f"{stem}-{number}")
        if not any(name.with_name(name.name + adjunct).exists() for adjunct in ("", *_ADJUNCTS)):
            return name
        number += 1


def _make(folder: Path, now: str) -> Rebuilt:
    """Make the new catalogue under another name, whole and on the disk."""
    part = folder / _PART
    _discard(part)
    try:
        with closing(connections.writer(part)) as connection:
            schema.create(connection)
            connection.execute("PRAGMA synchronous = OFF")  # it is synchronised below, once
            rebuilt = _fill(connection, folder, now)
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(folder / REBUILT)
        sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            _discard(part)
        raise
    return rebuilt


# ---------------------------------------------------------------------- papers


def _fill(connection: sqlite3.Connection, folder: Path, now: str) -> Rebuilt:
    """Write everything that is known into a new catalogue."""
    removed = _removed(folder)
    with Pages(folder / NAME) as pages:
        found = salvage(pages)
        kept, views, generation = _kept(folder, found.generation or 0)
        filling = Filling(connection, kept, now)
        # Only where it cannot be told which pages are in use may a paper turn up that was removed.
        filling.take_salvaged(found, {} if pages.freed is not None else removed)
    filling.take_kept(removed)
    filling.take_aliases(found.aliases)
    with transaction(connection):
        marks = {one.id: one.mark for one in kept.values()}
        if generation is None:
            marks |= found.marks
            views = views if found.views is None else found.views
            first = not kept and (marks or views is not None)
            write(connection, marks, generation=_FIRST if first else 0, whole=True, views=views)
        else:
            mirrored = generation if found.generation is None else min(generation, found.generation)
            write(connection, marks, generation=mirrored, whole=True, views=views)
        connection.execute("UPDATE meta SET value = 1 WHERE name = 'held'")
        figures = {"saved": filling.saved, "from_marks": filling.from_marks}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", figures.items())
    return Rebuilt(filling.saved, filling.from_marks)


def _kept(folder: Path, mirrored: int) -> tuple[dict[str, Kept], Views, int | None]:
    """Return what the marks file keeps, the saved views, and its generation; None for that if it is an older one.

    Args:
        folder: The library's.
        mirrored: The generation of the marks that the old catalogue reflected, 0 if that cannot be read.
    """
    marks = MarkStore(folder / "marks.json")
    try:
        kept, views = marks.all(), marks.views()
    except StoreError:
        return {}, None, None
    try:
        condition.check(folder, mirrored)
        beyond = any(line.generation > marks.generation + 1 for line in History(folder / "history.jsonl").written())
    except StoreError:
        return kept, views, None
    return kept, views, None if beyond else marks.generation


def _removed(folder: Path) -> dict[str, str]:
    """Return the papers that the history leaves removed, each with the instant of its removal."""
    removed: dict[str, str] = {}
    try:
        lines = History(folder / "history.jsonl").lines(None)
    except StoreError:
        return removed
    for line in lines:
        for record in line.restored:
            removed.pop(str(record["id"]), None)
        removed.update((str(record["id"]), line.at) for record in line.removed)
    return removed
