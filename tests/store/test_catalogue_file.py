"""The catalogue's file: who may read it, what is wrong with it, and several threads at it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from readlist.errors import DamagedError, ReadOnlyError, StoreError
from readlist.query import ALL, Query, Text
from readlist.store import schema
from readlist.store.catalogue import Catalogue, Interrupted
from tests.papers import NOW, paper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


def filled(path: Path, count: int = 3) -> None:
    catalogue = Catalogue.open(path, read_only=False)
    catalogue.add([paper(f"Title {n}", abstract="a word " * 20) for n in range(count)], now=NOW, given_keys={})
    catalogue.close()


def altered(path: Path, sql: str) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_a_new_file_is_its_owners_alone(path: Path) -> None:
    filled(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_written_is_there_when_it_is_opened_again(path: Path) -> None:
    filled(path)
    again = Catalogue.open(path, read_only=False)
    assert again.count() == 3
    assert len(again.select(Query(Text("word")))) == 3
    again.close()
    again.close()


def test_an_empty_file_becomes_a_catalogue(path: Path) -> None:
    path.touch()
    filled(path)


def test_a_file_whose_making_was_cut_off_becomes_a_catalogue(path: Path) -> None:
    altered(path, "PRAGMA journal_mode = WAL")
    assert path.stat().st_size > 0
    filled(path)


def test_a_read_only_catalogue_refuses_changes(path: Path) -> None:
    filled(path)
    catalogue = Catalogue.open(path, read_only=True)
    assert catalogue.count() == 3
    for change in (
        lambda: catalogue.add([paper()], now=NOW, given_keys={}),
        lambda: catalogue.remove([]),
        lambda: catalogue.restore([]),
        lambda: catalogue.mirror({}, generation=1),
    ):
        with pytest.raises(ReadOnlyError):
            change()
    catalogue.close()


def test_a_missing_file_cannot_be_opened_for_reading(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no file"):
        Catalogue.open(path, read_only=True)
    assert not path.exists()


def test_a_folder_in_its_place_is_said_to_be_one(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError):
        Catalogue.open(path, read_only=False)


@contextmanager
def as_someone_else() -> Iterator[None]:
    """Root may write everywhere; another user may not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_a_folder_that_cannot_be_written_is_read_all_the_same() -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "catalogue.sqlite"
        filled(path)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        with as_someone_else():
            catalogue = Catalogue.open(path, read_only=True)
            assert catalogue.count() == len(catalogue.select(Query(Text("word")))) == 3
            catalogue.close()
        path.parent.chmod(0o755)
        assert [found.name for found in path.parent.iterdir()] == ["catalogue.sqlite"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_a_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        with as_someone_else(), pytest.raises(StoreError, match="cannot be written"):
            Catalogue.open(Path(name) / "catalogue.sqlite", read_only=False)
        Path(name).chmod(0o755)


def test_a_newer_schema_is_refused_and_left_as_it_is(path: Path) -> None:
    filled(path)
    before = altered(path, f"PRAGMA user_version = {schema.VERSION + 1}")
    for read_only in (True, False):
        with pytest.raises(DamagedError, match="newer readlist") as caught:
            Catalogue.open(path, read_only=read_only)
        assert "update readlist" in caught.value.hint
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 4000, b"x" * 5000])
def test_something_else_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(DamagedError):
            Catalogue.open(path, read_only=read_only)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_as_it_is(path: Path) -> None:
    before = altered(path, "CREATE TABLE bookmarks (url)")
    with pytest.raises(DamagedError, match="not a catalogue"):
        Catalogue.open(path, read_only=False)
    assert path.read_bytes() == before


def test_damage_within_the_file_is_an_error_in_words(path: Path) -> None:
    filled(path, 300)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\x5a" * (len(whole) - 8192))
    with pytest.raises(DamagedError) as caught:  # noqa: PT012 - where it shows first is SQLite's business
        catalogue = Catalogue.open(path, read_only=False)
        catalogue.entries(catalogue.select(ALL))
        catalogue.select(Query(Text("word")))
    assert "restore --catalogue" in caught.value.hint


@pytest.mark.parametrize(("table", "value"), [("facts", "{"), ("facts", "[]"), ("facts", '{"title": 1, "score"}')])
def test_a_record_that_cannot_be_read_is_damage(path: Path, table: str, value: str) -> None:
    filled(path)
    altered(path, f"UPDATE {table} SET record = '{value}'")
    catalogue = Catalogue.open(path, read_only=True)
    with pytest.raises(DamagedError):
        catalogue.entries(catalogue.select(ALL))
    catalogue.close()


def test_a_full_disk_is_said_and_leaves_what_there_was(path: Path) -> None:
    filled(path)
    catalogue = Catalogue.open(path, read_only=False)
    assert catalogue._writing is not None
    with catalogue._writing.use() as connection:
        connection.execute("PRAGMA max_page_count = 40")
    with pytest.raises(StoreError, match="disk is full"):
        catalogue.add([paper(f"more {n}", abstract="word " * 500) for n in range(500)], now=NOW, given_keys={})
    assert catalogue.count() == 3
    with catalogue._writing.use() as connection:
        connection.execute("PRAGMA max_page_count = 100000")
    assert catalogue.add([paper("more")], now=NOW, given_keys={}).new == 1
    catalogue.close()


def test_a_python_without_full_text_is_told_what_to_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_TABLES", "CREATE VIRTUAL TABLE search USING fts5_is_missing (a);\n")
    with pytest.raises(StoreError, match="no full-text search") as caught:
        Catalogue.open(path, read_only=False)
    assert "python.org" in caught.value.hint


def test_one_process_sees_what_another_wrote(path: Path) -> None:
    one, two = (Catalogue.open(path, read_only=False) for _ in range(2))
    one.add([paper("a")], now=NOW, given_keys={})
    two.add([paper("b")], now=NOW, given_keys={})
    assert one.count() == two.count() == len(one.select(ALL)) == 2
    one.close()
    two.close()


# ---------------------------------------------------------------------- threads


def test_a_search_that_runs_is_interrupted_from_another_thread(path: Path) -> None:
    filled(path, 50)
    catalogue = Catalogue.open(path, read_only=False)
    running, outcome = threading.Event(), []

    def endless() -> None:
        endless_sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        running.set()
        try:
            list(catalogue._search(endless_sql, []))
        except Interrupted:
            outcome.append("interrupted")

    thread = threading.Thread(target=endless)
    thread.start()
    running.wait()
    while thread.is_alive():
        catalogue.interrupt()
        thread.join(0.01)
    assert outcome == ["interrupted"]
    assert len(catalogue.select(ALL)) == 50
    catalogue.close()


class TellingLock:
    """A lock that tells when someone wants it."""

    def __init__(self) -> None:
        self.wanted = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self.wanted.set()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_a_search_that_waits_for_its_turn_is_interrupted_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    catalogue = Catalogue.open(path, read_only=False)
    lock = TellingLock()
    monkeypatch.setattr(catalogue._searching, "_lock", lock)
    with ThreadPoolExecutor() as pool:
        with lock:
            lock.wanted.clear()
            waiting = pool.submit(catalogue.select, ALL)
            lock.wanted.wait()
            catalogue.interrupt()
        with pytest.raises(Interrupted):
            waiting.result()
    assert len(catalogue.select(ALL)) == 3
    catalogue.close()


def test_many_threads_at_once_get_right_answers(path: Path) -> None:
    catalogue = Catalogue.open(path, read_only=False)

    def write(number: int) -> int:
        return sum(catalogue.add([paper(f"{number} {n} word")], now=NOW, given_keys={}).new for n in range(5))

    def read(_: int) -> int:
        for _time in range(30):
            rows = catalogue.first(Query(Text("word")), 10)
            assert all("word" in entry.paper.title for entry in catalogue.entries(rows))
        return catalogue.count()

    with ThreadPoolExecutor(6) as pool:
        written, found = pool.map(write, range(3)), pool.map(read, range(3))
        assert sum(written) == 15
        assert all(count <= 15 for count in found)
    assert catalogue.count() == len(catalogue.select(ALL)) == 15
    catalogue.close()


def test_another_process_that_comes_and_goes_leaves_the_log_of_changes_in_use(path: Path) -> None:
    filled(path)
    catalogue = Catalogue.open(path, read_only=False)
    assert catalogue.count() == 3
    catalogue.add([paper("Another")], now=NOW, given_keys={})
    program = (
        "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM papers').fetchone())"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "(4,)\n"
    assert path.with_name("catalogue.sqlite-wal").exists()
    catalogue.close()
