"""What the screens share on which a reader decides of the facts of papers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from readlist.paper import Entry
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.screens.papers import PapersScreen, paper_line
from readlist.tui.widgets.figures import FigureLine
from readlist.tui.widgets.row import cut

if TYPE_CHECKING:
    from readlist.tui.main.editing import Editing


class JudgingScreen(PapersScreen):
    """Papers of which something is to be decided; they are looked up anew after each decision."""

    UNTOUCHED = "nothing was decided here yet"

    def __init__(self, host: Editing, heading: str) -> None:
        super().__init__(host, heading)
        self._editing = host

    def renew(self, ids: Collection[str], words: str) -> None:  # noqa: ARG002 - any of them may have changed
        """Look again: what was decided is not asked about any more, what is taken back is."""
        self.without = {"papers.undo": "undo"}
        self.tell(words)
        self.find_again()

    def action_edit(self) -> None:
        """Correct the paper under the cursor."""
        if self.entry is not None:
            self._editing.edit(self.entry.id)


def shown_with_origin(
    entry: Entry, width: int, settings: Settings, about: str = "", *, beside: bool
) -> Iterator[FigureLine]:
    """Yield the line of a paper; where its details do not stand beside, its key and where it is from below it.

    Args:
        entry: The paper.
        width: The cells there are.
        settings: What the statuses look like.
        about: What the last line says of it.
        beside: Whether its details stand beside.
    """
    origin = f"{safe_line(entry.citekey)}, from {safe_line(', '.join(entry.paper.sources))}"
    yield paper_line(entry, width, settings, about)
    if not beside:
        yield dim(f"     {origin}", width)


def dim(words: str, width: int) -> FigureLine:
    """Return a line that no cursor stands on."""
    return FigureLine(((cut(words, width).rstrip(), "dim"),))
