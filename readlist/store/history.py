"""The steps that can be undone: a file that only grows, a checksum a line, settled by generation number."""

from __future__ import annotations

import errno
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from readlist.errors import StoreError
from readlist.record import Json, Record

Kind = Literal["do", "undo", "redo"]
"""What a line of the history did: a change, the taking back of one, or doing it again."""

DO: Final = "do"
UNDO: Final = "undo"
REDO: Final = "redo"


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it is written down."""

    number: int
    """Counts from 1."""
    generation: int
    """The generation of the marks file that this step made; a line beyond the file's generation never happened."""
    kind: str
    name: str
    at: str
    of: int | None
    """The number of the step that an undo or redo is about."""
    marks: tuple[Record, ...]
    """`{"id", "before", "after"}`: the fields of a mark that changed, with both values."""
    removed: tuple[Record, ...] = ()
    """Whole entries of papers that were taken out of the catalogue."""
    restored: tuple[Record, ...] = ()
    """Whole entries of papers that were put back."""
    conflicts: int = 0
    """How many papers an undo or redo left alone."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The papers that the step touched, in order, each once."""
        named = [str(record["id"]) for group in (self.marks, self.removed, self.restored) for record in group]
        return tuple(dict.fromkeys(named))


class History:
    """The file `history.jsonl`. The caller holds the library's lock while it writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settled = -1
        self._last_number = 0

    def lines(self, generation: int) -> list[Line]:
        """Return the steps that took place, oldest first.

        A line that is cut or altered ends the history there: what follows it cannot be trusted.

        Args:
            generation: That of the marks file; steps beyond it were never finished.

        Raises:
            StoreError: The file cannot be read.
        """
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"cannot read {self._path.name}: {error.strerror}") from error
        found = []
        for written in data.splitlines():
            line = _parse(written)
            if line is None or line.generation > generation:
                break
            found.append(line)
        return found

    def settle(self, generation: int) -> None:
        """Cut off what was written down for a step that never took place, and whatever a kill left half written.

        Args:
            generation: That of the marks file.

        Raises:
            StoreError: The file cannot be read or cut.
        """
        try:
            size = self._path.stat().st_size if self._path.exists() else 0
            if size == self._settled:
                return
            data = self._path.read_bytes() if size else b""
            end = 0
            for written in data.splitlines(keepends=True):
                line = _parse(written)
                if line is None or line.generation > generation or not written.endswith(b"\n"):
                    break
                end += len(written)
                self._last_number = line.number
            if end < len(data):
                self._set_aside(data[end:])
                os.truncate(self._path, end)
            self._settled = end
        except OSError as error:
            raise StoreError(f"cannot settle {self._path.name}: {error.strerror}") from error

    def _set_aside(self, tail: bytes) -> None:
        """Keep lines that were altered, not merely cut: a step in them may be worth reading by eye."""
        if b"\n" in tail.rstrip(b"\n"):
            self._path.with_name(f"{self._path.name}.damaged").write_bytes(tail)

    @property
    def next_number(self) -> int:
        """The number of the step that would be written next; true after `settle`."""
        return self._last_number + 1

    def append(self, line: Line) -> None:
        """Write a step down; it is on the disk when this returns. The history is settled.

        Raises:
            StoreError: It cannot be written.
        """
        data = serialise(line)
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                written = os.write(descriptor, data)
                if written != len(data):
                    os.ftruncate(descriptor, self._settled)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise StoreError(f"cannot save {self._path.name}: {error.strerror}", "nothing was changed") from error

    def accept(self, line: Line) -> None:
        """Take the step that was appended last for done: the marks file carries its generation."""
        self._settled = self._path.stat().st_size
        self._last_number = line.number


def serialise(line: Line) -> bytes:
    """Return a step as one line of the file, its checksum in front."""
    record: Record = {
        "number": line.number,
        "generation": line.generation,
        "kind": line.kind,
        "name": line.name,
        "at": line.at,
        "of": line.of,
        "marks": list(line.marks),
        "removed": list(line.removed),
        "restored": list(line.restored),
        "conflicts": line.conflicts,
    }
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x " % zlib.crc32(body) + body + b"\n"


def _parse(written: bytes) -> Line | None:
    """Return the step that a line holds; None if the line is not what was written."""
    checksum, _, body = written.rstrip(b"\n").partition(b" ")
    if checksum != b"%08x" % zlib.crc32(body):
        return None
    record = json.loads(body)
    return Line(
        number=record["number"],
        generation=record["generation"],
        kind=record["kind"],
        name=record["name"],
        at=record["at"],
        of=record["of"],
        marks=tuple(record["marks"]),
        removed=tuple(record["removed"]),
        restored=tuple(record["restored"]),
        conflicts=record["conflicts"],
    )


def standing(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """Return the steps that can be undone and those that can be done again, each with the next one last."""
    undoable: list[Line] = []
    redoable: list[Line] = []
    for line in lines:
        if line.kind == UNDO:
            if undoable:
                redoable.append(undoable.pop())
        elif line.kind == REDO:
            if redoable:
                undoable.append(redoable.pop())
        else:
            undoable.append(line)
            redoable.clear()
    return undoable, redoable


def changed_fields(before: Record, after: Record) -> tuple[dict[str, Json], dict[str, Json]]:
    """Return the fields in which two records of a mark differ, with the values of each side.

    `changed` is not among them: it says when, not what.
    """
    names = [name for name in after if name != "changed" and before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}
