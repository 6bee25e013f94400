"""The lock that one writer at a time holds on a library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from readlist.errors import StoreError

PATIENCE: Final = 10.0
"""Seconds to wait for another process that is writing."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the library in `folder`; the system lets go of it when the process dies.

    Raises:
        StoreError: Another process kept it for too long, or it cannot be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock", timeout=PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError("another readlist is writing to this library", "try again in a moment") from None
    except (OSError, NotImplementedError) as error:
        raise StoreError(f"cannot lock the library {folder}: {error}") from error
    try:
        yield
    finally:
        lock.release()
