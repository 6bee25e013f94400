"""Marks, steps, undo and redo, across restarts and processes."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from tinydb import TinyDB

from readlist.errors import NothingToDoError, ReadOnlyError, StoreError
from readlist.ingest import Source, ingest
from readlist.library import Library, Ongoing
from readlist.mark import UNMARKED, Mark, add_note, change_tags, set_rating, set_status, star
from readlist.query import ALL
from readlist.store.envelope import SCHEMA
from readlist.store.storage import MarksStorage
from tests.papers import NOW, paper
from tests.store.marks_files import with_schema


def filled(library: Library, count: int = 3) -> list[str]:
    return list(library.add(paper(f"Title {n}", "Ann Author", date="2023") for n in range(count)).ids)


def mark_of(library: Library, paper_id: str) -> Mark:
    entry = library.find(paper_id)
    assert entry is not None
    return entry.mark


def test_a_star_is_there_after_a_restart(library: Library, folder: Path) -> None:
    first, *_ = filled(library)
    step = library.mark([first], star())
    assert step is not None
    assert step.description == "star on 1 paper"
    with Library.open(folder) as again:
        assert mark_of(again, first).starred
        assert mark_of(again, first).changed == NOW


def test_marks_are_told_without_their_papers_for_as_many_as_there_are(library: Library) -> None:
    ids = filled(library, 450)
    library.mark(ids[:300], star())
    library.mark(ids[200:], set_status("read"))
    told = library.marks([*ids, "pffffffffffffffff"])
    assert told == {entry.id: entry.mark for entry in library.by_ids(ids)}
    assert set(told) == set(ids)


def test_a_change_that_changes_nothing_is_no_step(library: Library) -> None:
    first, *_ = filled(library)
    library.mark([first], star())
    assert library.mark([first], star()) is None
    assert len(library.history()) == 1


def test_a_bulk_change_is_one_step_and_one_undo(library: Library) -> None:
    ids = filled(library)
    step = library.mark(ids, change_tags(add=["rl"]))
    assert step is not None
    assert step.description == "tag +rl on 3 papers"
    undone = library.undo()
    assert undone.description == "undo: tag +rl on 3 papers"
    assert all(mark_of(library, one) == UNMARKED for one in ids)
    assert library.redo().description == "redo: tag +rl on 3 papers"
    assert all(mark_of(library, one).tags == ("rl",) for one in ids)


def test_undo_and_redo_go_on_after_a_restart(library: Library, folder: Path) -> None:
    first, *_ = filled(library)
    library.mark([first], star())
    library.mark([first], set_status("read"))
    with Library.open(folder) as again:
        assert again.undo().name == "status read"
        assert again.undo().name == "star"
        with pytest.raises(NothingToDoError):
            again.undo()
    with Library.open(folder) as third:
        assert third.redo().name == "star"
        third.mark([first], set_rating(3))
        with pytest.raises(NothingToDoError):
            third.redo()


def test_an_undo_leaves_alone_what_was_changed_later(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, set_rating(2))
    step_two = library.mark(ids[:1], set_rating(5))
    assert step_two is not None
    lines = library.history()
    assert [line.name for line in lines] == ["rate 5", "rate 2"]
    library.undo()
    library.mark(ids[:1], set_rating(4))
    # The step below "rate 4" on the stack is "rate 2": take "rate 4" back in another process's name first.
    with Library.open(folder) as other:
        other.mark(ids[1:2], set_rating(1))
    undone = [library.undo() for _ in range(3)]
    assert [step.conflicts for step in undone] == [0, 0, 0]
    assert all(mark_of(library, one).rating == 0 for one in ids)


def test_a_removed_paper_comes_back_with_its_marks(library: Library) -> None:
    first, second, _ = filled(library)
    library.mark([first], add_note("n1", "worth it"))
    key = library.find(first)
    assert key is not None
    step = library.remove([first, second])
    assert step is not None
    assert step.description == "remove 2 papers"
    assert library.count() == 1
    assert library.find(first) is None
    library.undo()
    back = library.find(first)
    assert back == key
    library.redo()
    assert library.count() == 1


def test_the_marks_file_is_a_tinydb_of_one_line_a_record(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    before = (folder / "marks.json").read_text().splitlines()
    library.mark(ids[:1], set_rating(4))
    after = (folder / "marks.json").read_text().splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2  # the record and the envelope
    documents = TinyDB(folder / "marks.json", storage=MarksStorage).table("papers").all()
    assert {document["id"] for document in documents} == set(ids)
    assert json.loads("\n".join(after))["envelope"]["0"]["documents"] == 3


def test_only_the_owner_can_read_the_library(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    assert folder.stat().st_mode & 0o077 == 0
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name


def test_a_second_process_is_seen_and_the_own_changes_are_not(library: Library, folder: Path) -> None:
    ids = filled(library)
    assert not library.changed_elsewhere()
    library.mark(ids[:1], star())
    assert not library.changed_elsewhere()
    with Library.open(folder) as other:
        other.mark(ids[1:], star())
        other.add([paper("Another", "Bob Builder")])
    assert library.changed_elsewhere()
    assert not library.changed_elsewhere()
    assert mark_of(library, ids[1]).starred
    assert library.count() == 4


def test_a_lost_catalogue_keeps_the_marks_and_the_citation_keys(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids[:1], star())
    held = library.find(ids[0])
    assert held is not None
    library.close()
    for file in folder.glob("catalogue.sqlite*"):
        file.unlink()
    with Library.open(folder) as again:
        assert not again.fresh
        again.add(paper(f"Title {n}", "Ann Author", date="2023") for n in reversed(range(3)))
        found = again.find(ids[0])
        assert found is not None
        assert found.mark == held.mark
        assert found.citekey == held.citekey


def test_a_key_that_was_given_out_survives_a_removal(library: Library) -> None:
    ids = filled(library, 2)
    keys = [entry.citekey for entry in library.entries(library.select(ALL))]
    library.give_out(ids)
    library.remove(ids)
    library.add(paper(f"Title {n}", "Ann Author", date="2023") for n in reversed(range(2)))
    assert sorted(entry.citekey for entry in library.entries(library.select(ALL))) == sorted(keys)
    assert {entry.id for key in keys if (entry := library.find(key))} == set(ids)


@pytest.mark.parametrize("spoil", ["cut", "flip", "empty", "newer"])
def test_damaged_marks_are_never_overwritten(library: Library, folder: Path, spoil: str) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.close()
    path = folder / "marks.json"
    data = path.read_bytes()
    spoilt = {
        "cut": data[: len(data) // 2],
        "flip": data.replace(b'"starred": true', b'"starred": tru\xc5', 1),
        "empty": b"",
        "newer": with_schema(data, SCHEMA + 1),
    }[spoil]
    path.write_bytes(spoilt)
    with Library.open(folder) as again:
        if again.read_only is None:  # an altered record is noticed at the first change, before anything is written
            with pytest.raises(StoreError, match="damaged"):
                again.mark(ids[:1], set_rating(1))
        else:
            with pytest.raises(ReadOnlyError):
                again.mark(ids[:1], set_rating(1))
        assert len(again.entries(again.select(ALL))) == 3
    assert path.read_bytes() == spoilt


def test_a_step_that_was_cut_off_never_took_place(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids[:1], star())
    marks = (folder / "marks.json").read_bytes()
    library.mark(ids[1:2], star())
    library.close()
    (folder / "marks.json").write_bytes(marks)  # killed between the history and the marks file
    with Library.open(folder) as again:
        assert [step.name for step in again.history()] == ["star"]
        assert not mark_of(again, ids[1]).starred
        again.mark(ids[2:], set_rating(2))
        assert [step.number for step in again.history()] == [2, 1]
        assert again.undo().name == "rate 2"


def test_half_a_line_of_history_is_cut_off(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    with (folder / "history.jsonl").open("ab") as file:
        file.write(b'00000000 {"number": 2, "gen')
    with Library.open(folder) as again:
        assert again.undo().name == "star"
        assert [step.kind for step in again.history()] == ["undo", "do"]


def test_a_removal_that_the_catalogue_missed_is_made_up_for(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.close()
    spare = {file.name: file.read_bytes() for file in folder.glob("catalogue.sqlite*")}
    with Library.open(folder) as again:
        again.remove(ids[:1])
    for file in folder.glob("catalogue.sqlite*"):
        file.unlink()
    for name, data in spare.items():
        (folder / name).write_bytes(data)
    with Library.open(folder) as third:
        assert third.count() == 2
        assert third.find(ids[0]) is None


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="is a file, not a folder"):
        Library.open(tmp_path / "file")
    with pytest.raises(StoreError, match="lies below a file"):
        Library.open(tmp_path / "file" / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_opened_for_reading(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.close()
    folder.chmod(0o500)
    try:
        with Library.open(folder) as again:
            assert again.read_only
            assert again.count() == 3
            with pytest.raises(ReadOnlyError):
                again.mark(ids, star())
    finally:
        folder.chmod(0o700)


def test_opened_for_reading_only_nothing_changes(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.close()
    with Library.open(folder, read_only=True) as again:
        assert again.count() == 3
        with pytest.raises(ReadOnlyError):
            again.mark(ids, star())
        with pytest.raises(ReadOnlyError):
            again.remove(ids)
        with pytest.raises(ReadOnlyError):
            again.undo()
        again.give_out(ids)
    assert not (folder / "marks.json").exists()


def test_an_ingest_is_a_step_that_can_be_undone_and_done_again(library: Library, folder: Path) -> None:
    ongoing = Ongoing.new("ingest x.txt")
    assert library.took_in(ongoing) is None
    ids = library.add((paper(f"A Study of {n}", "Ann Author") for n in range(3)), ongoing=ongoing).ids
    before = library.entries(library.select(ALL))
    step = library.took_in(ongoing)
    assert step is not None
    assert library.took_in(ongoing) is None
    assert step.description == "ingest x.txt on 3 papers"
    library.mark([ids[0]], star())
    assert library.undo().name == "star"
    assert library.undo().description == "undo: ingest x.txt on 3 papers"
    assert library.count() == 0
    with Library.open(folder) as again:
        assert again.redo().description == "redo: ingest x.txt on 3 papers"
        assert again.entries(again.select(ALL)) == before
        assert again.redo().name == "star"
        assert mark_of(again, ids[0]).starred
        again.undo()
        again.undo()
        assert again.count() == 0


def test_only_the_papers_that_are_new_go_with_the_undoing_of_an_ingest(library: Library) -> None:
    held = filled(library, 1)
    source = Source.from_text("CLFeb 9, 2023\nA Study of Many ThingsAnn Author, Bob Builder\nText.\n", "mine.txt")
    ingest(library, [source], as_of=date(2026, 4, 1))
    assert library.count() == 2
    assert library.history()[0].description == "ingest mine.txt on 1 paper"
    ingest(library, [source], as_of=date(2026, 4, 1))
    assert len(library.history()) == 1
    library.undo()
    assert library.ids(library.select(ALL)) == held
