"""The keys that bring papers in and give them out: copy, export, ingest, remove."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content
from textual.worker import get_current_worker

from readlist.errors import ReadlistError
from readlist.library import Library, Step
from readlist.link import link
from readlist.paper import Entry
from readlist.text import safe_line, safe_text
from readlist.tui.messages import Copied, Ingested, NotSaved
from readlist.tui.screens.listing import ListingScreen

if TYPE_CHECKING:
    from readlist.ingest import Report, Source

_WHAT: Final = {"b": "BibTeX", "k": "key", "t": "title", "u": "link", "c": "citation", "m": "Markdown"}
_STYLES: Final = {"b": "bibtex", "c": "plain", "m": "markdown"}
_PREVIEW: Final = 200
"""Characters of what would be copied that a line of the menu may show; the screen cuts it where it must."""
_REJECTS: Final = 12
"""How many rejects the report shows."""


class _Stopped(Exception):  # noqa: N818 — it is no error: someone asked for it
    """An ingest was told to stop."""


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
    """Copies, exports, ingests and removes."""

    def action_copy(self) -> None:
        """Ask what to copy."""
        entries = self.target_entries()
        if not entries:
            return
        from readlist.tui.screens.dialogs import Choice, Menu

        choices = []
        for key, name in _WHAT.items():
            preview = safe_line(text_to_copy(key, entries[:1])) or "none known"
            choices.append(Choice(key, name, preview[:_PREVIEW]))
        count = "" if len(entries) == 1 else f" of {len(entries)} papers"
        self.app.push_screen(Menu(f"Copy{count}", choices), partial(self._copy, entries))

    def _copy(self, entries: list[Entry], what: str | None) -> None:
        """Copy in a thread: clipboards may be slow, and keys that are given out are kept."""
        if not what:
            return
        text = text_to_copy(what, entries)
        if not text:
            self.say(f"no {_WHAT[what]} is known")
            return
        count = f"{len(entries)} papers" if len(entries) > 1 else "1 paper"
        ids = [entry.id for entry in entries] if what in "bk" else []
        self.run_worker(partial(self._copy_in_thread, f"{_WHAT[what]} of {count}", text, ids), thread=True)

    def _copy_in_thread(self, what: str, text: str, ids: list[str]) -> None:
        """Keep the keys that are given out, and try the clipboard of this machine."""
        from readlist.clipboard import copy_locally

        try:
            if ids:
                self.library.give_out(ids)
        except ReadlistError as error:
            self.post_message(NotSaved(error))
        self.post_message(Copied(what, text, copy_locally(text)))

    def on_copied(self, event: Copied) -> None:
        """Ask the terminal to copy too, and tell what was really done."""
        from readlist.clipboard import reaches_terminal, told
        from readlist.tui.screens.dialogs import TextDialog

        through_terminal = reaches_terminal(event.text)
        if through_terminal:
            self.app.copy_to_clipboard(event.text)
        if event.locally or through_terminal:
            self.say(f"{event.what}: {told(locally=event.locally, through_terminal=through_terminal)}")
        else:
            title = f"{event.what}: no clipboard can be reached; copy it by hand"
            self.app.push_screen(TextDialog(title, Content(safe_text(event.text))))

    # ------------------------------------------------------------------ export

    def action_export(self) -> None:
        """Ask where to export the selected papers, or all that are listed."""
        selected = sorted(self.papers.selected)
        count = len(selected) or len(self.papers.rows)
        if not count:
            self.say("there is nothing to export")
            return
        from readlist.tui.screens.completion import PathSuggester
        from readlist.tui.screens.dialogs import LineDialog

        which = "selected" if selected else "listed"
        title = f"Export the {count} {which} paper{'' if count == 1 else 's'}"
        text = "enter: write the file · tab: complete · .bib is BibTeX, .json is JSON · escape: cancel"
        dialog = LineDialog(title, text, "readlist.bib", PathSuggester())
        self.app.push_screen(dialog, partial(self._export_to, selected))

    def _export_to(self, selected: list[str], line: str | None) -> None:
        """Export to a file; ask first if it is there."""
        if not line or not line.strip():
            return
        from readlist.tui.screens.dialogs import Choice, Menu

        path = Path(line.strip()).expanduser()

        def write(answer: str | None) -> None:
            if answer == "y":
                self._export(selected, path)

        if path.exists():
            question = f"{safe_line(str(path))} is there already"
            self.app.push_screen(Menu(question, [Choice("y", "replace it"), Choice("n", "keep it")]), write)
        else:
            write("y")

    def _export(self, selected: list[str], path: Path) -> None:
        """Export in the thread of changes, since keys that are given out are kept."""
        rows = self.papers.rows

        def job(library: Library) -> Step | None:
            from readlist.cite import export_file

            export_file(library, library.by_ids(selected) if selected else library.entries(rows), path)
            return None

        count = len(selected) or len(rows)
        self.saver.submit(job, f"{count} {'paper' if count == 1 else 'papers'} exported to {path}")

    # ------------------------------------------------------------------ ingest

    def action_ingest(self) -> None:
        """Ask what to ingest."""
        from readlist.tui.screens.completion import PathSuggester
        from readlist.tui.screens.dialogs import SourceDialog

        text = "the path of a listing, or paste the listing itself · tab: complete · escape: cancel"
        self.app.push_screen(SourceDialog("Ingest papers", text, suggester=PathSuggester()), self._ingest)

    def on_paste(self, event: events.Paste) -> None:
        """Ingest a listing that is pasted into the list."""
        event.stop()
        if event.text.strip():
            self._ingest(event.text)

    def _ingest(self, line: str | None) -> None:
        """Ingest a file, or a pasted text of several lines, in a thread."""
        if not line or not line.strip():
            return
        from readlist.ingest import Source

        pasted = "\n" in line.strip()
        path = Path(line.strip().strip("'\"")).expanduser() if not pasted else Path()
        source = Source.from_text(line) if pasted else Source.from_path(path)
        self.say(f"reading {source.name} … escape stops")
        self.run_worker(partial(self._ingest_in_thread, source), thread=True, group="ingest")

    def _ingest_in_thread(self, source: Source) -> None:
        """Read the source, telling how far it is, until it ends or is told to stop."""
        from readlist.ingest import Report, ingest

        worker = get_current_worker()
        report = Report()

        def tell(so_far: Report) -> None:
            nonlocal report
            report = so_far
            if worker.is_cancelled:
                raise _Stopped
            self.post_message(Ingested(so_far, done=False))

        stopped = False
        try:
            report = ingest(self.library, [source], as_of=self.today, progress=tell)
        except _Stopped:
            stopped = True
        except ReadlistError as error:
            self.post_message(NotSaved(error))
            return
        self.post_message(Ingested(report, done=True, stopped=stopped))

    def stop_ingest(self) -> bool:
        """Let a running ingest end with the batch that it is at; whether one was running."""
        return bool(self.workers.cancel_group(self, "ingest"))

    def show_report(self, report: Report, *, stopped: bool = False) -> None:
        """Tell what an ingest did; show what was not understood."""
        from readlist.tui.screens.dialogs import TextDialog

        words = "stopped: " if stopped else ""
        words += f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged"
        if report.uncertain:
            words += f", {report.uncertain} uncertain"
        if not report.rejected:
            self.say(words)
            return
        lines = [
            f"line {one.line}: {safe_line(one.reason)}: {safe_line(one.text)[:50]}"
            for one in report.rejected[:_REJECTS]
        ]
        more = len(report.rejected) - len(lines)
        lines += [f"and {more} more"] if more > 0 else []
        lines.append("\nreadlist ingest FILE --rejects REJECTS saves what was not understood")
        self.say(words)
        self.app.push_screen(TextDialog(f"{words}, {len(report.rejected)} not understood", Content("\n".join(lines))))

    # ------------------------------------------------------------------ remove

    def action_remove(self) -> None:
        """Ask, then remove the papers with their marks."""
        ids = self.targets()
        if not ids:
            return
        from readlist.tui.screens.dialogs import Choice, Menu

        entry = self.papers.entry
        what = f"these {len(ids)} papers" if len(ids) > 1 or entry is None else f"“{safe_line(entry.paper.title)}”"

        def remove(answer: str | None) -> None:
            if answer == "y":
                self.saver.submit(lambda library: library.remove(ids))

        choices = [Choice("y", "remove", "u brings it back"), Choice("n", "keep")]
        self.app.push_screen(Menu(f"Remove {what}?", choices), remove)

    def action_remove_sample(self) -> None:
        """Remove the sample, except what the reader has marked."""
        from readlist.ingest import remove_sample

        def job(library: Library) -> Step | None:
            step, _ = remove_sample(library)
            return step

        self.saver.submit(job)
