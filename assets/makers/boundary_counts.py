"""Make the table of counts and weights that finds where a title ends: `boundary_counts.xz`.

    python assets/makers/boundary_counts.py ../shared/corpus/papers.jsonl.gz

The corpus has one JSON object a line with `title`, `authors` and `abstract`. Counts are taken over all of it; the
weights are learned on glued lines whose own counts are left out (in five parts), in listings of all sizes.
Needs numpy.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import numpy as np

from readlist.readers.boundary.candidates import MOST_AUTHORS, candidates, folded, take_apart
from readlist.readers.boundary.features import FEATURES, context, features
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import NAME, Table, write
from readlist.text import words

PARTS = 5
SIZES = (1, 10, 50, 50, 200, 1000)
LETTER_GROUPS = 6000


@dataclass(frozen=True)
class Known:
    """A paper whose title and authors are known."""

    title: str
    authors: tuple[str, ...]
    abstract: str

    @property
    def listed(self) -> tuple[str, ...]:
        """The authors that a listing would name."""
        return self.authors[:MOST_AUTHORS]

    @property
    def glued(self) -> str:
        """The line that a listing would have."""
        return self.title + ", ".join(self.listed) + (" et al." if len(self.authors) > MOST_AUTHORS else "")


def read(path: Path) -> list[Known]:
    """Return the papers of the corpus that have a title and authors."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    found = [
        Known(" ".join(row["title"].split()), tuple(" ".join(a.split()) for a in row["authors"]), row["abstract"] or "")
        for row in rows
    ]
    return [one for one in found if one.title and one.authors and all(one.authors)]


def half(paper: Known) -> int:
    """Return which half of the corpus a paper is in, told by its title."""
    return hashlib.sha256(paper.title.encode()).digest()[0] & 1


def count(papers: Iterable[Known]) -> Table:
    """Return the counts over some papers, without weights."""
    title: Counter[str] = Counter()
    last: Counter[str] = Counter()
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for paper in papers:
        found = [word for word in map(folded, paper.title.split()) if word]
        title.update(found)
        last.update(found[-1:])
        for author in paper.authors:
            name = [word for word in map(folded, author.split()) if word]
            given.update(name[:1])
            family.update(name[-1:])
    known = {w: (title[w], last[w], given[w], family[w]) for w in {*title, *given, *family} if w.isprintable()}
    return Table(known, letter_groups(title, given, family), ())


def letter_groups(title: Counter[str], given: Counter[str], family: Counter[str]) -> dict[str, float]:
    """Return how much likelier groups of three letters are in names than in titles, for the commonest ones."""
    of_title: Counter[str] = Counter()
    of_names: Counter[str] = Counter()
    for counter, kinds in ((of_title, (title,)), (of_names, (given, family))):
        for kind in kinds:
            for word in kind:
                padded = f"^{word}$"
                counter.update(padded[i : i + 3] for i in range(len(padded) - 2))
    names, titles = sum(of_names.values()) + 1, sum(of_title.values()) + 1
    common = sorted({*of_title, *of_names}, key=lambda g: (-(of_title[g] + of_names[g]), g))[:LETTER_GROUPS]
    return {
        g: log((of_names[g] + 0.5) / names) - log((of_title[g] + 0.5) / titles)
        for g in common
        if g.strip() == g and not set("\t\n -") & set(g)
    }


def examples(papers: Sequence[Known], seed: int) -> list[tuple[np.ndarray, int]]:
    """Return the readings of each paper's line and which of them is right; each part is counted on the others."""
    drawn = random.Random(seed)
    shuffled = list(papers)
    drawn.shuffle(shuffled)
    found = []
    for part in range(PARTS):
        held_out = shuffled[part::PARTS]
        table = count(paper for index, paper in enumerate(shuffled) if index % PARTS != part)
        at = 0
        while at < len(held_out):
            size = drawn.choice(SIZES)
            found.extend(of_listing(held_out[at : at + size], table))
            at += size
    return found


def of_listing(papers: Sequence[Known], table: Table) -> list[tuple[np.ndarray, int]]:
    """Return the same for one listing, as it is when the second round begins."""
    listing = Listing()
    lines = [take_apart(paper.glued) for paper in papers]
    for line in lines:
        listing.learn_line(line)
    for paper in papers:
        listing.learn_title(paper.title.split())
        listing.learn_name(paper.authors[0])
    found = []
    for paper, line in zip(papers, lines, strict=True):
        # What the line itself has taught is taken back: it would tell the answer.
        listing.learn_title(paper.title.split(), -1)
        listing.learn_name(paper.authors[0], -1)
        shared = context(line, frozenset(words(paper.abstract)), table, listing)
        readings = candidates(line, table)
        right = [
            index
            for index, one in enumerate(readings)
            if ", ".join((*line.segments[: one.segment], line.segments[one.segment][: one.at])) == paper.title
        ]
        if len(right) == 1 and len(readings) > 1:
            rows = np.array([features(one, shared, table, listing) for one in readings])
            found.append((rows, right[0]))
        listing.learn_title(paper.title.split())
        listing.learn_name(paper.authors[0])
    return found


def learn(found: Sequence[tuple[np.ndarray, int]], rounds: int = 400, decay: float = 3e-5) -> list[float]:
    """Return the weights under which the right readings are likeliest (Adam on the log likelihood)."""
    rows = np.concatenate([one[0] for one in found])
    sizes = np.array([len(one[0]) for one in found])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([one[1] for one in found])
    owner = np.repeat(np.arange(len(found)), sizes)
    weights = np.zeros(len(FEATURES))
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        chance = np.exp(scores)
        chance /= np.add.reduceat(chance, starts)[owner]
        gradient = (rows[right].sum(axis=0) - rows.T @ chance) / len(found) - decay * weights
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        weights += 0.08 * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
    return [float(weight) for weight in weights]


def make(papers: Sequence[Known]) -> Table:
    """Return the whole table made from these papers."""
    found = [*examples(papers, 1), *examples(papers, 2)]
    return replace(count(papers), weights=learn(found))


def main() -> None:
    """Write the table beside this program's folder."""
    table = make(read(Path(sys.argv[1])))
    target = Path(__file__).parents[1] / NAME
    target.write_bytes(lzma.compress(write(table).encode(), preset=9 | lzma.PRESET_EXTREME))
    for name, weight in sorted(zip(FEATURES, table.weights, strict=True), key=lambda pair: -abs(pair[1])):
        print(f"{weight:8.2f}  {name}")
    print(f"{target.name}: {target.stat().st_size} bytes, {len(table.words)} words")


if __name__ == "__main__":
    main()
