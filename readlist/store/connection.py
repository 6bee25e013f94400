"""Connections to the catalogue's file, and SQLite's errors in the reader's words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final

from readlist.errors import DamagedError, StoreError

_PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes."""

_WRITING: Final = 16 << 10
"""Kilobytes of the file that a connection that writes may keep: the indexes of a hundred thousand papers."""

_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: ("the disk is full: {path} was not changed", "make room and try again"),
    sqlite3.SQLITE_BUSY: ("another process is writing to {path}", "try again when it is done"),
    sqlite3.SQLITE_LOCKED: ("another process is writing to {path}", "try again when it is done"),
    sqlite3.SQLITE_READONLY: ("{path} cannot be written", "check who may write to the file and its folder"),
    sqlite3.SQLITE_PERM: ("{path} may not be read", "check who may read the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("{path} cannot be opened", "check that it is a file and who may read it"),
    sqlite3.SQLITE_IOERR: ("{path} cannot be read or written: {error}", "check the disk and its free space"),
    sqlite3.SQLITE_NOMEM: ("there is not enough memory to read {path}", "close other programs and try again"),
}

_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_TOOBIG)
"""What SQLite says when the file is not what it wrote; other errors may be another program's, or a slip of ours."""

RESCUE: Final = (
    "readlist restore --catalogue sets it aside and saves what can be read, as the next start does; "
    "marks and notes are in another file"
)
"""What to do about a damaged catalogue."""


class Interrupted(Exception):  # noqa: N818 - it is no error: someone asked for it
    """A search was ended by `Catalogue.interrupt` before it was done."""


def error_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of an error; text that is none has no code of its own, and is damage."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences about the file at `path`.

    Raises:
        Interrupted: The statement was interrupted.
        StoreError: The file cannot be read or written now.
        DamagedError: What is in it is not what readlist wrote.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = error_code(error)
        if code == sqlite3.SQLITE_INTERRUPT:
            raise Interrupted from None
        if code in _SENTENCES:
            message, hint = _SENTENCES[code]
            raise StoreError(message.format(path=path, error=error), hint) from error
        if isinstance(error, sqlite3.ProgrammingError):
            raise StoreError("the library is closed") from error
        if code in _DAMAGE:
            raise DamagedError(f"{path} is damaged ({error})", RESCUE) from error
        hint = "if it happens again: readlist restore --catalogue"
        raise StoreError(f"{path} cannot be read or written: {error}", hint) from error
    except UnicodeDecodeError as error:  # SQLite's message names what it found, which is no text
        raise DamagedError(f"{path} is damaged (names in it are no text)", RESCUE) from error
    except MemoryError as error:  # what Python makes of SQLite's own
        message, hint = _SENTENCES[sqlite3.SQLITE_NOMEM]
        raise StoreError(message.format(path=path), hint) from error


def writer(path: Path) -> sqlite3.Connection:
    """Open the file for writing; it is made, for its owner only, when it is not there.

    A file that is there is opened by SQLite alone: to close any other descriptor of it takes away the locks that this
    process has on it (POSIX), and then another process that closes its connection deletes the log of changes from
    under this one (sqlite.org/howtocorrupt.html, 2.2).
    """
    hint = "check who may write to the file and its folder"
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600))
    except FileExistsError:
        if not os.access(path, os.W_OK):
            raise StoreError(f"{path} cannot be written", hint) from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}", hint) from error
    connection = _connect(path, "rw")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{_WRITING}")
    return connection


def reader(path: Path) -> sqlite3.Connection:
    """Open the file for reading only.

    In a folder that cannot be written SQLite cannot make the files that it shares with writers; then the file
    is read as one that nobody changes, and so it is, once, on a disk that is full.

    Raises:
        StoreError: There is no such file.
        DamagedError: SQLite cannot make anything of its first page.
    """
    if not path.is_file():
        raise StoreError(f"there is no file {path}", "ingest something first")
    try:
        return _usable(_connect(path, "ro"))
    except sqlite3.OperationalError as error:
        if error_code(error) == sqlite3.SQLITE_ERROR:  # e.g. `unsupported file format`
            raise DamagedError(f"{path} is damaged ({error})", RESCUE) from error
        if error_code(error) in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL) and not has_log(path):
            return _usable(_connect(path, "ro&immutable=1", Passing))
        if error_code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    return unshared_reader(path)


class Passing(sqlite3.Connection):
    """A connection for one use: on a full disk, where nothing can be made beside the file, which may change soon."""


def has_log(path: Path) -> bool:
    """Say whether there is a write-ahead log with something in it, which is not in the file itself yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def unshared_reader(path: Path) -> sqlite3.Connection:
    """Open a file that nobody changes for reading only; nothing is made beside it."""
    return _usable(_connect(path, "ro&immutable=1"))


def _usable(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection after its first read, which is what really opens the file; close it if that fails."""
    try:
        connection.execute("PRAGMA user_version")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str, factory: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    """Open the file; transactions are begun and ended by hand."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        factory=factory,
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep all that is written inside, or nothing of it; what is inside may itself take everything back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if connection.in_transaction:
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """See the file inside as it is at one moment, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.OperationalError):  # the rollback itself can be interrupted, and is then done again
            connection.rollback()
        connection.rollback()


def suspicion(path: Path) -> Path:
    """Return the name of the empty file which says that damage was met in the catalogue at `path`."""
    return path.with_suffix(".suspect")


def file_identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file that has this name from another one that had it; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Connection:
    """A connection that is made when it is first needed, and used by one thread at a time.

    When another file has taken the place of the one that it is of, it is made again.

    Attributes:
        notes_damage: Whether damage that is met is remembered for the next start.
    """

    def __init__(self, path: Path, make: Callable[[Path], sqlite3.Connection]) -> None:
        self.path = path
        self.notes_damage = False
        self._make = make
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._closed = False

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to this thread alone; SQLite's errors come out as the reader's words."""
        try:
            with self._lock, in_words(self.path):
                yield self._current()
        except DamagedError:
            self._note()
            raise

    def damage(self, what: str) -> DamagedError:
        """Return the error that says what was found in the file, which is remembered."""
        self._note()
        return DamagedError(f"{self.path} is damaged ({what})", RESCUE)

    def _note(self) -> None:
        """Remember for the next start that the file is damaged."""
        if self.notes_damage:
            with suppress(OSError):
                suspicion(self.path).touch(mode=0o600)

    def _current(self) -> sqlite3.Connection:
        """Return the connection to the file that is there now."""
        if self._closed:
            raise StoreError("the library is closed")
        identity = file_identity(self.path)
        stale = identity not in {None, self._identity} or isinstance(self._connection, Passing)
        if self._connection is not None and stale:
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._connection = self._make(self.path)
            self._identity = file_identity(self.path)
        return self._connection

    def interrupt(self) -> None:
        """End the statement that runs, if one does."""
        connection = self._connection
        if connection is not None and not self._closed:
            with suppress(sqlite3.ProgrammingError):  # it was closed just now
                connection.interrupt()

    def let_go(self) -> None:
        """Close it until it is next needed."""
        with self._lock, in_words(self.path):
            if self._connection is not None:
                connection, self._connection = self._connection, None
                connection.close()

    def close(self) -> None:
        """Close it; closing twice is allowed."""
        self._closed = True
        self.let_go()
