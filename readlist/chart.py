"""Pictures of numbers made of characters: bars, and the calendar of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Final

from msgspec import Struct
from rich.cells import cell_len

WEEK: Final = 7
WEEKS: Final = 53
"""The weeks that a year touches at the most."""

WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
"""What stands before the lines of a calendar."""

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_LEVELS: Final = "·░▒▓█"
"""A day by how much was done on it: nothing first."""
_LONGEST: Final = 40
"""Cells of the longest bar."""
_GAP: Final = 2
_MONTH: Final = 4
"""Cells that the name of a month needs with a gap behind it."""


def bar(share: float, cells: int) -> str:
    """Return a bar that fills a part of so many cells, drawn by eighths; what is not nothing can be seen.

    Args:
        share: From 0 to 1.
        cells: The length of the whole.
    """
    whole, eighths = divmod(max(round(share * cells * 8), share > 0), 8)
    return ("█" * whole + (_EIGHTHS[eighths] if eighths else "")).ljust(cells)


class Columns(Struct, frozen=True):
    """The cells of the columns of bars: what they are called, how many it is, and the bars; two cells between them."""

    label: int
    digits: int
    bar: int

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int]], width: int, longest: int) -> Columns:
        """Return the columns for some rows of a label and a number.

        Args:
            rows: All that are to stand below each other.
            width: The cells there are.
            longest: The cells of a label at the most.
        """
        labels, counts = zip(*rows, strict=True) if (rows := list(rows)) else ((), ())
        label = min(longest, width // 3, max(map(cell_len, labels), default=0))
        digits = max((len(f"{count:,}") for count in counts), default=0)
        return cls(label, digits, max(1, min(_LONGEST, width - label - digits - 2 * _GAP)))


class Calendar(Struct, frozen=True):
    """The days of some weeks, the present one last: a column a week, a line a weekday, Monday first."""

    counts: Mapping[int, int]
    """What was done on days, which are numbered as of `date.toordinal`."""
    today: date
    weeks: int = WEEKS

    @property
    def _begin(self) -> int:
        """The Monday of the first week."""
        return self.today.toordinal() - self.today.weekday() - WEEK * (self.weeks - 1)

    def day(self, weekday: int, week: int) -> int | None:
        """Return the number of a day; None for one that has yet to come."""
        found = self._begin + WEEK * week + weekday
        return found if found <= self.today.toordinal() else None

    def line(self, weekday: int) -> str:
        """Return the line of a weekday, a sign a week."""
        most = max((self.counts.get(day, 0) for day in range(self._begin, self.today.toordinal() + 1)), default=0)
        days = (self.day(weekday, week) for week in range(self.weeks))
        return "".join(" " if day is None else _sign(self.counts.get(day, 0), most) for day in days)

    def months(self) -> str:
        """Return the line above: the name of each month over its first whole week, where there is room for it."""
        line = ""
        for week in range(self.weeks):
            monday = date.fromordinal(self._begin + WEEK * week)
            begins = monday.day <= WEEK and week + len(f"{monday:%b}") <= self.weeks
            if begins and len(line) <= week:
                line = line.ljust(week) + f"{monday:%b}".ljust(_MONTH)
        return line.rstrip()


def _sign(count: int, most: int) -> str:
    """Return the sign of a day."""
    top = len(_LEVELS) - 1
    return _LEVELS[count if most <= top else ceil(top * count / most)]


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
