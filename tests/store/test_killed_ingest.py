"""An ingest that is killed leaves whole batches; they can be undone, and running it again completes it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.errors import NothingToDoError, StoreError
from readlist.ingest import BATCH, Source, ingest
from readlist.library import Library
from readlist.query import ALL, Query, Text
from readlist.store.history import History
from tests.listings import write_listing
from tests.papers import TODAY, paper

ROOT = Path(__file__).parents[2]
PAPERS = 3 * BATCH + 200
LONGEST = 60.0
"""Seconds after which a condition that has not come is an error."""
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX signals")


def command(folder: Path, *words: str | Path) -> list[str]:
    return [sys.executable, "-m", "readlist", "--library", str(folder), *map(str, words)]


def ingested(folder: Path, source: Path) -> dict[str, object]:
    """Ingest a listing in a process of its own; what it says of it."""
    done = subprocess.run(
        command(folder, "ingest", "--json", source), check=True, capture_output=True, text=True, cwd=ROOT
    )
    report: dict[str, object] = json.loads(done.stdout)
    return report


def contents(folder: Path) -> list[tuple[str, str]]:
    """Return ids and citation keys in the library's order."""
    with Library.open(folder) as library:
        assert library.notices == ()
        entries = library.entries(library.select(ALL))
        assert library.count() == len(entries)
        return [(entry.id, entry.citekey) for entry in entries]


def is_well(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    connection.close()


def committed(path: Path) -> int:
    """Return how many papers another process has committed by now."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=LONGEST)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(connection.execute("SELECT value FROM meta WHERE name = 'count'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def killed_when(folder: Path, source: Path, reached: Callable[[], bool]) -> int:
    """Ingest a listing in a process that is killed as soon as something is so; its exit status."""
    process = subprocess.Popen(command(folder, "ingest", source), stdout=subprocess.DEVNULL, cwd=ROOT)
    end = time.monotonic() + LONGEST
    while process.poll() is None and not reached():
        assert time.monotonic() < end, "what was waited for did not come"
    process.kill()
    return process.wait(LONGEST)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_listing(tmp_path_factory.mktemp("source") / "big.txt", PAPERS)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, source: Path) -> list[tuple[str, str]]:
    """What an ingest that nobody disturbs makes of the listing."""
    folder = tmp_path_factory.mktemp("undisturbed") / "library"
    assert ingested(folder, source)["new"] == PAPERS
    return contents(folder)


@pytest.mark.slow
def test_a_killed_ingest_leaves_whole_batches_and_is_completed_by_the_next(
    tmp_path: Path, source: Path, undisturbed: list[tuple[str, str]]
) -> None:
    counts = []
    # Looking on for a while after a batch was committed lets the kill come at another place within the next one.
    for batches, looks in ((0, 0), (1, 0), (1, 40), (1, 200), (2, 10), (2, 80), (2, 150), (2, 300), (3, 20)):
        folder = tmp_path / f"{batches}-{looks}"
        path = folder / "catalogue.sqlite"
        left = looks

        def reached(path: Path = path, least: int = batches * BATCH) -> bool:
            nonlocal left
            if not path.exists() or committed(path) < least:
                return False
            left -= 1
            return left < 0

        assert killed_when(folder, source, reached) in {-signal.SIGKILL, 0}
        found = contents(folder)
        assert len(found) % BATCH == 0 or len(found) == PAPERS
        assert len(found) >= batches * BATCH
        is_well(path)
        counts.append(len(found))
        report = ingested(folder, source)
        assert (report["new"], report["unchanged"]) == (PAPERS - len(found), len(found))
        assert contents(folder) == undisturbed
        is_well(path)
        mine = {
            "catalogue.sqlite",
            "catalogue.sqlite-wal",
            "catalogue.sqlite-shm",
            "marks.json",
            "history.jsonl",
            "lock",
        }
        assert {file.name for file in folder.iterdir() if file.is_file()} <= mine
    assert any(0 < count < PAPERS for count in counts)


INGEST = """
import datetime, pathlib, sys
from readlist.ingest import Source, ingest
from readlist.library import Library

def after(report):
    if report.new >= {papers}:
        {deed}

with Library.open(pathlib.Path({folder!r})) as library:
    source = Source.from_path(pathlib.Path({source!r}))
    ingest(library, [source], as_of=datetime.date(2026, 4, 1), progress=after)
"""
"""An ingest that does something between two batches."""

KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
WAIT = "print('waits', flush=True); sys.stdin.readline()"


def script(folder: Path, source: Path, deed: str, papers: int = 2 * BATCH) -> list[str]:
    """Return the command of a process that ingests a listing and does a deed after so many papers."""
    text = INGEST.format(folder=str(folder), source=str(source), deed=deed, papers=papers)
    return [sys.executable, "-c", text]


@posix
def test_what_a_killed_ingest_brought_in_can_be_undone_and_done_again(folder: Path, source: Path) -> None:
    with Library.open(folder) as library:
        held = library.add([paper("A Study of Old Things", "Ann Author")]).ids
    died = subprocess.run(script(folder, source, KILL), check=False, cwd=ROOT)
    assert died.returncode == -signal.SIGKILL
    with Library.open(folder) as library:
        assert library.count() == 2 * BATCH + 1
        before = library.entries(library.select(ALL))
        [step] = library.history()
        assert step.description == f"ingest big.txt, cut off on {2 * BATCH:,} papers"
        library.undo()
        assert [entry.id for entry in library.entries(library.select(ALL))] == list(held)
        library.redo()
        assert library.entries(library.select(ALL)) == before
    assert not list(folder.glob("i*.lock"))


@posix
def test_what_a_killed_ingest_told_of_papers_that_were_there_is_taken_back(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "more.bib"
    source.write_text("@misc{a, title = {Deep Nets}, author = {Ann Li}, doi = {10.1000/x}, year = 2020}")
    with Library.open(folder) as library:
        library.add([paper("Deep Nets", "Ann Li")])
        before = library.entries(library.select(ALL))
    assert subprocess.run(script(folder, source, KILL, 0), check=False, cwd=ROOT).returncode == -signal.SIGKILL
    with Library.open(folder) as library:
        [entry] = library.entries(library.select(ALL))
        assert entry.paper.identifiers.doi == "10.1000/x"
        library.undo()
        assert library.entries(library.select(ALL)) == before


@posix
def test_the_next_ingest_is_a_step_of_its_own_after_the_killed_one(folder: Path, source: Path) -> None:
    subprocess.run(script(folder, source, KILL), check=False, cwd=ROOT)
    assert ingested(folder, source)["new"] == PAPERS - 2 * BATCH
    with Library.open(folder) as library:
        assert [step.name for step in library.history()] == ["ingest big.txt", "ingest big.txt, cut off"]
        library.undo()
        assert library.count() == 2 * BATCH
        library.undo()
        assert library.count() == 0


@posix
def test_an_app_that_is_open_finds_what_was_left_by_an_ingest_that_was_killed(folder: Path, source: Path) -> None:
    with Library.open(folder) as library:
        subprocess.run(script(folder, source, KILL), check=False, cwd=ROOT)
        assert library.changed_elsewhere()
        assert library.undo().name == "ingest big.txt, cut off"
        assert library.count() == 0


def test_an_ingest_that_is_running_is_left_alone(folder: Path, source: Path) -> None:
    with subprocess.Popen(
        script(folder, source, WAIT, PAPERS), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        with Library.open(folder) as library:
            assert library.count() == PAPERS
            with pytest.raises(NothingToDoError):
                library.undo()
            assert library.history() == []
        process.communicate("go on\n", LONGEST)
        assert process.returncode == 0
    with Library.open(folder) as library:
        assert [step.name for step in library.history()] == ["ingest big.txt"]


def test_a_step_that_the_disk_refused_is_made_later(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("cannot save history.jsonl: No space left on device")

    with Library.open(folder) as library:
        with monkeypatch.context() as patch:
            patch.setattr(History, "append", refuse)
            with pytest.raises(StoreError):
                ingest(library, [Source.from_path(source)], as_of=TODAY)
        assert library.undo().name.startswith("ingest big.txt")
        assert library.count() == 0


@posix
def test_what_was_committed_and_not_yet_moved_into_the_file_survives_a_kill(folder: Path) -> None:
    script = f"""
import os, pathlib, signal
from readlist.library import Library
from tests.papers import paper
library = Library.open(pathlib.Path({str(folder)!r}))
for batch in range(3):
    library.add(paper(f"Title {{batch}} {{n}}", "Ann Author", abstract="a word") for n in range(20))
os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT)
    assert died.returncode == -signal.SIGKILL
    assert (folder / "catalogue.sqlite-wal").stat().st_size > 0
    with Library.open(folder) as library:
        assert library.notices == ()
        assert library.count() == 60
        assert len(library.select(Query(Text("word")))) == 60
    is_well(folder / "catalogue.sqlite")
