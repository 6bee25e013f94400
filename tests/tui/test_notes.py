"""Notes: quick ones, any of several edited or removed, all of them as one document."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.ingest import welcome
from readlist.library import Library
from readlist.mark import add_note
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines

FIRST = "goldie2026procedural"


def texts(reader: Reader) -> list[str]:
    return [note.text for note in reader.mark(FIRST).notes]


@pytest.fixture
def three_notes(library: Library) -> None:
    """The sample, its first paper with three notes."""
    welcome(library)
    entry = library.find(FIRST)
    assert entry is not None
    for name in ("one", "two", "three"):
        library.mark([entry.id], add_note(f"n{name}", f"{name} note\nwith more"))


async def test_a_quick_note_is_one_line_and_one_step(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("M", *"worth a talk", "enter")
        await reader.told("note on 1 paper")
        assert texts(reader) == ["worth a talk"]
        await reader.until(lambda: "✎ 2026-04-01" in reader.details)
        await reader.press("M", "escape", "M", "enter")
        await reader.press("slash", *"note:talk", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        await reader.press("u")
        await reader.told("undo: note")
        assert texts(reader) == []


@pytest.mark.usefixtures("three_notes")
async def test_any_of_several_notes_is_edited(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("N")
        await reader.until(lambda: any("Edit which note?" in line for line in lines(reader)))
        assert any("two note with more" in line for line in lines(reader))
        await reader.press("2", "!", "ctrl+s")
        await reader.told("edit note on 1 paper")
        assert texts(reader) == ["one note\nwith more", "two note\nwith more!", "three note\nwith more"]
        await reader.press("N", "escape")
        assert len(reader.app.screen_stack) == 1


@pytest.mark.usefixtures("three_notes")
async def test_any_of_several_notes_is_removed_and_comes_back(reading: Reading) -> None:
    async with reading() as reader:
        await reader.app.screen.run_action("remove_note")
        await reader.press("3")
        await reader.told("remove note on 1 paper")
        assert texts(reader) == ["two note\nwith more", "three note\nwith more"]
        await reader.press("u")
        await reader.told("undo: remove note")
        assert len(texts(reader)) == 3


async def test_a_single_note_is_removed_without_a_question(reading: Reading) -> None:
    async with reading() as reader:
        await reader.app.screen.run_action("remove_note")
        await reader.told("the paper has no note")
        await reader.press("M", *"only", "enter")
        await reader.told("note on 1 paper")
        await reader.until(lambda: "only" in reader.details)
        await reader.app.screen.run_action("remove_note")
        await reader.told("remove note on 1 paper")
        assert texts(reader) == []


async def test_the_notes_of_what_is_listed_become_one_document(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading() as reader:
        await reader.app.screen.run_action("export_notes")
        await reader.press("enter")
        await reader.told("none of these papers has a note")
        assert not (tmp_path / "notes.md").exists()
        await reader.press("M", *"one *note*", "enter")
        await reader.told("note on 1 paper")
        await reader.app.screen.run_action("export_notes")
        await reader.press("enter")
        await reader.told("the notes of 1 paper exported to notes.md")
        text = (tmp_path / "notes.md").read_text()
        assert text.startswith("# Reading notes\n\n## unread\n\n### ")
        assert "\n> one *note*\n" in text
        assert text.count("### ") == 1, "papers without notes are left out"
