"""The writing of a file so that it is never found half written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from readlist.errors import StoreError


def replace_file(path: Path, *pieces: bytes, mode: int = 0o600) -> None:
    """Put new bytes in the place of the file at `path`, as `stream_to_file` does."""
    stream_to_file(path, pieces, mode=mode)


def stream_to_file(path: Path, pieces: Iterable[bytes], *, mode: int = 0o600) -> None:
    """Put new bytes in the place of the file at `path`: it has the old ones or the new ones, whatever happens.

    What is no file, such as a device or a pipe, is written into: it has no place to be put in.

    Args:
        path: The file's name; a link is followed.
        pieces: All of the file, in pieces that follow each other; each is asked for when it is to be written, and an
            error while one is made leaves the file as it was.
        mode: Permissions of a new file, less what the umask takes away; one that is there keeps its own.

    Raises:
        StoreError: It cannot be written; the file is as it was, unless the message says that it is in its place.
    """
    path = path.resolve()
    try:
        held = path.stat()
    except OSError:
        held = None
    try:
        if held is not None and not stat.S_ISREG(held.st_mode):
            with path.open("wb") as device:
                device.writelines(pieces)
            return
        _put_in_place(path, pieces, stat.S_IMODE(held.st_mode) if held else None, mode)
    except OSError as error:
        if not path.parent.is_dir():
            raise StoreError(f"cannot save {path.name}: there is no folder {path.parent}", "make it first") from error
        hint = "the file is as it was" if held else "nothing was written"
        raise StoreError(f"cannot save {path.name}: {error.strerror}", hint) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        hint = "the new file is in its place, but may not survive a loss of power"
        raise StoreError(f"cannot save {path.name} for good: {error.strerror}", hint) from error


def _put_in_place(path: Path, pieces: Iterable[bytes], permissions: int | None, mode: int) -> None:
    """Write a file beside its place, make it durable, and put it there."""
    beside = unfinished(path)
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        try:
            if permissions is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, permissions)
            with open(descriptor, "wb", closefd=False) as file:
                file.writelines(pieces)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(path)
    except BaseException:  # a piece that cannot be made, or ctrl+c, leaves nothing behind either
        beside.unlink(missing_ok=True)
        raise


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
