"""What the screens of papers beside the list share: a paper's line, its details, and the keys that mark it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult

from readlist.mark import Change, Mark, set_status, star
from readlist.paper import Entry
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.keyed import Labels
from readlist.tui.look import STAR
from readlist.tui.screens.leafing import LAST, LeafingScreen
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.figures import FigureLine, Figures, Spot
from readlist.tui.widgets.page import Shown
from readlist.tui.widgets.row import authors_of, cut

if TYPE_CHECKING:
    from readlist.tui.main.relating import Relating

_DATE: Final = 9
"""Cells of a month, and the gap after it."""

_AUTHORS: Final = 20
"""Cells of the authors where there is room for them."""

_ROOM_FOR_AUTHORS: Final = 70
"""Cells from which there is."""


class PapersScreen(LeafingScreen):
    """Papers among other lines, with the details of one beside them where there is room; they can be marked."""

    DEFAULT_CSS = """
    PapersScreen Details { display: none; width: 2fr; max-width: 94; height: 100%; border-left: vkey $panel; }
    PapersScreen.-beside Details { display: block; }
    """

    KEYS: ClassVar[Labels] = {
        "lists.choose": "show in list", "papers.star": "star", "papers.related": "related", **LAST
    }  # fmt: skip

    PLACE = "papers"

    UNTOUCHED: ClassVar = "nothing was changed here yet"
    """What it says where there is nothing to take back."""

    def __init__(self, host: Relating, heading: str) -> None:
        super().__init__(host.settings, heading)
        self.host = host
        self.entries: dict[str, Entry] = {}
        self._before = host.saver.latest()

    def begin_anew(self) -> None:
        """Take every step so far for one that was not made here."""
        self._before = self.host.saver.latest()

    def sides(self) -> ComposeResult:
        """Lay out lines and details."""
        yield from super().sides()
        yield Details(self.settings)

    @property
    def entry(self) -> Entry | None:
        """The paper under the cursor."""
        spot = self.figures.spot
        return None if spot is None else self.entries.get(spot.term)

    def renew(self, ids: Collection[str], words: str) -> None:
        """Show these papers as they are now, and say what was done."""
        mine = [one for one in ids if one in self.entries]
        if mine:
            self.entries |= {entry.id: entry for entry in self.host.library.by_ids(mine)}
            self.draw()
            self._show_details()
            self.tell(words)

    def on_figures_moved(self, event: Figures.Moved) -> None:
        """Let the details follow the cursor."""
        super().on_figures_moved(event)
        self._show_details()

    def _show_details(self) -> None:
        """Show the details of the paper under the cursor."""
        entry = self.entry
        self.query_one(Details).show(None if entry is None else Shown(entry))

    def chosen(self, spot: Spot) -> None:
        """Go to the paper in the list."""
        if spot.term in self.entries:
            self.host.go_to_and_back(self.entries[spot.term])

    # ------------------------------------------------------------------ keys

    def _mark(self, change: Callable[[Mark], Change]) -> None:
        """Mark the paper under the cursor."""
        if self.entry is not None:
            self.host.saver.mark([self.entry.id], lambda marks: change(marks[0]))

    def action_star(self) -> None:
        """Star the paper, or take the star away."""
        self._mark(lambda mark: star(not mark.starred))

    def action_read(self) -> None:
        """Mark the paper as read, or as unread again."""
        self._mark(lambda mark: set_status("unread" if mark.status == "read" else "read"))

    def action_next_status(self) -> None:
        """Go on to the next reading status."""
        ids = [status.id for status in self.settings.statuses]
        after = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
        self._mark(lambda mark: set_status(after.get(mark.status, ids[0])))

    def action_status(self, number: int) -> None:
        """Set the status of a number, as the settings order them."""
        if number <= len(self.settings.statuses):
            self._mark(lambda _: set_status(self.settings.statuses[number - 1].id))

    def action_undo(self) -> None:
        """Take back the last change that was made since the screen is open."""
        self.host.saver.undo(lambda library: library.undo_after(self._before.result()))

    def action_related(self) -> None:
        """Show the papers that are most like the one under the cursor."""
        if self.entry is not None:
            self.host.show_related(self.entry)

    def action_people(self) -> None:
        """Ask for one of its authors and affiliations."""
        if self.entry is not None:
            self.host.show_people(self.entry)

    def action_scroll(self, lines: int) -> None:
        """Scroll the details."""
        self.query_one(Details).scroll_relative(y=lines, animate=False)


def paper_line(entry: Entry, width: int, settings: Settings, words: str) -> FigureLine:
    """Return the line of a paper: status, star, date, authors, title.

    Args:
        entry: The paper.
        width: The cells there are.
        settings: What the statuses look like.
        words: What the last line says of it.
    """
    mark, paper = entry.mark, entry.paper
    authors = _AUTHORS if width >= _ROOM_FOR_AUTHORS else 0
    pieces = [
        (f" {settings.known_status(mark.status).glyph} ", ""),
        (f"{STAR if mark.starred else ' '} ", "star"),
        (cut((paper.date or "")[:7], _DATE), "dim"),
        (cut(safe_line(authors_of(entry)), authors - 2) + "  " if authors else "", "dim"),
    ]
    room = width - sum(cell_len(text) for text, _ in pieces) - 1
    pieces.append((cut(safe_line(paper.title), max(1, room)).rstrip(), ""))
    return FigureLine(tuple(pieces), (Spot(entry.id, words),))
