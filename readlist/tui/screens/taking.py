"""The keys that bring papers in and take them out: ingest, remove."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content
from textual.worker import get_current_worker

from readlist.errors import NothingToDoError, ReadlistError
from readlist.library import Library, Step
from readlist.text import safe_line
from readlist.tui.messages import Failed, Ingested
from readlist.tui.screens.listing import ListingScreen

if TYPE_CHECKING:
    from readlist.ingest import Report, Source

_REJECTS: Final = 12
"""How many rejects the report shows."""


class _Stopped(Exception):  # noqa: N818 — it is no error: someone asked for it
    """An ingest was told to stop."""


class Taking(ListingScreen):
    """Ingests and removes."""

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
            report = ingest(self.library, [source], as_of=self.today, progress=tell, pattern=self.settings.citekeys)
        except _Stopped:
            stopped = True
        except ReadlistError as error:
            self.post_message(Failed(error))
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
        if not report.read and not stopped:
            words = "nothing was found in it: it is empty"
        self.say(words)
        if not report.rejected:
            return
        lines = [
            f"line {one.line}: {safe_line(one.reason)}: {safe_line(one.text)[:50]}"
            for one in report.rejected[:_REJECTS]
        ]
        more = len(report.rejected) - len(lines)
        lines += [f"and {more} more"] if more > 0 else []
        lines.append("\nreadlist ingest FILE --rejects REJECTS saves what was not understood")
        self.app.push_screen(TextDialog(f"{words}, {len(report.rejected)} not understood", Content("\n".join(lines))))

    # ------------------------------------------------------------------ remove

    def action_remove(self) -> None:
        """Ask, then remove the papers with their marks."""
        ids = self.targets()
        if not ids:
            return
        from readlist.tui.screens.dialogs import Choice, Menu

        entry = self.papers.entry
        what = f"these {len(ids):,} papers" if len(ids) > 1 or entry is None else f"“{safe_line(entry.paper.title)}”"

        def remove(answer: str | None) -> None:
            if answer == "y":
                self.saver.submit(lambda library: library.remove(ids))

        choices = [Choice("y", "remove", "u brings it back"), Choice("n", "keep")]
        self.app.push_screen(Menu(f"Remove {what}?", choices), remove)

    def action_remove_sample(self) -> None:
        """Remove the sample, except what the reader has marked."""
        from readlist.ingest import remove_sample

        def job(library: Library) -> Step | None:
            step, stay = remove_sample(library)
            if step is None:
                raise NothingToDoError(
                    f"all {stay} sample papers are marked and stay" if stay else "there is no sample"
                )
            return step

        self.saver.submit(job)
