"""Make the table of counts and weights that finds where a title ends: `boundary_counts.xz`.

    python assets/makers/boundary_counts.py ../shared/corpus/papers.jsonl.gz

The corpus has one JSON object a line with `title`, `authors` and `abstract`. Counts are taken over all of it; the
weights are learned on glued lines whose own counts are left out (in parts), in listings of all sizes. Needs numpy.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, log2
from pathlib import Path

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from readlist.readers.boundary.context import context, searchable
from readlist.readers.boundary.features import FEATURES, features
from readlist.readers.boundary.lines import MOST_AUTHORS, candidates, folded, take_apart
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import NAME, Counts, Table, write
from readlist.text import plain

PARTS = 8
SIZES = (1, 10, 50, 50, 200, 1000)
LETTER_GROUPS = 6000
LETTERS = 3
EXACT = 5
WITHOUT_ABSTRACT = 0.1
"""Which share of the listings has no abstracts."""
NAME_HERE = 3.0
"""The least weight of a whole name that stands elsewhere in the listing: next to a proof, but rare in the corpus."""
OF_GROUPS = 0.004
"""Which share of the papers is given a group for its first author: the corpus has hardly any."""
GROUPS = (
    "Gemini Team|Qwen Team|NLLB Team|Kimi Team|Llama Team|Planck Collaboration|ATLAS Collaboration|"
    "The CMS Collaboration|LIGO Scientific Collaboration|Event Horizon Telescope Collaboration|OpenAI|DeepSeek-AI|"
    "BigScience Workshop|Adaptive Agent Team|Google Quantum AI|International Human Genome Sequencing Consortium"
).split("|")
MISSING = 0.02
"""How often, relative to a line, one is learned from whose right reading is taken away."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")

Rows = NDArray[np.float64]


class Known(Struct, frozen=True):
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


class Example(Struct, frozen=True):
    """The readings of one line, and which of them is right."""

    rows: Rows
    right: int


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
    end: Counter[str] = Counter()
    abstract: Counter[str] = Counter()
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for paper in papers:
        found = [word for word in map(folded, paper.title.split()) if word]
        for word in found:
            title.update({word, *word.split("-")} if "-" in word else (word,))
        for word in found[-1:]:
            end.update({word, word.split("-")[-1]})
        abstract.update(set(_WORD.findall(plain(paper.abstract))))
        for author in paper.authors:
            name = [word for word in map(folded, author.split()) if word]
            given.update(name[:1])
            family.update(name[-1:] if len(name) > 1 else ())
    abstract = Counter({word: times for word, times in abstract.items() if times > 1})
    everything = {*title, *given, *family, *abstract} - {""}
    known: dict[str, Counts] = {
        word: (rough(title[word]), rough(end[word]), rough(abstract[word]), rough(given[word]), rough(family[word]))
        for word in everything
        if word.isprintable() and " " not in word
    }
    return Table(known, letter_groups(title, given, family), ())


def rough(times: int) -> int:
    """Return a count as exactly as it matters: the small ones as they are, then two steps to a doubling."""
    if times < EXACT:
        return times
    return round(2 ** (round(2 * log2(times)) / 2))


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
        if len(g) == LETTERS and not set("\t\n -") & set(g)
    }


def examples(papers: Sequence[Known], seed: int) -> list[Example]:
    """Return the readings of each paper's line and which of them is right; each part is counted on the others."""
    drawn = random.Random(seed)
    shuffled = list(papers)
    drawn.shuffle(shuffled)
    found: list[Example] = []
    for part in range(PARTS):
        held_out = shuffled[part::PARTS]
        table = count(paper for index, paper in enumerate(shuffled) if index % PARTS != part)
        at = 0
        while at < len(held_out):
            size = drawn.choice(SIZES)
            listed = held_out[at : at + size]
            if drawn.random() < WITHOUT_ABSTRACT:
                listed = [replace(paper, abstract="") for paper in listed]
            listed = [by_a_group(paper, drawn) if drawn.random() < OF_GROUPS else paper for paper in listed]
            found.extend(of_listing(listed, table))
            at += size
    return found


def by_a_group(paper: Known, drawn: random.Random) -> Known:
    """Return the paper as if a group were its first author."""
    return replace(paper, authors=(drawn.choice(GROUPS), *paper.authors[1:]))


def of_listing(papers: Sequence[Known], table: Table) -> list[Example]:
    """Return the same for one listing, as it is when the second round begins."""
    listing = Listing()
    lines = [take_apart(paper.glued) for paper in papers]
    for line in lines:
        listing.learn_line(line)
    for paper in papers:
        listing.learn_title(paper.title)
        listing.learn_name(paper.authors[0])
    found = []
    for paper, line in zip(papers, lines, strict=True):
        # What the line itself has taught is taken back: it would tell the answer.
        listing.learn_title(paper.title, -1)
        listing.learn_name(paper.authors[0], -1)
        readings = candidates(line)
        shared = context(line, readings, searchable(paper.abstract), table, listing)
        right = [
            index
            for index, one in enumerate(readings)
            if ", ".join((*line.segments[: one.segment], line.segments[one.segment][: one.at])) == paper.title
        ]
        if right:
            rows = np.array([features(index, shared) for index in range(len(readings))])
            found.append(Example(rows, right[0]))
        listing.learn_title(paper.title)
        listing.learn_name(paper.authors[0])
    return found


def learn(found: Sequence[Example], rounds: int = 600, decay: float = 2e-5) -> list[float]:
    """Return the weights under which the right readings are likeliest (Adam on the log likelihood).

    The last one is the score of "none of these": it is learned from lines without their right reading.
    """
    width = len(FEATURES) + 1
    none = np.zeros((1, width))
    none[0, -1] = 1.0
    blocks, rights, shares = [], [], []
    for one in found:
        rows = np.pad(one.rows, ((0, 0), (0, 1)))
        blocks.append(np.concatenate([rows, none]))
        rights.append(one.right)
        shares.append(1.0)
        blocks.append(np.concatenate([np.delete(rows, one.right, axis=0), none]))
        rights.append(len(one.rows) - 1)
        shares.append(MISSING)
    matrix, share = np.concatenate(blocks), np.array(shares)
    sizes = np.array([len(block) for block in blocks])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array(rights)
    owner = np.repeat(np.arange(len(blocks)), sizes)
    wanted = share @ matrix[right]
    weights = np.zeros(width)
    mean, spread = np.zeros(width), np.zeros(width)
    for step in range(1, rounds + 1):
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        chance = np.exp(scores)
        chance *= (share / np.add.reduceat(chance, starts))[owner]
        gradient = (wanted - chance @ matrix) / share.sum() - decay * weights
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient**2
        pace = 0.1 * min(1.0, 2 * (1 - step / rounds) + 0.02)
        weights += pace * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
    known = FEATURES.index("name here")
    weights[known] = max(weights[known], NAME_HERE)
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
    for name, weight in sorted(zip((*FEATURES, "none"), table.weights, strict=True), key=lambda pair: -abs(pair[1])):
        print(f"{weight:8.2f}  {name}")
    print(f"{target.name}: {target.stat().st_size} bytes, {len(table.words)} words")


if __name__ == "__main__":
    main()
