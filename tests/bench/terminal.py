"""Measure the app from outside, as the person at the keyboard sees it, against an empty Textual app in the same run.

    python tests/bench/terminal.py [--runs N] [--papers N]

Install readlist as a wheel in the environment that runs this: a checkout may have no byte code. Needs pyte.
Printed are ratios, since machines differ: first paint with 43 and with 10,000 papers, a cursor move, a search (last
key to last change of the list), a star (key to shown, which is after it is on the disk), and `--version` against
`python -c pass`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from readlist.ingest import welcome
from readlist.library import Library
from readlist.query import ALL, parse

sys.path.append(str(Path(__file__).parents[2]))  # behind what is installed: that is what is measured

from tests.bench.made_up import make_library
from tests.bench.watched import BARE, READLIST, ROWS, STAR, Terminal


def telling_word(folder: Path) -> str:
    """Return a word of which the last letter changes what stands on the first screen of a search."""
    with Library.open(folder) as library:

        def found(prefix: str) -> list[int]:
            return list(library.first(parse(f"title:{prefix}*", statuses=(), today=date(2026, 1, 1)), ROWS))

        for entry in library.entries(library.first(ALL, 200)):
            for word in entry.paper.title.lower().split():
                if word.isalpha() and len(word) > 3 and found(word) not in ([], found(word[:-1])):
                    return f"title:{word}"
    raise AssertionError("no search changes anything")


def once(folder: Path, word: str) -> dict[str, float]:
    """Measure the app once, in milliseconds; `word` is searched for."""
    terminal = Terminal([READLIST], READLIST_LIBRARY=str(folder))
    try:
        start = terminal.until_drawn("○")
        terminal.quiet()
        moves = []
        for _ in range(30):
            moves.append(terminal.press("j"))
            terminal.quiet(0.08)
        stars = [star_once(terminal) for _ in range(10)]
        terminal.press("/")
        for key in word[:-1]:
            terminal.press(key)
            terminal.quiet(0.08)
        changed = terminal.last_change(word[-1]).after
        return {
            "start": start * 1e3,
            "move_p50": statistics.median(moves) * 1e3,
            "move_p95": sorted(moves)[int(len(moves) * 0.95)] * 1e3,
            "first_star": stars[0] * 1e3,
            "star": statistics.median(stars) * 1e3,
            "search": changed * 1e3,
        }
    finally:
        terminal.close()


def star_once(terminal: Terminal) -> float:
    """Move down and press `s`; the seconds until the star stands in the list, which is after it is on the disk."""
    terminal.press("j")
    terminal.quiet(0.15)
    before = [row[STAR] for row in terminal.list_rows()]
    sent = time.perf_counter()
    os.write(terminal.descriptor, b"s")
    terminal.until(lambda: [row[STAR] for row in terminal.list_rows()] != before)
    took_long = time.perf_counter() - sent
    terminal.quiet(0.15)
    return took_long


def bare_once(script: Path) -> dict[str, float]:
    """Measure the empty app once, in milliseconds."""
    terminal = Terminal([sys.executable, str(script)])
    try:
        start = terminal.until_drawn("BARE")
        terminal.quiet()
        moves = []
        for _ in range(30):
            moves.append(terminal.press("j"))
            terminal.quiet(0.08)
        p95 = sorted(moves)[int(len(moves) * 0.95)]
        return {"start": start * 1e3, "move_p50": statistics.median(moves) * 1e3, "move_p95": p95 * 1e3}
    finally:
        terminal.close()


def took(command: list[str]) -> float:
    """Return how long a command takes, in milliseconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - began) * 1e3


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def main() -> None:
    """Print the figures, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--papers", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "bare.py"
        script.write_text(BARE)
        with Library.open(folder / "small") as library:
            welcome(library)
        make_library(folder / "large", options.papers)
        words = {which: telling_word(folder / which) for which in ("small", "large")}
        rows: dict[str, list[dict[str, float]]] = {"bare": [], "small": [], "large": []}
        versions, passes = [], []
        for run in range(options.runs + 1):
            figures = {
                "bare": bare_once(script),
                "small": once(folder / "small", words["small"]),
                "large": once(folder / "large", words["large"]),
            }
            if run:  # the first turn only warms up
                for which, figure in figures.items():
                    rows[which].append(figure)
                versions.append(took([READLIST, "--version"]))
                passes.append(took([sys.executable, "-c", "pass"]))
    bare, small, large = (medians(rows[which]) for which in ("bare", "small", "large"))
    result = {
        "milliseconds": {"empty app": bare, "43 papers": small, f"{options.papers} papers": large},
        f"milliseconds that have a goal, {options.papers} papers": {
            "search, last key to last change of the list (goal 100)": large["search"],
            "star, key to shown and on the disk (goal 30)": large["star"],
        },
        "ratios": {
            "first paint, 43 papers (goal 1.35)": small["start"] / bare["start"],
            f"first paint, {options.papers} papers (goal 1.35)": large["start"] / bare["start"],
            "cursor move p50 (goal 1.5)": large["move_p50"] / bare["move_p50"],
            "cursor move p95 (goal 2)": large["move_p95"] / bare["move_p95"],
            "--version / python -c pass (goal 5)": statistics.median(versions) / statistics.median(passes),
        },
    }
    print(json.dumps(result, indent=2, default=float))


if __name__ == "__main__":
    main()
