"""What stands around the list follows what is listed, though little of the screen is laid out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import RenderableType
from textual.app import App, ComposeResult
from textual.screen import Screen

from readlist.library import Library
from readlist.mark import star
from readlist.tui.widgets.bars import TopBar
from readlist.tui.widgets.search_line import SearchLine
from tests.tui.reader import Reading


async def test_the_scrollbar_follows_the_number_of_rows(reading: Reading) -> None:
    async with reading(size=(140, 20)) as reader:
        papers = reader.papers

        def has_scrollbar() -> bool:
            return bool(papers.show_vertical_scrollbar)

        async def listed(query: str, count: int) -> None:
            reader.app.screen.query_one(SearchLine).value = query
            await reader.until(lambda: len(papers.rows) == count)
            await reader.pilot.pause()

        await reader.until(lambda: papers.vertical_scrollbar.window_virtual_size == 43)
        await listed("-language ", 30)
        assert has_scrollbar()
        assert papers.vertical_scrollbar.window_virtual_size == papers.max_scroll_y + papers.container_size.height == 30
        await listed("toolformer ", 1)
        assert not has_scrollbar()
        await listed("", 43)
        assert has_scrollbar()
        assert papers.vertical_scrollbar.window_virtual_size == 43
        await reader.press("escape", "G")
        await listed("-language ", 30)
        assert papers.scroll_offset.y <= papers.max_scroll_y


class Bare(App[None]):
    """An app with nothing but the first line."""

    def compose(self) -> ComposeResult:
        yield TopBar()


async def test_the_number_of_papers_stands_at_the_end_of_its_line_however_long_it_is() -> None:
    app = Bare()
    async with app.run_test(size=(140, 3)) as pilot:
        bar = app.query_one(TopBar)
        for words in (
            "10,000 papers · newest first",
            "9,999 of 10,000 · first author A to Z",
            "7 of 43 · newest first",
            "1",
        ):
            bar.show_count(words)
            await pilot.pause()
            count = bar.query_one("#count")
            assert "".join(part.text for part in count.render_line(0)).endswith(words)
            assert count.region.right == 140


@pytest.mark.parametrize("keys", [["y"], ["R"], ["number_sign"]], ids=" ".join)
async def test_nothing_is_drawn_while_a_screen_lies_over_the_list_and_nothing_happens(
    reading: Reading, folder: Path, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    async with reading() as reader:
        await reader.press(*keys)
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.pilot.pause(0.5)
        drawn: list[object] = []
        display = reader.app._display

        def noted(screen: Screen[object], renderable: RenderableType | None) -> None:
            drawn.append(renderable)
            display(screen, renderable)

        monkeypatch.setattr(reader.app, "_display", noted)
        await reader.pilot.pause(2.5)
        assert len(drawn) < 2  # what the last line said goes away after a while
        with Library.open(folder) as other:
            other.mark([other.ids(reader.papers.rows)[0]], star())
        await reader.press("escape")
        await reader.until(lambda: (entry := reader.papers.entry) is not None and entry.mark.starred)
