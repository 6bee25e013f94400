"""Measure finding in libraries of 10,000, 100,000 and 1,000,000 papers, against an empty Textual app in the same run.

    python tests/bench/finding.py [--runs N] [--keep FOLDER] [--million] [--sizes N…]

Install readlist as a wheel in the environment that runs this: a checkout may have no byte code. Needs pyte. Libraries
are made up (`made_up.py`) and, with `--keep`, kept in a folder for the next time; a million papers take long to make.
Where `../shared/corpus/papers.jsonl.gz` is there, a library of it is measured too. A goal is printed beside each
figure. Times are those at which the bytes came out of the program.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from math import isnan
from pathlib import Path
from typing import Final

from readlist.library import Library
from readlist.paper import Paper
from readlist.query import ALL, parse

sys.path.append(str(Path(__file__).parents[2]))  # behind what is installed: that is what is measured

from tests.bench.made_up import fill, made_up_papers, mark_some
from tests.bench.plain_index import plain_seconds
from tests.bench.watched import BARE, READLIST, ROWS, Terminal

_CORPUS: Final = Path(__file__).parents[3] / "shared" / "corpus" / "papers.jsonl.gz"
_MOVES: Final = 40
_CLEAR: Final = "\x15"
"""ctrl+u: after an escape Textual waits a tenth of a second for more."""
_LAST: Final = 20_000
"""Papers that come in last, of which the rate is told."""

_GOALS: Final = {
    "first paint / empty app": (1.25, 1.25, 1.5),
    "search: last key to last change, ms": (50, 60, 150),
    "search for a frequent word, ms": (50, 60, 150),
    "search for one letter, ms": (50, 60, 150),
    "clear the search, ms": (50, 50, 100),
    "order by title, ms": (50, 100, 1000),
    "order by author, ms": (50, 100, 1000),
    "order by date, ms": (50, 100, 1000),
    "a key while the order changes, ms": (50, 50, 50),
    "cursor move p95 / empty app": (1.5, 1.5, 2),
    "resident memory above the empty app, MB": (30, 60, 150),
    "private memory above the empty app, MB": (30, 60, 150),
}
"""Goals for ten thousand, a hundred thousand and a million papers."""


def corpus() -> Iterator[Paper]:
    """Yield the papers of the corpus."""
    with gzip.open(_CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Paper(
                title=record["title"],
                title_raw=record["title"],
                authors=tuple(record["authors"]),
                affiliations=tuple(record["affiliations"]),
                date=str(record["year"]),
                abstract=record["abstract"],
                abstract_raw=record["abstract"],
                venue=record["venue"],
                sources=("papers.jsonl",),
            )


def made(folder: Path, papers: Iterator[Paper], count: int) -> dict[str, float]:
    """Make a library; how fast its last papers came in, by the clock and by the processor, and what they are to a
    plain index of the same words."""
    with Library.open(folder) as library:
        last = min(_LAST, count)
        first = [paper for paper, _ in zip(papers, range(count - last), strict=False)] if count <= last * 10 else None
        if first is None:
            for _ in range((count - last) // last):
                fill(library, [paper for paper, _ in zip(papers, range(last), strict=False)])
        else:
            fill(library, first)
        rest = list(papers)
        passed, worked = fill(library, rest)
        mark_some(library)
    return {
        "papers a second, the last of them": len(rest) / passed,
        "papers a second of the processor": len(rest) / worked,
        "time of the processor / that of a plain index of the same words": worked / plain_seconds(rest),
    }


def telling_word(folder: Path) -> str:
    """Return a word of titles of which the last letter changes what stands on the first screen."""
    with Library.open(folder) as library:

        def found(prefix: str) -> list[int]:
            query = parse(f"title:{prefix}*", statuses=(), today=date(2026, 1, 1))
            return list(library.first(query, ROWS))

        for entry in library.entries(library.first(ALL, 200)):
            for word in entry.paper.title.lower().split():
                if word.isascii() and word.isalpha() and len(word) > 3 and found(word) not in ([], found(word[:-1])):
                    return word
    raise AssertionError("no search changes anything")


def typed(terminal: Terminal, text: str) -> None:
    """Type at leisure."""
    for key in text:
        terminal.press(key)
        terminal.settle(0.12)


def searched(terminal: Terminal, text: str, seconds: float) -> float:
    """Type a search, all but the last key at leisure; the seconds from that to the last change of the list."""
    typed(terminal, text[:-1])
    terminal.settle(seconds)
    return terminal.last_change(text[-1], seconds=seconds).after


def cleared(terminal: Terminal, seconds: float) -> float:
    """Clear the search line; the seconds to the last change of the list."""
    terminal.settle(seconds)
    return terminal.last_change(_CLEAR, seconds=seconds).after


def once(folder: Path, word: str, seconds: float) -> dict[str, float]:
    """Measure the app once, in milliseconds and megabytes; after a key the screen is watched for so many seconds."""
    with closing(Terminal([READLIST], READLIST_LIBRARY=str(folder))) as terminal:
        took = {"start": terminal.until_drawn("○")}
        terminal.settle(seconds)
        took["move"] = _p95(terminal.moves(_MOVES))
        before = terminal.memory()
        terminal.press("/")
        took["search: last key to last change, ms"] = searched(terminal, f"title:{word}", seconds)
        took["clear the search, ms"] = cleared(terminal, seconds)
        took["search for a frequent word, ms"] = searched(terminal, "learning", seconds)
        cleared(terminal, seconds)
        took["search for one letter, ms"] = searched(terminal, "g", seconds)
        cleared(terminal, seconds)
        took["order by author, ms"] = searched(terminal, "sort:author", seconds)
        cleared(terminal, seconds)
        took["order by title, ms"] = searched(terminal, "sort:title", seconds)
        took["order by date, ms"] = cleared(terminal, seconds)
        typed(terminal, "sort:titl")
        terminal.settle(seconds)
        took["a key while the order changes, ms"] = terminal.last_change("e", meanwhile=" ", seconds=seconds).answered
        terminal.settle(seconds)
        after = terminal.memory()
    milliseconds = {name: value * 1e3 for name, value in took.items()}
    return {**milliseconds, **{name: max(value, after[name]) for name, value in before.items()}}


def bare_once(script: Path) -> dict[str, float]:
    """Measure the empty app once."""
    with closing(Terminal([sys.executable, str(script)])) as terminal:
        start = terminal.until_drawn("BARE")
        terminal.quiet()
        return {"start": start * 1e3, "move": _p95(terminal.moves(_MOVES)) * 1e3, **terminal.memory()}


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure, of those that are numbers."""
    found = {name: [row[name] for row in rows if not isnan(row[name])] for name in rows[0]}
    return {name: statistics.median(values) if values else float("nan") for name, values in found.items()}


def compared(figures: dict[str, float], bare: dict[str, float]) -> dict[str, float]:
    """Return the figures that there are goals for."""
    return {
        "first paint / empty app": figures["start"] / bare["start"],
        **{name: value for name, value in figures.items() if name in _GOALS},
        "cursor move p95 / empty app": figures["move"] / bare["move"],
        "resident memory above the empty app, MB": figures["rss"] - bare["rss"],
        "private memory above the empty app, MB": figures["uss"] - bare["uss"],
    }


def main() -> None:
    """Print the figures as a table, then how fast papers came in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder in which libraries are kept for the next time")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="measure a million papers too")
    options = parser.parse_args()
    sizes = [*options.sizes, *([1_000_000] if options.million else [])]
    with tempfile.TemporaryDirectory() as name:
        kept = options.keep or Path(name)
        script = Path(name) / "bare.py"
        script.write_text(BARE)
        libraries: dict[str, tuple[Path, int]] = {f"{size:,}": (kept / str(size), size) for size in sizes}
        if _CORPUS.exists():
            libraries["corpus"] = (kept / "corpus", 10_000)
        rates: dict[str, dict[str, float]] = {}
        for which, (folder, size) in libraries.items():
            if not (folder / "made").exists():
                papers = corpus() if which == "corpus" else made_up_papers(size)
                rates[which] = made(folder, papers, size)
                (folder / "made").touch()
        words = {which: telling_word(folder) for which, (folder, _) in libraries.items()}
        rows: dict[str, list[dict[str, float]]] = {which: [] for which in ("bare", *libraries)}
        for run in range(options.runs + 1):
            measured = {"bare": bare_once(script)}
            for which, (folder, size) in libraries.items():
                measured[which] = once(folder, words[which], 1.5 if size <= 100_000 else 4.0)
            if run:  # the first turn only warms up
                for which, figures in measured.items():
                    rows[which].append(figures)
    bare = medians(rows["bare"])
    columns = {which: compared(medians(rows[which]), bare) for which in libraries}
    print(f"{'median of ' + str(options.runs):<42}" + "".join(f"{which:>18}" for which in columns))
    for name, goals in _GOALS.items():
        line = f"{name:<42}"
        for which, figures in columns.items():
            size = libraries[which][1]
            goal = goals[0 if size <= 10_000 else 1 if size <= 100_000 else 2]
            line += f"{figures[name]:>9.2f} ({goal:>6})"
        print(line)
    print(json.dumps({"ingest": rates, "empty app": bare}, indent=2))


if __name__ == "__main__":
    main()
