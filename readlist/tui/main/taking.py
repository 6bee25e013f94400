"""The keys that bring papers in and take them out: ingest, remove."""

from __future__ import annotations

import time
from collections.abc import Container
from functools import partial
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.worker import get_current_worker

from readlist.errors import NothingToDoError, ReadlistError
from readlist.library import Interrupted, Library, Step
from readlist.mark import counted
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Failed, Ingested, LookedAlike
from readlist.tui.widgets.bars import BottomBar

if TYPE_CHECKING:
    from readlist.report import Report

_REJECTS: Final = 12
"""How many rejects the report shows."""


_KEYS: Final = 12
"""Cells that a sentence leaves to the keys."""

_BAR: Final = 20
"""Cells of the bar that shows how far an ingest is."""


def _span(seconds: float) -> str:
    """Return how long something takes, in minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"  # noqa: PLR2004 — seconds of a minute


class _Stopped(Exception):  # noqa: N818 — it is no error: someone asked for it
    """An ingest was told to stop."""


class Taking(ListingScreen):
    """Ingests and removes."""

    _reported = ""
    """What was said of the last ingest."""

    def action_ingest(self) -> None:
        """Ask what to ingest."""
        from readlist.tui.screens.completion import PathSuggester
        from readlist.tui.screens.dialogs import SourceDialog

        text = "the path of a file or folder, or paste the listing itself"
        self.app.push_screen(
            SourceDialog("Ingest papers", text, suggester=PathSuggester(), does="ingest"), self._ingest
        )

    def on_paste(self, event: events.Paste) -> None:
        """Ingest a listing that is pasted into the list."""
        event.stop()
        if event.text.strip():
            self._ingest(event.text)

    def _ingest(self, line: str | None) -> None:
        """Ingest what a text names, files and folders, or the text itself, in a thread."""
        if not line or not line.strip():
            return
        self.say(f"reading … {self.told('back', 'stops')}")
        self.run_worker(partial(self._ingest_in_thread, line), thread=True, group="ingest")

    def _ingest_in_thread(self, line: str) -> None:
        """Read what the text means, telling how far it is, until it ends or is told to stop."""
        from readlist.ingest import ingest
        from readlist.report import Report
        from readlist.sources import pasted

        worker = get_current_worker()
        report = Report()
        began = time.monotonic()

        def tell(so_far: Report) -> None:
            nonlocal report
            report = so_far
            if worker.is_cancelled:
                raise _Stopped
            self.post_message(Ingested(so_far, done=False, seconds=time.monotonic() - began))

        stopped = False
        try:
            report = ingest(self.library, pasted(line), as_of=self.today, progress=tell, pattern=self.settings.citekeys)
        except _Stopped:
            stopped = True
        except ReadlistError as error:
            self.post_message(Failed(error))
            return
        self.post_message(Ingested(report, done=True, stopped=stopped))
        if report.created:
            self._compare_in_thread(report.created)

    def _compare_in_thread(self, created: Container[str]) -> None:
        """Find out how many of the new papers look like others; begin again when a search goes first."""
        worker = get_current_worker()
        while not worker.is_cancelled:
            try:
                pairs = self.library.likely_same(self.library.apart())
            except Interrupted:
                continue
            except ReadlistError as error:
                self.log.warning(error.message)
                return
            alike = {one for pair in pairs for one in (pair.first, pair.second) if one in created}
            if alike:
                self.post_message(LookedAlike(len(alike)))
            return

    def on_looked_alike(self, event: LookedAlike) -> None:
        """Say so after what the ingest did, unless something else has been said since."""
        bar = self.query_one(BottomBar)
        if bar.said != self._reported:
            return
        key = self.key_of("same")
        words = "1 paper looks like another" if event.count == 1 else f"{event.count:,} papers look like others"
        words += f": {key}" if key else ""
        whole = f"{self._reported} · {words}"
        self.say(whole if cell_len(whole) < self.app.size.width - _KEYS else words)

    def show_progress(self, report: Report, seconds: float) -> None:
        """Tell how far an ingest is: a bar when it is known how much there is, the rate, the time left."""
        words = f"{report.read:,} papers read"
        if seconds > 1:
            words += f", {report.read / seconds:,.0f}/s"
            if report.size and report.done:
                part = min(report.done / report.size, 1.0)
                filled = round(part * _BAR)
                left = seconds / part - seconds
                words = f"{'━' * filled}{'┄' * (_BAR - filled)} {part:.0%} · {words}, {_span(left)} left"
        self.say(f"{words} … {self.told('back', 'stops')}", lasting=True)

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
        for said in filter(None, (report.united, report.unfollowed, report.marked.words)):
            words += f", {said}"
        if report.skipped:
            words += f", {len(report.skipped)} files not read"
        if report.page:
            words += f", {report.page}"
        if report.unsure:
            words += f"; {report.unsure}: readlist ingest FILE --encoding NAME"
        if not report.read and not report.skipped and not report.page and not stopped:
            words = "nothing was found in it: it is empty"
        self._reported = words
        self.say(words)
        if not report.rejected and not report.skipped:
            return
        lines = [f"{safe_line(name)}: {safe_line(why)}" for name, why in report.skipped[:_REJECTS]]
        lines += ["and more files"] if len(report.skipped) > _REJECTS else []
        told = len(lines)
        lines += [
            f"line {one.line}: {safe_line(one.reason)}: {safe_line(one.text)[:50]}"
            for one in report.rejected[:_REJECTS]
        ]
        more = len(report.rejected) - (len(lines) - told)
        lines += [f"and {more} more"] if more > 0 else []
        if report.rejected:
            lines.append("\nreadlist ingest FILE --rejects REJECTS saves what was not understood")
        self.app.push_screen(TextDialog(f"{words}, {len(report.rejected)} not understood", Content("\n".join(lines))))

    # ------------------------------------------------------------------ remove

    def action_remove(self) -> None:
        """Ask, then remove the papers with their marks."""
        ids = self.targets()
        if not ids:
            return
        from readlist.tui.screens.menu import Choice, Menu

        entry = self.papers.entry
        what = f"these {len(ids):,} papers" if len(ids) > 1 or entry is None else f"“{safe_line(entry.paper.title)}”"

        def remove(answer: str | None) -> None:
            if answer == "y":
                self.say(f"removing {counted(len(ids))} …", lasting=True)
                self.saver.submit(lambda library: library.remove(ids))

        choices = [Choice("y", "remove", self.told("undo", "brings it back")), Choice("n", "keep")]
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
