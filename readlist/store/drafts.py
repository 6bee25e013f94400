"""Notes that are being written: each kept in a file of its own until it is a note, whatever happens to the app.

A draft belongs to the process that holds the lock beside its file. The system lets go of the lock when that process
dies, so that a draft whose lock can be taken has nobody who writes on it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import StoreError
from readlist.files import replace_file
from readlist.store.lock import locked, taken
from readlist.text import safe_verbatim

if TYPE_CHECKING:
    from filelock import BaseFileLock

EDITED: Final = "note.md"
"""The name of the file that an editor of the reader's choice is opened on, in the draft's own folder."""


class Draft(Struct, frozen=True):
    """The text of a note that is not saved yet."""

    id: str
    """`d` and hex digits; the name of its file."""
    paper_id: str
    title: str
    """The paper's title, so that the draft can be understood when the paper is gone."""
    note_id: str | None
    """The note that is being changed; None for a new one."""
    text: str
    changed: str
    """When it was last written, UTC ISO 8601."""


class Drafts:
    """The folder `drafts/` of a library. Every method may be called from any thread."""

    def __init__(self, library: Path, now: Callable[[], str], check_writable: Callable[[], None]) -> None:
        """Say whose drafts.

        Args:
            library: The library's folder.
            now: The clock.
            check_writable: Raises a ReadOnlyError if nothing may be written.
        """
        self._folder = library / "drafts"
        self._now = now
        self._check_writable = check_writable
        self._held: dict[str, BaseFileLock] = {}
        self._using = threading.Lock()

    def new(self, paper_id: str, title: str, note_id: str | None, text: str) -> Draft:
        """Return a draft with an id that no other has; it is not written down yet."""
        import secrets

        return Draft("d" + secrets.token_hex(6), paper_id, title, note_id, text, self._now())

    def keep(self, draft: Draft) -> Draft:
        """Write a draft down, on the disk when it returns; it belongs to this process from then on.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: It cannot be written; what was kept before is as it was.
        """
        self._check_writable()
        kept = replace(draft, text=safe_verbatim(draft.text), changed=self._now())
        with self._using:
            self._make(self._folder)
            if draft.id not in self._held:
                with locked(self._folder):
                    if not self._take(draft.id):
                        raise StoreError("another readlist is writing this draft")
            replace_file(self._path(draft.id), _data(kept))
        return kept

    def unattended(self) -> list[Draft]:
        """Return the drafts whose writers are gone, newest first; they belong to this process from then on.

        A file that cannot be read is left as it is. What an editor left when the app died is a draft of its own.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The folder cannot be read.
        """
        self._check_writable()
        if not any(name.endswith((".json", ".lock")) for name in self._names()):
            return []
        with self._using, locked(self._folder):
            names = set(self._names())
            ids = {name.removesuffix(".json") for name in names if name.endswith(".json")}
            taken = [draft_id for draft_id in sorted(ids) if draft_id not in self._held and self._take(draft_id)]
            for stray in {name.removesuffix(".lock") for name in names if name.endswith(".lock")} - ids:
                if stray not in self._held and self._take(stray):
                    self._erase(stray)
            found = [draft for draft_id in taken if (draft := self._read(draft_id))]
        left = [other for draft in found if (other := self._left_in_editor(draft))]
        return sorted(left + found, key=lambda draft: draft.changed, reverse=True)

    def drop(self, draft_id: str) -> None:
        """Forget a draft that belongs to this process; another's is left alone.

        Raises:
            StoreError: It cannot be removed.
        """
        with self._using:
            if draft_id in self._held:
                with locked(self._folder):
                    self._erase(draft_id)

    def let_go(self, draft_id: str) -> None:
        """Let a draft belong to nobody, so that the next process that looks for drafts finds it."""
        with self._using:
            lock = self._held.pop(draft_id, None)
            if lock is not None:
                lock.release()

    def close(self) -> None:
        """Let go of every draft."""
        for draft_id in tuple(self._held):
            self.let_go(draft_id)

    def editor_folder(self, draft_id: str) -> Path:
        """Make the folder where an editor of the reader's choice works on a draft, and return it.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: It cannot be made.
        """
        self._check_writable()
        folder = self._folder / f"{draft_id}.editor"
        self._make(self._folder)
        self._make(folder)
        return folder

    # ------------------------------------------------------------------ files and locks

    def _path(self, draft_id: str) -> Path:
        """Return the file of a draft."""
        return self._folder / f"{draft_id}.json"

    def _make(self, folder: Path) -> None:
        """Make a folder for its owner only."""
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make the folder {folder}: {error.strerror}") from error

    def _names(self) -> list[str]:
        """Return the names of the files that show in the folder; none when there is no folder."""
        try:
            return [name for name in os.listdir(self._folder) if not name.startswith(".")]  # noqa: PTH208 — the names
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"cannot read the folder {self._folder}: {error.strerror}") from error

    def _take(self, draft_id: str) -> bool:
        """Take a draft's lock, if nobody has it; whether it is had now. The folder is locked by the caller."""
        lock = taken(self._folder / f"{draft_id}.lock", f"a draft in {self._folder}")
        if lock is not None:
            self._held[draft_id] = lock
        return lock is not None

    def _erase(self, draft_id: str) -> None:
        """Remove a draft that is held, and its lock. The folder is locked by the caller: no lock is in the making."""
        path = self._path(draft_id)
        try:
            path.unlink(missing_ok=True)
            path.with_name(f".{path.name}.new").unlink(missing_ok=True)
            self._held.pop(draft_id).release()
            path.with_suffix(".lock").unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"cannot remove the draft {path.name}: {error.strerror}") from error

    def _read(self, draft_id: str) -> Draft | None:
        """Return a draft that is held; one that cannot be read is let go of."""
        draft = _draft(self._path(draft_id))
        if draft is None:
            self._held.pop(draft_id).release()
        return draft

    def _left_in_editor(self, draft: Draft) -> Draft | None:
        """Make a draft of the text that an editor left when the app died; None when it left nothing new."""
        path = self._folder / f"{draft.id}.editor" / EDITED
        try:
            text = safe_verbatim(path.read_bytes().decode("utf-8", "replace"))
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except OSError:
            return None
        other = None
        if text.strip() and text.strip() != draft.text.strip():
            try:
                other = self.keep(self.new(draft.paper_id, draft.title, draft.note_id, text))
            except StoreError:
                return None
            other = replace(other, changed=changed)
        with suppress(OSError):  # an editor's own files may lie there: they stay
            path.unlink()
            path.parent.rmdir()
        return other


def _data(draft: Draft) -> bytes:
    """Return a draft as its file holds it: the text line by line, so that a person can read it."""
    record = {
        "paper": draft.paper_id,
        "title": draft.title,
        "note": draft.note_id,
        "changed": draft.changed,
        "text": draft.text.split("\n"),
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _draft(path: Path) -> Draft | None:
    """Return what a file holds; None if that is no draft."""
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    paper_id, title, note_id, changed = (record.get(key) for key in ("paper", "title", "note", "changed"))
    lines = record.get("text")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return None
    if not (isinstance(paper_id, str) and isinstance(title, str) and isinstance(changed, str)):
        return None
    if not (note_id is None or isinstance(note_id, str)):
        return None
    return Draft(path.stem, paper_id, title, note_id, safe_verbatim("\n".join(lines)), changed)
