"""The way to triage and back: which papers are gone through, and where to go on."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.text import safe_line
from readlist.tui.main.viewing import Viewing
from readlist.tui.messages import Failed, NotSaved, RunFound, Saved

if TYPE_CHECKING:
    from readlist.store.runs import Run
    from readlist.tui.screens.triage import TriageScreen


class Triaging(Viewing):
    """Begins triage, or goes on with it."""

    _triage: TriageScreen | None = None
    """The screen of a triage that is under way."""

    def action_triage(self) -> None:
        """Go through the selected papers, or through what is listed and unread, one by one."""
        if self.library.read_only:
            self.say(f"nothing can be decided: {self.library.read_only}")
        elif self.mistake() is not None:
            self.say("the search has a mistake: correct or clear it first")
        else:
            self.asked.begin("triage")
            order = str(self.base_order).removeprefix("sort:")
            chosen = tuple(sorted(self.papers.listed.selected))
            work = partial(self._look_for_run_in_thread, self.search_line.value, order, chosen)
            self.run_worker(work, thread=True, group="triage")

    def _look_for_run_in_thread(self, query: str, order: str, chosen: tuple[str, ...]) -> None:
        """Find out where the reader left off, and what the last step is."""
        from readlist.store.runs import Run

        try:
            latest = self.library.history(1)
            new = Run(query, order, chosen, latest[0].number if latest else 0)
            self.post_message(RunFound(self.library.triage(), new))
        except ReadlistError as error:
            self.asked.end("triage")
            self.post_message(Failed(error))

    def on_run_found(self, event: RunFound) -> None:
        """Go on with a run, or begin one; ask if the unfinished one is about other papers."""
        event.stop()
        self.asked.end("triage")
        held, new = event.run, event.new
        if held is None or held.over or not held.passed:
            self._begin_triage(new)
        elif held.is_about_the_same_as(new):
            self._begin_triage(held)
        else:
            self._ask_which(held, new)

    def _ask_which(self, held: Run, new: Run) -> None:
        """Ask whether to go on with an unfinished run."""
        from readlist.tui.screens.menu import Choice, Menu

        def answered(answer: str | None) -> None:
            if answer:
                self._begin_triage(held if answer == "g" else new)

        choices = [
            Choice("g", "continue", f"{_scope(held)}: {len(held.passed):,} done"),
            Choice("n", "start over", _scope(new)),
        ]
        self.app.push_screen(Menu("Unfinished triage", choices), answered)

    def _begin_triage(self, run: Run) -> None:
        """Show the papers of a run one by one."""
        from readlist.tui.screens.triage import TriageScreen

        listed = bool(self.papers.rows)
        screen = TriageScreen(self.library, self.settings, self.saver, run, self._rows_of, listed=listed)
        self._triage = screen
        self.app.push_screen(screen, self._leave_triage)

    def _rows_of(self, run: Run) -> array[int]:
        """Return the row numbers of the papers that are left of a run; it may take long.

        Raises:
            QueryError: Its query can no longer be understood.
            Interrupted: Another search interrupted it.
            StoreError: The library cannot be read.
        """
        from readlist.mark import UNREAD
        from readlist.query import InStatus, Query, both, order_named

        passed = set(self.library.rows(run.passed))
        if run.chosen:
            rows = array("q", self.library.rows(run.chosen))
        else:
            meant = self.meaning(run.query, order_named(run.order, self.settings.statuses))
            unread = both(part for part in (meant.tree, InStatus(UNREAD)) if part is not None)
            rows = self.library.select(Query(unread, meant.order))
        return array("q", (row for row in rows if row not in passed)) if passed else rows

    def _leave_triage(self, paper_id: str | None) -> None:
        """List the papers as they are now, the cursor where the triage was left."""
        screen, self._triage = self._triage, None
        if screen is not None:
            self.run_worker(partial(self.library.keep_triage, screen.reached), thread=True, group="triage")
            self.say(screen.summary())
        self.papers.drop_selection()
        self.show_count()
        self.count_again(views=True)
        self.search(then=paper_id)

    # ------------------------------------------------------------------ what comes back

    def on_saved(self, event: Saved) -> None:
        """Let the triage know what is on the disk now."""
        if self._triage is not None:
            self._triage.take_saved(event)

    def on_not_saved(self, event: NotSaved) -> None:
        """Let the triage know what is not."""
        if self._triage is not None:
            self._triage.take_not_saved(event)

    # ------------------------------------------------------------------ taking it back

    def action_undo_triage(self) -> None:
        """Ask, then take back all that the last triage has changed."""
        from readlist.tui.screens.menu import Choice, Menu

        run = self.library.triage()
        if run is None:
            self.say("there was no triage yet")
            return

        def answered(answer: str | None) -> None:
            if answer == "y":
                self.saver.submit(
                    partial(Library.take_back_triage, since=run.since), "nothing of it is left to take back"
                )

        choices = [Choice("y", "take it back", self.told("undo", "brings it back")), Choice("n", "keep it")]
        title = f"Take back the triage of {_scope(run)}?"
        self.app.push_screen(Menu(title, choices, f"papers gone through: {len(run.passed):,}"), answered)


def _scope(run: Run) -> str:
    """Return which papers a run goes through, as words."""
    if run.chosen:
        return f"{len(run.chosen):,} selected papers"
    return safe_line(run.query.strip()) or "all papers"
