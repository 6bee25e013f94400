"""Papers whose title and authors may be told apart wrongly: accepted with a key, or their boundary moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import Struct

from readlist.library import Library, Step
from readlist.paper import Entry, Paper
from readlist.query import Flag, Query
from readlist.record import Record
from readlist.text import safe_line
from readlist.tui.keyed import Labels
from readlist.tui.screens.judging import JudgingScreen
from readlist.tui.screens.leafing import LAST
from readlist.tui.widgets.figures import FigureLine, Spot
from readlist.tui.widgets.row import cut

if TYPE_CHECKING:
    from readlist.tui.main.editing import Editing

_MOST: Final = 1000
"""Papers that are shown at the most."""


class Split(Struct, frozen=True):
    """A title and authors, and the boundary between them."""

    title: tuple[str, ...]
    """The words of the title."""
    first: tuple[str, ...]
    """Those of the first author's name."""
    others: tuple[str, ...] = ()
    """The names of the other authors."""

    @classmethod
    def of(cls, paper: Paper) -> Split:
        """Return how a paper is read."""
        first, *others = paper.authors or ("",)
        return cls(tuple(paper.title.split()), tuple(first.split()), tuple(others))

    @property
    def authors(self) -> list[str]:
        """The names of all authors."""
        return [*([" ".join(self.first)] if self.first else []), *self.others]

    def moved(self, words: int) -> Split:
        """Return the same with the boundary a word further on, or back; the title keeps a word, so does the name."""
        if words > 0 and len(self.first) > 1:
            return Split((*self.title, self.first[0]), self.first[1:], self.others)
        if words < 0 and len(self.title) > 1:
            return Split(self.title[:-1], (self.title[-1], *self.first), self.others)
        return self


class SplitsScreen(JudgingScreen):
    """Uncertain papers, each with its title and, below it, its authors."""

    KEYS: ClassVar[Labels] = {
        "splits.accept": "correct as it is",
        "splits.word_back splits.word_on": "move the boundary",
        "splits.edit": "edit",
        **LAST,
    }
    NONE = "Nothing is uncertain: the title and authors of every paper are clear."

    PLACE = "splits"

    def __init__(self, host: Editing) -> None:
        super().__init__(host, "Are title and authors split correctly?")
        self._order: list[str] = []
        self._moved: dict[str, Split] = {}

    def find(self) -> Callable[[], None]:
        """Look for uncertain papers."""
        library = self.host.library
        found = library.entries(library.first(Query(Flag("is:uncertain")), _MOST))
        return partial(self._take, found)

    def _take(self, found: Sequence[Entry]) -> None:
        """Take over what was found."""
        self.entries = {entry.id: entry for entry in found}
        self._order = [entry.id for entry in found]

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return three lines a paper: title, authors, and a gap."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[FigureLine]:
        for place, key in enumerate(self._order, 1):
            entry = self.entries[key]
            split = self._moved.get(key, Split.of(entry.paper))
            about = f"{place} of {len(self._order)}"
            if key in self._moved:
                about += f" · moved: {self.key_of('splits.accept')} accepts it"
            title, authors = safe_line(" ".join(split.title)), safe_line(", ".join(split.authors))
            if entry.paper.is_only_named:
                authors = "nothing else is known of it yet"
            yield FigureLine(((cut(title, width).rstrip(), ""),), (Spot(key, about),))
            yield FigureLine((("  ", ""), (cut(authors, max(1, width - 2)).rstrip(), "bar")))
            yield FigureLine((("", ""),))

    def what_next(self) -> str:
        """Return what can be done when nothing is uncertain."""
        leave, edit = self.key_of("lists.leave"), self.key_of("edit")
        return f"{leave} goes back; there {edit} corrects any paper."

    # ------------------------------------------------------------------ keys

    def action_shift(self, words: int) -> None:
        """Move the boundary by a word."""
        entry = self.entry
        if entry is not None:
            held = Split.of(entry.paper)
            split = self._moved.get(entry.id, held).moved(words)
            if split == held:
                self._moved.pop(entry.id, None)
            else:
                self._moved[entry.id] = split
            self.draw()

    def action_accept(self) -> None:
        """Take title and authors for rightly read, as they stand here."""
        entry = self.entry
        if entry is not None and entry.paper.is_only_named:
            self.tell(f"only its identifier is known yet: {self.key_of('splits.edit')} fills it in")
        elif entry is not None:
            split = self._moved.pop(entry.id, None)
            self.host.saver.submit(partial(_accept, entry=entry, split=split))


def _accept(library: Library, *, entry: Entry, split: Split | None) -> Step | None:
    """Keep a split."""
    if split is None:
        return library.accept_split([entry.id])
    corrections: Record = {
        "title": " ".join(split.title), "authors": [*split.authors], "authors_truncated": entry.paper.authors_truncated
    }  # fmt: skip
    return library.edit(entry.id, corrections)
