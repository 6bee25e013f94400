"""Marks that cannot be read are told, and a backup is offered in their place."""

from __future__ import annotations

import shutil
from pathlib import Path

from readlist.ingest import welcome
from readlist.library import Library
from readlist.mark import add_note, star
from tests.tui.reader import Reader, Reading

FIRST = "goldie2026procedural"


def spoilt(folder: Path, *, backup: bool = True) -> bytes:
    """Make a library with marks, spoil their file, and return what it holds then."""
    with Library.open(folder) as library:
        welcome(library)
        entry = library.find(FIRST)
        assert entry is not None
        library.mark([entry.id], star())
        if backup:
            library.back_up()
        library.mark([entry.id], add_note("n1", "years of work"))
    if not backup:
        shutil.rmtree(folder / "backups", ignore_errors=True)
    marks = folder / "marks.json"
    marks.write_bytes(marks.read_bytes()[:-40])
    return marks.read_bytes()


def put_aside(folder: Path) -> list[bytes]:
    """Return what is kept of files that could not be read."""
    return [path.read_bytes() for path in folder.glob("marks.json.damaged-*")]


def dialog(reader: Reader) -> str:
    return "\n".join(str(static.render()) for static in reader.app.screen.query("Static"))


def trouble(reader: Reader) -> str:
    return str(reader.app.screen_stack[0].query_one("#trouble").render())


async def test_a_backup_and_what_came_after_it_are_put_in_the_place_of_damaged_marks(
    reading: Reading, folder: Path
) -> None:
    data = spoilt(folder)
    async with reading(sample=False) as reader:
        await reader.until(lambda: "Your marks cannot be read" in dialog(reader))
        assert "1 paper, and 1 later change from the history" in dialog(reader)
        assert "read-only: marks.json is damaged" in trouble(reader)
        assert (folder / "marks.json").read_bytes() == data
        await reader.press("1")
        await reader.told("restored: marks of 1 paper")
        assert reader.mark(FIRST).starred
        assert [note.text for note in reader.mark(FIRST).notes] == ["years of work"]
        assert trouble(reader) == ""
        await reader.press("j", "s")
        await reader.told("star on 1 paper · saved")
    assert put_aside(folder) == [data]


async def test_without_an_answer_nothing_can_be_changed_and_the_file_stays(reading: Reading, folder: Path) -> None:
    data = spoilt(folder)
    async with reading(sample=False) as reader:
        await reader.until(lambda: "Your marks cannot be read" in dialog(reader))
        await reader.press("escape", "s")
        await reader.told("nothing can be changed: marks.json is damaged")
    assert (folder / "marks.json").read_bytes() == data


async def test_without_a_backup_they_are_put_together_from_what_is_remembered(reading: Reading, folder: Path) -> None:
    spoilt(folder, backup=False)
    async with reading(sample=False) as reader:
        await reader.until(lambda: "what the catalogue and the history remember" in dialog(reader))
        await reader.press("0")
        await reader.told("restored")
        assert [note.text for note in reader.mark(FIRST).notes] == ["years of work"]
