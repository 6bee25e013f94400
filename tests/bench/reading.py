"""How fast each format is read, and comes into a library with its index.

    python tests/bench/reading.py [FORMAT …] [--count 10000]

prints, for each format, records a second of the processor for reading alone and for an ingest into a new library, the
time of the same ingest again, and the most memory that the process has had.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.paper import Paper
from readlist.readers import reader
from readlist.readers.decoding import decoded
from tests.bench.made_up import made_up_papers

_AS_OF = date(2026, 4, 1)


def _bibtex(paper: Paper, number: int) -> str:
    """Return an entry as Google Scholar or JabRef would write it."""
    people = " and ".join(f"{author.split()[-1]}, {author.split()[0]}" for author in paper.authors)
    return (
        f"@article{{key:{number},\n  title = {{{{{paper.title.split()[0]}}} {paper.title}}},\n"
        f"  author = {{{people}}},\n  pages = {{{number}--{number + 9}}},\n"
        f"  journal = {{Journal of Made-Up Results}},\n  volume = {number % 90},\n"
        f"  year = {(paper.date or '')[:4]},\n  month = jun,\n  doi = {{10.5555/{number}}},\n"
        f"  keywords = {{made up, {paper.categories[0]}}},\n  abstract = {{{paper.abstract}}},\n}}\n\n"
    )


def _mail(paper: Paper, number: int) -> str:
    """Return an announcement as arXiv sends it."""
    return (
        f"\\\\\narXiv:{paper.identifiers.arxiv}\nDate: Thu, 9 Feb 2023 16:49:57 GMT   ({number % 999}kb)\n\n"
        f"Title: {paper.title}\nAuthors: {', '.join(paper.authors)}\nCategories: {' '.join(paper.categories)}\n"
        f"Comments: {number % 30} pages\n\\\\\n  {paper.abstract}\n"
        f"\\\\ ( https://arxiv.org/abs/{paper.identifiers.arxiv} ,  {number % 999}kb)\n{'-' * 78}\n"
    )


def _snapshot(paper: Paper, number: int) -> str:
    """Return a line of the snapshot of arXiv's metadata."""
    record = {
        "id": paper.identifiers.arxiv,
        "submitter": paper.authors[0],
        "authors": ", ".join(paper.authors),
        "title": paper.title,
        "comments": f"{number % 30} pages",
        "journal-ref": None,
        "doi": None,
        "categories": " ".join(paper.categories),
        "abstract": f"  {paper.abstract}\n",
        "versions": [{"version": "v1", "created": "Thu, 9 Feb 2023 16:49:57 GMT"}],
        "authors_parsed": [[author.split()[-1], author.split()[0], ""] for author in paper.authors],
    }
    return json.dumps(record) + "\n"


WRITTEN: dict[str, Callable[[Paper, int], str]] = {
    "bibtex": _bibtex,
    "arxiv-mail": _mail,
    "arxiv-snapshot": _snapshot,
}
"""Format → how one paper is written in it."""


def _seconds(act: Callable[[], object]) -> float:
    """Return how many seconds of a processor something takes: others may be using the machine."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _measure(name: str, count: int) -> None:
    """Print the figures of one format."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        path = Path(folder) / "made-up"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(WRITTEN[name](paper, number) for number, paper in enumerate(made_up_papers(count)))
        size = path.stat().st_size
        with path.open("rb") as file:
            lines = decoded(file, path.name)
            alone = _seconds(lambda: sum(1 for _ in reader(name).read(lines, as_of=_AS_OF, source="made-up")))
        first = _seconds(lambda: ingest(library, [Source.from_path(path)], as_of=_AS_OF))
        again = _seconds(lambda: ingest(library, [Source.from_path(path)], as_of=_AS_OF))
        held = library.count()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {count:,} records, {size / 1e6:.1f} MB; read {count / alone:,.0f}/s; "
        f"ingest {first:.1f} s ({count / first:,.0f}/s), {held:,} papers; again {again:.1f} s; {memory} MB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", default=list(WRITTEN))
    parser.add_argument("--count", type=int, default=10_000)
    asked = parser.parse_args()
    for chosen in asked.formats:
        _measure(chosen, asked.count)
