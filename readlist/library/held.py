"""A library that is open: its files, who may change them, and how a change is made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from readlist.errors import DamagedError, DamagedMarksError, ReadOnlyError, StoreError
from readlist.store import condition
from readlist.store.catalogue import Catalogue
from readlist.store.envelope import file_signature
from readlist.store.folder import prepare
from readlist.store.lock import locked
from readlist.store.opening import NAME, open_catalogue
from readlist.store.underway import Underway

if TYPE_CHECKING:
    from readlist.store.drafts import Drafts
    from readlist.store.steps import Steps

_RETRY: Final = 5.0
"""Seconds between attempts to show in lists what could not be shown when it was saved."""


def utc_now() -> str:
    """Return the present instant, UTC ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Held:
    """The folder of a library, held open.

    Attributes:
        folder: Where it is kept.
        notices: What had to be mended when it was opened, as sentences.
        changes: How often it was changed through this object, or may have been.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, read_only: str | None, now: Callable[[], str]) -> None:
        self.folder = folder
        self.notices: tuple[str, ...] = ()
        self._reason = read_only
        self._damaged: DamagedMarksError | None = None
        self._catalogue = catalogue
        self._now = now
        self._writing = threading.RLock()
        self._drafts: Drafts | None = None
        self._underway = Underway(folder, catalogue)
        self._making_drafts = threading.Lock()
        self.changes = 0
        self._seen = self._stamp()
        self._retry = 0.0

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, now: Callable[[], str] = utc_now) -> Self:
        """Open the library in `folder`, which is made (for its owner only) when it is not there.

        A folder that cannot be written is opened for reading, if it holds a library; so is one whose marks cannot
        be read, with the reason in `read_only`. A damaged catalogue is set aside and made again, as `notices` tells.

        Raises:
            StoreError: The folder cannot be made, is a file, or holds files that are not readlist's.
        """
        reason = "it was opened for reading only" if read_only else prepare(folder)
        if reason and not (folder / NAME).exists():
            raise StoreError(f"there is no library in {folder} and none can be made: {reason}")
        catalogue, mended = open_catalogue(folder, read_only=bool(reason), now=now)
        library = cls(folder, catalogue, reason, now)
        library.notices = (mended,) if mended else ()
        library._look()
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files. Closing twice is allowed; `with` closes too."""
        self._underway.let_go()
        self._catalogue.close()
        if self._drafts is not None:
            self._drafts.close()

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed, as a sentence that says what to do; None when the library can be written."""
        if self._damaged is None:
            return self._reason
        return "; ".join(filter(None, (self._damaged.message, self._damaged.hint)))

    @property
    def damage(self) -> str | None:
        """Why the marks cannot be read, as a sentence; None when they can. `restore` mends them."""
        return self._damaged.message if self._damaged else None

    # ------------------------------------------------------------------ who else changes it

    def changed_elsewhere(self) -> bool:
        """Whether another process changed the library since the last look; cheap enough to ask every second.

        Raises:
            StoreError: The library cannot be read.
        """
        with self._writing:
            owed = self._owed and time.monotonic() >= self._retry
            if self._stamp() == self._seen and not owed:
                return False
            self._retry = time.monotonic() + _RETRY
            self._look()
            self._seen, before = self._stamp(), self._seen
            return before != self._seen or (owed and not self._owed)

    @property
    def _owed(self) -> bool:
        """Whether lists do not show the latest changes yet, although these are saved."""
        return "_steps" in self.__dict__ and self._steps.owed is not None

    @property
    def drafts(self) -> Drafts:
        """The notes that are being written; a library that is open for reading only keeps none."""
        with self._making_drafts:
            if self._drafts is None:
                from readlist.store.drafts import Drafts

                self._drafts = Drafts(self.folder, self._now, self._check_writable)
            return self._drafts

    def warm_up(self) -> None:
        """Load what a change needs, so that the first one need not wait for it.

        Raises:
            StoreError: The library cannot be changed now.
        """
        if not self.read_only:
            with self._changing():
                pass

    def warnings(self) -> list[str]:
        """Return what went wrong beside the changes that were made, as sentences, each told once."""
        return self._steps.troubles() if "_steps" in self.__dict__ else []

    # ------------------------------------------------------------------ how a change is made

    @cached_property
    def _steps(self) -> Steps:
        """The marks and the history, loaded when they are first needed: the first screen needs neither."""
        from readlist.store.steps import Steps

        return Steps(self.folder, self._catalogue, self._now)

    def _check_writable(self) -> None:
        """Raise a ReadOnlyError if the library is open for reading only."""
        if self.read_only:
            raise ReadOnlyError(f"nothing can be changed in this library: {self.read_only}")

    @contextmanager
    def _changing(self) -> Iterator[Steps]:
        """Hold the library against other threads and processes, everything in it settled.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: Another process kept it for too long.
        """
        self._check_writable()
        with self._writing, locked(self.folder):
            elsewhere = self._stamp() != self._seen
            try:
                self._settle()
                self.changes += 1
                yield self._steps
            finally:
                if not elsewhere:  # what another process changed is still to be told by `changed_elsewhere`
                    self._seen = self._stamp()

    @contextmanager
    def _mending(self) -> Iterator[Steps]:
        """Hold the library, its marks readable or not; they are when this ends without an error.

        Raises:
            ReadOnlyError: The library's folder cannot be written.
            StoreError: Another process kept it for too long.
        """
        if self._reason:
            raise ReadOnlyError(f"nothing can be changed in this library: {self._reason}")
        with self._writing, locked(self.folder):
            self.changes += 1
            yield self._steps
            self._damaged = None
            self._seen = self._stamp()

    def _settle(self) -> None:
        """Bring everything up to the marks' generation; the library is held."""
        try:
            self._steps.settle()
            try:
                self._underway.close_left(self._steps)
            except DamagedMarksError:
                raise
            except StoreError:  # no reason to refuse another change; it is tried again with the next
                self._steps.settle()
        except DamagedMarksError as error:
            self._damaged = error
            raise
        self._damaged = None

    def _look(self) -> None:
        """Find out if the marks can be read at all, and make the catalogue's mirror of them true if it is behind."""
        try:
            mirrored = self._catalogue.generation
            behind = condition.check(self.folder, mirrored) != mirrored
            untidy = behind or self._damaged or condition.untidy(self.folder)
            if not self._reason and (untidy or self._underway.is_left()):
                with self._writing, locked(self.folder):
                    self._settle()
            self._damaged = None
        except DamagedMarksError as error:
            self._damaged = error
        except DamagedError as error:
            self._reason = f"{error.message}; {error.hint}" if error.hint else error.message

    def _stamp(self) -> object:
        """Return what differs when another process has changed the library."""
        return file_signature(self.folder / "marks.json"), self._catalogue.version
