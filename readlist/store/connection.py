"""Connections to the catalogue's file, and SQLite's errors in the reader's words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from readlist.errors import DamagedError, StoreError

_PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes."""

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


class Interrupted(Exception):  # noqa: N818 - it is no error: someone asked for it
    """A search was ended by `Catalogue.interrupt` before it was done."""


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
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            raise Interrupted from None
        if code in _SENTENCES:
            message, hint = _SENTENCES[code]
            raise StoreError(message.format(path=path, error=error), hint) from error
        if isinstance(error, sqlite3.ProgrammingError):
            raise StoreError("the library is closed") from error
        raise DamagedError(
            f"{path} is damaged ({error})",
            "move it away and ingest again: marks and notes are kept in another file",
        ) from error


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
    return connection


def reader(path: Path) -> sqlite3.Connection:
    """Open the file for reading only.

    In a folder that cannot be written SQLite cannot make the files that it shares with writers; then the file
    is read as one that nobody changes.
    """
    if not path.is_file():
        raise StoreError(f"there is no file {path}", "ingest something first")
    try:
        return _usable(_connect(path, "ro"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
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


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open the file; transactions are begun and ended by hand."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
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
