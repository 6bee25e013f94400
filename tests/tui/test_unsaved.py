"""What the disk refuses: it stays visible, is tried again, and is not lost by leaving."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from readlist.library import Library
from tests.papers import paper
from tests.tui.reader import Reader, Reading

NEWEST = "goldie2026procedural"


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file grow: the system refuses every write, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def first_row(reader: Reader) -> str:
    """Return the first row of the list as it is drawn."""
    return reader.papers.render_line(0).text


def dialog(reader: Reader) -> str:
    """Return the text of the dialog that is open."""
    return "\n".join(str(static.render()) for static in reader.app.screen.query("Static"))


async def test_what_the_disk_refuses_is_shown_as_not_saved_and_saved_by_another_try(reading: Reading) -> None:
    async with reading() as reader:
        with no_room():
            await reader.press("s")
            await reader.told("NOT saved: cannot save")
            assert first_row(reader).startswith("▌○ ★!")
            await reader.until(lambda: "! not saved" in reader.details)
            assert "w tries again" in reader.says
            assert not reader.mark(NEWEST).starred
        await reader.press("w")
        await reader.told("star on 1 paper · saved")
        await reader.until(lambda: first_row(reader).startswith("▌○ ★ "))
        await reader.until(lambda: "not saved" not in reader.details)
        assert reader.mark(NEWEST).starred
        await reader.press("w")
        await reader.told("everything is saved")


async def test_the_next_change_saves_those_before_it_in_order(reading: Reading) -> None:
    async with reading() as reader:
        with no_room():
            await reader.press("s")
            await reader.told("NOT saved")
            await reader.press("s")
            await reader.until(lambda: "★" not in first_row(reader))
        await reader.press("r")
        await reader.told("status read on 1 paper · saved")
        assert not reader.mark(NEWEST).starred
        assert [step.name for step in reader.library.history()] == ["status read", "unstar", "star"]


async def test_undo_drops_what_was_not_saved(reading: Reading) -> None:
    async with reading() as reader:
        with no_room():
            await reader.press("s")
            await reader.told("NOT saved")
            await reader.press("u")
            await reader.told("undo: star on 1 paper, which was not saved")
        assert "★" not in first_row(reader)
        assert reader.library.history() == []


async def test_quitting_says_what_would_be_lost(reading: Reading) -> None:
    async with reading() as reader:
        with no_room():
            await reader.press("s")
            await reader.told("NOT saved")
            await reader.press("q")
            await reader.until(lambda: "A change is not on the disk" in dialog(reader))
            assert "star on 1 paper" in dialog(reader)
            await reader.press("x", "escape")
            await reader.until(lambda: len(reader.app.screen_stack) == 1)
            assert reader.app.return_value is None
            await reader.press("q")
            await reader.until(lambda: "try again" in dialog(reader))
        await reader.press("w")
        await reader.until(lambda: reader.app.return_value == 0)
        assert reader.mark(NEWEST).starred


async def test_leaving_all_the_same_is_possible(reading: Reading) -> None:
    async with reading() as reader:
        with no_room():
            await reader.press("s")
            await reader.press("q")
            await reader.until(lambda: "not on the disk" in dialog(reader))
            await reader.press("q")
            await reader.until(lambda: reader.app.return_value == 0)
        assert not reader.mark(NEWEST).starred


async def test_a_change_to_many_papers_is_asked_about(reading: Reading, library: Library) -> None:
    library.add(paper(f"Title {number}", "Ann Author") for number in range(60))
    async with reading(sample=False) as reader:
        await reader.press("V", "s")
        await reader.until(lambda: "Star 60 papers?" in dialog(reader))
        await reader.press("n")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        assert reader.library.history() == []
        await reader.press("s")
        await reader.until(lambda: "Star 60 papers?" in dialog(reader))
        await reader.press("y")
        await reader.told("star on 60 papers · saved")
