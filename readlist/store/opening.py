"""Opening the catalogue of a library: a damaged, lost or emptied one is set aside and made again.

What tells that one is needed costs a few looks at the folder and at the first pages; the rest is loaded only then.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from readlist.errors import DamagedError, ForeignError, StoreError
from readlist.store import condition
from readlist.store.catalogue import Catalogue
from readlist.store.connection import has_log, suspicion
from readlist.store.envelope import read_envelope
from readlist.store.lock import locked

NAME: Final = "catalogue.sqlite"
"""The catalogue's file in the library's folder."""

REBUILT: Final = f"{NAME}.rebuilt"
"""A new catalogue that is whole and on the disk, and has yet to take the place of the damaged one."""


def open_catalogue(folder: Path, *, read_only: bool, now: Callable[[], str]) -> tuple[Catalogue, str]:
    """Open the catalogue of the library in `folder`; it is made when it is not there.

    Returns the catalogue, and a sentence on what had to be mended, or an empty text.

    Raises:
        StoreError: It cannot be made, read or mended now.
        ForeignError: A newer readlist or another program wrote it.
        DamagedError: It is damaged, and the library is open for reading only.
    """
    path = folder / NAME
    if read_only:
        try:
            return Catalogue.open(path, read_only=True), ""
        except ForeignError:
            raise
        except DamagedError as error:
            hint = "open it where it may be written to: what can be read is saved; marks and notes are in another file"
            raise DamagedError(error.message, hint) from error
    catalogue = _opened(folder)
    if catalogue is not None:
        return catalogue, ""
    with locked(folder):
        catalogue = _opened(folder)  # another process may have mended it meanwhile
        if catalogue is not None:
            return catalogue, ""
        from readlist.store.rebuild import rebuild

        sentence = rebuild(folder, now())
        return Catalogue.open(path, read_only=False), sentence


def rebuilt_catalogue(folder: Path, catalogue: Catalogue, *, now: Callable[[], str]) -> str:
    """Set an open catalogue aside and put a new one in its place; a sentence on what was saved.

    Raises:
        ForeignError: A newer readlist or another program wrote the file.
        StoreError: It could not be done; the old file is as it was.
    """
    from readlist.store.rebuild import rebuild

    with locked(folder):
        with suppress(StoreError):
            catalogue.let_go()
        return rebuild(folder, now())


def is_suspect(folder: Path) -> bool:
    """Say whether damage was met in the catalogue, or a rebuild of it was cut off."""
    return suspicion(folder / NAME).exists() or (folder / REBUILT).exists()


def _opened(folder: Path) -> Catalogue | None:
    """Open the catalogue if it is as it should be, as far as a first look tells; None when it must be made again.

    Raises:
        StoreError: It cannot be made or read now.
        ForeignError: A newer readlist or another program wrote it.
    """
    path = folder / NAME
    if is_suspect(folder):
        return None
    if is_lost(path) and (_keeps_marks(folder) or has_log(path)):
        return None
    try:
        catalogue = Catalogue.open(path, read_only=False)
    except ForeignError:
        raise
    except DamagedError:
        return None
    if not catalogue.held and _keeps_marks(folder):
        catalogue.close()
        return None
    return catalogue


def is_lost(path: Path) -> bool:
    """Say whether there is no file, or one of no bytes."""
    return not path.exists() or path.stat().st_size == 0


def _keeps_marks(folder: Path) -> bool:
    """Say whether there is a marks file that can be read: papers were there before it."""
    try:
        return read_envelope(folder / "marks.json") is not None and not condition.only_views(folder)
    except StoreError:
        return False
