"""How fast BibTeX is written, and that the memory stays flat.

    python tests/bench/bibtex.py [COUNT]

Prints entries a second, the same as a ratio to `json.dumps` of the same entries in the same run, and the most memory
that Python held while ten times as many were written.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice, repeat

from msgspec.structs import replace

from readlist.paper import Entry, Identifiers
from readlist.record import entry_record
from readlist.writers import format_writer
from readlist.writers.options import Options
from tests.bench.made_up import made_up_papers
from tests.writers.hard_papers import corpus, real_papers


def papers_to_write(count: int) -> list[Entry]:
    """Return entries as libraries have them: real ones where there are any, with identifiers."""
    papers = real_papers(min(count, 10_000)) if corpus() else list(made_up_papers(count))
    found = islice(chain.from_iterable(repeat(papers)), count)
    with_ids = [replace(one, identifiers=Identifiers(f"23{n % 12 + 1:02}.{n:05}")) for n, one in enumerate(found)]
    return [Entry(f"p{n:016x}", f"key{n}", "", one) for n, one in enumerate(with_ids)]


def seconds(work: Callable[[], Iterable[str]]) -> float:
    """Return how long it takes to write everything; the best of three."""
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        for _ in work():
            pass
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    entries = papers_to_write(count)
    records = [entry_record(entry) for entry in entries]
    as_json = seconds(lambda: (json.dumps(record) for record in records))
    for name, options in (("bibtex", Options()), ("bibtex", Options(unicode=True)), ("biblatex", Options())):
        write = format_writer(name)
        begin = time.perf_counter()
        for _ in write(entries[:1], options):
            pass
        first = time.perf_counter() - begin
        took = seconds(partial(write, entries, options))
        told = f"{name}{' --unicode' if options.unicode else ''}"
        ratio = f"{took / as_json:5.1f} x json.dumps"
        print(f"{told:18} {count / took:9,.0f} entries/s  {ratio}   first entry {first * 1000:.0f} ms")
    print(f"memory while {10 * count:,} are written: {most_memory(entries) / 1e6:.1f} MB")


def most_memory(entries: list[Entry]) -> int:
    """Return the most bytes that Python held while the entries were written ten times over."""

    def many() -> Iterator[Entry]:
        for _ in range(10):
            yield from entries

    tracemalloc.start()
    for _ in format_writer("bibtex")(many()):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    main()
