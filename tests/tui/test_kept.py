"""Exports that are kept up to date while the app is open."""

from __future__ import annotations

from pathlib import Path

from readlist.library import Library
from readlist.living import Context, keep
from readlist.settings import STATUSES
from tests.papers import TODAY
from tests.tui.reader import Reading

CONTEXT = Context(STATUSES, TODAY)


def count(file: Path) -> int:
    return file.read_text().count("\n@") + file.read_text().startswith("@")


async def test_a_key_that_changes_a_paper_is_followed_by_the_file(reading: Reading, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    async with reading() as reader:
        keep(reader.library, file, "is:starred", name="bibtex", context=CONTEXT)
        await reader.press("s")
        await reader.until(lambda: count(file) == 1)
        reader.burst("j", "s", "j", "s", "j", "s")
        await reader.until(lambda: count(file) == 4)
        await reader.press("u")
        await reader.until(lambda: count(file) == 3)


async def test_a_file_that_someone_else_changed_is_told_once_and_left(
    reading: Reading, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "refs.bib"
    async with reading() as reader:
        keep(library, file, "is:starred", name="bibtex", context=CONTEXT)
        file.write_text("mine")
        told: list[str] = []
        reader.app.screen_stack[0].warn = told.append  # type: ignore[attr-defined]  # the main screen's
        await reader.press("s")
        await reader.until(lambda: bool(told))
        await reader.press("j", "s")
        await reader.told("saved")
        assert "someone else has changed it" in told[0]
    assert len(told) == 1
    assert file.read_text() == "mine"


async def test_a_change_of_the_last_moment_is_left_to_the_program_that_opened_the_app(
    reading: Reading, library: Library, tmp_path: Path
) -> None:
    from readlist.living import refresh

    file = tmp_path / "refs.bib"
    async with reading() as reader:
        keep(library, file, "is:starred", name="bibtex", context=CONTEXT)
        reader.burst("s", "q")
        await reader.until(lambda: reader.app.return_code is not None or not reader.app.is_running)
    assert library.changes
    assert refresh(library, CONTEXT) == []
    assert count(file) == 1


async def test_kept_exports_are_shown_and_stopped_from_the_palette(reading: Reading, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    async with reading() as reader:
        await reader.press("ctrl+p")
        await reader.press(*"kept")
        await reader.until(lambda: True)
        await reader.press("enter", "enter")
        await reader.told("no export is kept up to date")
        keep(reader.library, file, "is:starred", name="bibtex", context=CONTEXT)
        await reader.app.screen.run_action("kept_exports")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press("1")
        await reader.until(lambda: "stop" in str(reader.app.screen.query(".choices").first().render()))
        await reader.press("s")
        await reader.told("kept up to date no longer")
        assert reader.library.exports() == []
