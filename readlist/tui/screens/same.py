"""Papers that are likely one: merged, or kept apart for good."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from readlist.library import Library, Step
from readlist.paper import Entry
from readlist.text import safe_line
from readlist.tui.keyed import Labels
from readlist.tui.screens.leafing import LAST
from readlist.tui.screens.papers import PapersScreen, paper_line
from readlist.tui.widgets.figures import FigureLine
from readlist.tui.widgets.row import cut

if TYPE_CHECKING:
    from readlist.store.alike import Pair
    from readlist.tui.main.editing import Editing


class SameScreen(PapersScreen):
    """Pairs of papers, each with what speaks for their being one."""

    KEYS: ClassVar[Labels] = {
        "same.merge": "merge into this one", "same.keep_both": "keep both", "same.all": "all like it", **LAST
    }  # fmt: skip
    NONE = "no two papers look like one"

    PLACE = "same"

    def __init__(self, host: Editing) -> None:
        super().__init__(host, "Is this the same paper twice?")
        self._editing = host
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

    def renew(self, ids: Collection[str], words: str) -> None:  # noqa: ARG002 - any of them may have changed
        """Look again: what was decided is not asked about any more."""
        self.tell(f"{words} · saved")
        self.find_again()

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return the lines of each pair: why, and both papers; then a gap."""
        self._places = {}
        found: list[FigureLine] = []
        for place, pair in enumerate(self._pairs, 1):
            found.append(_dim(f"{place} of {len(self._pairs)} · {safe_line(pair.reason)}", width))
            for paper_id in _both(pair):
                entry = self.entries[paper_id]
                origin = f"{safe_line(entry.citekey)}, from {safe_line(', '.join(entry.paper.sources))}"
                self._places[len(found)] = (pair, paper_id)
                found.append(paper_line(entry, width, self.settings, origin))
                if not self.has_class("-beside"):  # where there are no details, this is told here
                    found.append(_dim(f"     {origin}", width))
            found.append(_dim("", width))
        return found

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
        return library.merge_papers(kept, other, [status.id for status in self.settings.statuses])

    def action_edit(self) -> None:
        """Correct the paper under the cursor."""
        if self.entry is not None:
            self._editing.edit(self.entry.id)


def _dim(words: str, width: int) -> FigureLine:
    """Return a line that no cursor stands on."""
    return FigureLine(((cut(words, width).rstrip(), "dim"),))


def _both(pair: Pair) -> tuple[str, str]:
    """Return the ids of a pair."""
    return pair.first, pair.second
