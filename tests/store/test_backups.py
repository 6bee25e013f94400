"""Copies of past generations: when they are made, which are kept, and that failing to make one stops nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readlist.errors import StoreError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.store.backups import DAYS, LAST, Backups
from tests.store.marks_files import aged, as_file, filled, generation


def test_a_copy_is_made_of_what_is_replaced_a_minute_later(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    assert library.backups() == []  # nothing was replaced yet
    first = (folder / "marks.json").read_bytes()
    library.mark(ids, set_rating(1))
    assert [one.path.read_bytes() for one in library.backups()] == [first]
    library.mark(ids, set_rating(2))
    library.mark(ids, set_rating(3))
    assert len(library.backups()) == 1  # not a minute has gone by
    aged(library.backups()[0].path, 100)
    third = (folder / "marks.json").read_bytes()
    library.mark(ids, set_rating(4))
    assert [one.path.read_bytes() for one in library.backups()] == [third, first]
    assert [(one.number, one.papers, one.later_steps) for one in library.backups()] == [(1, 3, 1), (2, 3, 4)]


def test_copies_are_their_owners_alone_and_of_their_own(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.mark(ids, set_rating(1))
    (made,) = library.backups()
    assert (folder / "backups").stat().st_mode & 0o777 == 0o700
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.stat().st_nlink == 1
    written = datetime.fromtimestamp(made.path.stat().st_mtime, UTC)
    assert made.path.name == f"marks-{written:%Y%m%dT%H%M%SZ}-g1.json"
    assert made.made == f"{written:%Y-%m-%dT%H:%M:%SZ}"


def test_a_backup_is_made_when_it_is_asked_for(library: Library, folder: Path) -> None:
    with pytest.raises(StoreError, match="no marks to back up"):
        library.back_up()
    ids = filled(library)
    library.mark(ids, star())
    made = library.back_up()
    assert (made.number, made.generation, made.papers) == (1, generation(folder), 3)
    assert library.back_up() == made
    made.path.write_bytes(b"spoilt")
    assert library.back_up() == made
    assert made.path.read_bytes() == (folder / "marks.json").read_bytes()


def test_only_whole_copies_are_listed(library: Library, folder: Path) -> None:
    ids = filled(library)
    for rating in range(1, 5):
        library.mark(ids, set_rating(rating))
        library.back_up()
    assert [one.generation for one in library.backups()] == [4, 3, 2, 1]
    cut, flipped, empty, _ = (one.path for one in library.backups())
    cut.write_bytes(cut.read_bytes()[:100])
    flipped.write_bytes(flipped.read_bytes().replace(b"true", b"trud").replace(b"Title", b"Titel"))
    empty.write_bytes(b"")
    (folder / "backups" / "notes.txt").write_text("mine")
    assert [(one.number, one.generation) for one in library.backups()] == [(1, 1)]


def test_the_last_ten_and_one_a_day_are_kept(folder: Path) -> None:
    marks = folder / "marks.json"
    (folder / "backups").mkdir(parents=True)
    backups = Backups(marks)
    now = datetime.now(UTC).replace(hour=12)
    written = [now - timedelta(days=day, hours=hour) for day in range(40, -1, -1) for hour in (2, 1)]
    for number, at in enumerate(written, 1):
        (folder / "backups" / f"marks-{at:%Y%m%dT%H%M%SZ}-g{number}.json").write_bytes(as_file({}, number))
    kept_for_ever = folder / "backups" / "marks-20200101T000000Z-g1-schema1.json"
    kept_for_ever.write_bytes(as_file({}, 1))
    left = folder / "backups" / ".marks-20260101T000000Z-g7.json.new"
    left.write_bytes(b"half")
    marks.write_bytes(as_file({}, 200))
    backups.keep()
    kept = [one for one in backups.good() if one.path != kept_for_ever]
    assert [one.generation for one in kept[:LAST]] == [200, *range(82, 82 - LAST + 1, -1)]
    days = [one.made[:10] for one in kept[LAST:]]
    assert len(set(days)) == len(days)
    assert {one.made[11:13] for one in kept[LAST:]} == {"11"}  # the newest of its day
    oldest = (datetime.now(UTC) - timedelta(days=DAYS)).date().isoformat()
    assert min(one.made[:10] for one in kept) == oldest
    assert kept_for_ever.exists()
    assert not left.exists()


def test_a_clock_that_was_set_back_keeps_the_newest(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    aged(folder / "marks.json", -500_000)
    library.back_up()
    library.mark(ids, set_rating(1))
    library.mark(ids, set_rating(2))
    assert [one.generation for one in library.backups()] == [2, 1]


def test_that_no_copy_can_be_made_is_told_and_stops_nothing(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    (folder / "backups").write_text("in the way")
    assert library.mark(ids, set_rating(1))
    (warning,) = library.warnings()
    assert warning.startswith("no backup of the marks could be made")
    assert library.warnings() == []
    with pytest.raises(StoreError, match=r"cannot copy marks\.json"):
        library.back_up()
    (folder / "backups").unlink()
    assert library.mark(ids, set_rating(2))
    assert library.warnings() == []
    assert len(library.backups()) == 1
