"""A note that is being written is not lost by a crash, a full disk, or a paper that goes away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static, TextArea

from readlist.ingest import welcome
from readlist.library import Library
from readlist.mark import add_note, star
from readlist.store.drafts import Draft, Drafts
from tests.papers import NOW
from tests.tui.reader import Reader, Reading
from tests.tui.test_unsaved import dialog, no_room

FIRST = "goldie2026procedural"


@pytest.fixture
def crashed(folder: Path) -> Iterator[Library]:
    """The library as another app had it open; closing it is that app's end."""
    with Library.open(folder, now=lambda: NOW) as library:
        welcome(library)
        yield library


def leave(library: Library, text: str, key: str = FIRST, note_id: str | None = None) -> str:
    """Leave a draft behind."""
    entry = library.find(key)
    assert entry is not None
    kept = library.drafts.keep(library.drafts.new(entry.id, entry.paper.title, note_id, text))
    library.drafts.let_go(kept.id)
    return kept.id


def drafts(folder: Path) -> list[str]:
    """Return the texts of the drafts that are on the disk."""
    files = sorted((folder / "drafts").glob("*.json"))
    return ["\n".join(json.loads(path.read_text())["text"]) for path in files]


def notes(reader: Reader, key: str = FIRST) -> list[str]:
    return [note.text for note in reader.mark(key).notes]


async def offered(reader: Reader, words: str) -> None:
    await reader.until(lambda: "was not finished" in dialog(reader) and words in dialog(reader))


# ---------------------------------------------------------------------- while one writes


async def test_what_is_typed_is_kept_until_the_note_is_on_the_disk(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("n", *"worth ")
        await reader.until(lambda: drafts(folder) == ["worth "])
        await reader.press(*"it")
        await reader.until(lambda: drafts(folder) == ["worth it"])
        await reader.press("ctrl+s")
        await reader.told("note on 1 paper · saved")
        assert drafts(folder) == []
        assert notes(reader) == ["worth it"]


async def test_many_keys_are_few_writings(reading: Reading, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as reader:
        kept: list[str] = []
        keep = Drafts.keep

        def counted(self: Drafts, draft: Draft) -> Draft:
            kept.append(draft.text)
            return keep(self, draft)

        monkeypatch.setattr(Drafts, "keep", counted)
        await reader.press("n")
        area = reader.app.screen.query_one(TextArea)
        for _ in range(200):
            area.insert("x")
        await reader.until(lambda: drafts(folder) == ["x" * 200])
        assert kept == ["x" * 200]
        await reader.press("escape")
        await reader.told("saved")


async def test_a_note_that_is_edited_is_kept_too(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("n", *"old", "escape")
        await reader.told("note on 1 paper · saved")
        await reader.press("N", *" new")
        await reader.until(lambda: drafts(folder) == ["old new"])
        assert notes(reader) == ["old"]
        await reader.press("escape")
        await reader.told("edit note on 1 paper · saved")
        assert drafts(folder) == []
        assert notes(reader) == ["old new"]


async def test_leaving_with_nothing_to_keep_leaves_no_draft(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("n", "x")
        await reader.until(lambda: drafts(folder) == ["x"])
        await reader.press("backspace", "escape")
        await reader.until(lambda: drafts(folder) == [])
        assert notes(reader) == []


async def test_a_full_disk_is_told_and_the_writing_goes_on(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        with no_room():
            await reader.press("n", *"some")
            await reader.until(lambda: "this draft is not saved: cannot save" in dialog(reader))
            await reader.press("e")
            assert reader.app.screen.query_one(TextArea).text == "somee"
        await reader.press("f")
        await reader.until(lambda: drafts(folder) == ["someef"])
        await reader.until(lambda: "not saved" not in dialog(reader))


async def test_a_note_that_is_refused_stays_a_draft_until_it_is_saved(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("n", *"some")
        await reader.until(lambda: drafts(folder) == ["some"])
        with no_room():
            await reader.press("escape")
            await reader.told("NOT saved")
            assert drafts(folder) == ["some"]
        await reader.press("w")
        await reader.told("note on 1 paper · saved")
        assert drafts(folder) == []


async def test_a_read_only_library_takes_no_notes_and_says_so(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        reader.library._reason = "it is a museum"
        await reader.press("n")
        await reader.told("nothing can be changed: it is a museum")
        assert len(reader.app.screen_stack) == 1
        assert not (folder / "drafts").exists()


async def test_leaving_the_app_while_a_note_is_open_keeps_it(reading: Reading, folder: Path, library: Library) -> None:
    async with reading() as reader:
        await reader.press("n", *"unfinished", "ctrl+q")
        await reader.until(lambda: reader.app.return_value == 0)
    assert drafts(folder) == ["unfinished"]
    library.close()
    with Library.open(folder) as next_start:
        assert [draft.text for draft in next_start.drafts.unattended()] == ["unfinished"]


async def test_a_note_on_a_paper_that_went_away_meanwhile_is_not_lost(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("n", *"some")
        with Library.open(folder) as other:
            entry = other.find(FIRST)
            assert entry is not None
            other.remove([entry.id])
        await reader.press("escape")
        await reader.told("NOT saved: the paper of this note is not in the library any more")
        await reader.until(lambda: drafts(folder) == ["some"])


# ---------------------------------------------------------------------- at the next start


async def test_a_note_that_was_cut_off_is_offered_and_saved(reading: Reading, folder: Path, crashed: Library) -> None:
    leave(crashed, "\n  the first line\nand [/x] more")
    async with reading(sample=False) as reader:
        await offered(reader, "the first line")
        assert "Procedural Generation of" in dialog(reader)
        assert "2026-0" in dialog(reader)
        assert "2 lines" in dialog(reader)
        await reader.press("s")
        await reader.told("note on 1 paper · saved")
        assert notes(reader) == ["the first line\nand [/x] more"]
        assert drafts(folder) == []


async def test_one_can_write_on_where_it_was_cut_off(reading: Reading, folder: Path, crashed: Library) -> None:
    leave(crashed, "half a")
    async with reading(sample=False) as reader:
        await offered(reader, "half a")
        await reader.press("e", *" sentence")
        await reader.until(lambda: drafts(folder) == ["half a sentence"])
        await reader.press("escape")
        await reader.told("note on 1 paper · saved")
        assert notes(reader) == ["half a sentence"]
        assert drafts(folder) == []


async def test_a_draft_of_a_note_replaces_it_or_is_added_if_it_is_gone(
    reading: Reading, folder: Path, crashed: Library
) -> None:
    entry = crashed.find(FIRST)
    assert entry is not None
    crashed.mark([entry.id], add_note("n1", "old"))
    leave(crashed, "old and new", note_id="n1")
    leave(crashed, "of a note that is gone", note_id="n2")
    async with reading(sample=False) as reader:
        for _ in range(2):
            await offered(reader, "of")
            await reader.press("s")
            await reader.until(lambda: len(reader.app.screen_stack) == 1 or "not finished" in dialog(reader))
        await reader.until(lambda: drafts(folder) == [])
        assert notes(reader) == ["old and new", "of a note that is gone"]


async def test_a_draft_is_dropped_only_when_that_is_meant(reading: Reading, folder: Path, crashed: Library) -> None:
    leave(crashed, "some")
    async with reading(sample=False) as reader:
        await offered(reader, "some")
        await reader.press("d")
        await reader.until(lambda: "Drop this text for good?" in dialog(reader))
        await reader.press("escape")
        await offered(reader, "some")
        assert drafts(folder) == ["some"]
        await reader.press("d")
        await reader.until(lambda: "Drop this text for good?" in dialog(reader))
        await reader.press("d")
        await reader.until(lambda: drafts(folder) == [])
        assert notes(reader) == []


async def test_leaving_the_question_is_later(reading: Reading, folder: Path, crashed: Library) -> None:
    first, second = leave(crashed, "some"), leave(crashed, "other")
    async with reading(sample=False) as reader:
        await offered(reader, "")
        await reader.press("escape")
        await offered(reader, "")
        await reader.press("x", "escape")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        assert sorted(drafts(folder)) == ["other", "some"]
        with Library.open(folder) as next_start:
            found: set[str] = set()

            def all_found() -> bool:
                found.update(draft.id for draft in next_start.drafts.unattended())
                return found == {first, second}

            await reader.until(all_found)


async def test_a_draft_that_was_put_off_is_offered_before_a_new_note_on_its_paper(
    reading: Reading, folder: Path, crashed: Library
) -> None:
    leave(crashed, "cut off")
    async with reading(sample=False) as reader:
        await offered(reader, "cut off")
        await reader.press("escape")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        await reader.press("j", "n")
        await reader.until(lambda: bool(reader.app.screen.query(TextArea)))
        await reader.press("escape", "k", "n")
        await offered(reader, "another note")
        await reader.press("n")
        await reader.until(lambda: bool(reader.app.screen.query(TextArea)))
        await reader.press(*"new", "escape")
        await reader.until(lambda: notes(reader) == ["new"])
        await reader.press("n")
        await offered(reader, "cut off")
        await reader.press("e")
        await reader.until(lambda: bool(reader.app.screen.query(TextArea)))
        await reader.press("escape")
        await reader.until(lambda: sorted(notes(reader)) == ["cut off", "new"] and drafts(folder) == [])
        await reader.press("n")
        await reader.until(lambda: bool(reader.app.screen.query(TextArea)))


async def test_the_draft_of_a_paper_that_is_gone_can_be_copied(
    reading: Reading, folder: Path, crashed: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    leave(crashed, "precious")
    entry = crashed.find(FIRST)
    assert entry is not None
    crashed.remove([entry.id])
    async with reading(sample=False) as reader:
        copied: list[str] = []
        monkeypatch.setattr(reader.app, "copy_to_clipboard", copied.append)
        await offered(reader, "the paper is not in the library any more")
        assert "save it" not in dialog(reader)
        await reader.press("c")
        await reader.until(lambda: copied == ["precious"])
        assert drafts(folder) == ["precious"]


async def test_what_another_app_writes_on_is_not_offered(reading: Reading, folder: Path, crashed: Library) -> None:
    entry = crashed.find(FIRST)
    assert entry is not None
    crashed.drafts.keep(crashed.drafts.new(entry.id, "A Title", None, "still being written"))
    leave(crashed, "cut off")
    async with reading(sample=False) as reader:
        await offered(reader, "cut off")
        await reader.press("s")
        await reader.told("note on 1 paper · saved")
        assert drafts(folder) == ["still being written"]
        assert len(reader.app.screen_stack) == 1


async def test_what_is_a_note_already_is_not_offered(reading: Reading, folder: Path, crashed: Library) -> None:
    entry = crashed.find(FIRST)
    assert entry is not None
    crashed.mark([entry.id], add_note("n1", "said"))
    leave(crashed, "said\n")
    async with reading(sample=False) as reader:
        await reader.until(lambda: drafts(folder) == [])
        assert len(reader.app.screen_stack) == 1
        assert notes(reader) == ["said"]


async def test_nobody_is_asked_while_typing_a_search(reading: Reading, folder: Path, crashed: Library) -> None:
    async with reading(sample=False) as reader:
        await reader.press("slash")
        leave(crashed, "some")
        reader.app.screen.look_for_drafts()  # type: ignore[attr-defined]  # the main screen
        await reader.press(*"seed")
        assert reader.app.screen.query_one(Input).value == "seed"
        await reader.press("escape")
        await offered(reader, "some")


async def test_what_a_draft_says_cannot_steer_the_terminal(reading: Reading, folder: Path, crashed: Library) -> None:
    name = leave(crashed, "x")
    path = folder / "drafts" / f"{name}.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "title": "[/x]\x1b[2J", "changed": "\x1b]0;x\x07", "text": ["\x1b[2J[/y]"]}))
    async with reading(sample=False) as reader:
        await offered(reader, "[2J[/y]")
        assert "\x1b" not in dialog(reader)
        await reader.press("e")
        assert "\x1b" not in str(reader.app.screen.query(Static).first().render())


async def test_other_changes_do_not_touch_a_draft(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("n", *"some")
        await reader.until(lambda: drafts(folder) == ["some"])
        entry = reader.library.find(FIRST)
        assert entry is not None
        reader.library.mark([entry.id], star())
        reader.library.undo()
        assert drafts(folder) == ["some"]
