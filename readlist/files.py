"""The writing of a file so that it is never found half written."""

from __future__ import annotations

import os
from pathlib import Path

from readlist.errors import StoreError


def replace_file(path: Path, *pieces: bytes, mode: int = 0o600) -> None:
    """Put new bytes in the place of the file at `path`: it has the old ones or the new ones, whatever happens.

    Args:
        path: The file's name; a link is followed.
        pieces: All of the file, in pieces that follow each other.
        mode: Permissions, less what the umask takes away.

    Raises:
        StoreError: It cannot be written; the file is as it was.
    """
    path = path.resolve()
    beside = unfinished(path)
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        try:
            with open(descriptor, "wb", closefd=False) as file:
                file.writelines(pieces)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(f"cannot save {path.name}: {error.strerror}", "the file is as it was") from error


def unfinished(path: Path) -> Path:
    """Return the name that a file is written under before it is put in the place of `path`."""
    return path.with_name(f".{path.name}.new")


def sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a loss of power; a file system that has no such call is left alone."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
