"""The statistics: figures, a calendar and bars, each of which leads to its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from readlist.chart import WEEKDAYS, WEEKS, Calendar, bar
from readlist.errors import ReadlistError
from readlist.library import Interrupted
from readlist.statistics import SECTIONS, Bar, Statistics, day_term, spelled
from readlist.text import safe_line
from readlist.tui.keyed import Keyed
from readlist.tui.look import QUIET, WIDE
from readlist.tui.widgets.figures import FigureLine, Figures, Spot
from readlist.tui.widgets.row import cut

_LABEL: Final = 24
"""Cells of the longest label."""

_LONGEST: Final = 40
"""Cells of the longest bar."""

_NAMES: Final = 10
"""Cells before a figure, and before the calendar."""

_WITH_DAYS: Final = ("read", "added")
"""The sections that stand by the calendar."""


class StatisticsScreen(Keyed[str | None]):
    """Figures about some papers; gives the term that finds those that were chosen, or None."""

    DEFAULT_CSS = """
    StatisticsScreen { layout: vertical; }
    StatisticsScreen #heading { height: 1; padding: 0 1; color: $text-accent; text-style: bold; }
    StatisticsScreen #told { height: 1; padding: 0 1; }
    StatisticsScreen #sides { height: 1fr; padding-top: 1; }
    StatisticsScreen Figures { width: 1fr; height: 100%; padding: 0 1 0 0; }
    StatisticsScreen #right { display: none; }
    StatisticsScreen.-beside #right { display: block; border-left: vkey $panel; }
    """

    PLACE = "statistics"

    @dataclass
    class Counted(Message):
        """The papers are counted."""

        found: Statistics

    @dataclass
    class NotCounted(Message):
        """They could not be."""

        error: ReadlistError

    def __init__(self, what: str, count: Callable[[], Statistics]) -> None:
        """Say what to show.

        Args:
            what: Which papers, for the heading.
            count: Counts them; called in a thread.
        """
        super().__init__()
        self._what = what
        self._count = count
        self._found: Statistics | None = None
        self._told = ""

    def compose(self) -> ComposeResult:
        """Lay out the two sides; the second is hidden where there is no room for it."""
        yield Static(Content(f"Statistics of {self._what}"), id="heading", markup=False)
        with Horizontal(id="sides"):
            yield Figures("left")
            yield Figures("right")
        yield Static("counting …", id="told", markup=False)

    def on_mount(self) -> None:
        """Count in a thread."""
        self.set_focus(self._side("left"))
        self._count_again()

    def _side(self, name: str) -> Figures:
        """Return one of the sides."""
        return self.query_one(f"#{name}", Figures)

    def _count_again(self) -> None:
        """Count in a thread."""
        self.run_worker(self._count_in_thread, thread=True, exclusive=True, group="statistics")

    def _count_in_thread(self) -> None:
        """Count; when another search interrupts it, once more."""
        try:
            while True:
                try:
                    self.post_message(self.Counted(self._count()))
                except Interrupted:
                    if self.is_attached:
                        continue
                return
        except ReadlistError as error:
            self.post_message(self.NotCounted(error))

    def on_statistics_screen_counted(self, event: Counted) -> None:
        """Draw what was counted."""
        event.stop()
        self._found = event.found
        self._draw()

    def on_statistics_screen_not_counted(self, event: NotCounted) -> None:
        """Say why not."""
        event.stop()
        self._told = f"{event.error.message}. {event.error.hint}".strip()
        self.show_offers()

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the room there is."""
        beside = event.size.width >= WIDE
        self.set_class(beside, "-beside")
        if not beside and self.focused is self._side("right"):
            self.set_focus(self._side("left"))
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """Put the lines on one side or on both."""
        found = self._found
        if found is None:
            return
        beside = self.has_class("-beside")
        width = self._side("left").room
        lines = [*_figures(found, width), *_calendar(found, width)]
        others = [kind for kind in SECTIONS if kind not in _WITH_DAYS]
        if beside:
            lines += _sections(found, _WITH_DAYS, width)
            self._side("right").show(list(_sections(found, others, width))[1:])
        else:
            lines += _sections(found, tuple(SECTIONS), width)
        self._side("left").show(lines)

    # ------------------------------------------------------------------ the last line

    def on_figures_moved(self, event: Figures.Moved) -> None:
        """Say what the cursor stands on."""
        event.stop()
        if self._found is not None and event.control is self.focused:
            self._told = event.spot.words if event.spot else "no paper was counted"
            self.show_offers()

    def show_offers(self) -> None:
        """Say again what the cursor stands on, and the keys as they are now."""
        keys = {"statistics.choose": "lists them", "statistics.help": "keys"} if self._here.spot else {}
        self._tell(self._told, self.keys_told(keys | {"statistics.leave": "goes back"}))

    def _tell(self, words: str, keys: str) -> None:
        """Show a sentence and the keys that work."""
        width = max(1, self.app.size.width - 2)
        room = width - cell_len(keys) - 3
        said = cut(words, room) if room > len(words) // 2 else ""
        told = Content.assemble((said.rstrip(), ""), ("   " if said else "", ""), (keys, QUIET))
        self.query_one("#told", Static).update(told)

    # ------------------------------------------------------------------ keys

    @property
    def _here(self) -> Figures:
        """The side that has the focus."""
        return self.focused if isinstance(self.focused, Figures) else self._side("left")

    def action_leave(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    def action_choose(self) -> None:
        """List the papers that the cursor stands for."""
        self._here.choose()

    def on_figures_chosen(self, event: Figures.Chosen) -> None:
        """Give what finds them."""
        event.stop()
        self.dismiss(event.spot.term)

    def action_move(self, lines: int) -> None:
        """Move up or down."""
        self._here.move(lines)

    def action_move_to_end(self, first: bool) -> None:
        """Move to the first or the last place."""
        self._here.move_to_end(first=first)

    def action_along(self, places: int) -> None:
        """Move along the calendar; from its end, and between bars, to the other side."""
        if not self._here.move_along(places) and self._here is self._side("left" if places > 0 else "right"):
            self.action_other_side()

    def action_other_side(self) -> None:
        """Go to the other side, if it is shown."""
        if self.has_class("-beside"):
            self.set_focus(self._side("right" if self._here is self._side("left") else "left"))


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
    yield FigureLine((("Days of reading", "heading"),))
    yield FigureLine(((" " * _NAMES + calendar.months(), "dim"),))
    for weekday, name in enumerate(WEEKDAYS):
        days = [calendar.day(weekday, week) for week in range(weeks)]
        spots = tuple(None if day is None else _day(found, day) for day in days)
        pieces = ((f"{name:>{_NAMES - 2}}  ", "dim"), (calendar.line(weekday), "bar"))
        yield FigureLine(pieces, spots, _NAMES)


def _day(found: Statistics, day: int) -> Spot:
    """Return the place of a day."""
    count = found.read.get(day, 0)
    return Spot(day_term("read", day, day), f"{spelled(date.fromordinal(day))}: {count:,} read")


def _sections(found: Statistics, kinds: Sequence[str], width: int) -> Iterator[FigureLine]:
    """Yield the bars of some sections, each with a gap and a heading before it."""
    shown = [one for bars in found.bars.values() for one in bars]
    label = min(_LABEL, width // 3, max((cell_len(one.label) for one in shown), default=0))
    digits = max((len(f"{one.count:,}") for one in shown), default=0)
    room = max(1, min(_LONGEST, width - label - digits - 4))
    for kind in kinds:
        bars = found.bars[kind]
        if bars:
            yield FigureLine((("", ""),))
            yield FigureLine(((SECTIONS[kind], "heading"),))
        most = max((one.count for one in bars), default=1)
        for one in bars:
            name = set_cell_size(cut(one.label, label), label)
            pieces = ((name, ""), (f"  {one.count:>{digits},}  ", "dim"), (bar(one.count / max(1, most), room), "bar"))
            yield FigureLine(pieces, (_spot(kind, one),))


def _spot(kind: str, one: Bar) -> Spot | None:
    """Return the place of a bar."""
    if one.term is None:
        return None
    papers = f"{one.count:,} paper{'' if one.count == 1 else 's'}"
    what = {"read": "read in the week from", "added": "added in the week from"}.get(kind, "")
    return Spot(one.term, f"{papers} {what} {one.label}" if what else f"{safe_line(one.label)}: {papers}")
