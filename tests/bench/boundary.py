"""Measure how often the end of a title is found, on papers that the counts have not seen.

    python tests/bench/boundary.py ../shared/corpus/papers.jsonl.gz

The table is made from one half of the corpus and tried on the other: one listing of 5,000, a hundred listings of 50.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import time
from pathlib import Path

from readlist.readers.boundary import Glued, split_listing
from readlist.readers.boundary.table import Table

_MAKER = Path(__file__).parents[2] / "assets" / "makers" / "boundary_counts.py"


def maker():
    """Return the program that makes the table, as a module."""
    specification = importlib.util.spec_from_file_location("boundary_counts", _MAKER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["boundary_counts"] = module
    specification.loader.exec_module(module)
    return module


def measure(listings, table: Table, show: bool = False) -> dict[str, float]:
    """Return the shares of exact, wrong and marked readings over some listings, and the speed."""
    exact = wrong = marked = total = 0
    began = time.perf_counter()
    for papers in listings:
        splits = split_listing([Glued(paper.glued, paper.abstract) for paper in papers], table)
        for paper, split in zip(papers, splits, strict=True):
            right = split.title == paper.title and split.authors == paper.listed
            total += 1
            exact += right
            marked += not split.certain
            wrong += not right and split.certain
            if show and not right:
                print(f"{'  marked' if not split.certain else 'UNMARKED'}: {split.title} | {', '.join(split.authors)}")
    took = time.perf_counter() - began
    return {
        "papers": total,
        "exact_percent": round(100 * exact / total, 3),
        "wrong_unmarked_percent": round(100 * wrong / total, 3),
        "marked_percent": round(100 * marked / total, 3),
        "records_per_second": round(total / took),
    }


def main() -> None:
    """Print the figures as a table and as JSON."""
    make = maker()
    papers = make.read(Path(sys.argv[1]))
    show = "--show" in sys.argv
    figures = {}
    for trained_on in (0, 1):
        table = make.make([paper for paper in papers if make.half(paper) == trained_on])
        others = [paper for paper in papers if make.half(paper) != trained_on]
        random.Random(7).shuffle(others)
        figures[f"half {trained_on}: one listing of 5,000"] = measure([others[:5000]], table, show)
        fifties = [others[at : at + 50] for at in range(0, 5000, 50)]
        figures[f"half {trained_on}: a hundred of 50"] = measure(fifties, table)
    for name, row in figures.items():
        print(f"{name:32}", "  ".join(f"{key} {value}" for key, value in row.items()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
