"""The file of the steps that can be undone: it only grows, and is settled by generation number.

It is trimmed to the last 1,000 steps when it has more than 2,000 lines, or far more than 1,000 and megabytes of them;
before that the marks are backed up, so that the newest backup and the history are always together all that was saved.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from readlist.errors import DamagedError, DamagedMarksError, StoreError
from readlist.files import replace_file, sync_folder
from readlist.store.envelope import RESTORE, Signature, file_signature
from readlist.store.line import Head, Line, head, parse, serialise

STEPS: Final = 1_000
"""So many steps are always kept."""

_MANY: Final = 2_000
"""Lines, beyond which the history is trimmed."""

_LARGE: Final = 16 << 20
"""Bytes, beyond which it is trimmed when it has more than `_SOME` lines."""
_SOME: Final = 1_200


class History:
    """The file `history.jsonl`. The caller holds the library's lock while it writes.

    Attributes:
        trouble: What was wrong with the file since someone last looked, as sentences.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._heads: list[Head] = []
        self._signature: Signature | None = None
        self.trouble: list[str] = []

    def lines(self, generation: int | None, limit: int | None = None) -> list[Line]:
        """Return the steps that took place, oldest first, without changing anything.

        Args:
            generation: That of the marks file; steps beyond it were never finished. None if nobody knows.
            limit: How many at most, the latest ones.

        Raises:
            StoreError: The file cannot be read.
        """
        found: list[Line] = []
        for written in reversed(self._read().splitlines()):
            if limit is not None and len(found) >= limit:
                break
            line = parse(written)
            if line is not None and line.number and (generation is None or line.generation <= generation):
                found.append(line)
        return found[::-1]

    def written(self) -> list[Line]:
        """Return every line that is whole, finished or not, oldest first, without changing anything.

        Raises:
            StoreError: The file cannot be read.
        """
        return [line for written in self._read().splitlines() if (line := parse(written)) is not None]

    def count(self) -> int:
        """Return how many lines there are, whole or damaged, but for one that a kill left half written.

        Raises:
            StoreError: The file cannot be read.
        """
        return self._read().count(b"\n")

    def heads(self) -> list[Head]:
        """Return what the lines say at a glance, oldest first; true after `settle`."""
        return self._heads

    def line(self, wanted: Head) -> Line:
        """Return a line whole; the history is settled.

        Raises:
            StoreError: It cannot be read.
        """
        try:
            with self._path.open("rb") as file:
                file.seek(wanted.begin)
                found = parse(file.read(wanted.end - wanted.begin))
        except OSError as error:
            raise StoreError(f"cannot read {self._path.name}: {error.strerror}") from error
        if found is None:
            raise DamagedError(f"{self._path.name} is damaged: step {wanted.number} cannot be read", "try again")
        return found

    def _read(self) -> bytes:
        """Return all of the file; nothing where there is none."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise StoreError(f"cannot read {self._path.name}: {error.strerror}") from error

    def settle(self, generation: int) -> bool:
        """Cut off what was written down for a step that never took place, and whatever a kill left half written.

        Lines that were altered are set aside in a file of their own, and told in `trouble`.

        Args:
            generation: That of the marks file.

        Returns:
            Whether lines were set aside, so that the history no longer has all steps.

        Raises:
            DamagedMarksError: The marks file is older than steps that were finished; nothing was changed.
            StoreError: The file cannot be read or cut.
        """
        beyond = self._heads and self._heads[-1].generation > generation
        if file_signature(self._path) == self._signature and not beyond:
            return False
        data = self._read()
        good, altered = _sorted_out(data)
        finished = [one for one in good if one.generation <= generation]
        # A step is written down when the one before it is finished, so that at most one line can be unfinished.
        if good and (len(good) - len(finished) > 1 or good[-1].generation > generation + 1):
            ages = f"generation {generation}, and the history goes up to {good[-1].generation}"
            raise DamagedMarksError(f"marks.json is older than what was saved last ({ages})", RESTORE)
        try:
            if altered:
                self._set_aside(altered)
                replace_file(self._path, *(data[one.begin : one.end] for one in finished))
                finished = _moved(finished)
            elif (end := finished[-1].end if finished else 0) < len(data):
                os.truncate(self._path, end)
        except OSError as error:
            raise StoreError(f"cannot settle {self._path.name}: {error.strerror}") from error
        self._heads, self._signature = finished, file_signature(self._path)
        return bool(altered)

    def _set_aside(self, altered: Iterable[bytes]) -> None:
        """Keep lines that were altered: a step in them may be worth reading by eye."""
        path = beside(self._path, "damaged")
        path.touch(mode=0o600, exist_ok=False)
        replace_file(path, *altered)
        self.trouble.append(
            f"lines of {self._path.name} were damaged and can no longer be undone: they were put into {path.name}; "
            "the marks are as they were"
        )

    @property
    def next_number(self) -> int:
        """The number of the step that would be written next; true after `settle`."""
        return max((one.number for one in self._heads), default=0) + 1

    def append(self, line: Line) -> None:
        """Write a step down; it is on the disk when this returns. The history is settled.

        Raises:
            StoreError: It cannot be written.
        """
        data = serialise(line)
        begin = self._heads[-1].end if self._heads else 0
        try:
            new = not self._path.exists()
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                written = os.write(descriptor, data)
                if written != len(data):
                    os.ftruncate(descriptor, begin)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if new:
                sync_folder(self._path.parent)
        except OSError as error:
            raise StoreError(f"cannot save {self._path.name}: {error.strerror}", "nothing was changed") from error

    def accept(self, line: Line) -> None:
        """Take the step that was appended last for done: the marks file carries its generation."""
        begin = self._heads[-1].end if self._heads else 0
        self._signature = file_signature(self._path)
        end = self._signature[1] if self._signature else begin
        self._heads.append(Head(line.number, line.generation, line.kind, line.of, begin, end))

    def cut_unfinished(self, generation: int) -> None:
        """Cut off the last line if it is that of the step which would have come next.

        Args:
            generation: That of the last marks file that is known.

        Raises:
            StoreError: The file cannot be read or cut.
        """
        good, _ = _sorted_out(self._read())
        if good and good[-1].generation == generation + 1 and (len(good) == 1 or good[-2].generation <= generation):
            try:
                os.truncate(self._path, good[-1].begin)
            except OSError as error:
                raise StoreError(f"cannot settle {self._path.name}: {error.strerror}") from error

    @property
    def overlong(self) -> bool:
        """Whether it should be trimmed; true after `settle`."""
        size = self._heads[-1].end if self._heads else 0
        return len(self._heads) > _MANY or (len(self._heads) > _SOME and size > _LARGE)

    def trim(self) -> None:
        """Throw away all but the last steps. The history is settled, and the marks are backed up as they are now.

        Raises:
            StoreError: The file cannot be written; it is as it was.
        """
        kept = [one for one in self._heads if one.is_step][-STEPS:]
        data = self._read()
        replace_file(self._path, *(data[one.begin : one.end] for one in kept))
        self._heads, self._signature = _moved(kept), file_signature(self._path)


def _sorted_out(data: bytes) -> tuple[list[Head], list[bytes]]:
    """Return the lines of a history that are whole and in order, and those that were altered.

    What a kill left of a last line is neither.
    """
    good: list[Head] = []
    altered: list[bytes] = []
    begin = 0
    for written in data.split(b"\n"):
        line = written + b"\n"
        found = head(line, begin) if begin + len(written) < len(data) else None
        if found is not None and (not good or found.generation > good[-1].generation):
            good.append(found)
        elif begin + len(written) < len(data):
            altered.append(line)
        begin += len(line)
    return good, altered


def _moved(heads: Iterable[Head]) -> list[Head]:
    """Return the heads of lines that were written one after the other from the beginning of the file."""
    begin = 0
    moved = []
    for one in heads:
        length = one.end - one.begin
        moved.append(Head(one.number, one.generation, one.kind, one.of, begin, begin + length))
        begin += length
    return moved


def beside(path: Path, what: str) -> Path:
    """Return a name for a copy of a file beside it that nothing goes by yet."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    wanted = path.with_name(f"{path.name}.{what}-{now}")
    number = 2
    while wanted.exists():
        wanted = path.with_name(f"{path.name}.{what}-{now}-{number}")
        number += 1
    return wanted
