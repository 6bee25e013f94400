"""A marks file that is not what the library had last: told, never overwritten, never taken for empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.errors import DamagedMarksError, ReadOnlyError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.query import ALL
from readlist.store.envelope import parse
from tests.papers import NOW
from tests.store.marks_files import SPOILS, body_of, busy, checksum, filled, resealed, with_schema


def files(folder: Path) -> dict[str, str]:
    """What must not change, by name."""
    found = {path.name: path for path in [folder / "marks.json", folder / "history.jsonl", *folder.glob("backups/*")]}
    return {name: checksum(path.read_bytes()) for name, path in found.items() if path.exists()}


def refuses(folder: Path, ids: list[str], papers: int) -> str:
    """Open a library whose marks cannot be read and try everything; what it says is wrong."""
    before = files(folder)
    with Library.open(folder) as library:
        for change in (
            lambda: library.mark(ids[:1], set_rating(1)),
            lambda: library.remove(ids[:1]),
            lambda: library.give_out(ids[:1]),
            library.undo,
            library.back_up,
            lambda: library.mark(ids[:1], set_rating(1)),
        ):
            try:
                change()
            except (DamagedMarksError, ReadOnlyError):
                continue
            assert library.read_only  # giving out is left undone in silence
        assert library.damage
        assert library.read_only
        assert library.damage in library.read_only
        assert "`readlist restore`" in library.read_only
        assert len(library.entries(library.select(ALL))) == papers
        library.history()
        library.backups()
        assert not library.fresh
    assert files(folder) == before
    return library.damage


@pytest.mark.parametrize("name", SPOILS)
def test_a_spoilt_file_is_told_and_stays_as_it_is(library: Library, folder: Path, name: str) -> None:
    ids = busy(library, 4)
    library.close()
    path = folder / "marks.json"
    path.write_bytes(SPOILS[name](path.read_bytes()))
    told = refuses(folder, ids, 3)
    assert told.startswith("marks.json is ")


@pytest.mark.parametrize("percent", range(0, 100, 7))
def test_a_file_cut_anywhere_is_told(library: Library, folder: Path, percent: int) -> None:
    ids = busy(library, 4)
    library.close()
    path = folder / "marks.json"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * percent // 100])
    refuses(folder, ids, 3)


def test_every_flipped_byte_is_told(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.close()
    path = folder / "marks.json"
    data = path.read_bytes()
    for place in range(len(data)):
        with pytest.raises(DamagedMarksError):
            parse(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], "marks.json")


def test_what_is_wrong_is_said_in_a_sentence(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.close()
    path = folder / "marks.json"
    whole = path.read_bytes()
    for name, words in {
        "empty": "it is empty",
        "half": "its last line is missing",
        "a flipped byte": "do not fit its checksum",
        "sealed with a key twice": "the key 'status' stands twice",
        "sealed with a record twice": "stands twice",
        "sealed with invalid UTF-8": "it is not UTF-8 from byte",
        "sealed with a wrong count": "it holds 3 documents, not the 4",
        "a rating out of range": "mark.rating should be a whole number from 0 to 5, not 9",
        "a record under another number": "whose number is",
        "no mark": "mark is missing",
    }.items():
        path.write_bytes(SPOILS[name](whole))
        with Library.open(folder) as again:
            if again.damage is None:
                with pytest.raises(DamagedMarksError):
                    again.warm_up()
            assert again.damage is not None
            assert words in again.damage, name


@pytest.mark.parametrize("sign", ["catalogue", "backups", "history", "damaged history"])
def test_a_missing_file_is_not_taken_for_an_empty_library(library: Library, folder: Path, sign: str) -> None:
    ids = busy(library, 4)
    library.back_up()
    library.close()
    (folder / "marks.json").unlink()
    if sign != "catalogue":
        for file in folder.glob("catalogue.sqlite*"):
            file.unlink()
        with Library.open(folder) as again:  # the catalogue is made again, and knows nothing
            assert again.damage
    if sign != "backups":
        for file in (folder / "backups").iterdir():
            file.unlink()
    if "history" not in sign:
        (folder / "history.jsonl").unlink()
    if sign == "damaged history":
        history = (folder / "history.jsonl").read_bytes()
        (folder / "history.jsonl").write_bytes(history.replace(b'"generation"', b'"generatioN"'))
    told = refuses(folder, ids, 3 if sign == "catalogue" else 0)
    assert told.startswith("marks.json is missing")


def test_a_first_step_that_was_cut_off_leaves_an_empty_library(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.close()
    (folder / "marks.json").unlink()
    for file in folder.glob("catalogue.sqlite*"):
        file.unlink()
    with Library.open(folder) as again:
        assert again.read_only is None
        filled(again)
        again.mark(ids[:1], set_rating(2))
        assert [step.name for step in again.history()] == ["rate 2"]


def test_an_older_file_is_not_taken_for_the_latest(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    older = (folder / "marks.json").read_bytes()
    for rating in (1, 2, 3):
        library.mark(ids, set_rating(rating))
    library.close()
    (folder / "marks.json").write_bytes(older)
    assert "is older" in refuses(folder, ids, 3)
    for file in folder.glob("catalogue.sqlite*"):
        file.unlink()
    with Library.open(folder) as again:
        assert again.damage is not None
        assert "is older" in again.damage


def test_a_newer_schema_says_to_update(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.close()
    path = folder / "marks.json"
    newer = with_schema(path.read_bytes(), 7)
    path.write_bytes(newer)
    with Library.open(folder) as again:
        assert again.damage is not None
        assert "newer readlist (schema 7" in again.damage
        assert again.read_only is not None
        assert "update readlist" in again.read_only
    assert path.read_bytes() == newer


def test_a_library_that_is_mended_elsewhere_can_be_changed_again(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    whole = (folder / "marks.json").read_bytes()
    (folder / "marks.json").write_bytes(resealed(body_of(whole), documents=9))
    with pytest.raises(DamagedMarksError):
        library.mark(ids[:1], set_rating(1))
    assert library.damage
    with Library.open(folder, now=lambda: NOW) as other:
        other.restore(0)
        assert other.damage is None
    assert library.changed_elsewhere()
    assert [library.damage, library.read_only].count(None) == 2
    assert library.mark(ids[:1], set_rating(1))


def test_damage_is_told_apart_from_a_library_opened_for_reading(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.close()
    with Library.open(folder, read_only=True) as again:
        assert again.read_only
        assert again.damage is None
    (folder / "marks.json").write_bytes(b"")
    with Library.open(folder, read_only=True) as again:
        assert again.damage == "marks.json is damaged: it is empty"
        with pytest.raises(ReadOnlyError):
            again.restore(0)


def test_what_a_kill_left_half_written_is_taken_away(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.close()
    (folder / ".marks.json.new").write_bytes(b"half")
    (folder / ".history.jsonl.new").write_bytes(b"half")
    with Library.open(folder) as again:
        assert again.read_only is None
    assert not list(folder.glob(".*"))
