"""Notes: new ones, quick ones, and any of those that a paper has; all of them as one document."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from readlist.errors import ReadlistError
from readlist.mark import Note, add_note, change_note, new_note_id
from readlist.paper import Entry
from readlist.text import safe_line
from readlist.tui.main.unfinished import Unfinished
from readlist.tui.messages import Done, Exported, Failed

_KEYS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys of the notes in a menu, latest note first."""

_PREVIEW: Final = 60
"""Characters of a note that a menu shows."""


class Noting(Unfinished):
    """Writes notes, and changes and removes them."""

    notes_path = "notes.md"
    """Where the notes are exported to if the reader does not say otherwise."""

    def action_note(self) -> None:
        """Write a new note."""
        entry = self._entry_to_note()
        if entry is not None:
            self.write_new_note(entry)

    def action_quick_note(self) -> None:
        """Write a note of one line."""
        entry = self._entry_to_note()
        if entry is None:
            return
        from readlist.tui.screens.dialogs import LineDialog

        def written(line: str | None) -> None:
            if line and line.strip():
                note = add_note(new_note_id(), line)
                self.saver.mark([entry.id], lambda _: note)

        title = f"Note on {safe_line(entry.paper.title)}"
        self.app.push_screen(LineDialog(title, ""), written)

    def action_edit_note(self) -> None:
        """Edit a note, which is chosen where there are several; write a new one if there is none."""
        entry = self._entry_to_note()
        if entry is not None and not entry.mark.notes:
            self.action_note()
        elif entry is not None:
            self._choose_note(entry, "Edit which note?", partial(self._edit_note, entry))

    def _edit_note(self, entry: Entry, note: Note) -> None:
        """Open a note."""
        self.write_note(self.library.drafts.new(entry.id, entry.paper.title, note.id, note.text))

    def action_remove_note(self) -> None:
        """Remove a note, which is chosen where there are several."""
        entry = self._entry_to_note()
        if entry is not None and not entry.mark.notes:
            self.say("the paper has no note")
        elif entry is not None:
            self._choose_note(
                entry, f"Remove which note? {self.told('undo', 'brings it back')}", partial(self._remove_note, entry)
            )

    def _remove_note(self, entry: Entry, note: Note) -> None:
        """Take a note away."""
        change = change_note(note.id, "")
        self.saver.mark([entry.id], lambda _: change)

    def _entry_to_note(self) -> Entry | None:
        """Return the paper that a note is about; None, and why, if none can be kept."""
        if self.library.read_only:
            self.say(f"no note can be kept: {self.library.read_only}")
            return None
        return self.papers.entry

    def _choose_note(self, entry: Entry, title: str, then: Callable[[Note], None]) -> None:
        """Ask which note is meant, if there are several."""
        notes = dict(zip(_KEYS, reversed(entry.mark.notes), strict=False))
        if len(notes) == 1:
            then(entry.mark.notes[-1])
            return
        from readlist.tui.screens.menu import Choice, Menu

        choices = [
            Choice(key, note.created[:10], safe_line(note.text)[:_PREVIEW].rstrip()) for key, note in notes.items()
        ]

        def answered(key: str | None) -> None:
            if key:
                then(notes[key])

        self.app.push_screen(Menu(title, choices, safe_line(entry.paper.title)), answered)

    # ------------------------------------------------------------------ all of them

    def action_export_notes(self) -> None:
        """Ask where to write the notes of the selected papers, or of all that are listed, as one document."""
        selected = sorted(self.papers.listed.selected)
        if not self.papers.rows:
            self.say("there is nothing to export")
            return
        from readlist.tui.screens.completion import PathSuggester
        from readlist.tui.screens.dialogs import LineDialog

        title = f"Write the notes of the {'selected' if selected else 'listed'} papers as one Markdown document"
        dialog = LineDialog(title, "", self.notes_path, PathSuggester(), does="write", suggested=True)
        self.app.push_screen(dialog, partial(self._export_notes_to, selected))

    def _export_notes_to(self, selected: list[str], line: str | None) -> None:
        """Write the document; ask first if the file is there."""
        if not line or not line.strip():
            return
        from readlist.tui.screens.menu import Choice, Menu

        typed = line.strip()
        path = Path(typed).expanduser()

        def write(answer: str | None) -> None:
            if answer == "y":
                work = partial(self._export_notes_in_thread, selected, self.papers.rows, path, typed)
                self.run_worker(work, thread=True)

        if path.exists():
            question = f"{safe_line(str(path))} exists already"
            self.app.push_screen(Menu(question, [Choice("y", "replace it"), Choice("n", "keep it")]), write)
        else:
            write("y")

    def _export_notes_in_thread(self, selected: list[str], rows: array[int], path: Path, typed: str) -> None:
        """Write the notes of those papers that have any."""
        from readlist.cite import export_file
        from readlist.query import Flag, Query

        try:
            noted = set(self.library.select(Query(Flag("has:note"))))
            chosen = [row for row in (self.library.rows(selected) if selected else rows) if row in noted]
            if not chosen:
                self.post_message(Done("none of these papers has a note"))
                return
            count = export_file(self.library, chosen, path, "markdown-notes")
        except ReadlistError as error:
            self.post_message(Failed(error))
        else:
            papers = "1 paper" if count == 1 else f"{count:,} papers"
            self.post_message(Exported(f"the notes of {papers} exported to {path}", typed, notes=True))

    def on_exported(self, event: Exported) -> None:
        """Suggest the same place the next time."""
        if event.notes:
            self.notes_path = event.line
