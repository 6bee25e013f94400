"""The folder that a library is kept in."""

from __future__ import annotations

import os
from pathlib import Path

from readlist.errors import StoreError


def prepare(folder: Path) -> str | None:
    """Make the library's folder if it is not there; why it cannot be written, if so.

    Raises:
        StoreError: It cannot be made, or is not a folder.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise StoreError(f"{folder} is a file, not a folder", "name another folder with --library") from None
    except NotADirectoryError:
        raise StoreError(f"{folder} lies below a file", "name another folder with --library") from None
    except OSError as error:
        hint = "name another folder with --library or READLIST_LIBRARY"
        raise StoreError(f"cannot make the folder {folder}: {error.strerror}", hint) from error
    return None if os.access(folder, os.W_OK | os.X_OK) else f"the folder {folder} cannot be written"
