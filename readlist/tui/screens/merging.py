"""Papers that a reader knows to be one, side by side, to be merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from readlist.library import Library, Step
from readlist.paper import Entry
from readlist.tui.keyed import Labels
from readlist.tui.screens.judging import JudgingScreen, shown_with_origin
from readlist.tui.screens.leafing import LAST
from readlist.tui.widgets.figures import FigureLine

if TYPE_CHECKING:
    from readlist.tui.main.editing import Editing

MOST: Final = 20
"""Papers that are merged at once at the most: more were hardly meant."""


class MergingScreen(JudgingScreen):
    """The papers, each with its key and where it is from."""

    KEYS: ClassVar[Labels] = {"merging.merge": "merge into this one", "merging.edit": "edit", **LAST}
    NONE = "They are merged already, or are no longer there."

    PLACE = "merging"

    def __init__(self, host: Editing, ids: Sequence[str]) -> None:
        super().__init__(host, f"Merge these {len(ids)} papers into one?")
        self._ids = ids

    def find(self) -> Callable[[], None]:
        """Look the papers up."""
        entries = self.host.library.by_ids(self._ids)
        return partial(self._take, {entry.id: entry for entry in entries} if len(entries) > 1 else {})

    def _take(self, entries: dict[str, Entry]) -> None:
        """Take over what was found."""
        self.entries = entries

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return the lines of each paper."""
        beside = self.has_class("-beside")
        found: list[FigureLine] = []
        for place, entry in enumerate(self.entries.values(), 1):
            about = f"{place} of {len(self.entries)}"
            found += shown_with_origin(entry, width, self.settings, about, beside=beside)
        return found

    def action_merge(self) -> None:
        """Make them one, and go back to it in the list; the id and the key of the paper under the cursor stay."""
        if self.entry is not None:
            others = [one for one in self.entries if one != self.entry.id]
            self.host.saver.submit(partial(self._merge, kept=self.entry.id, others=others))
            self.host.papers.drop_selection()
            self.host.go_to(self.entry)

    def _merge(self, library: Library, *, kept: str, others: Sequence[str]) -> Step:
        """Make papers one."""
        return library.merge_papers(kept, *others, statuses=[status.id for status in self.settings.statuses])
