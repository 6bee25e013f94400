"""What may complete the query: a short list that hangs from the search line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Static

from readlist.text import safe_line
from readlist.tui.look import CHOICE, CURSOR, CUT, QUIET

if TYPE_CHECKING:
    from readlist.query.completing import Candidate

_ROWS: Final = 8
"""Candidates that are shown at once."""

_WIDEST: Final = 60
_NARROWEST: Final = 12
_AROUND: Final = 4
"""Cells that stand around names and notes."""

_GAP: Final = 2
"""Cells between a name and its note."""


class CandidateList(Static):
    """Candidates, one of them chosen: at first the likeliest."""

    DEFAULT_CSS = """
    CandidateList {
        position: absolute; overlay: screen; constrain: inside none; display: none;
        width: auto; height: auto; background: $surface; color: $foreground;
    }
    CandidateList.-shown { display: block; }
    """

    @dataclass
    class Taken(Message):
        """The chosen one is to be put in."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="candidates")
        self._candidates: Sequence[Candidate] = ()
        self._at = 0
        self._top = 0
        self._keys = ("", "")
        self.walked = False
        """Whether the reader has moved to another one than the first."""

    @property
    def chosen(self) -> Candidate | None:
        """The one that is taken by the key for it; None when there is none."""
        return self._candidates[self._at] if self._candidates else None

    def offer(self, candidates: Sequence[Candidate], place: Offset, keys: tuple[str, str] = ("", "")) -> None:
        """Show candidates, the first of them chosen.

        Args:
            candidates: Without any, nothing is shown.
            place: Where, as a place of the screen.
            keys: The one that takes the chosen one, and those that choose another, as people write them.
        """
        if not candidates and not self._candidates:
            return
        self._candidates, self._at, self.walked = candidates, 0, False
        self._keys = keys
        # The glyph and a blank stand before the names, so that these stand under what is typed.
        self.absolute_offset = Offset(max(0, place.x - 2), place.y)
        self.set_class(bool(candidates), "-shown")
        if candidates:
            self._draw()

    def move(self, by: int) -> bool:
        """Choose another one; after the last comes the first. Whether there is one."""
        if self._candidates:
            self._at = (self._at + by) % len(self._candidates)
            self.walked = True
            self._draw()
        return bool(self._candidates)

    def on_click(self, event: events.Click) -> None:
        """Take the one that is clicked."""
        event.stop()
        if self._top + event.y < min(self._top + _ROWS, len(self._candidates)):
            self._at = self._top + event.y
            self.post_message(self.Taken())

    def _draw(self) -> None:
        """Draw the rows around the chosen one, and a line that says what to do."""
        rows = [(safe_line(one.name), safe_line(one.note)) for one in self._candidates]
        take, choose = self._keys
        parts = [f"{self._at + 1} of {len(rows)}" if len(rows) > _ROWS else "", take and f"{take} takes it"]
        keys = " · ".join(part for part in (*parts, choose if len(rows) > 1 else "") if part)
        names, notes = _widths(rows, max(_NARROWEST, min(_WIDEST, self.screen.size.width - _AROUND)), cell_len(keys))
        top = self._top = max(0, min(self._at - _ROWS // 2, len(rows) - _ROWS))
        lines = []
        for number, (name, note) in enumerate(rows[top : top + _ROWS], top):
            sign, style = (CURSOR, CHOICE) if number == self._at else (" ", "")
            aside = note.rjust(notes) if note.replace(",", "").isdigit() else note
            fitted = f"{' ' * _GAP}{_fitted(aside, notes)} " if notes else " "
            lines.append(Content.assemble((f"{sign} {_fitted(name, names)}", style), (fitted, style or QUIET)))
        width = names + (notes and notes + _GAP)
        lines.append(Content.assemble((f"  {_fitted(keys, width)} ", QUIET)))
        self.update(Content("\n").join(lines))


def _widths(rows: Sequence[tuple[str, str]], room: int, least: int) -> tuple[int, int]:
    """Return the cells that names and notes get; notes that there is no room for get none."""
    names = min(max(cell_len(name) for name, _ in rows), room)
    notes = max(cell_len(note) for _, note in rows)
    notes = notes if names + _GAP + notes <= room else 0
    return max(names, min(least, room) - (notes and notes + _GAP)), notes


def _fitted(text: str, cells: int) -> str:
    """Return a text that is just so wide."""
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(text, cells - 1) + CUT
