"""A paper takes one line or two, says its status in words where there is room, and everything else goes on."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from readlist.library import Library
from readlist.mark import change_tags, set_status
from readlist.settings import Settings
from readlist.tui.left import Left, keep_left, load_left
from readlist.tui.widgets.paper_list import PaperList
from tests.tui.reader import Reader, Reading


def lines(reader: Reader) -> list[str]:
    """Return the lines of the list as they are drawn."""
    papers = reader.papers
    return [papers.render_line(y).text for y in range(papers.scrollable_content_region.height)]


async def test_z_gives_a_paper_two_lines_and_one_again(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("j", "j")
        await reader.press("z")
        await reader.told("two lines per paper")
        drawn = lines(reader)
        title = next(place for place, line in enumerate(drawn) if "Souper-Model" in line)
        assert "unread · Maiti, Budhiraja, Gauri et al." in drawn[title + 1]
        assert drawn[title].startswith("▌○")
        assert drawn[title + 1].startswith("▌ ")
        assert drawn[title].rstrip().endswith("2025-11")
        await reader.press("z")
        await reader.told("one line per paper")
        assert "Maiti et al." in next(line for line in lines(reader) if "Souper-Model" in line)


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 16), (30, 5)])
async def test_the_cursor_is_always_seen_whole(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size, Settings(density="comfortable")) as reader:
        for key in ["j", "pagedown", "ctrl+d", "G", "k", "pageup", "z", "ctrl+u", "z", "g"]:
            await reader.press(key)
            await reader.pilot.pause()
            drawn = [line for line in lines(reader) if line.startswith("▌")]
            assert len(drawn) == min(2 if reader.papers.comfortable else 1, len(lines(reader))), key


async def test_two_lines_a_paper_are_selected_clicked_and_paged_like_one(reading: Reading) -> None:
    async with reading(settings=Settings(density="comfortable")) as reader:
        await reader.pilot.click(PaperList, offset=(20, 7))
        assert reader.title.startswith("AI Research Agents")
        await reader.press("v")
        await reader.told("1 selected")
        assert reader.title.startswith("The Automated LLM Speedrunning")
        await reader.press("g", "pagedown")
        assert reader.papers.listed.entry_at(reader.papers.page_height) == reader.papers.entry


async def test_density_is_kept_and_the_settings_come_first(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        await reader.press("z")
        await reader.until(lambda: load_left(library.folder).comfortable)
    async with reading() as reader:
        assert reader.papers.comfortable
    async with reading(settings=Settings(density="compact")) as reader:
        assert not reader.papers.comfortable


async def test_the_status_is_said_in_words_in_a_terminal_of_80_columns(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.until(lambda: " ○   unread   20" in lines(reader)[1])


async def test_where_there_is_room_the_status_is_said_in_words(reading: Reading, library: Library) -> None:
    async with reading((200, 60)) as reader:
        library.mark([reader.papers.entry.id], set_status("skimmed"))  # type: ignore[union-attr]  # there is one
        reader.papers.forget()
        assert "◑   skimmed  2026-03" in lines(reader)[0]


@pytest.mark.parametrize("width", range(1, 140, 9))
async def test_every_line_is_as_wide_as_the_list(reading: Reading, library: Library, width: int) -> None:
    async with reading((140, 10)) as reader:
        ids = library.ids(reader.papers.rows)
        library.mark(ids[:3], change_tags(add=["深層学習", "a-very-long-tag-that-goes-on"]))
        reader.papers.forget()
        await reader.pilot.resize_terminal(width, 10)
        for _ in range(2):
            found = {cell_len(line) for line in lines(reader)}
            assert found <= {reader.papers.scrollable_content_region.width}
            await reader.press("z")


def test_what_a_damaged_file_says_of_the_screen_is_left_out(library: Library) -> None:
    assert load_left(library.folder) == Left()
    kept = Left("readlist-light", comfortable=True, list_width=40, list_height=70, sidebar=30, order="title")
    keep_left(library.folder, kept)
    assert load_left(library.folder) == kept
    path = library.folder / "left.json"
    for text in ["", "[]", "{", '{"theme": 3, "list_width": 1000, "sidebar": true, "more": 1}', "[" * 100_000, "\xff"]:
        path.write_bytes(text.encode("latin-1"))
        assert load_left(library.folder) == Left()
    path.write_text('{"theme": "nord", "list_width": 99}')
    assert load_left(library.folder) == Left("nord")
