"""The draft of one note, kept on the disk while the note is written."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readlist.editor import edit
from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.mark import Change, Mark, add_note, change_note, new_note_id
from readlist.text import safe_verbatim

if TYPE_CHECKING:
    from readlist.store.drafts import Draft


class DraftKeeper:
    """Keeps the newest text of a note. Threads may share it: a text never takes the place of a newer one."""

    def __init__(self, library: Library, draft: Draft) -> None:
        """Begin with what the note, or a draft of it that was found, says already."""
        self._library = library
        self._lock = threading.Lock()
        self._kept = draft.text
        self._ended = False
        self.draft = draft
        """The note that is written."""
        self.text = draft.text
        """The newest text."""
        self.tried = draft.text
        """The text of the last attempt to keep it."""

    @property
    def needed(self) -> bool:
        """Whether there is anything to keep; an empty new note is not kept."""
        return bool(self.text.strip()) or self.draft.note_id is not None

    def keep(self) -> None:
        """Write the newest text down; on the disk when it returns. A text without words leaves the one before.

        Raises:
            StoreError: It cannot be written.
        """
        with self._lock:
            self.tried = text = self.text
            if not self._ended and text != self._kept and text.strip():
                self._library.drafts.keep(replace(self.draft, text=text))
                self._kept = text

    def keep_quietly(self) -> None:
        """Write the newest text down if that can be done."""
        with suppress(ReadlistError):
            self.keep()

    def drop(self) -> None:
        """Forget the draft; if it cannot be removed, it is found to be saved at the next start."""
        with self._lock, suppress(ReadlistError):
            self._ended = True
            self._library.drafts.drop(self.draft.id)

    def change(self, marks: Sequence[Mark]) -> Change:
        """Return the change that makes a note of the text, for the marks of its paper (none if that is gone).

        Raises:
            ReadlistError: The paper is gone.
        """
        if not marks:
            hint = "what you wrote is kept, and offered when readlist is opened again"
            raise ReadlistError("the paper of this note is not in the library any more", hint)
        note_id = self.draft.note_id
        if note_id is not None and any(note.id == note_id for note in marks[0].notes):
            return change_note(note_id, self.text)
        return add_note(new_note_id(), self.text)

    def drop_if_saved(self) -> None:
        """Forget the draft if the library has the note."""
        if not self.text.strip() or is_saved(self._library, replace(self.draft, text=self.text)):
            self.drop()

    def edit(self) -> tuple[str | None, str]:
        """Let the editor of the reader's choice have the text, and wait.

        Returns:
            The new text, or None when the editor failed; and what to tell the reader then.
        """
        try:
            folder = self._library.drafts.editor_folder(self.draft.id)
        except ReadlistError:
            folder = Path(tempfile.mkdtemp(prefix="readlist-"))
        path = folder / "note.md"
        edited = edit(self.text, path)
        if edited.trouble and edited.text.strip() not in ("", safe_verbatim(self.text).strip()):
            try:
                self._set_aside(edited.text)
            except ReadlistError:
                return None, f"{edited.trouble}; the note is as it was. What the editor left is in {path}"
            words = "the note is as it was. What the editor left is kept, and offered when readlist is opened again"
            told = f"{edited.trouble}; {words}"
        else:
            told = f"{edited.trouble}; the note is as it was" if edited.trouble else ""
        shutil.rmtree(folder, ignore_errors=True)
        return (None if edited.trouble else edited.text), told

    def _set_aside(self, text: str) -> None:
        """Keep another text for the same note as a draft that nobody writes on.

        Raises:
            StoreError: It cannot be written.
        """
        drafts = self._library.drafts
        other = drafts.keep(drafts.new(self.draft.paper_id, self.draft.title, self.draft.note_id, text))
        drafts.let_go(other.id)


def is_saved(library: Library, draft: Draft) -> bool:
    """Whether a note of the draft's paper says what the draft says."""
    text = safe_verbatim(draft.text).strip()
    return any(note.text == text for entry in library.by_ids([draft.paper_id]) for note in entry.mark.notes)
