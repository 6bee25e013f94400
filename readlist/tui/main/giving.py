"""The keys that give papers out: copy, export."""

from __future__ import annotations

from array import array
from functools import partial
from pathlib import Path

from readlist.errors import ReadlistError
from readlist.text import safe_line
from readlist.tui.main.copying import Copying
from readlist.tui.messages import Exported, Failed


class Giving(Copying):
    """Copies and exports."""

    export_path = "readlist.bib"
    """Where an export goes if the reader does not say otherwise: where the last one went."""

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
        text = "the suffix chooses the format: .bib .ris .csv .md .html .txt .yaml .json"
        dialog = LineDialog(title, text, self.export_path, PathSuggester(), does="write", suggested=True)
        self.app.push_screen(dialog, partial(self._export_to, selected))

    def _export_to(self, selected: list[str], line: str | None) -> None:
        """Export to a file; ask first if it is there."""
        if not line or not line.strip():
            return
        from readlist.cite import format_for
        from readlist.tui.screens.menu import Choice, Menu

        typed = line.strip()
        path = Path(typed).expanduser()
        try:
            format_for(path)
        except ReadlistError as error:
            self.post_message(Failed(error))
            return

        def write(answer: str | None) -> None:
            if answer == "y":
                self._export(selected, path, typed)

        if path.exists():
            question = f"{safe_line(str(path))} exists already"
            self.app.push_screen(Menu(question, [Choice("y", "replace it"), Choice("n", "keep it")]), write)
        else:
            write("y")

    def _export(self, selected: list[str], path: Path, typed: str) -> None:
        """Export in a thread, after the changes that wait."""
        work = partial(self._export_in_thread, selected, self.papers.rows, path, typed)
        self.run_worker(work, thread=True)

    def _export_in_thread(self, selected: list[str], rows: array[int], path: Path, typed: str) -> None:
        """Write the file."""
        from readlist.cite import export_file

        try:
            warnings: list[str] = []
            chosen = self.library.rows(selected) if selected else rows
            count = export_file(self.library, chosen, path, warn=warnings.append)
        except ReadlistError as error:
            self.post_message(Failed(error))
        else:
            exported = f"{count:,} {'paper' if count == 1 else 'papers'} exported to {path}"
            self.post_message(Exported("; ".join([exported, *warnings]), typed))

    def on_exported(self, event: Exported) -> None:
        """Say what was written, and suggest the same place the next time."""
        self.say(event.words)
        if not event.notes:
            self.export_path = event.line
