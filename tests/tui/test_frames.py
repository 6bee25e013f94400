"""What the main screen looks like, as text; and that every size is lived with.

The frames are kept in `frames/`; READLIST_WRITE_FRAMES=1 writes them anew.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from readlist.library import Library
from readlist.mark import add_note, change_tags, set_status, star
from readlist.settings import Settings
from readlist.tui.main.screen import MainScreen
from tests.papers import paper
from tests.tui.reader import Reader, Reading

FRAMES = Path(__file__).parent / "frames"
SIZES = [(80, 24), (140, 40)]
ALL_SIZES = [(60, 16), *SIZES, (200, 60)]
HOSTILE = "[/x] \x1b]52;c;aGk=\x07 [bold]title[/] \x1b[2J"


def lines(reader: Reader) -> list[str]:
    """Return the rows of the screen as text."""
    return [strip.text for strip in reader.app.screen._compositor.render_strips()]


def check(reader: Reader, name: str, size: tuple[int, int]) -> str:
    """Compare the screen with the frame that is kept; return it."""
    found = lines(reader)
    assert [cell_len(line) for line in found] == [size[0]] * size[1]
    frame = "\n".join(line.rstrip() for line in found) + "\n"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", frame)
    path = FRAMES / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("READLIST_WRITE_FRAMES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8"), f"the screen differs from {path.name}"
    return frame


async def settled(reader: Reader) -> None:
    """Wait until the details show what the cursor stands on, and the sidebar, where there is one, what is listed."""
    screen = reader.app.screen
    assert isinstance(screen, MainScreen)

    def counted() -> bool:
        known = set(screen.sizes) == set(screen.views) and bool(screen._facets) == bool(reader.papers.rows)
        return known or not screen.sidebar_shown

    key = reader.papers.entry.citekey if reader.papers.entry else ""
    await reader.until(lambda: key in reader.details and (bool(key) or not reader.details) and counted())
    await reader.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_library(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size, sample=False) as reader:
        await settled(reader)
        assert "Press i to bring in a listing" in check(reader, "empty", size)


@pytest.mark.parametrize("size", ALL_SIZES)
async def test_the_sample(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await settled(reader)
        frame = check(reader, "sample", size)
        assert "43 papers" in frame
        assert "Goldie et al." in frame


NOTE = """# Verdict
Compare *operators* with our `scaffold`; see [MLE-bench](https://arxiv.org/abs/2410.07095).

- seeds?
- cost, and a longer line that is wrapped below its own beginning"""


@pytest.mark.parametrize("size", ALL_SIZES)
@pytest.mark.parametrize("density", ["compact", "comfortable"])
async def test_papers_with_marks(reading: Reading, library: Library, size: tuple[int, int], density: str) -> None:
    async with reading(size, Settings(density=density)) as reader:
        ids = library.ids(reader.papers.rows)
        for place, status in enumerate(["reading", "queued", "skimmed", "read", "dropped"], 1):
            library.mark(ids[place : place + 1], set_status(status))
        library.mark(ids[1:3], star())
        library.mark(ids[2:5], change_tags(add=["agents", "benchmark"]))
        library.mark(ids[1:2], add_note("n1", NOTE))
        reader.papers.forget()
        screen = reader.app.screen
        assert isinstance(screen, MainScreen)
        screen.count_again(views=True)
        await reader.press("j", "v", "k")
        await reader.until(lambda: "Verdict" in reader.details or not reader.app.screen.query_one("#details").display)
        await settled(reader)
        frame = check(reader, f"marked-{density}", size)
        assert "▌◐+★" in frame
        assert ("reading · Lupidi" in frame) == (density == "comfortable")


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_without_a_hit(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        reader.app.screen.query_one(Input).value = "zzzz"
        await reader.until(lambda: not reader.papers.rows)
        await settled(reader)
        assert "No paper matches." in check(reader, "no-hit", size)


TITLES = {
    "long": "A very long title about " + "the many things that go on and on " * 8 + "end",
    "wide": "深層学習による e\u0301tude of 한국어 and na\u0308ive ﬁne Ｗｉｄｅ 文字",
    "hostile": HOSTILE,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", TITLES)
async def test_an_odd_title(reading: Reading, library: Library, size: tuple[int, int], name: str) -> None:
    odd = TITLES[name]
    library.add(
        [paper(odd, odd[:40], "Ann Author", abstract=odd, date="2023-02"), paper("Plain", "Bob B", date="2022")]
    )
    async with reading(size, sample=False) as reader:
        await settled(reader)
        frame = check(reader, name, size)
        assert "Plain" in frame
        if name == "hostile":
            assert "[/x]" in frame
            assert "[bold]" in frame
        if name == "wide":
            assert "深層" in unicodedata.normalize("NFC", frame)


@pytest.mark.parametrize("size", [(60, 16), (20, 5), (300, 80), (1, 1)])
async def test_odd_sizes_are_lived_with(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await reader.press("j", "s")
        await reader.until(lambda: len(reader.library.history()) == 1)
        assert len(lines(reader)) == size[1]


async def test_a_terminal_that_is_dragged_keeps_the_place(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("j", "j")
        for step in range(30):
            await reader.pilot.resize_terminal(140 - 4 * step, 40 - step)
        await reader.pilot.resize_terminal(140, 40)
        assert reader.title.startswith("Souper-Model")


async def test_on_a_small_screen_enter_shows_the_details_and_escape_the_list(reading: Reading) -> None:
    async with reading((70, 20)) as reader:
        details = reader.app.screen.query_one("#details")

        def shown() -> tuple[bool, bool]:
            return reader.papers.display, details.display

        assert shown() == (True, False)
        await reader.press("enter")
        assert shown() == (False, True)
        await reader.press("escape")
        assert shown() == (True, False)
