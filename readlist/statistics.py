"""Statistics: how many papers there are of what, when they came in and were read, and when the queue will be empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import Final

from msgspec import Struct

from readlist.chart import WEEK, monday_of
from readlist.library import Library
from readlist.query import Facet, Query, Span
from readlist.settings import Settings
from readlist.text import safe_line

SECTIONS: Final = {
    "status": "Status",
    "read": "Read per week",
    "added": "Added per week",
    "tag": "Tags",
    "author": "Authors",
    "affil": "Affiliations",
    "cat": "Categories",
    "year": "Years",
}
"""What papers are counted by, with its heading, in order."""

_SHOWN: Final = 10
"""Bars of a section, at the most."""

_WEEKS: Final = 10
"""Weeks that are told apart, the present one among them."""

_RECENT: Final = 8 * WEEK
"""Days that the pace is taken from."""

_WAITING: Final = ("queued", "reading")
"""The statuses of papers that are still to be read."""


class Bar(Struct, frozen=True):
    """Papers that have something in common."""

    label: str
    count: int
    term: str | None
    """What finds them, as a term of a query; None if nothing can."""


class Statistics(Struct, frozen=True):
    """What there is to say of some papers."""

    today: date
    total: int
    """How many papers they are."""
    bars: Mapping[str, Sequence[Bar]]
    """By what is counted; see `SECTIONS`."""
    read: Mapping[int, int]
    """How many were last marked as read on each day, numbered as of `date.toordinal`."""
    queue: int
    """How many are still to be read: those queued, and those that are being read."""
    waited: float | None
    """The median of the days between queued and read; None where no paper was both."""
    waiting: float | None
    """The median of the days that queued papers have waited so far; None where none is queued."""

    @property
    def streak(self) -> int:
        """Days in a row, up to today or yesterday, on each of which a paper was read."""
        today = self.today.toordinal()
        last = today if self.read.get(today) else today - 1
        return next(run for run in range(last + 1) if not self.read.get(last - run))

    @property
    def longest(self) -> int:
        """The longest streak that there ever was."""
        days = {day for day, count in self.read.items() if count}
        begins = (day for day in days if day - 1 not in days)
        return max((next(run for run in range(1, len(days) + 1) if day + run not in days) for day in begins), default=0)

    @property
    def pace(self) -> float:
        """Papers read per week of late: in the last eight weeks, or since the first paper that was read."""
        today = self.today.toordinal()
        recent = sum(count for day, count in self.read.items() if today - _RECENT < day <= today)
        if not recent:
            return 0.0
        return recent * WEEK / min(_RECENT, max(WEEK, today - min(self.read) + 1))

    @property
    def done_on(self) -> date | None:
        """The day by which the queue is read at this pace; None if there is no queue, no pace, or no such day."""
        if not (self.queue and self.pace):
            return None
        try:
            return self.today + timedelta(days=ceil(self.queue * WEEK / self.pace))
        except OverflowError:
            return None

    def rows(self) -> Iterator[tuple[str, int]]:
        """Yield the labels and the numbers of all bars."""
        yield from ((one.label, one.count) for bars in self.bars.values() for one in bars)

    def lines(self) -> list[tuple[str, str]]:
        """Return the figures that are no bars, as pairs of a name and a sentence."""
        return [
            ("Papers", f"{self.total:,}"),
            ("Streak", f"{_days(self.streak)} now, {_days(self.longest)} at its longest"),
            ("Pace", f"{self.pace:.1f} papers a week" if self.pace else "none yet: mark a paper as read"),
            ("Queue", self._queue_words()),
            ("Waiting", self._waiting_words()),
        ]

    def _queue_words(self) -> str:
        """Say how long the queue is, and until when."""
        if not self.queue:
            return "empty"
        papers = f"{self.queue:,} paper{'s' if self.queue != 1 else ''}"
        return f"{papers}, read by {spelled(self.done_on)} at this pace" if self.done_on else papers

    def _waiting_words(self) -> str:
        """Say how long papers wait."""
        words = [
            f"{_days(days)} {what}"
            for days, what in ((self.waited, "from queued to read"), (self.waiting, "so far"))
            if days is not None
        ]
        return ", ".join(words) + " (median)" if words else "no paper was queued yet"


def statistics(library: Library, query: Query, settings: Settings, today: date) -> Statistics:
    """Count the papers that match a query.

    Raises:
        Interrupted: `library.interrupt` was called meanwhile.
        StoreError: The library cannot be read.
    """
    moments = library.moments(query)
    facets = library.facets(query)
    statuses = {facet.name: facet.count for facet in facets if facet.kind == "status"}
    bars = {kind: tuple(_bars(kind, facets, settings)) for kind in SECTIONS}
    bars["read"] = tuple(_weeks("read", moments.read, today))
    bars["added"] = tuple(_weeks("added", moments.added, today))
    return Statistics(
        today=today,
        total=sum(statuses.values()),
        bars=bars,
        read=moments.read,
        queue=sum(statuses.get(status, 0) for status in _WAITING),
        waited=median(moments.waited) if moments.waited else None,
        waiting=median(today.toordinal() - day for day in moments.queued) if moments.queued else None,
    )


def day_term(field: str, first: int, last: int) -> str:
    """Return the term that finds what happened on some days.

    Args:
        field: `read` or `added`.
        first: The number of the first day.
        last: That of the last one.
    """
    return str(Span(field, first, last))


def spelled(day: date | None) -> str:
    """Return a day as people write it, with the week's day."""
    return f"{day:%a} {day.day} {day:%b %Y}" if day else ""


def _bars(kind: str, facets: Iterable[Facet], settings: Settings) -> Iterator[Bar]:
    """Yield a bar for each of the names of a kind that have the most papers; statuses in their order."""
    found = [facet for facet in facets if facet.kind == kind]
    if kind == "status":
        ranks = {status.id: rank for rank, status in enumerate(settings.statuses)}
        found.sort(key=lambda facet: ranks.get(facet.name, len(ranks)))
    for facet in found[:_SHOWN]:
        label = settings.known_status(facet.name).label if kind == "status" else safe_line(facet.name)
        yield Bar(label, facet.count, None if facet.tree is None else str(facet.tree))


def _weeks(field: str, days: Mapping[int, int], today: date) -> Iterator[Bar]:
    """Yield a bar for each of the last weeks since the first in which anything happened, the latest first."""
    last = monday_of(today)
    mondays = [last - timedelta(weeks=back) for back in range(_WEEKS)]
    counts = [sum(days.get(monday.toordinal() + day, 0) for day in range(WEEK)) for monday in mondays]
    while counts and not counts[-1]:
        counts.pop()
    for monday, count in zip(mondays, counts, strict=False):
        first = monday.toordinal()
        yield Bar(f"{monday:%Y-%m-%d}", count, day_term(field, first, first + WEEK - 1))


def _days(count: float) -> str:
    """Return a number of days in words."""
    return f"{count:g} day{'' if count == 1 else 's'}"
