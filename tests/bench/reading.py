"""How fast each format is read, and comes into a library with its index; and what memory a long source takes.

    python tests/bench/reading.py [FORMAT …] [--count 10000]
    python tests/bench/reading.py --memory 20 200

prints, for each format, the seconds and those of the processor for reading alone, for an ingest into a new library and
for the same ingest again, beside what they should be at the most; or the most memory that an ingest of a snapshot of so
many megabytes takes, each in a process of its own, over that of an ingest of nothing. The publications page is of real
papers if the corpus lies beside the project: made-up words are in no table of counts, and weighed twice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
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


def _on_arxiv(paper: Paper, number: int) -> str:
    """Return a paper's id on arXiv, where every paper has one."""
    return paper.identifiers.arxiv or f"{2101 + number // 99_999}.{number % 99_999 + 1:05}"


def _mail(paper: Paper, number: int) -> str:
    """Return an announcement as arXiv sends it."""
    arxiv = _on_arxiv(paper, number)
    return (
        f"\\\\\narXiv:{arxiv}\nDate: Thu, 9 Feb 2023 16:49:57 GMT   ({number % 999}kb)\n\n"
        f"Title: {paper.title}\nAuthors: {', '.join(paper.authors)}\nCategories: {' '.join(paper.categories)}\n"
        f"Comments: {number % 30} pages\n\\\\\n  {paper.abstract}\n"
        f"\\\\ ( https://arxiv.org/abs/{arxiv} ,  {number % 999}kb)\n{'-' * 78}\n"
    )


def _publications(paper: Paper, number: int) -> str:
    """Return a record of a publications page: header, title and authors run together, abstract."""
    day = date(2023, 1 + number % 12, 1 + number % 28)
    people = ", ".join(paper.authors[:3]) + (" et al." if len(paper.authors) > 3 else "")
    return f"LG{day:%b} {day.day}, {day.year}\n{paper.title}{people}\n{paper.abstract}\n"


def _snapshot(paper: Paper, number: int) -> str:
    """Return a line of the snapshot of arXiv's metadata."""
    record = {
        "id": _on_arxiv(paper, number),
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
    "publications": _publications,
    "bibtex": _bibtex,
    "arxiv-mail": _mail,
    "arxiv-snapshot": _snapshot,
}
"""Format → how one paper is written in it."""


MOST: dict[str, float] = {"publications": 10 / 3, "arxiv-mail": 10 / 3, "bibtex": 12, "again": 3}
"""What ten thousand records should take at the most, in seconds, index and all."""


def _seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Return how many seconds something takes, and how many of a processor: others may be using the machine."""
    began, work = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - began, time.process_time() - work


def _told(what: str, spent: tuple[float, float], count: int, most: float | None = None) -> str:
    """Return figures as words."""
    wall, work = spent
    goal = f" [goal {most * count / 10_000:.1f} s]" if most is not None else ""
    return f"  {what:8} {wall:6.2f} s, processor {work:6.2f} s = {count / work:7,.0f}/s{goal}"


def _papers(name: str, count: int) -> Iterator[Paper]:
    """Yield the papers that a format is measured with."""
    corpus = Path(__file__).parents[3] / "shared" / "corpus" / "papers.jsonl.gz"
    if name != "publications" or not corpus.exists():
        yield from made_up_papers(count)
        return
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in islice(lines, count):
            one = json.loads(line)
            yield Paper(one["title"], one["title"], tuple(one["authors"]), abstract=one["abstract"] or "")


def _measure(name: str, count: int) -> None:
    """Print the figures of one format."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        path = Path(folder) / "made-up"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(WRITTEN[name](paper, number) for number, paper in enumerate(_papers(name, count)))
        size = path.stat().st_size
        ingest(library, [Source.from_text(WRITTEN[name](paper, 0)) for paper in made_up_papers(1, 2)], as_of=_AS_OF)
        with path.open("rb") as file:
            lines = decoded(file, path.name)
            alone = _seconds(lambda: sum(1 for _ in reader(name).read(lines, as_of=_AS_OF, source="made-up")))
        first = _seconds(lambda: ingest(library, [Source.from_path(path)], as_of=_AS_OF))
        again = _seconds(lambda: ingest(library, [Source.from_path(path)], as_of=_AS_OF))
        held = library.count() - 1
    print(f"{name}: {count:,} records, {size / 1e6:.1f} MB, {held:,} papers")
    print(_told("read", alone, count))
    print(_told("ingest", first, count, MOST.get(name)))
    print(_told("again", again, count, MOST["again"]))


def _memory(megabytes: int) -> int:
    """Return the most memory, in kilobytes, that a process has when it ingests a snapshot of so many megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.json"
        with path.open("w", encoding="utf-8") as out:
            for number, paper in enumerate(made_up_papers(200_000)):
                if out.tell() >= megabytes << 20:
                    break
                out.write(_snapshot(paper, number))
        words = [sys.executable, __file__, "--ingest", str(path), "--into", str(Path(folder) / "library")]
        return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def _ingest(path: Path, folder: Path) -> None:
    """Ingest a file and print the most memory that this process has had."""
    with Library.open(folder) as library:
        ingest(library, [Source.from_path(path)], as_of=_AS_OF)
    print(_most_memory())


def _most_memory() -> int:
    """Return the most memory, in kilobytes, that this process has had.

    What Linux tells of a process's use counts that of the one that started it too; its status does not (getrusage(2)).
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:")).split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def _compare(sizes: list[int]) -> None:
    """Print what memory snapshots of these sizes take."""
    empty = _memory(0)
    grown = [_memory(size) for size in sizes]
    for size, most in zip(sizes, grown, strict=True):
        print(f"snapshot of {size} MB: {(most - empty) / 1024:.0f} MB over the {empty / 1024:.0f} MB of no paper")
    print(f"the last is {(grown[-1] - empty) / max(grown[0] - empty, 1):.2f} times the first [goal 1.3]")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", default=list(WRITTEN))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--memory", type=int, nargs="+", metavar="MB")
    parser.add_argument("--ingest", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.ingest:
        _ingest(asked.ingest, asked.into)
    elif asked.memory:
        _compare(asked.memory)
    else:
        for chosen in asked.formats:
            _measure(chosen, asked.count)
