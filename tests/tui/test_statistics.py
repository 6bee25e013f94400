"""The statistics screen: what it shows, and that every figure leads to its papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from readlist.library import Library
from readlist.mark import set_status
from readlist.tui.screens.statistics import StatisticsScreen
from readlist.tui.widgets.figures import Figures
from tests.papers import paper
from tests.test_statistics import reading_list
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import check, lines


def text(reader: Reader) -> str:
    return reader.app.screen_stack[0].query_one("#search", Input).value


def last_line(reader: Reader) -> str:
    return lines(reader)[-1]


async def opened(reader: Reader, words: str = "enter show papers") -> None:
    await reader.press("number_sign")
    await reader.until(lambda: isinstance(reader.app.screen, StatisticsScreen) and words in last_line(reader))


async def test_a_bar_leads_to_its_papers(reading: Reading, library: Library) -> None:
    ids = library.add([paper(f"Paper {n}", f"Author {n % 2}", date="2023") for n in range(5)]).ids
    library.mark(ids[:2], set_status("queued"))
    async with reading((80, 24), sample=False) as reader:
        await opened(reader)
        assert "unread: 3 papers" in last_line(reader)
        await reader.press("j")
        assert "queued: 2 papers" in last_line(reader)
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 2)
        assert text(reader) == "status:queued "
        assert reader.app.focused is reader.papers
        await reader.told("escape goes back to the statistics")
        await reader.press("escape")  # back to where the bar was chosen
        await reader.until(lambda: "queued: 2 papers" in last_line(reader))
        assert text(reader) == ""
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 5)
        assert not isinstance(reader.app.screen, StatisticsScreen)
        assert "goes back" not in reader.says


async def test_the_way_back_to_the_statistics_ends_where_the_search_is_changed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"raileanu", "enter")
        await opened(reader)
        await reader.press("G", "enter")
        await reader.until(lambda: text(reader).startswith("raileanu* year:"))
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, StatisticsScreen) and "papers" in last_line(reader))
        assert reader.app.focused is reader.app.screen.query_one("#right", Figures)
        assert text(reader) == "raileanu"
        await reader.press("enter")
        await reader.until(lambda: text(reader).startswith("raileanu* year:"))
        await reader.press("slash", "x", "enter", "escape")
        assert text(reader) == ""
        assert not isinstance(reader.app.screen, StatisticsScreen)


async def test_it_counts_what_is_listed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"raileanu", "enter")
        await opened(reader)
        assert "raileanu" in lines(reader)[0]
        assert any("Papers" in line and "17" in line for line in lines(reader))
        await reader.press("escape")
        assert text(reader) == "raileanu"


async def test_a_day_of_the_calendar_leads_to_what_was_read_on_it(reading: Reading, library: Library) -> None:
    ids = library.add([paper(f"Paper {n}", "An Author", date="2023") for n in range(5)]).ids
    library.mark(ids[:3], set_status("read"))
    async with reading((80, 24), sample=False) as reader:
        await opened(reader)
        await reader.until(lambda: "Wed 1 Apr 2026: 3 read" in last_line(reader))  # the last day of reading
        await reader.press("k")
        await reader.until(lambda: "Tue 31 Mar 2026: 0 read" in last_line(reader))
        await reader.press("enter")
        assert "show papers" not in last_line(reader)
        await reader.until(lambda: "there is no paper to list" in lines(reader)[0])
        await reader.press("j", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 3)
        assert text(reader) == "read:2026-04-01 "


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_it_looks_like(folder: Path, reading: Reading, size: tuple[int, int]) -> None:
    reading_list(folder).close()
    async with reading(size, sample=False) as reader:
        await opened(reader)
        assert "Reading days" in check(reader, "statistics", size)


async def test_what_the_cursor_stands_on_is_told_in_a_narrow_terminal_too(folder: Path, reading: Reading) -> None:
    reading_list(folder).close()
    async with reading((60, 16), sample=False) as reader:
        await opened(reader)
        assert last_line(reader).strip() == "Tue 3 Mar 2026: 2 read   enter show papers · escape back"


@pytest.mark.parametrize("size", [(20, 5), (60, 16), (80, 24), (140, 40), (300, 80)])
async def test_every_size_is_lived_with(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await opened(reader, "enter show papers" if size[0] > 20 else "")
        for key in ("j", "G", "k", "l", "h", "tab", "g", "h", "ctrl+d", "ctrl+u"):
            await reader.press(key)
        await reader.pilot.resize_terminal(70, 20)
        await reader.pilot.resize_terminal(*size)
        await reader.until(lambda: len(lines(reader)) == size[1])
        await reader.press("escape")
        assert not isinstance(reader.app.screen, StatisticsScreen)


async def test_an_empty_library_says_what_there_is_to_do(reading: Reading) -> None:
    async with reading((80, 24), sample=False) as reader:
        await opened(reader, "escape back")
        assert any("No paper was counted." in line for line in lines(reader))
        assert any("and i brings in a listing." in line for line in lines(reader))


async def test_the_calendar_is_walked_through(folder: Path, reading: Reading) -> None:
    reading_list(folder).close()
    async with reading((140, 40), sample=False) as reader:
        await opened(reader)
        figures = reader.app.screen.query_one("#left", Figures)
        await reader.press("g")
        spot = figures.spot
        assert spot is not None
        assert spot.words.endswith(" read")
        await reader.press("h")
        assert figures.spot != spot
        await reader.press(*["l"] * 6)  # the end of the line, and then to the other side
        assert reader.app.focused is reader.app.screen.query_one("#right", Figures)
