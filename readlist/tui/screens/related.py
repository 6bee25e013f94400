"""The papers that are most like one, each with what both share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from readlist.paper import Entry
from readlist.text import safe_line
from readlist.tui.screens.papers import PapersScreen, paper_line
from readlist.tui.widgets.figures import FigureLine
from readlist.tui.widgets.row import cut

if TYPE_CHECKING:
    from readlist.tui.main.relating import Relating

_SHOWN: Final = 30
"""Papers that are shown at the most."""

_INDENT: Final = 14
"""Cells before the reason, which stands under the authors."""

_NAMED: Final = 3
"""Authors that a reason names."""


class _Reason(Struct, frozen=True):
    """Why a paper is shown."""

    id: str
    words: str


class RelatedScreen(PapersScreen):
    """Papers like one, the most alike first."""

    NONE = "No other paper shares distinctive words or authors with it."

    def __init__(self, host: Relating, entry: Entry) -> None:
        super().__init__(host, f"Papers like: {entry.paper.title}")
        self._entry = entry
        self._reasons: Sequence[_Reason] = ()

    def find(self) -> Callable[[], None]:
        """Look them up."""
        library = self.host.library
        entries: dict[str, Entry] = {}
        reasons: list[_Reason] = []
        for one in library.related(self._entry.id, _SHOWN):
            for entry in library.entries([one.row]):
                entries[entry.id] = entry
                reasons.append(_Reason(entry.id, _words(one.words, one.authors)))
        return partial(self._take, entries, reasons)

    def _take(self, entries: dict[str, Entry], reasons: Sequence[_Reason]) -> None:
        """Take over what was found."""
        self.entries, self._reasons = entries, reasons

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return two lines per paper: what it is, and why it is here."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[FigureLine]:
        for place, reason in enumerate(self._reasons, 1):
            words = f"{place} of {len(self._reasons)}"
            yield paper_line(self.entries[reason.id], width, self.settings, words)
            indent = min(_INDENT, max(0, width - 1))
            yield FigureLine(((" " * indent + cut(reason.words, max(1, width - indent)).rstrip(), "dim"),))


def _words(words: Sequence[str], authors: Sequence[str]) -> str:
    """Return a reason: `also by Timo Schick, Jane Dwivedi-Yu and 2 more · shared: tools, API`."""
    people = ", ".join(authors[:_NAMED])
    if len(authors) > _NAMED:
        people += f" and {len(authors) - _NAMED} more"
    parts = [f"also by {people}" if people else "", f"shared: {', '.join(words)}" if words else ""]
    return safe_line(" · ".join(part for part in parts if part))
