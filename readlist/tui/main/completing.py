"""Completion in the search line: candidates for what is being typed, without a key ever waiting for them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Offset

from readlist.errors import ReadlistError
from readlist.tui.keymap import LIST
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Completed
from readlist.tui.places import reaching
from readlist.tui.widgets.candidates import CandidateList
from readlist.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readlist.query.completing import Candidate, Gap


class Completing(ListingScreen):
    """Offers candidates, and puts the chosen one in."""

    _gap: Gap | None = None
    """What the candidates are for."""
    _completed_for: tuple[str, int] = ("", 0)
    """The query and the place in it that candidates were last looked for."""
    _completion_number = 0
    """Counts the questions; the answer to any but the last is of no interest."""
    _wanted = False
    """Whether the first candidate is to be taken as soon as it is known."""

    def __init__(self) -> None:
        super().__init__()
        self._named = asyncio.Event()
        self._named.set()

    @property
    def places(self) -> tuple[str, ...]:
        """The list; where a query is typed, first what completes it and the search line itself."""
        if not isinstance(self.focused, SearchLine):
            return (LIST,)
        return (*reaching("candidates" if self.chosen_candidate else "search"), LIST)

    @property
    def candidates(self) -> CandidateList:
        """The list of candidates, made when it is first needed."""
        found = self.query(CandidateList)
        if found:
            return found.first()
        made = CandidateList()
        self.mount(made)
        return made

    def complete(self) -> None:
        """Offer what may complete the query at the cursor; names that only the library knows come from a thread."""
        from readlist.query.completing import NAMED, gap, grammatical

        line = self.search_line
        now = (line.value, line.cursor_position)
        if now == self._completed_for:
            return
        self._completed_for = now
        self._completion_number += 1
        self._wanted = False
        self._named.set()
        self._gap = gap(*now) if line.has_focus and line.selection.is_empty else None
        if self._gap is not None and self._gap.field in NAMED:
            self._named.clear()
            work = partial(self._name_in_thread, self._completion_number, self._gap)
            self.run_worker(work, thread=True, exclusive=True, group="completion")
        else:
            self._offer(grammatical(self._gap, self.settings.statuses, self.today) if self._gap else ())

    def _name_in_thread(self, number: int, gap: Gap) -> None:
        """Ask the library for names; one that cannot be read has none, as the search tells."""
        from readlist.query.completing import named

        found: tuple[Candidate, ...] = ()
        try:
            if number == self._completion_number:
                field = gap.field or ""
                found = tuple(named(field, self.library.names_like(field, gap.typed)))
        except ReadlistError as error:
            self.log.warning(error.message)
        self.post_message(Completed(number, found))

    def on_completed(self, event: Completed) -> None:
        """Offer the names, unless the query has changed since."""
        if event.number == self._completion_number:
            wanted = self._wanted
            self._offer(event.candidates)
            self._named.set()
            if wanted:
                self.take()

    def _offer(self, candidates: Sequence[Candidate]) -> None:
        """Show candidates under what they complete."""
        if self._gap is None or not candidates or not self.search_line.has_focus:
            self.put_away()
            return
        trouble = self.query_one("#trouble")
        below = self.search_line.region.bottom + (trouble.size.height if trouble.display else 0)
        place = Offset(self.search_line.column_of(self._gap.begin), below)
        self.candidates.offer(candidates, place, (self.key_of("search.take"), self._choosing_keys()))

    def _choosing_keys(self) -> str:
        """Return the keys that choose another candidate."""
        return f"{self.key_of('candidates.next')} {self.key_of('candidates.previous')}".strip()

    def put_away(self) -> None:
        """Show no candidates."""
        for shown in self.query(CandidateList):
            shown.offer((), Offset(0, 0))

    def forget_candidates(self) -> None:
        """Show no candidates until the query changes, and take none that are still looked for."""
        self._completion_number += 1
        self._completed_for = (self.search_line.value, self.search_line.cursor_position)
        self._wanted = False
        self._named.set()
        self.put_away()

    @property
    def chosen_candidate(self) -> Candidate | None:
        """The candidate that would be taken; None when none is shown."""
        shown = self.query(CandidateList)
        return shown.first().chosen if shown else None

    @property
    def candidate_was_sought_out(self) -> bool:
        """Whether the reader has moved to a candidate."""
        shown = self.query(CandidateList)
        return self.chosen_candidate is not None and shown.first().walked

    def take(self) -> bool:
        """Put the chosen candidate in, if there is one; one that is still looked for is put in when it is there."""
        from readlist.query.completing import completed

        if not self._named.is_set():
            self._wanted = True
            return True
        chosen = self.chosen_candidate
        if chosen is None or self._gap is None:
            return False
        self.search_line.put(*completed(self.search_line.value, self._gap, chosen))
        return True

    async def completion_known(self) -> None:
        """Wait for the candidate that is to be taken, if it is still looked for."""
        if self._wanted:
            await self._named.wait()

    def on_candidate_list_taken(self, event: CandidateList.Taken) -> None:
        """Put in what was clicked."""
        event.stop()
        self.take()

    def action_next_candidate(self) -> None:
        """Choose the next candidate."""
        self.candidates.move(1)

    def action_previous_candidate(self) -> None:
        """Choose the candidate before."""
        self.candidates.move(-1)
