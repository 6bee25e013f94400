"""The place in the list: what happens elsewhere, and to the paper under the cursor, does not take it away."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.library import Library
from readlist.mark import change_tags, set_status
from tests.papers import paper
from tests.tui.reader import Reading


async def test_the_cursor_goes_to_the_next_paper_when_its_own_is_no_longer_listed(
    reading: Reading, folder: Path
) -> None:
    async with reading() as reader:
        await reader.press("f", "1", *"jjjjjjjjj")
        following = reader.title
        await reader.press("k", "r")
        await reader.told("status read on 1 paper · saved")
        await reader.press("j", "r", "j")
        following = reader.title
        await reader.press("k")
        with Library.open(folder) as other:
            other.mark([other.ids(reader.papers.rows)[0]], change_tags(add=["elsewhere"]))
        await reader.until(lambda: len(reader.papers.rows) == 41)
        assert (reader.title, reader.papers.cursor) == (following, 8)
        await reader.press("escape", "escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        assert reader.title == following


async def test_the_last_paper_that_leaves_hands_the_cursor_to_the_one_before(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("2", "j", "2", "j", "j", "2", "f", "2")
        await reader.until(lambda: len(reader.papers.rows) == 3)
        await reader.press("G", "k")
        before = reader.title
        await reader.press("j", "u")
        await reader.until(lambda: len(reader.papers.rows) == 2)
        assert reader.title == before


async def test_a_long_list_stays_whole_while_it_is_found_again(
    reading: Reading, library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = library.add([paper(f"Paper {n}", f"Author {n}", date="2024-05") for n in range(600)]).ids
    async with reading(sample=False) as reader:
        await reader.press("f", "1")
        await reader.until(lambda: len(reader.papers.rows) == 600)
        await reader.press("G", *"kkkkk")
        title, show = reader.title, reader.papers.show
        lengths = []

        def noted(rows, *args, **named) -> None:  # type: ignore[no-untyped-def]
            lengths.append(len(rows))
            show(rows, *args, **named)

        monkeypatch.setattr(reader.papers, "show", noted)
        with Library.open(folder) as other:
            other.mark([ids[0]], set_status("read"))
        await reader.until(lambda: len(reader.papers.rows) == 599)
        assert (reader.title, lengths) == (title, [599])
