"""Going through papers one by one: where the reader is, and taking back what a whole run of it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from readlist.library.changing import Changing
from readlist.library.step import Step

if TYPE_CHECKING:
    from readlist.store.runs import Run

_LOOKED_AT: Final = 100
"""Papers whose tags are looked at."""


class Tally(Struct, frozen=True):
    """What came of a run of triage, in papers."""

    statuses: Mapping[str, int]
    """Those whose status was decided, by the status that they have."""
    skipped: int
    """Those that were passed without a decision."""
    starred: int
    """Those among all of them that have a star."""
    tagged: int
    """Those that have tags."""


class Triage(Changing):
    """Remembers a run of triage, and undoes it."""

    _keeping_run = Lock()

    def triage(self) -> Run | None:
        """Return the run of triage that was kept last; None if there is none."""
        from readlist.store.runs import read

        return read(self.folder)

    def keep_triage(self, run: Run) -> bool:
        """Keep where the reader is in a run; whether it is on the disk, which may well refuse it."""
        from readlist.store.runs import keep

        with self._keeping_run:
            return not self.read_only and keep(self.folder, run)

    def tally(self, run: Run) -> Tally:
        """Count what came of a run so far; papers that are gone meanwhile do not count."""
        decided = frozenset(run.decided)
        entries = self.by_ids(run.passed)
        statuses = Counter(entry.mark.status for entry in entries if entry.id in decided)
        marks = [entry.mark for entry in entries]
        return Tally(
            statuses,
            skipped=len(entries) - statuses.total(),
            starred=sum(mark.starred for mark in marks),
            tagged=sum(bool(mark.tags) for mark in marks),
        )

    def recent_tags(self, limit: int) -> list[str]:
        """Return the tags of the papers that were marked last, latest first, then those that most papers have."""
        from readlist.query import Order, Query, Span

        latest = Query(Span("changed", None, None), Order("changed", descending=True))
        recent = (entry.mark.tags for entry in self.entries(self.first(latest, _LOOKED_AT)))
        found = dict.fromkeys(tag for tags in recent for tag in tags)
        if len(found) < limit:
            counts = self.tags()
            found |= dict.fromkeys(sorted(counts, key=lambda tag: -counts[tag]))
        return list(found)[:limit]

    def undo_after(self, number: int, prefix: str = "") -> Step:
        """Take back the last step that has not been taken back, if it came after the one of that number.

        Args:
            number: The number.
            prefix: What the name of that last step begins with; another one stays.

        Raises:
            NothingToDoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.retracing import retrace

        with self._changing() as steps:
            return Step.of(retrace(steps, "undo", self._by_id, after=number, prefix=prefix))

    def take_back_triage(self, since: int) -> Step | None:
        """Take back all that triage has changed after the step of that number, as one step; None if it is nothing.

        What was changed again since then stays as it is.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.retracing import take_back
        from readlist.store.runs import PREFIX, TAKEN_BACK

        with self._changing() as steps:
            line = take_back(steps, TAKEN_BACK, since, PREFIX, self._by_id)
        return Step.of(line) if line else None
