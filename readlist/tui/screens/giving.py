"""The keys that give papers out: copy, export."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from textual.content import Content

from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.link import link
from readlist.paper import Entry
from readlist.text import safe_line, safe_text
from readlist.tui.messages import Copied, Done, Failed
from readlist.tui.screens.listing import ListingScreen

_WHAT: Final = {"b": "BibTeX", "k": "key", "t": "title", "u": "link", "c": "citation", "m": "Markdown"}
_STYLES: Final = {"b": "bibtex", "c": "plain", "m": "markdown"}
_PREVIEW: Final = 200
"""Characters of what would be copied that a line of the menu may show; the screen cuts it where it must."""


def text_to_copy(what: str, entries: Sequence[Entry]) -> str:
    """Return what a key of the copy menu copies; nothing changes by asking."""
    from readlist.writers import style_writer

    if what in _STYLES:
        return "".join(style_writer(_STYLES[what])(entries))
    if what == "k":
        return ",".join(entry.citekey for entry in entries)
    if what == "t":
        return "\n".join(safe_line(entry.paper.title) for entry in entries)
    return "\n".join(address for entry in entries if (address := link(entry.paper)))


class Giving(ListingScreen):
    """Copies and exports."""

    export_path = "readlist.bib"
    """Where an export goes if the reader does not say otherwise: where the last one went."""

    def action_copy(self) -> None:
        """Ask what to copy."""
        ids = self.targets()
        example = self.library.by_ids(ids[:1])
        if not example:
            return
        from readlist.tui.screens.dialogs import Choice, Menu

        choices = []
        for key, name in _WHAT.items():
            preview = safe_line(text_to_copy(key, example)) or "none known"
            choices.append(Choice(key, name, preview[:_PREVIEW]))
        title = "Copy" if len(ids) == 1 else f"Copy {len(ids):,} papers"
        self.app.push_screen(Menu(title, choices), partial(self._copy, ids))

    def _copy(self, ids: list[str], what: str | None) -> None:
        """Copy in a thread: many papers take time, clipboards may be slow, and keys that are given out are kept."""
        if what:
            self.run_worker(partial(self._copy_in_thread, what, ids, self.papers.rows), thread=True)

    def _copy_in_thread(self, what: str, ids: list[str], rows: array[int]) -> None:
        """Make the text, keep the keys that are given out, and try the clipboard of this machine."""
        from readlist.clipboard import copy_locally

        try:
            text = text_to_copy(what, in_list_order(self.library, ids, rows))
            if not text:
                self.post_message(Failed(ReadlistError(f"no {_WHAT[what]} is known")))
                return
            if what in "bk":
                self.library.give_out(ids)
        except ReadlistError as error:
            self.post_message(Failed(error))
            return
        count = f"{len(ids):,} papers" if len(ids) > 1 else "1 paper"
        self.post_message(Copied(f"{_WHAT[what]} of {count}", text, copy_locally(text)))

    def on_copied(self, event: Copied) -> None:
        """Ask the terminal to copy too, and tell what was really done."""
        from readlist.clipboard import LONGEST, reaches_terminal, told
        from readlist.tui.screens.dialogs import TextDialog

        through_terminal = reaches_terminal(event.text)
        if through_terminal:
            self.app.copy_to_clipboard(event.text)
        if event.locally or through_terminal:
            self.say(f"{event.what}: {told(locally=event.locally, through_terminal=through_terminal)}")
        elif len(event.text) > LONGEST:
            self.say(f"{event.what}: too long for the terminal; e exports to a file")
        else:
            title = f"{event.what}: no clipboard can be reached; copy it by hand"
            self.app.push_screen(TextDialog(title, Content(safe_text(event.text))))

    # ------------------------------------------------------------------ export

    def action_export(self) -> None:
        """Ask where to export the selected papers, or all that are listed."""
        selected = sorted(self.papers.listed.selected)
        count = len(selected) or len(self.papers.rows)
        if not count:
            self.say("there is nothing to export")
            return
        from readlist.tui.screens.completion import PathSuggester
        from readlist.tui.screens.dialogs import LineDialog

        which = "selected" if selected else "listed"
        title = f"Export the {count:,} {which} paper{'' if count == 1 else 's'}"
        text = ".bib .ris .csv .md .html .txt .yaml .json · enter: write the file · tab: complete · escape: cancel"
        dialog = LineDialog(title, text, self.export_path, PathSuggester())
        self.app.push_screen(dialog, partial(self._export_to, selected))

    def _export_to(self, selected: list[str], line: str | None) -> None:
        """Export to a file; ask first if it is there."""
        if not line or not line.strip():
            return
        from readlist.cite import format_for
        from readlist.tui.screens.dialogs import Choice, Menu

        self.export_path = line.strip()
        path = Path(self.export_path).expanduser()
        try:
            format_for(path)
        except ReadlistError as error:
            self.post_message(Failed(error))
            return

        def write(answer: str | None) -> None:
            if answer == "y":
                self._export(selected, path)

        if path.exists():
            question = f"{safe_line(str(path))} is there already"
            self.app.push_screen(Menu(question, [Choice("y", "replace it"), Choice("n", "keep it")]), write)
        else:
            write("y")

    def _export(self, selected: list[str], path: Path) -> None:
        """Export in a thread, after the changes that wait."""
        work = partial(self._export_in_thread, selected, self.papers.rows, path)
        self.run_worker(work, thread=True)

    def _export_in_thread(self, selected: list[str], rows: array[int], path: Path) -> None:
        """Write the file."""
        from readlist.cite import export_file

        try:
            count = export_file(self.library, self.library.rows(selected) if selected else rows, path)
        except ReadlistError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(Done(f"{count:,} {'paper' if count == 1 else 'papers'} exported to {path}"))


def in_list_order(library: Library, ids: Sequence[str], rows: array[int]) -> list[Entry]:
    """Return papers in the order in which the list has them; it may take long."""
    wanted = set(library.rows(ids))
    return library.entries([row for row in rows if row in wanted])
