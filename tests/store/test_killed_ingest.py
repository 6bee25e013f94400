"""An ingest that is killed leaves whole batches, and running it again completes it."""

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

from readlist.ingest import BATCH
from readlist.library import Library
from readlist.query import ALL, Query, Text
from tests.listings import write_listing

ROOT = Path(__file__).parents[2]
PAPERS = 3 * BATCH + 200
LONGEST = 60.0
"""Seconds after which a condition that has not come is an error."""


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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX signals")
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
