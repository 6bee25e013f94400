"""The lock that one writer at a time holds on a library, and locks on what belongs to one process."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from readlist.errors import StoreError

if TYPE_CHECKING:
    from filelock import BaseFileLock

PATIENCE: Final = 10.0
"""Seconds to wait for another process that is writing."""

_NO_LOCKS: Final = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP))
"""What a file system answers that has no locks."""


@contextmanager
def locked(folder: Path, name: str = "lock") -> Iterator[None]:
    """Hold the lock of the library in `folder`, or another one in it; the system lets go of it when the process dies.

    Raises:
        StoreError: Another process kept it for too long, the file system has no locks, or it cannot be made.
    """
    from filelock import Timeout

    lock = _lock(folder / name)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError("another readlist is writing to this library", "try again in a moment") from None
    except NotImplementedError as error:
        raise _without_locks(folder) from error
    except OSError as error:
        if error.errno in _NO_LOCKS:
            raise _without_locks(folder) from error
        raise StoreError(f"cannot lock the library {folder}: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()


def taken(path: Path, what: str) -> BaseFileLock | None:
    """Take the lock on a file without waiting; None if another holder has it.

    The system lets go of it when the process dies. What was taken in one thread may be let go of in another.

    Args:
        path: The file.
        what: What is locked, for a sentence.

    Raises:
        StoreError: It cannot be made.
    """
    from filelock import Timeout

    lock = _lock(path, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    except (OSError, NotImplementedError) as error:
        raise StoreError(f"cannot lock {what}: {error}") from error
    return lock


def _lock(path: Path, *, thread_local: bool = True) -> BaseFileLock:
    """Return the lock on a file, one that the system lets go of when its holder dies.

    filelock would otherwise take a file that merely exists for a lock where there are none (ENOSYS): that of a
    process which was killed would have to be removed by hand, and over a network two could have it.
    """
    from filelock import FileLock

    return FileLock(path, timeout=PATIENCE, mode=0o600, thread_local=thread_local, fallback_to_soft=False)


def _without_locks(folder: Path) -> StoreError:
    """Return what is said of a file system that has no locks."""
    return StoreError(
        f"the file system of {folder} has no locks, without which two programs could overwrite each other's marks",
        "keep the library on a disk of this machine: --library DIR or READLIST_LIBRARY; nothing was changed",
    )
