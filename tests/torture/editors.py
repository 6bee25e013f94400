"""Programs that keep marks in a folder: readlist itself, and naive ones that the torture must be seen to break."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Protocol

from tinydb import TinyDB

import readlist.files
from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.query import ALL
from readlist.record import mark_from, mark_record
from readlist.store.marks import MarkStore
from tests.papers import NOW
from tests.torture.edits import Edit, Marks, said

MARKS_FILE: Final = "marks.json"


class LostError(Exception):
    """What was acknowledged is not there, or cannot be read."""


class Editor(Protocol):
    """A way to keep marks in a folder, which begins as a library."""

    def fill(self, folder: Path, marks: Marks) -> None:
        """Put the marks that the library in `folder` has where the editor keeps them."""

    def edit(self, folder: Path, edits: Iterable[Edit], done: Callable[[], object]) -> None:
        """Make edits one after the other, telling of each when it is durable."""

    def marks(self, folder: Path) -> Marks:
        """Return the marks that there are.

        Raises:
            LostError: They cannot be read.
        """

    def steps(self, folder: Path) -> int | None:
        """Return how many edits the folder ever saw; None if that is not known."""


class Readlist:
    """The library, through its door."""

    def fill(self, folder: Path, marks: Marks) -> None:
        """Do nothing: it is a library."""

    def edit(self, folder: Path, edits: Iterable[Edit], done: Callable[[], object]) -> None:
        """Make edits one after the other, telling of each when it is durable."""
        with Library.open(folder, now=lambda: NOW) as library:
            for edit in edits:
                if edit.change is None:
                    library.undo()
                else:
                    library.mark(edit.ids, edit.change)
                done()

    def marks(self, folder: Path) -> Marks:
        """Return the marks that there are: those on the screen, which must be those in the file.

        Raises:
            LostError: They cannot be read or changed, or differ.
        """
        try:
            with Library.open(folder, now=lambda: NOW) as library:
                if library.read_only:
                    raise LostError(library.read_only)
                shown = said({one.id: one.mark for one in library.entries(library.select(ALL))})
            kept = MarkStore(folder / MARKS_FILE).all()
        except ReadlistError as error:
            raise LostError(error.message) from error
        if shown != said({one: kept.mark for one, kept in kept.items()}):
            raise LostError("the marks on the screen are not those in the file")
        return shown

    def steps(self, folder: Path) -> int | None:
        """Return the number of the last step."""
        with Library.open(folder, read_only=True) as library:
            return max((step.number for step in library.history(1)), default=0)


class ReadlistInPlace(Readlist):
    """The same without its care for files: what the torture is there to catch."""

    def edit(self, folder: Path, edits: Iterable[Edit], done: Callable[[], object]) -> None:
        """Make edits one after the other; the process is spoilt for anything else."""
        write_in_place()
        super().edit(folder, edits, done)


def write_in_place() -> None:
    """Let this process write files over what is there, as TinyDB's own storage does."""
    careful = readlist.files.replace_file
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "readlist" and getattr(module, "replace_file", None) is careful:
            module.replace_file = _overwrite  # type: ignore[attr-defined]  # it has it: that was just asked


def _overwrite(path: Path, *pieces: bytes, mode: int = 0o600) -> None:
    """Write over what is there, flush, then cut off the rest."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"".join(pieces))
        file.flush()
        os.fsync(descriptor)
        file.truncate()


class Naive:
    """TinyDB as it comes."""

    def fill(self, folder: Path, marks: Marks) -> None:
        """Write the marks to a file that TinyDB's own storage reads."""
        (folder / MARKS_FILE).unlink()
        with TinyDB(folder / MARKS_FILE) as database:
            _replace(database, marks)

    def edit(self, folder: Path, edits: Iterable[Edit], done: Callable[[], object]) -> None:
        """Make edits one after the other, each one write of TinyDB's, which flushes and fsyncs."""
        with TinyDB(folder / MARKS_FILE) as database:
            for edit in edits:
                _replace(database, edit.after)
                done()

    def marks(self, folder: Path) -> Marks:
        """Return the marks that TinyDB finds.

        Raises:
            LostError: They cannot be read.
        """
        try:
            with TinyDB(folder / MARKS_FILE) as database:
                return {document["id"]: mark_from(document["mark"]) for document in database.table("papers").all()}
        except (ValueError, KeyError, TypeError, AttributeError, ReadlistError) as error:
            raise LostError(f"{type(error).__name__}: {error}") from error

    def steps(self, folder: Path) -> int | None:
        """Know nothing of it."""
        return None


def document_number(paper_id: str) -> int:
    """Return the number that a paper's document has in a naive TinyDB."""
    return int(paper_id[1:], 16) >> 1


def _replace(database: TinyDB, marks: Marks) -> None:
    """Make the documents of a TinyDB those of `marks` in one write."""

    def change(table: dict[int, dict[str, Any]]) -> None:
        table.clear()
        table.update({document_number(one): {"id": one, "mark": mark_record(mark)} for one, mark in marks.items()})

    database.table("papers")._update_table(change)  # type: ignore[arg-type]  # it is typed for documents


EDITORS: Final[dict[str, Callable[[], Editor]]] = {"readlist": Readlist, "in-place": ReadlistInPlace, "naive": Naive}
