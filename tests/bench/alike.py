"""Measure finding related papers, and papers that are likely one, in libraries of 10,000 and 100,000 papers.

    python tests/bench/alike.py [--keep FOLDER] [--sizes N…] [--papers N]

Libraries are made up (`made_up.py`) and, with `--keep`, kept in a folder for the next time. Where
`../shared/corpus/papers.jsonl.gz` is there, a library of it is measured too. Each figure is told by the clock and, in
parentheses, by the processor: a machine that does other things too is slower by the clock.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from readlist.library import Library
from readlist.query import ALL

sys.path.append(str(Path(__file__).parents[2]))  # behind what is installed: that is what is measured

from tests.bench.finding import _CORPUS, corpus
from tests.bench.made_up import fill, made_up_papers


def related_ms(library: Library, count: int) -> list[tuple[float, float]]:
    """Return the milliseconds, by the clock and by the processor, in which related papers of some papers are found."""
    rows = library.select(ALL)
    ids = library.ids(random.Random(1).sample(list(rows), min(count, len(rows))))
    figures = []
    for paper_id in ids:
        began, work = time.perf_counter(), time.process_time()
        library.related(paper_id, 30)
        figures.append(((time.perf_counter() - began) * 1e3, (time.process_time() - work) * 1e3))
    return figures


def told(figures: list[tuple[float, float]], share: float) -> str:
    """Return a quantile of both."""
    passed, worked = (sorted(column)[int(share * (len(figures) - 1))] for column in zip(*figures, strict=True))
    return f"{passed:.0f} ({worked:.0f})"


def measure(name: str, library: Library, count: int) -> None:
    """Print the figures of a library."""
    related_ms(library, 3)
    figures = related_ms(library, count)
    print(f"{name:<10} related, ms: median {told(figures, 0.5)}, p95 {told(figures, 0.95)}, most {told(figures, 1)}")
    began, work = time.perf_counter(), time.process_time()
    pairs = library.likely_same()
    passed, worked = time.perf_counter() - began, time.process_time() - work
    tracemalloc.start()
    library.likely_same()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{'':<10} likely the same: {passed:.2f} s ({worked:.2f}), {len(pairs)} pairs, {peak >> 20} MB of Python's")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, help="a folder to keep the libraries in")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--papers", type=int, default=100, help="of how many papers the related ones are found")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        made = {f"{size:,}": (kept / str(size), size) for size in options.sizes}
        if _CORPUS.exists():
            made["corpus"] = (kept / "corpus", 0)
        for name, (place, size) in made.items():
            with Library.open(place) as library:
                if not library.count():
                    fill(library, made_up_papers(size) if size else corpus())
                measure(name, library, options.papers)


if __name__ == "__main__":
    main()
