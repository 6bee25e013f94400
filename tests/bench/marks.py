"""Measure what a durable mark costs: the star of one paper, on the disk when the call returns.

    python tests/bench/marks.py [--marked N…] [--stars N] [--folder DIR]

Run it with the folder on the disk that is meant. Printed for each number of marked papers: a star (p50 and p95, in ms,
and its ratio to writing a file of the same size beside the marks file and putting it in its place, both fsynced, in
the same run, since machines differ), the time in a new process until the library is open and until it can be changed,
and the size of the files.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from readlist.library import Library
from readlist.mark import Mark, add_note, set_rating, star
from readlist.paper import Paper
from readlist.query import ALL
from readlist.store.lock import locked
from readlist.store.marks import Kept, MarkStore

_MARKED = (1_000, 10_000, 50_000)
_STARS = 100
_BATCH = 2_000
_OPENINGS = 5
_NOW = "2026-04-01T12:00:00Z"

_OPENING = """
import sys, time
from pathlib import Path
from readlist.library import Library
began = time.perf_counter()
with Library.open(Path(sys.argv[1])) as library:
    opened = time.perf_counter()
    library.warm_up()
    print((opened - began) * 1000, (time.perf_counter() - began) * 1000)
"""


def papers(count: int) -> Iterator[Paper]:
    """Yield papers as long as those of a listing."""
    rng = random.Random(count)
    words = "learning agents language models reasoning vision policy transfer robust sparse scaling memory".split()
    for number in range(count):
        title = f"{' '.join(rng.sample(words, 6)).title()} {number}"
        authors = tuple(f"Ann{rng.randrange(99)} Author{rng.randrange(999)}" for _ in range(4))
        yield Paper(title=title, title_raw=title, authors=authors, date=f"20{rng.randrange(10, 25)}-05", sources=("b",))


def filled(folder: Path, count: int) -> None:
    """Make a library in which so many papers are marked: all rated, some with a note."""
    all_papers = list(papers(count))
    with Library.open(folder) as library:
        for begin in range(0, count, _BATCH):
            library.add(all_papers[begin : begin + _BATCH])
        entries = library.entries(library.select(ALL))
        rated = set_rating(3)
        noted = add_note("n1", "worth a second look: " * 10)
        marks = [rated(Mark(), _NOW) if number % 5 else noted(Mark(), _NOW) for number in range(count)]
        with locked(folder):
            kept = (Kept.of(entry, mark, given_out=False) for entry, mark in zip(entries, marks, strict=True))
            MarkStore(folder / "marks.json").put({one.id: one for one in kept})


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def written_raw(path: Path, data: bytes) -> None:
    """Do the least that makes a whole file durable: write it beside, fsync, put it in its place, fsync the folder."""
    beside = path.with_suffix(".new")
    with beside.open("wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def measure(folder: Path, stars: int) -> dict[str, float]:
    """Return the figures of one library."""
    marks = folder / "marks.json"
    took, raw = [], []
    with Library.open(folder) as library:
        library.warm_up()
        chosen = [entry.id for entry in library.entries(library.select(ALL)[:stars])]
        for one in chosen:
            took.append(milliseconds(lambda one=one: library.mark([one], star())))  # type: ignore[misc]  # bound at once
            data = marks.read_bytes()
            raw.append(milliseconds(lambda data=data: written_raw(folder / "raw", data)))  # type: ignore[misc]  # same
    (folder / "raw").unlink()
    openings = [
        list(map(float, subprocess.check_output([sys.executable, "-c", _OPENING, str(folder)], text=True).split()))
        for _ in range(_OPENINGS)
    ]
    return {
        "star_p50_ms": round(statistics.median(took), 1),
        "star_p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
        "raw_p50_ms": round(statistics.median(raw), 1),
        "star_to_raw": round(statistics.median(took) / statistics.median(raw), 2),
        "open_ms": round(statistics.median(opened for opened, _ in openings), 1),
        "ready_ms": round(statistics.median(ready for _, ready in openings), 1),
        "marks_kB": round(marks.stat().st_size / 1000),
        "folder_kB": round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1000),
    }


def main() -> None:
    """Print the figures as a table and as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marked", type=int, nargs="+", default=_MARKED)
    parser.add_argument("--stars", type=int, default=_STARS)
    parser.add_argument("--folder", type=Path, help="where to make the libraries; the system's by default")
    arguments = parser.parse_args()
    figures: dict[int, dict[str, float]] = {}
    for count in arguments.marked:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            filled(Path(folder) / "library", count)
            figures[count] = measure(Path(folder) / "library", arguments.stars)
    columns = next(iter(figures.values()))
    print(f"{'marked':>8}" + "".join(f"{column:>13}" for column in columns))
    for count, row in figures.items():
        print(f"{count:>8}" + "".join(f"{row[column]:>13}" for column in columns))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
