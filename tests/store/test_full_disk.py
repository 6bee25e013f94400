"""A disk that is full, or a catalogue that cannot be written: what was said to be saved is, and the rest is told."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from readlist.cli.session import Session
from readlist.errors import StoreError
from readlist.ingest import BATCH, Source, ingest
from readlist.library import Library
from readlist.library import held as held_library
from readlist.mark import Mark, add_note, set_rating, star
from readlist.query import ALL
from tests.listings import listing
from tests.papers import NOW, paper

ROOT = Path(__file__).parents[2]
LONG = "a note that is long " * 2000
"""A note that the catalogue needs new pages for."""


@contextmanager
def full(library: Library) -> Iterator[None]:
    """Let SQLite find no room for another page of the library's catalogue."""
    writing = library._catalogue._writing
    assert writing is not None
    with writing.use() as connection:
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    yield
    with writing.use() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")


def filled(library: Library, count: int = 3) -> list[str]:
    return list(library.add(paper(f"Title {n}", "Ann Author", date="2023") for n in range(count)).ids)


def mark_of(library: Library, paper_id: str) -> Mark:
    entry = library.find(paper_id)
    assert entry is not None
    return entry.mark


def saved(folder: Path, paper_id: str) -> dict[str, object]:
    """Return the mark of a paper as it is on the disk."""
    documents = json.loads((folder / "marks.json").read_text())["papers"].values()
    (mark,) = [document["mark"] for document in documents if document.get("id") == paper_id]
    found: dict[str, object] = mark
    return found


def test_a_mark_that_is_on_the_disk_is_saved_though_the_catalogue_is_full(library: Library, folder: Path) -> None:
    first, second, _ = filled(library)
    with full(library):
        step = library.mark([first], add_note("n1", LONG))
        assert step is not None
        assert "disk is full" in library.warnings()[0]
        assert len(saved(folder, first)["notes"]) == 1  # type: ignore[arg-type]  # JSON's list
        assert mark_of(library, first).notes == ()
        again = library.mark([second], star())  # marks go on
        assert again is not None
        assert saved(folder, second)["starred"]
        assert [one.name for one in library.history()] == ["star", "note"]
    last = library.mark([second], set_rating(3))
    assert last is not None
    assert library.warnings() == []
    assert mark_of(library, first).notes[0].text == LONG.strip()
    assert mark_of(library, second).starred


def test_what_lists_could_not_show_they_show_after_the_next_start(library: Library, folder: Path) -> None:
    first, *_ = filled(library)
    with full(library):
        library.mark([first], add_note("n1", LONG))
    library.close()
    with Library.open(folder) as again:
        assert again.notices == ()
        assert len(mark_of(again, first).notes) == 1


def test_what_lists_could_not_show_they_show_as_soon_as_there_is_room(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_library, "_RETRY", 0.0)
    first, *_ = filled(library)
    with full(library):
        library.mark([first], add_note("n1", LONG))
        assert not library.changed_elsewhere()
    assert library.changed_elsewhere()
    assert len(mark_of(library, first).notes) == 1
    assert not library.changed_elsewhere()


def test_a_removal_and_its_undo_are_kept_though_the_catalogue_cannot_be_written(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = filled(library)

    def refuses(*_: object, **__: object) -> None:
        raise StoreError("catalogue.sqlite cannot be read or written: disk I/O error", "check the disk")

    with monkeypatch.context() as patch:
        for name in ("remove", "restore", "mirror"):
            patch.setattr(library._catalogue, name, refuses)
        step = library.remove([first])
        assert step is not None
        assert "I/O error" in library.warnings()[0]
        assert library.count() == 3
        with Library.open(folder) as other:
            assert other.count() == 2
        assert library.count() == 2  # the other process has brought the catalogue up
        undone = library.undo()
        assert undone.name == "remove"
        assert "I/O error" in library.warnings()[0]
        library.give_out(rest)
    with Library.open(folder) as again:
        assert again.count() == 3
        assert again.find(first)


def test_a_start_that_cannot_bring_the_lists_up_says_so(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = filled(library)
    with full(library):
        library.mark([first], add_note("n1", LONG))
    library.close()

    def refuses(*_: object, **__: object) -> None:
        raise StoreError("the disk is full: catalogue.sqlite was not changed", "make room and try again")

    monkeypatch.setattr("readlist.store.catalogue.Catalogue.mirror", refuses)
    with Library.open(folder) as again:
        (warning,) = again.warnings()
        assert warning.startswith("your changes are saved, but lists do not show them yet: the disk is full")
        assert again.count() == 3
        assert again.read_only is None


def test_a_verb_says_what_lists_do_not_show(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = Session(folder, folder / "settings.toml")
    first, *_ = filled(session.library)
    with full(session.library):
        session.library.mark([first], add_note("n1", LONG))
    session.close()
    told = capsys.readouterr().err
    assert told.startswith("warning: your changes are saved, but lists do not show them yet: the disk is full")
    assert told.count("\n") == 1


def test_a_batch_that_finds_no_room_leaves_the_batches_before_it(library: Library, folder: Path) -> None:
    text = listing(BATCH + 200)

    def sources() -> list[Source]:
        return [Source.from_text(text, "listing.txt")]

    as_of = date(2026, 4, 1)
    writing = library._catalogue._writing
    assert writing is not None

    def fills_up(_: object) -> None:
        with writing.use() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    with pytest.raises(StoreError, match="disk is full") as caught:
        ingest(library, sources(), as_of=as_of, progress=fills_up)
    assert caught.value.hint
    assert library.count() == len(library.select(ALL)) == BATCH
    library.close()
    with Library.open(folder, now=lambda: NOW) as again:
        report = ingest(again, sources(), as_of=as_of)
        assert (report.new, report.unchanged) == (200, BATCH)
        found = [(entry.id, entry.citekey) for entry in again.entries(again.select(ALL))]
    with Library.open(folder.with_name("other"), now=lambda: NOW) as other:
        ingest(other, sources(), as_of=as_of)
        assert [(entry.id, entry.citekey) for entry in other.entries(other.select(ALL))] == found
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


# ---------------------------------------------------------------------- a file system that is really full

ON_A_SMALL_DISK = """
import json, os, pathlib, sys
from datetime import date
from readlist.errors import ReadlistError, StoreError
from readlist.ingest import BATCH, Source, ingest
from readlist.library import Library
from readlist.mark import add_note
from readlist.query import ALL
from tests.listings import listing

disk = pathlib.Path(sys.argv[1])
PAPERS = 3 * BATCH
folder, ballast = disk / "library", disk / "ballast"
sources = lambda: [Source.from_text(listing(PAPERS), "listing.txt")]
as_of = date(2026, 4, 1)

ballast.write_bytes(bytes(27 << 20))
with Library.open(folder) as library:
    try:
        ingest(library, sources(), as_of=as_of)
    except StoreError as error:
        told = error.message
    else:
        raise SystemExit("the disk was not filled")
os.truncate(ballast, ballast.stat().st_size - (6 << 20))
with Library.open(folder) as library:
    assert library.notices == (), library.notices
    count = library.count()
    assert count % BATCH == 0 and 0 < count < PAPERS, count
    entries = library.entries(library.select(ALL))
    assert len(entries) == count
    written, refused, unshown = [], 0, 0
    for number, entry in enumerate(entries):
        try:
            step = library.mark([entry.id], add_note(f"n{number}", "word " * 2000))
        except ReadlistError:
            refused += 1
            if refused > 3:
                break
        else:
            written.append(entry.id)
            unshown += bool(library.warnings())
ballast.unlink()
with Library.open(folder) as library:
    assert library.notices == (), library.notices
    for key in written:
        assert library.find(key).mark.notes, key
    report = ingest(library, sources(), as_of=as_of)
    assert report.new == PAPERS - count and library.count() == PAPERS
    marked = {entry.id for entry in library.entries(library.select(ALL)) if entry.mark.notes}
    assert marked == set(written)
print(json.dumps([told, count, len(written), refused, unshown]))
"""


READ_ON_A_FULL_DISK = """
import pathlib, sys
from readlist.errors import StoreError
from readlist.ingest import welcome
from readlist.library import Library
from readlist.mark import star
from readlist.query import ALL

disk = pathlib.Path(sys.argv[1])
with Library.open(disk / "library") as library:
    welcome(library)
ballast = open(disk / "ballast", "wb", buffering=0)
try:
    while ballast.write(bytes(4096)) == 4096:
        pass
except OSError:
    pass
with Library.open(disk / "library") as library:
    entries = library.entries(library.select(ALL))
    assert len(entries) == 43
    try:
        library.mark([entries[0].id], star())
    except StoreError as error:
        print(error.message)
    ballast.truncate(0)
    assert library.mark([entries[0].id], star())
    assert library.entries(library.select(ALL))[0].mark.starred
"""


def may_mount() -> bool:
    """Say whether a file system of one's own can be mounted here."""
    try:
        words = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
        return subprocess.run(words, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def on_a_disk_of_its_own(tmp_path: Path, program: str, size: str) -> subprocess.CompletedProcess[str]:
    """Run a program with the folder of a small file system as its argument."""
    script, disk = tmp_path / "script.py", tmp_path / "disk"
    script.write_text(textwrap.dedent(program))
    disk.mkdir()
    words = f'mount -t tmpfs -o size={size} none "{disk}" && exec "{sys.executable}" "{script}" "{disk}"'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", words], check=False, capture_output=True, text=True, env=environment
    )


@pytest.mark.skipif(not may_mount(), reason="unshare -rm and mount are not permitted here")
def test_a_full_disk_can_be_read_and_written_again_when_there_is_room(tmp_path: Path) -> None:
    done = on_a_disk_of_its_own(tmp_path, READ_ON_A_FULL_DISK, "3m")
    assert done.returncode == 0, done.stderr
    assert "cannot" in done.stdout or "full" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not may_mount(), reason="unshare -rm and mount are not permitted here")
def test_on_a_disk_that_is_full_nothing_that_was_acknowledged_is_lost(tmp_path: Path) -> None:
    done = on_a_disk_of_its_own(tmp_path, ON_A_SMALL_DISK, "36m")
    assert done.returncode == 0, done.stderr
    told, _, written, refused, unshown = json.loads(done.stdout)
    assert "disk is full" in told
    assert written > 0
    assert refused + unshown > 0
