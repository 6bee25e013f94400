"""Papers that are likely one: merged, or kept apart for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from readlist.library import Library, Step
from readlist.paper import Entry
from readlist.text import safe_line
from readlist.tui.keyed import Labels
from readlist.tui.screens.judging import JudgingScreen, dim, shown_with_origin
from readlist.tui.screens.leafing import LAST
from readlist.tui.widgets.figures import FigureLine

if TYPE_CHECKING:
    from readlist.store.alike import Pair
    from readlist.tui.main.editing import Editing


class SameScreen(JudgingScreen):
    """Pairs of papers, each with what speaks for their being one."""

    KEYS: ClassVar[Labels] = {
        "same.merge": "merge into this one", "same.keep_both": "keep both", "same.all": "all such pairs", **LAST
    }  # fmt: skip
    NONE = "No likely duplicates are left to decide."

    PLACE = "same"

    def __init__(self, host: Editing) -> None:
        super().__init__(host, "Is this the same paper twice?")
        self._pairs: Sequence[Pair] = ()
        self._places: dict[int, tuple[Pair, str]] = {}

    def find(self) -> Callable[[], None]:
        """Look for pairs that nobody has decided about."""
        library = self.host.library
        pairs = library.likely_same(library.apart())
        entries = {entry.id: entry for entry in library.by_ids({one for pair in pairs for one in _both(pair)})}
        return partial(self._take, entries, [pair for pair in pairs if entries.keys() >= set(_both(pair))])

    def _take(self, entries: dict[str, Entry], pairs: Sequence[Pair]) -> None:
        """Take over what was found."""
        self.entries, self._pairs = entries, pairs

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return the lines of each pair: why, and both papers; then a gap."""
        self._places = {}
        beside = self.has_class("-beside")
        found: list[FigureLine] = []
        for place, pair in enumerate(self._pairs, 1):
            found.append(dim(f"{place} of {len(self._pairs)} · {safe_line(pair.reason)}", width))
            for paper_id in _both(pair):
                self._places[len(found)] = (pair, paper_id)
                found += shown_with_origin(self.entries[paper_id], width, self.settings, beside=beside)
            found.append(dim("", width))
        return found

    def what_next(self) -> str:
        """Return what can be done when there is no pair."""
        leave, select, merge = self.key_of("lists.leave"), self.key_of("select"), self.key_of("merge")
        return (
            f"To merge papers that you know to be the same: {leave} goes back, {select} selects them, {merge} merges."
        )

    # ------------------------------------------------------------------ keys

    @property
    def _here(self) -> tuple[Pair, str, str] | None:
        """The pair under the cursor, the paper there, and the other one."""
        found = self._places.get(self.figures.line)
        if found is None:
            return None
        pair, paper_id = found
        return pair, paper_id, pair.second if paper_id == pair.first else pair.first

    def action_merge(self) -> None:
        """Make the two one; the id and the key of the paper under the cursor stay."""
        if self._here is not None:
            _, kept, other = self._here
            self.host.saver.submit(partial(self._merge, kept=kept, other=other))

    def action_keep_both(self) -> None:
        """Decide that they are two papers."""
        if self._here is not None:
            self.host.saver.submit(partial(self._decide, pair=self._here[0], merge=False))

    def action_all(self) -> None:
        """Ask what to do with all pairs of the same reason that come from the same two sources."""
        from readlist.tui.screens.menu import Choice, Menu

        if self._here is None:
            return
        like = [pair for pair in self._pairs if self._kind(pair) == self._kind(self._here[0])]
        count = f"{len(like)} pair{'' if len(like) == 1 else 's'}"
        choices = [
            Choice("m", "merge them all", "each second one into the first"),
            Choice("b", "keep both of each"),
        ]

        def answered(key: str | None) -> None:
            for pair in like if key else ():
                self.host.saver.submit(partial(self._decide, pair=pair, merge=key == "m"))

        title = f"{count} of the same reason and sources"
        self.app.push_screen(Menu(title, choices, safe_line(self._here[0].reason)), answered)

    def _kind(self, pair: Pair) -> tuple[str, frozenset[frozenset[str]]]:
        """Return what pairs have in common that can be decided about together."""
        sources = frozenset(frozenset(self.entries[one].paper.sources) for one in _both(pair))
        return pair.kind, sources

    def _decide(self, library: Library, *, pair: Pair, merge: bool) -> Step | None:
        """Merge a pair, or keep both."""
        if not merge:
            return library.keep_both(pair.first, pair.second)
        return self._merge(library, kept=pair.first, other=pair.second)

    def _merge(self, library: Library, *, kept: str, other: str) -> Step:
        """Make two papers one."""
        return library.merge_papers(kept, other, statuses=[status.id for status in self.settings.statuses])


def _both(pair: Pair) -> tuple[str, str]:
    """Return the ids of a pair."""
    return pair.first, pair.second
