"""The statistics: figures, a calendar and bars, each of which leads to its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult

from readlist.chart import WEEKDAYS, WEEKS, Calendar, Columns, bar
from readlist.settings import Settings
from readlist.statistics import SECTIONS, Bar, Statistics, day_term, spelled
from readlist.text import safe_line
from readlist.tui.keyed import Labels
from readlist.tui.look import WIDE
from readlist.tui.screens.leafing import LAST, LeafingScreen
from readlist.tui.widgets.figures import FigureLine, Figures, Spot
from readlist.tui.widgets.row import cut

_LABEL: Final = 24
"""Cells of the longest label."""

_NAMES: Final = 10
"""Cells before a figure, and before the calendar."""

_WITH_DAYS: Final = ("read", "added")
"""The sections that stand by the calendar."""


class StatisticsScreen(LeafingScreen):
    """Figures about some papers, on one side or on two; those that have papers lead to them."""

    DEFAULT_CSS = """
    StatisticsScreen Figures { width: 1fr; scrollbar-gutter: auto; }
    StatisticsScreen #right { display: none; }
    StatisticsScreen.-beside #right { display: block; border-left: vkey $panel; }
    """

    KEYS: ClassVar[Labels] = {"lists.choose": "show papers", **LAST}
    NONE = "No paper was counted."

    PLACE = "statistics"

    def __init__(
        self, settings: Settings, what: str, count: Callable[[], Statistics], lead: Callable[[str], None], at: str = ""
    ) -> None:
        """Say what to show.

        Args:
            settings: The reader's.
            what: Which papers, for the heading.
            count: Counts them; called in a thread.
            lead: Lists the papers that a term finds.
            at: The term on which the cursor begins, if there is such a place.
        """
        super().__init__(settings, f"Statistics of {what}")
        self._count = count
        self._lead = lead
        self._begin: str | None = at
        self._counted: Statistics | None = None

    def sides(self) -> ComposeResult:
        """Lay out the two sides; the second is hidden where there is no room for it."""
        yield Figures("left")
        yield Figures("right")

    def _side(self, name: str) -> Figures:
        """Return one of the sides."""
        return self.query_one(f"#{name}", Figures)

    @property
    def figures(self) -> Figures:
        """The side that has the focus."""
        return self.focused if isinstance(self.focused, Figures) else self._side("left")

    def find(self) -> Callable[[], None]:
        """Count."""
        return partial(self._take, self._count())

    def _take(self, counted: Statistics) -> None:
        """Take over what was counted."""
        self._counted = counted

    def on_resize(self, event: events.Resize) -> None:
        """Leave the second side when there is no room for it any more."""
        if event.size.width < WIDE and self.focused is self._side("right"):
            self.set_focus(self._side("left"))

    def show_lines(self) -> None:
        """Put the lines on one side or on both."""
        counted = self._counted
        if counted is None:
            return
        left, right = self._side("left"), self._side("right")
        held = {side: side.spot.term for side in (left, right) if side.spot is not None}
        beside = self.has_class("-beside")
        lines = [*_figures(counted, left.room), *_calendar(counted, left.room)]
        if beside:
            others = [kind for kind in SECTIONS if kind not in _WITH_DAYS]
            lines += _sections(counted, _WITH_DAYS, left.room)
            right.show(list(_sections(counted, others, right.room))[1:])
        else:
            lines += _sections(counted, tuple(SECTIONS), left.room)
        left.show(lines if counted.total else [*lines, FigureLine((("", ""),)), *self.nothing()])
        for side, term in held.items():  # another width has other weeks
            if term:
                side.go_to(term)
        if self._begin is not None:
            self._go_to_first([self._begin, *_leading(counted)], [left, right] if beside else [left])
            self._begin = None

    def _go_to_first(self, terms: Sequence[str], sides: Sequence[Figures]) -> None:
        """Put the cursor on the first of some terms that is shown."""
        for term in filter(None, terms):
            for side in sides:
                if side.go_to(term):
                    self.set_focus(side)
                    return

    def what_next(self) -> str:
        """Return what can be done when there is no paper."""
        leave, search, ingest = self.key_of("lists.leave"), self.key_of("search"), self.key_of("ingest")
        return f"{leave} goes back; there {search} lists other papers, and {ingest} brings in a listing."

    # ------------------------------------------------------------------ keys

    def chosen(self, spot: Spot) -> None:
        """List the papers of a place."""
        if spot.term:
            self.dismiss()
            self._lead(spot.term)
        else:
            self.tell("there is no paper to list")

    def action_along(self, places: int) -> None:
        """Move along the calendar; from its end, and between bars, to the other side."""
        if not self.figures.move_along(places) and self.figures is self._side("left" if places > 0 else "right"):
            self.action_other_side()

    def action_other_side(self) -> None:
        """Go to the other side, if it is shown."""
        if self.has_class("-beside"):
            self.set_focus(self._side("right" if self.figures is self._side("left") else "left"))


def _leading(counted: Statistics) -> Iterator[str]:
    """Yield terms that find papers: the last day of reading first, then those of the bars."""
    last = max((day for day, count in counted.read.items() if count), default=None)
    if last is not None:
        yield day_term("read", last, last)
    for bars in counted.bars.values():
        yield from (one.term for one in bars if one.count and one.term)


def _figures(found: Statistics, width: int) -> Iterator[FigureLine]:
    """Yield what is no bar."""
    for name, words in found.lines():
        yield FigureLine(((f"{name:<{_NAMES}}", "dim"), (cut(words, max(1, width - _NAMES)).rstrip(), "")))


def _calendar(found: Statistics, width: int) -> Iterator[FigureLine]:
    """Yield the days on which papers were read, if any were."""
    if not any(found.read.values()):
        return
    weeks = max(1, min(WEEKS, width - _NAMES))
    calendar = Calendar(found.read, found.today, weeks)
    yield FigureLine((("", ""),))
    yield FigureLine((("Reading days", "heading"),))
    yield FigureLine(((" " * _NAMES + calendar.months(), "dim"),))
    for weekday, name in enumerate(WEEKDAYS):
        days = [calendar.day(weekday, week) for week in range(weeks)]
        spots = tuple(None if day is None else _day(found, day) for day in days)
        pieces = ((f"{name:>{_NAMES - 2}}  ", "dim"), (calendar.line(weekday), "bar"))
        yield FigureLine(pieces, spots, _NAMES)


def _day(found: Statistics, day: int) -> Spot:
    """Return the place of a day."""
    count = found.read.get(day, 0)
    return Spot(day_term("read", day, day) if count else "", f"{spelled(date.fromordinal(day))}: {count:,} read")


def _sections(found: Statistics, kinds: Sequence[str], width: int) -> Iterator[FigureLine]:
    """Yield the bars of some sections, each with a gap and a heading before it."""
    columns = Columns.of(found.rows(), width, _LABEL)
    for kind in kinds:
        bars = found.bars[kind]
        if bars:
            yield FigureLine((("", ""),))
            yield FigureLine(((SECTIONS[kind], "heading"),))
        most = max((one.count for one in bars), default=1)
        for one in bars:
            name = cut(one.label, columns.label)
            drawn = bar(one.count / max(1, most), columns.bar)
            pieces = ((name, ""), (f"  {one.count:>{columns.digits},}  ", "dim"), (drawn, "bar"))
            yield FigureLine(pieces, (_spot(kind, one),))


def _spot(kind: str, one: Bar) -> Spot | None:
    """Return the place of a bar."""
    if one.term is None:
        return None
    papers = f"{one.count:,} paper{'' if one.count == 1 else 's'}"
    what = {"read": "read in the week from", "added": "added in the week from"}.get(kind, "")
    return Spot(
        one.term if one.count else "", f"{papers} {what} {one.label}" if what else f"{safe_line(one.label)}: {papers}"
    )
