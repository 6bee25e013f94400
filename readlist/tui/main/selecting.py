"""Selecting many papers: by moving, all, and by a query."""

from __future__ import annotations

from array import array
from functools import partial

from readlist.errors import ReadlistError
from readlist.library import Interrupted
from readlist.tui.main.finding import Finding
from readlist.tui.messages import Chosen, Failed, Picked

_AWAY = "- "
"""What a query begins with whose papers are taken out of the selection; in a query it says nothing."""


class Selecting(Finding):
    """Chooses the papers that a key is about."""

    _anchor = 0
    """The row at which a range begins."""
    _end = -1
    """The row at which it ended when the last key extended it."""
    _before: frozenset[str] = frozenset()
    """What was selected before the range was begun."""
    _ranged: frozenset[str] = frozenset()
    """What was selected when it was extended last."""

    def action_select(self) -> None:
        """Select the paper and move down."""
        self.papers.select_and_move()
        self._tell_selection()

    def action_select_down(self) -> None:
        """Select the paper and the next one; further keys extend the range, and the other way shorten it."""
        self._extend(1)

    def action_select_up(self) -> None:
        """Select the paper and the one before."""
        self._extend(-1)

    def _extend(self, by: int) -> None:
        """Move one end of a range; it is another range if the cursor or the selection was moved meanwhile."""
        papers, listed = self.papers, self.papers.listed
        if papers.entry is None:
            return
        if papers.cursor != self._end or listed.chosen != self._ranged:
            self._anchor, self._before = papers.cursor, frozenset(listed.chosen)
        papers.move(by)
        self._end = papers.cursor
        first, last = sorted((self._anchor, self._end))
        entries = (listed.entry_at(index) for index in range(first, last + 1))
        self._ranged = self._before | {entry.id for entry in entries if entry is not None}
        listed.chosen = set(self._ranged)
        papers.refresh()
        self._tell_selection()

    def action_select_all(self) -> None:
        """Select every listed paper, or none; they are looked up in a thread, since they may be many."""
        self.asked.begin("selection")
        self.run_worker(partial(self._choose_in_thread, self.papers.rows), thread=True, group="choose")

    def _choose_in_thread(self, rows: array[int]) -> None:
        """Find out which papers are listed."""
        self.post_message(Chosen(self.library.ids(rows)))

    def on_chosen(self, event: Chosen) -> None:
        """Select them."""
        self.asked.end("selection")
        self.papers.choose(event.ids)
        self._tell_selection()

    def _tell_selection(self) -> None:
        """Say how many papers are selected, and keep saying it in the first line."""
        self.show_count()
        self.say(self._selection_words())

    def _selection_words(self) -> str:
        """Return how many papers are selected, as words."""
        listed, hidden = len(self.papers.listed.selected), len(self.papers.listed.hidden)
        more = f", {hidden:,} more not listed" if hidden else ""
        return f"{listed:,} selected{more}" if listed or hidden else "nothing selected"

    # ------------------------------------------------------------------ by a query

    def action_select_by(self) -> None:
        """Ask for a query, and select what it finds among the listed papers."""
        if not self.papers.rows:
            self.say("there is no paper to select")
            return
        from readlist.tui.screens.dialogs import LineDialog

        text = "a query adds its papers · - before it takes them out"
        title = f"Select among the {len(self.papers.rows):,} listed papers"
        self.app.push_screen(LineDialog(title, text, does="select"), self._select_by)

    def _select_by(self, line: str | None) -> None:
        """Find, in a thread, what a query means."""
        if not line or not line.strip():
            return
        self.asked.begin("selection")
        work = partial(self._pick_in_thread, line.strip(), self.papers.rows)
        self.run_worker(work, thread=True, group="choose")

    def _pick_in_thread(self, line: str, rows: array[int]) -> None:
        """Find the papers of a query that are listed."""
        away = line.startswith(_AWAY)
        while True:
            try:
                query = self.meaning(line.removeprefix(_AWAY), self.base_order, typing=False)
                found = set(self.library.select(query))
                ids = self.library.ids([row for row in rows if row in found])
            except Interrupted:
                continue
            except ReadlistError as error:
                self.asked.end("selection")
                self.post_message(Failed(error))
            else:
                self.post_message(Picked(tuple(ids), away=away))
            return

    def on_picked(self, event: Picked) -> None:
        """Add them to the selection, or take them out of it."""
        event.stop()
        self.asked.end("selection")
        chosen = self.papers.listed.chosen
        count = len(chosen)
        if event.away:
            chosen.difference_update(event.ids)
        else:
            chosen.update(event.ids)
        self.papers.refresh()
        self.show_count()
        changed = abs(len(chosen) - count)
        self.say(f"{changed:,} {'fewer' if event.away else 'more'} · {self._selection_words()}")
