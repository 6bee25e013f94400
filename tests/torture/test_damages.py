"""A marks file that was damaged is refused with a sentence or read right, and stays as it is on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from tinydb import TinyDB

from readlist.errors import DamagedError, ReadlistError, StoreError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.store.marks import MarkStore
from readlist.store.storage import MarksStorage
from tests.torture.damages import Damage, cuts, flips, foreign_bytes, splices, wrong_contents
from tests.torture.editors import MARKS_FILE, Naive
from tests.torture.edits import filled_library

pytestmark = pytest.mark.slow

FLIPS: Final = 10_000
A_SAMPLE: Final = 97
"""Every so many flips the whole library is tried, too."""


@dataclass
class Generations:
    """A library, and two generations of its marks file that follow each other."""

    folder: Path
    ids: list[str]
    old: bytes
    new: bytes


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    folder = tmp_path / "library"
    ids, _ = filled_library(folder, 20, 12)
    old = (folder / MARKS_FILE).read_bytes()
    with Library.open(folder) as library:
        library.mark(ids[::2], star())
    new = (folder / MARKS_FILE).read_bytes()
    assert len(new) > 20_000
    return Generations(folder, ids, old, new)


def what_is_wrong(path: Path, damage: bytes, right: tuple[Any, int]) -> str:
    """Read a damaged file as it stands alone; say what is wrong with the answer, an empty text if nothing is."""
    path.write_bytes(damage)
    storage = MarksStorage(path)
    try:
        read = storage.read()
    except DamagedError as error:
        return "" if error.message.startswith(f"{path.name} ") else f"refused with: {error.message}"
    finally:
        assert path.read_bytes() == damage
    return "" if (read, storage.generation) == right else "read, and not as it was written"


def reading(path: Path) -> tuple[Any, int]:
    """Return the tables and the generation in a file that is whole."""
    storage = MarksStorage(path)
    return storage.read(), storage.generation


def wrong_ones(path: Path, damages: Iterable[Damage], right: tuple[Any, int]) -> list[str]:
    """Return what is wrong with the reading of each of the damaged files."""
    path.parent.mkdir(exist_ok=True)
    return [f"{name}: {wrong}" for name, damage in damages if (wrong := what_is_wrong(path, damage, right))]


def test_a_file_cut_anywhere_is_refused(generations: Generations, tmp_path: Path) -> None:
    right = reading(generations.folder / MARKS_FILE)
    assert wrong_ones(tmp_path / "alone" / MARKS_FILE, cuts(generations.new), right) == []


def test_ten_thousand_flipped_bytes_are_refused_or_change_nothing(generations: Generations, tmp_path: Path) -> None:
    right = reading(generations.folder / MARKS_FILE)
    assert wrong_ones(tmp_path / "alone" / MARKS_FILE, flips(generations.new, FLIPS, 3), right) == []


def test_blocks_of_two_generations_in_one_file_are_refused(generations: Generations, tmp_path: Path) -> None:
    right = reading(generations.folder / MARKS_FILE)
    whole = (generations.old, generations.new)
    spliced = [(name, data) for name, data in splices(generations.old, generations.new) if data not in whole]
    assert len(spliced) > 20
    assert wrong_ones(tmp_path / "alone" / MARKS_FILE, spliced, right) == []


def test_what_other_programs_leave_is_refused_or_read_right(generations: Generations, tmp_path: Path) -> None:
    right = reading(generations.folder / MARKS_FILE)
    assert wrong_ones(tmp_path / "alone" / MARKS_FILE, foreign_bytes(generations.new), right) == []


def test_a_right_checksum_over_wrong_contents_does_not_help(generations: Generations, tmp_path: Path) -> None:
    path = tmp_path / "alone" / MARKS_FILE
    path.parent.mkdir()
    wrong = []
    for name, damage in wrong_contents(generations.new):
        path.write_bytes(damage)
        try:
            MarkStore(path).all()
            wrong.append(f"{name}: accepted")
        except DamagedError as error:
            if not error.message.startswith(f"{path.name} "):
                wrong.append(f"{name}: {error.message}")
        except Exception as error:  # noqa: BLE001 — each of them is to be seen, not only the first
            wrong.append(f"{name}: {type(error).__name__}: {error}")
        assert path.read_bytes() == damage
    assert wrong == []


def test_a_file_that_cannot_be_looked_at_is_not_taken_for_none(tmp_path: Path) -> None:
    path = tmp_path / MARKS_FILE
    path.symlink_to(path)
    with pytest.raises(StoreError, match="cannot read"):
        MarksStorage(path).read()
    assert path.is_symlink()


def test_a_library_with_damaged_marks_says_so_and_changes_nothing(generations: Generations, tmp_path: Path) -> None:
    work = tmp_path / "work"
    sample = [
        *list(cuts(generations.new))[::10],
        *list(flips(generations.new, FLIPS, 3))[::A_SAMPLE],
        *list(splices(generations.old, generations.new))[::5],
        *foreign_bytes(generations.new),
        *list(wrong_contents(generations.new))[::5],
    ]
    wrong = []
    for name, damage in sample:
        if damage in (generations.old, generations.new):
            continue
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(generations.folder, work)
        (work / MARKS_FILE).write_bytes(damage)
        said = what_a_library_says(work, generations.ids[0])
        if MARKS_FILE not in said:
            wrong.append(f"{name}: {said or 'nothing was said'}")
        if (work / MARKS_FILE).read_bytes() != damage:
            wrong.append(f"{name}: written over")
    assert wrong == []


def what_a_library_says(folder: Path, one: str) -> str:
    """Return why a library cannot be changed, at the latest when it is changed; an empty text if it can."""
    try:
        with Library.open(folder) as library:
            if library.read_only is None:
                library.mark([one], set_rating(5))
            return library.read_only or ""
    except ReadlistError as error:
        return error.message
    except Exception as error:  # noqa: BLE001 — each of them is to be seen, not only the first
        return f"{type(error).__name__}: {error}"


def test_tinydbs_own_storage_takes_damaged_files_for_good_ones(generations: Generations) -> None:
    naive = Naive()
    path = generations.folder / MARKS_FILE
    with Library.open(generations.folder) as library:
        marks = {one: entry.mark for one in generations.ids if (entry := library.find(one))}
    naive.fill(generations.folder, marks)
    whole = path.read_bytes()
    with TinyDB(path) as database:
        right = database.table("papers").all()
    silent = 0
    for _, damage in flips(whole, 2000, 3):
        path.write_bytes(damage)
        try:
            with TinyDB(path) as database:
                silent += database.table("papers").all() != right
        except (ValueError, AttributeError):
            continue
    assert silent > 100
