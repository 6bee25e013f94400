"""Copies of past generations of the marks file: when they are made, which are kept, which are good.

A copy is made of the generation that is about to be replaced, when it was written more than a minute after the one
copied last. Kept are the last ten, the newest of each day for thirty days, and for ever what a migration replaced.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from readlist.errors import DamagedError, StoreError
from readlist.files import replace_file, sync_folder
from readlist.store.envelope import Envelope, verify
from readlist.store.views import count_in

LAST: Final = 10
"""So many copies are kept whatever their age."""

DAYS: Final = 30
"""For so many days the newest copy of each day is kept."""

APART: Final = 60.0
"""Seconds that lie at least between two copies that are made by themselves."""

_NAME: Final = re.compile(r"marks-(\d{8}T\d{6}Z)-g(\d{1,15})(-schema\d+)?\.json", re.ASCII)
_TIME: Final = "%Y%m%dT%H%M%SZ"


class Backup(Struct, frozen=True):
    """A good copy of a past generation of the marks."""

    number: int
    """1 is the newest good one."""
    made: str
    """When its generation was written, UTC ISO 8601."""
    generation: int
    papers: int
    """How many papers it has something of."""
    path: Path
    later_steps: int = 0
    """How many steps that came after it the history has, and would add to it."""


class _Copy(Struct, frozen=True):
    """A file in the folder that has the name of a copy."""

    path: Path
    made: datetime
    generation: int
    migrated: bool


class Backups:
    """The folder `backups` beside a marks file. The caller holds the library's lock while it writes.

    Attributes:
        trouble: Why copies could not be made since someone last looked, as sentences.
    """

    def __init__(self, marks: Path) -> None:
        self.folder = marks.parent / "backups"
        self._marks = marks
        self.trouble: list[str] = []

    def keep_replaced(self) -> None:
        """Copy the marks file, which is about to be replaced, unless the newest copy is hardly older.

        That this fails never stops a change: why is said in `trouble`.
        """
        try:
            newest = next(self._copies(), None)
            if newest is None or abs(self._marks.stat().st_mtime - newest.path.stat().st_mtime) > APART:
                self.keep()
        except FileNotFoundError:
            return
        except (StoreError, OSError) as error:
            why = error.message if isinstance(error, StoreError) else error.strerror
            self.trouble.append(f"no backup of the marks could be made: {why}")

    def keep(self, ending: str = "") -> Path:
        """Copy the marks file as it is now; where the copy is.

        Args:
            ending: What the copy's name ends in, so that it is never thrown away; empty for an ordinary one.

        Raises:
            FileNotFoundError: There is no marks file.
            DamagedError: It is not what readlist wrote.
            StoreError: It cannot be copied.
        """
        try:
            data, stat = self._marks.read_bytes(), self._marks.stat()
            envelope = verify(data, self._marks.name)
            path = self.folder / _name(stat.st_mtime, envelope, ending)
            if _verified(path) != (envelope, data):
                if not self.folder.exists():
                    self.folder.mkdir(mode=0o700)
                    sync_folder(self.folder.parent)
                replace_file(path, data)
                os.utime(path, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
                self._prune()
        except (FileNotFoundError, DamagedError):
            raise
        except (OSError, StoreError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise StoreError(f"cannot copy {self._marks.name} to {self.folder}: {why}") from error
        return path

    def any(self) -> bool:
        """Say whether there is anything that has the name of a copy."""
        return any(True for _ in self._copies())

    def generations(self) -> list[int]:
        """Return the generations that there are copies of, whole or not.

        Raises:
            StoreError: The folder cannot be read.
        """
        return [copy.generation for copy in self._copies()]

    def good(self) -> list[Backup]:
        """Return the copies that are whole, newest first.

        Raises:
            StoreError: The folder cannot be read.
        """
        found: list[Backup] = []
        for copy in self._copies():
            whole = _verified(copy.path)
            if whole is not None:
                envelope, data = whole
                made = copy.made.strftime("%Y-%m-%dT%H:%M:%SZ")
                papers = envelope.documents - count_in(data)
                found.append(Backup(len(found) + 1, made, envelope.generation, papers, copy.path))
        return found

    def _copies(self) -> Iterator[_Copy]:
        """Yield what has the name of a copy, newest first.

        Raises:
            StoreError: The folder cannot be read.
        """
        try:
            names = os.listdir(self.folder)  # noqa: PTH208 — names are all that is needed
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(f"cannot read {self.folder}: {error.strerror}") from error
        copies = []
        for name in names:
            if found := _NAME.fullmatch(name):
                made = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
                copies.append(_Copy(self.folder / name, made, int(found[2]), found[3] is not None))
        # A clock may be set back; generations only ever go up.
        yield from sorted(copies, key=lambda copy: (copy.generation, copy.made), reverse=True)

    def _prune(self) -> None:
        """Throw away what need not be kept, and what a kill left half written."""
        ordinary = [copy for copy in self._copies() if not copy.migrated]
        oldest = datetime.now(UTC).date() - timedelta(days=DAYS)
        days = {copy.made.date(): copy for copy in reversed(ordinary) if copy.made.date() >= oldest}
        kept = {copy.path for copy in (*ordinary[:LAST], *days.values())}
        for copy in ordinary:
            if copy.path not in kept:
                copy.path.unlink(missing_ok=True)
        for left in self.folder.glob(".marks-*.json.new"):
            left.unlink(missing_ok=True)


def _name(written: float, envelope: Envelope, ending: str) -> str:
    """Return the name of a copy; names sort by time."""
    return f"marks-{datetime.fromtimestamp(written, UTC).strftime(_TIME)}-g{envelope.generation}{ending}.json"


def _verified(path: Path) -> tuple[Envelope, bytes] | None:
    """Return the envelope and the bytes of a copy that is whole; None for another."""
    try:
        data = path.read_bytes()
        return verify(data, path.name), data
    except (DamagedError, OSError):
        return None
