"""Statistics: every bar is what the query language finds, and pace, streak and forecast follow from the days."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from readlist.chart import Calendar, bar
from readlist.library import Library
from readlist.mark import change_tags, set_status
from readlist.query import ALL, parse
from readlist.query.adding import with_term
from readlist.settings import Settings
from readlist.statistics import SECTIONS, Statistics, statistics
from tests.cli.test_keeping import Shell
from tests.papers import paper

TODAY = date(2026, 4, 1)


class Clock:
    """A clock that is set by hand."""

    now = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def set_to(self, day: date, hour: int = 12) -> None:
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def reading_list(folder: Path) -> Library:
    """Return a library in which papers came in, waited, and were read over some months."""
    clock = Clock()
    library = Library.open(folder, now=clock)
    authors = cycle(["Ann Li", "Bo Schmidt", 'Cy "Zed" Ito', "Ann Li Smith"])
    for week in range(8):
        clock.set_to(date(2026, 1, 5) + timedelta(weeks=week, days=week % 5), hour=23)
        papers = [
            paper(
                f"Paper {week} {number} on nets", next(authors), date=f"20{20 + number}-02", categories=("cs.CL",),
                affiliations=("meta" if number % 2 else "meta-ai",),
            )
            for number in range(4)
        ]  # fmt: skip
        ids = library.add(papers).ids
        library.mark(ids[:3], set_status("queued"))
        library.mark(ids[:1], change_tags(add=["rl/offline"]))
        clock.set_to(date(2026, 1, 5) + timedelta(weeks=week, days=7 + week % 3))
        library.mark(ids[:2], set_status("read"))
    return library


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("text", ["", "author:ann", "tag:rl OR year:2021", "nothing", "status:read sort:title"])
def test_every_bar_and_day_counts_what_its_term_finds(
    folder: Path, text: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with reading_list(folder) as library:

            def size(term: str) -> int:
                return library.size(parse(with_term(text, term), statuses=Settings().statuses, today=TODAY))

            query = parse(text, statuses=Settings().statuses, today=TODAY)
            found = statistics(library, query, Settings(), TODAY)
            assert found.total == library.size(query)
            bars = [(kind, one) for kind in SECTIONS for one in found.bars[kind]]
            if text != "nothing":
                assert {kind for kind, _ in bars} >= {"status", "author", "affil", "cat", "year", "added"}
            for kind, one in bars:
                assert one.term is not None
                assert (kind, one.label, size(one.term)) == (kind, one.label, one.count)
            for day, count in found.read.items():
                assert size(f"read:{date.fromordinal(day)}") == count
    finally:
        monkeypatch.undo()
        time.tzset()


def of(read: dict[date, int], *, queue: int = 0, today: date = TODAY) -> Statistics:
    days = Counter({day.toordinal(): count for day, count in read.items()})
    return Statistics(today, 50, dict.fromkeys(SECTIONS, ()), days, queue, None, None)


def on(*days_ago: int, count: int = 1) -> dict[date, int]:
    return {TODAY - timedelta(days=ago): count for ago in days_ago}


@pytest.mark.parametrize(
    ("read", "now", "longest"),
    [
        ({}, 0, 0),
        (on(0), 1, 1),
        (on(0, 1, 2), 3, 3),
        (on(1, 2), 2, 2),  # today is not over
        (on(2, 3, 4), 0, 3),
        (on(0, 2, 3, 4, 5, 9), 1, 4),
    ],
)
def test_a_streak_goes_up_to_today_or_yesterday(read: dict[date, int], now: int, longest: int) -> None:
    assert (of(read).streak, of(read).longest) == (now, longest)


def test_the_pace_is_that_of_the_last_eight_weeks() -> None:
    assert of(on(*range(0, 56, 7), 100)).pace == 1.0
    assert of(on(60, 100)).pace == 0.0


def test_who_began_to_read_lately_has_the_pace_of_that_time() -> None:
    assert of(on(0, 3, 6, 9, 13)).pace == 2.5
    assert of(on(0, count=3)).pace == 3.0  # one day says no more than a week


def test_the_queue_is_read_by_the_day_that_the_pace_gives() -> None:
    assert of(on(0, 7), queue=4).done_on == TODAY + timedelta(days=16)  # 2 in 8 days are 1.75 a week
    assert of(on(0), queue=0).done_on is None
    assert of({}, queue=4).done_on is None
    assert of(on(0), queue=10**9).done_on is None  # beyond the calendar


def test_the_calendar_ends_today_and_begins_on_a_monday() -> None:
    calendar = Calendar({TODAY.toordinal(): 9, TODAY.toordinal() - 7: 1}, TODAY, weeks=3)
    assert calendar.day(0, 0) == date(2026, 3, 16).toordinal()
    assert calendar.day(2, 2) == TODAY.toordinal()
    assert calendar.day(3, 2) is None
    assert [calendar.line(weekday) for weekday in (0, 2, 3)] == ["···", "·░█", "·· "]


def test_the_months_stand_over_their_first_whole_week() -> None:
    months = Calendar({}, date(2026, 11, 24)).months()
    assert months.split() == "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov".split()
    assert Calendar({}, date(2026, 11, 24), weeks=1).months() == ""


def test_a_bar_is_drawn_by_eighths_and_never_vanishes() -> None:
    assert bar(1, 4) == "████"
    assert bar(0.5, 3) == "█▌ "
    assert bar(0.001, 4) == "▏   "
    assert bar(0, 4) == "    "


def test_waiting_is_told_in_days(folder: Path) -> None:
    with reading_list(folder) as library:
        found = statistics(library, ALL, Settings(), TODAY)
    assert found.waited == 6.5  # 7, 7, 7, 4, 4, 9, 6 and 6 days
    assert found.queue == 8
    assert found.waiting is not None
    assert found.waiting > 30


def test_the_verb_prints_bars_and_gives_figures(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    with reading_list(shell.library):
        pass
    told = shell.said("stats")
    assert all(heading in told for kind, heading in SECTIONS.items() if kind not in ("read", "added"))
    assert "Reading days" in told
    assert max(map(len, told.splitlines())) <= 88
    figures = json.loads(shell.said("stats", "--json", "author:ann"))
    assert figures["papers"] == sum(bar["papers"] for bar in figures["by"]["status"]) == 16
    for one in figures["by"]["year"]:
        assert len(json.loads(shell.said("list", "--json", "author:ann", one["query"]))) == one["papers"]
