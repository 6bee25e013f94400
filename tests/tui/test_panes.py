"""Panes at every size: what is where, moved by keys and by the mouse, and kept; and a terminal that is dragged."""

from __future__ import annotations

import gc
import random
from itertools import pairwise

import psutil  # type: ignore[import-untyped]  # it comes without types
import pytest
from textual.events import MouseScrollDown
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from readlist.library import Library
from readlist.mark import add_note
from readlist.tui.left import load_left
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.sidebar import Sidebar
from tests.papers import paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines


def regions(reader: Reader) -> dict[str, Region]:
    """Return where the panes are that can be seen."""
    screen = reader.app.screen_stack[0]
    panes = [*screen.query(Sidebar), screen.query_one(PaperList), screen.query_one(Details)]
    return {str(pane.id): pane.region for pane in panes if pane.display and pane.region.area}


def focused(reader: Reader) -> Widget | None:
    return reader.app.focused


async def furnished(reader: Reader) -> None:
    """Wait until the sidebar is there, where there is room for it."""
    await reader.until(lambda: not reader.app.screen_stack[0].has_class("-awaited"))
    await reader.pilot.pause()


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((60, 16), ["papers"]),
        ((80, 24), ["papers", "details"]),
        ((99, 23), ["papers"]),
        ((100, 16), ["papers", "details"]),
        ((140, 40), ["sidebar", "papers", "details"]),
        ((300, 80), ["sidebar", "papers", "details"]),
    ],
)
async def test_there_are_as_many_panes_as_there_is_room_for(
    reading: Reading, size: tuple[int, int], shown: list[str]
) -> None:
    async with reading(size) as reader:
        await furnished(reader)
        found = regions(reader)
        assert list(found) == shown
        assert sum(region.area for region in found.values()) == size[0] * (size[1] - 2)
        for one, other in pairwise(found.values()):
            assert not one.overlaps(other)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40), (300, 80)])
async def test_every_key_works_at_every_size(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        screen = reader.app.screen_stack[0]
        await reader.press("F")
        await reader.until(lambda: isinstance(reader.app.focused, Sidebar))
        await reader.press("escape")
        assert focused(reader) is reader.papers
        await reader.press("tab")
        assert focused(reader) is screen.query_one(Details)
        assert screen.query_one(Details).display
        await reader.press("escape")
        assert reader.papers.display
        await reader.press("slash", *"nethack", "enter")
        await reader.until(lambda: len(reader.papers.rows) < 43)
        await reader.press("escape")
        assert screen.query_one("#search", Input).value == ""
        for key in ["z", "greater_than_sign", "less_than_sign", "s"]:
            await reader.press(key)
        await reader.told("star")


async def test_the_border_is_moved_by_keys_and_stays_there(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        await furnished(reader)
        before = regions(reader)
        await reader.press("less_than_sign", "less_than_sign")  # the second before the first is painted
        await reader.until(lambda: regions(reader)["papers"].width == before["papers"].width - 9)
        await reader.press("F", "greater_than_sign")
        await reader.until(lambda: regions(reader)["sidebar"].width == before["sidebar"].width + 2)
        moved = regions(reader)
        await reader.until(lambda: load_left(library.folder).sidebar == 26)
    async with reading() as reader:
        await furnished(reader)
        await reader.until(lambda: regions(reader) == moved)


async def test_no_pane_is_moved_out_of_sight(reading: Reading) -> None:
    async with reading((100, 24)) as reader:
        for key in ("less_than_sign", "greater_than_sign"):
            for _ in range(20):
                await reader.press(key)
            assert regions(reader)["papers"].width >= 28
            assert regions(reader)["details"].width >= 20
    async with reading((60, 16)) as reader:
        await reader.press("less_than_sign")
        await reader.told("there is only one pane")


async def drag(reader: Reader, begin: tuple[int, int], end: tuple[int, int]) -> None:
    await reader.pilot.mouse_down(offset=begin)
    await reader.pilot.hover(offset=((begin[0] + end[0]) // 2, (begin[1] + end[1]) // 2))
    await reader.pilot.hover(offset=end)
    await reader.pilot.mouse_up(offset=end)
    await reader.pilot.pause()


async def test_the_borders_are_dragged_with_the_mouse(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        await furnished(reader)
        border = regions(reader)["details"].x
        await drag(reader, (border, 9), (border - 20, 12))
        assert abs(regions(reader)["details"].x - (border - 20)) <= 1
        edge = regions(reader)["sidebar"].right - 1
        await drag(reader, (edge, 9), (edge + 10, 9))
        assert regions(reader)["sidebar"].right - 1 == edge + 10
        await reader.until(lambda: load_left(library.folder).sidebar == 34)
        held = regions(reader)
        await reader.pilot.hover(offset=(80, 20))
        assert regions(reader) == held
        assert reader.app.focused is reader.papers
    async with reading((80, 24)) as reader:
        line = regions(reader)["details"].y
        await drag(reader, (30, line), (30, line - 5))
        assert abs(regions(reader)["details"].y - (line - 5)) <= 1
        assert reader.app.focused is reader.papers


async def test_a_change_just_before_the_end_is_kept(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        await reader.press("z")
    assert load_left(library.folder).comfortable


async def test_the_mouse_selects_a_row_opens_it_and_the_wheel_scrolls_what_is_under_it(
    reading: Reading, library: Library
) -> None:
    async with reading((140, 24)) as reader:
        await furnished(reader)
        library.mark(library.ids(reader.papers.rows)[2:3], add_note("n1", "- a line\n" * 40))
        reader.papers.forget()
        await reader.pilot.click(PaperList, offset=(30, 4))
        assert reader.title.startswith("The Automated LLM")
        await reader.pilot.double_click(PaperList, offset=(30, 2))
        assert reader.title.startswith("Souper-Model")
        await reader.until(lambda: isinstance(reader.app.focused, Details))
        await reader.until(lambda: reader.details.count("a line") == 40)
        for pane in (reader.papers, reader.app.screen.query_one(Sidebar), reader.app.screen.query_one(Details)):
            await wheel(reader, pane)
            assert pane.scroll_offset.y > 0
        assert reader.title.startswith("Souper-Model")


async def wheel(reader: Reader, pane: Widget) -> None:
    x, y = pane.region.x + 5, pane.region.y + 5
    event = MouseScrollDown(None, x, y, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
    reader.app.post_message(event)
    await reader.until(lambda: pane.scroll_offset.y > 0)


def sizes(count: int) -> list[tuple[int, int]]:
    """Return the sizes of a terminal that is dragged about, down to one cell; the same ones every time."""
    chance = random.Random(7)
    found = [(1, 1), (1, 60), (200, 1), (2, 2), (300, 80)]
    width, height = 140, 40
    while len(found) < count:
        width = max(1, min(300, width + chance.randint(-40, 40)))
        height = max(1, min(80, height + chance.randint(-12, 12)))
        found.append((width, height))
    return found


@pytest.mark.parametrize("count", [120, pytest.param(400, marks=pytest.mark.slow)])
async def test_a_terminal_that_is_dragged_about_does_no_harm(reading: Reading, count: int) -> None:
    async with reading() as reader:
        await furnished(reader)
        process = psutil.Process()
        widgets, memory = 0, 0
        for number, size in enumerate(sizes(count)):
            await reader.pilot.resize_terminal(*size)
            if number % 20 == 0:
                await reader.press(*"jzF"[number // 20 % 3 :], "escape", "escape")
            if number == min(100, count // 2):
                gc.collect()
                widgets, memory = len(reader.app.screen.query("*")), process.memory_info().rss
        await reader.pilot.resize_terminal(140, 40)
        await reader.press("g", "s")
        await reader.told("star")
        gc.collect()
        assert len(reader.app.screen.query("*")) == widgets
        assert process.memory_info().rss - memory < 8 * 2**20


async def test_a_search_from_the_details_shows_the_list_again_where_one_pane_has_room(reading: Reading) -> None:
    async with reading((60, 16)) as reader:
        await reader.press("enter")
        await reader.until(lambda: not reader.papers.display)
        await reader.press("slash", *"nethack", "enter")
        await reader.until(lambda: bool(reader.papers.display) and reader.app.focused is reader.papers)
        await reader.press("enter", "F", "escape")
        await reader.until(lambda: bool(reader.papers.display) and reader.app.focused is reader.papers)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((60, 16), ["papers"]),
        ((80, 24), ["papers", "details"]),
        ((131, 40), ["papers", "details"]),
        ((132, 40), ["sidebar", "papers", "details"]),
        ((300, 80), ["sidebar", "papers", "details"]),
    ],
)
async def test_panes_come_and_go_as_the_terminal_is_resized(
    reading: Reading, size: tuple[int, int], shown: list[str]
) -> None:
    async with reading((140, 40)) as reader:
        await furnished(reader)
        for _ in range(2):
            await reader.pilot.resize_terminal(*size)
            await reader.until(lambda: list(regions(reader)) == shown)
            assert sum(region.area for region in regions(reader).values()) == size[0] * (size[1] - 2)
            assert focused(reader) is reader.papers
            await reader.pilot.resize_terminal(140, 40)
            await reader.until(lambda: list(regions(reader)) == ["sidebar", "papers", "details"])


@pytest.mark.parametrize("size", [(60, 16), (58, 30), (80, 24), (110, 16)])
@pytest.mark.parametrize("pane", ["sidebar", "details", "papers", "search"])
async def test_the_focus_is_always_on_a_pane_that_can_be_seen(
    reading: Reading, size: tuple[int, int], pane: str
) -> None:
    async with reading((140, 40)) as reader:
        await furnished(reader)
        screen = reader.app.screen_stack[0]
        screen.set_focus(screen.query_one(f"#{pane}"))
        await reader.pilot.pause()
        await reader.pilot.resize_terminal(*size)
        await reader.pilot.pause()
        found = focused(reader)
        assert found is not None
        assert found.region.area
        assert found.id == ("papers" if pane == "sidebar" else pane)
        await reader.press("escape", "escape", "j", "s")
        await reader.told("star")


async def test_a_sidebar_that_was_called_stays_where_there_is_room_for_it_beside_the_list(reading: Reading) -> None:
    async with reading((100, 30)) as reader:
        await reader.press("F")
        await reader.until(lambda: list(regions(reader)) == ["sidebar", "papers", "details"])
        await reader.press("escape")
        await reader.pilot.resize_terminal(58, 16)
        await reader.until(lambda: list(regions(reader)) == ["papers"])
        assert focused(reader) is reader.papers
        await reader.pilot.resize_terminal(90, 30)
        await reader.until(lambda: "sidebar" in regions(reader))
        await reader.press("F")
        await reader.pilot.resize_terminal(58, 16)
        await reader.until(lambda: list(regions(reader)) == ["sidebar"])
        assert isinstance(focused(reader), Sidebar)


async def test_a_sidebar_that_the_reader_hid_stays_hidden_also_after_a_restart(
    reading: Reading, library: Library
) -> None:
    async with reading() as reader:
        await furnished(reader)
        await reader.press("F", "F")
        await reader.until(lambda: "sidebar" not in regions(reader))
        await reader.pilot.resize_terminal(80, 24)
        await reader.pilot.resize_terminal(140, 40)
        await reader.pilot.pause()
        assert "sidebar" not in regions(reader)
    assert load_left(library.folder).sidebar_hidden
    async with reading() as reader:
        await furnished(reader)
        assert list(regions(reader)) == ["papers", "details"]
        await reader.press("F")
        await reader.until(lambda: "sidebar" in regions(reader))
    async with reading() as reader:
        await furnished(reader)
        await reader.until(lambda: "sidebar" in regions(reader))


async def test_the_cursor_stands_on_the_same_paper_after_a_restart(reading: Reading, library: Library) -> None:
    async with reading((80, 24)) as reader:
        await reader.press(*"jjjjjjjjjjjjjjjjjjjj")
        title = reader.title
    assert load_left(library.folder).paper
    async with reading((80, 24)) as reader:
        assert reader.title == title
        await reader.until(lambda: title[:20] in reader.details)
        shown = range(reader.papers.scroll_offset.y, reader.papers.scroll_offset.y + reader.papers.page_height)
        assert reader.papers.cursor in shown
        await reader.press("k")
        assert reader.papers.cursor == 19


async def test_a_paper_far_down_is_found_again_after_a_restart(reading: Reading, library: Library) -> None:
    library.add([paper(f"Paper {number}", f"Author {number}", date="2023") for number in range(1_000)])
    async with reading(sample=False) as reader:
        await reader.press("G")
        title = reader.title
    async with reading(sample=False) as reader:
        await reader.until(lambda: reader.title == title)
        assert reader.papers.cursor == 999


async def test_the_cursor_can_be_seen_when_the_terminal_has_shrunk(reading: Reading) -> None:
    async with reading((140, 40)) as reader:
        await reader.press("G")
        await reader.pilot.resize_terminal(60, 16)
        await reader.pilot.pause()
        last = reader.papers.scroll_offset.y + reader.papers.page_height
        assert last == len(reader.papers.rows)


async def test_the_first_line_says_as_much_as_there_is_room_for_at_any_size(reading: Reading) -> None:
    async with reading((140, 40)) as reader:
        await reader.press("f", "1")
        await reader.until(lambda: "Inbox · 43 of 43 · newest first" in lines(reader)[0])
        await reader.pilot.resize_terminal(80, 24)
        await reader.until(lambda: lines(reader)[0].rstrip().endswith("43 of 43"))
        assert "Inbox" not in lines(reader)[0]
        await reader.pilot.resize_terminal(140, 40)
        await reader.until(lambda: "Inbox · 43 of 43 · newest first" in lines(reader)[0])
