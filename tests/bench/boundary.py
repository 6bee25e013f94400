"""Measure how often the end of a title is found, on papers that the counts have not seen.

    python tests/bench/boundary.py [--show] [../shared/corpus/papers.jsonl.gz]

The table is made from one half of the corpus and tried on the other, both ways: one listing of 5,000 and a hundred
listings of 50. Exact: title and all listed authors are right, marked or not. Needs numpy.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Protocol

from readlist.readers.boundary import Glued, split_listing
from readlist.readers.boundary.table import Table

_PROJECT = Path(__file__).parents[2]
_MAKER = _PROJECT / "assets" / "makers" / "boundary_counts.py"
_CORPUS = _PROJECT.parent / "shared" / "corpus" / "papers.jsonl.gz"
_PAPERS = 5000
_SMALL = 50
_SEED = 7


class Known(Protocol):
    """A paper of the corpus."""

    title: str
    abstract: str

    @property
    def listed(self) -> tuple[str, ...]:
        """The authors that a listing would name."""

    @property
    def glued(self) -> str:
        """The line that a listing would have."""


def maker() -> ModuleType:
    """Return the program that makes the table, as a module."""
    specification = importlib.util.spec_from_file_location("boundary_counts", _MAKER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["boundary_counts"] = module
    specification.loader.exec_module(module)
    return module


def measure(listings: Iterable[Sequence[Known]], table: Table, *, show: bool = False) -> dict[str, float]:
    """Return the shares of exact, wrong and marked readings over some listings, and the speed."""
    exact = wrong = marked = total = 0
    took = 0.0
    for papers in listings:
        glued = [Glued(paper.glued, paper.abstract) for paper in papers]
        began = time.perf_counter()
        splits = split_listing(glued, table)
        took += time.perf_counter() - began
        for paper, split in zip(papers, splits, strict=True):
            right = split.title == paper.title and split.authors == paper.listed
            total += 1
            exact += right
            marked += not split.certain
            wrong += not right and split.certain
            if show and not right:
                print(f"{'UNMARKED' if split.certain else '  marked'}: {split.title} | {', '.join(split.authors)}")
    return {
        "papers": total,
        "exact_percent": round(100 * exact / total, 3),
        "wrong_unmarked_percent": round(100 * wrong / total, 3),
        "marked_percent": round(100 * marked / total, 3),
        "records_per_second": round(total / took),
    }


def main() -> None:
    """Print the figures as a table and as JSON."""
    arguments = sys.argv[1:]
    show = "--show" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--show"]
    make = maker()
    papers = make.read(paths[0] if paths else _CORPUS)
    figures = {}
    for counted in (0, 1):
        table = make.make([paper for paper in papers if make.half(paper) == counted])
        others = [paper for paper in papers if make.half(paper) != counted]
        random.Random(_SEED).shuffle(others)
        others = others[:_PAPERS]
        small = [others[at : at + _SMALL] for at in range(0, len(others), _SMALL)]
        figures[f"counts of half {counted}, one listing of {len(others)}"] = measure([others], table, show=show)
        figures[f"counts of half {counted}, {len(small)} listings of {_SMALL}"] = measure(small, table, show=show)
    columns = ("exact_percent", "wrong_unmarked_percent", "marked_percent", "records_per_second")
    print(f"{'':42}" + "".join(f"{column:>24}" for column in columns))
    for name, row in figures.items():
        print(f"{name:42}" + "".join(f"{row[column]:>24}" for column in columns))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
