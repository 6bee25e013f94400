"""The end of a triage: what came of it, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.library.triage import Tally
from readlist.settings import Status
from readlist.store.runs import Run
from readlist.text import safe_line
from readlist.tui.look import KEY, QUIET, STAR

KeyOf = Callable[[str], str]
"""Gives the first key of a command as people write it; nothing when it has none."""

_DIGITS: Final = 6
"""Cells of a number of papers."""


class Ending(Static):
    """What stands where no paper is left."""

    @dataclass
    class Counted(Message):
        """What came of a run is counted, or could not be."""

        words: Content

    def __init__(self, library: Library, statuses: Sequence[Status]) -> None:
        """Take where the papers are, and what their statuses are called."""
        super().__init__("", markup=False)
        self._library = library
        self._statuses = statuses

    def show_nothing(self, key_of: KeyOf, *, selected: bool, listed: bool) -> None:
        """Say that there was no paper to go through.

        Args:
            key_of: Gives the keys that are named.
            selected: Whether those that were selected were to be gone through, and not those that are listed.
            listed: Whether any was listed.
        """
        of_listed = "Nothing that is listed is unread." if listed else "No paper is listed."
        what = "Nothing that was selected is there any more." if selected else of_listed
        self.update(
            Content(
                f"{what}\n\n{key_of('triage.leave')} goes back; there {key_of('search')} and "
                f"{key_of('views')} list other papers,\nand {key_of('ingest')} brings in a listing."
            )
        )

    def show(self, run: Run, a_paper: float, key_of: KeyOf) -> None:
        """Count in a thread what came of a run, and show it.

        Args:
            run: The run.
            a_paper: Seconds that a paper took; 0 if that is not known.
            key_of: Gives the keys that are named.
        """
        next_steps = [*_next_steps(run, key_of)]
        work = partial(self._count_in_thread, run, a_paper, next_steps)
        self.run_worker(work, thread=True, exclusive=True, group="tally")

    def _count_in_thread(self, run: Run, a_paper: float, next_steps: Sequence[tuple[str, str]]) -> None:
        """Count what came of a run."""
        try:
            tally = self._library.tally(run)
        except ReadlistError as error:
            words = Content(f"{error.message}. {error.hint}".strip())
        else:
            words = Content.assemble(*_came_of(tally, self._statuses, a_paper), *next_steps)
        self.post_message(self.Counted(words))

    def on_ending_counted(self, event: Counted) -> None:
        """Show it."""
        event.stop()
        self.update(event.words)


def _came_of(tally: Tally, statuses: Sequence[Status], a_paper: float) -> Iterator[tuple[str, str]]:
    """Yield what came of a run, as texts and their styles."""
    total = tally.skipped + sum(tally.statuses.values())
    yield f"That was the last of {total:,} papers." if total > 1 else "That was the only paper.", "bold"
    yield f"  {a_paper:.0f} s a paper\n" if a_paper >= 1 else "\n", QUIET
    counts = [(one.glyph, one.label, tally.statuses.get(one.id, 0)) for one in statuses]
    counts += [(" ", "skipped", tally.skipped), (STAR, "starred", tally.starred), ("#", "tagged", tally.tagged)]
    for glyph, label, count in counts:
        if count:
            yield f"\n{count:>{_DIGITS},}  ", KEY
            yield f"{glyph} {safe_line(label)}", ""
    yield "\n\n", ""


def _next_steps(run: Run, key_of: KeyOf) -> Iterator[tuple[str, str]]:
    """Yield what can be done next, as texts and their styles."""
    if run.skipped:
        yield key_of("triage.again"), KEY
        count = f"the {len(run.skipped):,}" if len(run.skipped) > 1 else "the one"
        yield f" goes once more through {count} skipped.\n", ""
    yield key_of("triage.leave"), KEY
    yield " goes back to the list; there ", ""
    yield key_of("next"), KEY
    yield " goes to the paper to read next.\n", ""
    yield key_of("triage.undo_all"), KEY
    yield " takes back all of this triage, as one step.", ""
