"""Whole stories, by keys alone, on a small, a middling and a large terminal.

That of a terminal which is lost while a note is written is in `tests/terminal/test_crash.py`, that of a whole triage in
`test_triage.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from readlist.assets import asset
from readlist.library import Library
from readlist.settings import Settings
from tests.tui.reader import Reader, Reading

SIZES = [(60, 16), (80, 24), (140, 40)]


async def search(reader: Reader, query: str, papers: int) -> None:
    """Search as people do."""
    await reader.press("slash")
    line = reader.app.screen.query_one("#search", Input)
    line.value = ""
    await reader.press(*("space" if key == " " else key for key in query), "enter")
    await reader.until(lambda: len(reader.papers.rows) == papers and reader.app.focused is reader.papers)


@pytest.mark.parametrize("size", SIZES)
async def test_from_an_empty_library_to_a_bibliography(
    reading: Reading, size: tuple[int, int], tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    listing = tmp_path / "publications.txt"
    listing.write_bytes(asset("sample.txt").read_bytes())
    async with reading(size, sample=False) as reader:
        await reader.press("i", *str(listing), "enter")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await search(reader, "title:toolformer", 1)
        await reader.press("s", "t", *"llm tools", "enter", "asterisk", "5", "r")
        await reader.until(lambda: reader.mark("schick2023toolformer").status == "read")
        await reader.press("n", *"cite in 2", "ctrl+s")
        await reader.until(lambda: bool(reader.mark("schick2023toolformer").notes))
        await reader.press("escape")
        await search(reader, "year:2020", 5)
        await reader.press("V", "s", "escape")
        await reader.until(lambda: len(reader.library.history()) == 7)
        await search(reader, "is:starred", 6)
        await reader.press("e")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press(*"refs.bib", "enter")
        await reader.told("6 papers exported")
        await reader.press("u")
        await reader.told("undo")
        await reader.press("q")
    bibliography = (tmp_path / "refs.bib").read_text()
    assert bibliography.count("\n@") + bibliography.startswith("@") == 6
    assert "{schick2023toolformer," in bibliography
    with Library.open(folder) as again:
        found = again.find("schick2023toolformer")
        assert found is not None
        mark = found.mark
        assert (mark.starred, mark.status, mark.rating, mark.tags) == (True, "read", 5, ("llm", "tools"))
        assert [note.text for note in mark.notes] == ["cite in 2"]


@pytest.mark.parametrize("size", SIZES)
async def test_with_keys_of_ones_own(reading: Reading, size: tuple[int, int]) -> None:
    settings = Settings(keys={"star": ("x",), "cursor_down": ("n", "down"), "note": ("ctrl+n",), "search": ("ctrl+f",)})
    async with reading(size, settings) as reader:
        first = reader.title
        await reader.press("n")
        await reader.until(lambda: reader.title != first)
        await reader.press("x")
        await reader.told("star on 1 paper")
        await reader.press("s")
        assert len(reader.library.history()) == 1  # `s` means nothing now
        await reader.press("ctrl+f", *"is:starred", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        await reader.press("ctrl+n", *"of use", "ctrl+s")
        await reader.until(lambda: len(reader.library.history()) == 2)
