"""Whether the marks file is the one that the library had last, as far as it can be told without reading it whole."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from readlist.errors import DamagedMarksError
from readlist.files import unfinished
from readlist.store.envelope import RESTORE, read_envelope

_WRITTEN: Final = ("marks.json", "history.jsonl")
"""The files that are written whole, under another name first."""


def check(folder: Path, mirrored: int) -> int:
    """Return the generation of the marks file in a library's folder; 0 where there is none and never was.

    Args:
        folder: The library's.
        mirrored: The generation of the marks that the catalogue reflects.

    Raises:
        DamagedMarksError: It is empty, cut, older than marks that there were, or missing although there were marks.
        NewerSchemaError: A newer readlist wrote it.
        StoreError: It cannot be read.
    """
    path = folder / "marks.json"
    envelope = read_envelope(path)
    if envelope is not None:
        # The catalogue follows the marks; one more than they have would be a step that a kill cut off in between.
        if mirrored > envelope.generation + 1:
            ages = f"generation {envelope.generation}, and the catalogue remembers {mirrored}"
            raise DamagedMarksError(f"{path.name} is older than what was saved last ({ages})", RESTORE)
        return envelope.generation
    sign = _sign_of_marks(folder, mirrored)
    if sign:
        raise DamagedMarksError(f"{path.name} is missing, but {sign}", RESTORE)
    return 0


def only_views(folder: Path) -> bool:
    """Say whether all that the history has is about saved views, so that there need never have been a paper."""
    from readlist.store.history import History

    history = History(folder / "history.jsonl")
    lines = history.written()
    return 0 < len(lines) == history.count() and all(line.views is not None and not line.ids for line in lines)


def untidy(folder: Path) -> bool:
    """Say whether a kill left something half written in a library's folder."""
    return any(unfinished(folder / name).exists() for name in _WRITTEN)


def tidy(folder: Path) -> None:
    """Take away what a kill left half written. The caller holds the library's lock."""
    for name in _WRITTEN:
        unfinished(folder / name).unlink(missing_ok=True)


def _sign_of_marks(folder: Path, mirrored: int) -> str:
    """Return what says that there were marks; nothing if nothing does."""
    if mirrored:
        return "the catalogue remembers marks"
    if (folder / "backups").is_dir():
        from readlist.store.backups import Backups

        if Backups(folder / "marks.json").any():
            return "there are backups of it"
    if (folder / "history.jsonl").exists():
        from readlist.store.history import History

        # The first step is written down before there is a marks file; every later one after.
        history = History(folder / "history.jsonl")
        if any(line.generation > 1 for line in history.written()) or history.count() > 1:
            return "the history has later changes"
    return ""
