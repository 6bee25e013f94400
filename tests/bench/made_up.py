"""Papers made of words that are as frequent as those of real papers: for measuring, at any number.

    python tests/bench/made_up.py FOLDER COUNT

makes a library of so many papers in a folder, a thousand of them marked, and prints how fast that went.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from readlist.library import Library
from readlist.mark import change_tags, set_rating
from readlist.paper import Identifiers, Paper
from readlist.query import ALL

_VOCABULARY = 60_000
"""Different words of some ten thousand real abstracts."""
_SYLLABLES = "ra te lo ni mu sa de vi co pe ti na ro li ga su me do fa ki be no la to re".split()
_FREQUENT = (
    "the of and to in a we for is that on with this learning model models data by as are our from can be an which "
    "methods training network results show using language performance deep neural large tasks"
).split()
_NEWEST = date(2026, 3, 31)
_DAYS = 9000


def _word(number: int) -> str:
    """Return a made-up word, another one for each number."""
    word = ""
    while number:
        number, rest = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[rest]
    return word


def made_up_papers(count: int, seed: int = 1) -> Iterator[Paper]:
    """Yield papers whose words follow Zipf's law: the n-th most frequent has a share of 1/n."""
    chance = random.Random(seed)
    words = [*_FREQUENT, *(_word(number) for number in range(1, _VOCABULARY))]
    shares = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    names = [word.capitalize() for word in words[200:9000]]
    for number in range(count):
        drawn = chance.choices(words, cum_weights=shares, k=158)
        people = chance.choices(names, k=2 * chance.randint(1, 5))
        title = " ".join(drawn[:8]).capitalize()
        yield Paper(
            title=title,
            title_raw=title,
            authors=tuple(f"{first} {last}" for first, last in itertools.pairwise(people)),
            categories=(chance.choice(("cs.CL", "cs.LG", "cs.AI", "stat.ML", "cs.CV")),),
            date=(_NEWEST - timedelta(chance.randrange(_DAYS))).isoformat(),
            abstract=" ".join(drawn[8:]),
            abstract_raw=" ".join(drawn[8:]),
            has_code=chance.random() < 0.3,
            identifiers=Identifiers(f"{1000 + number // 100_000}.{number % 100_000:05}"),
            sources=("made-up.txt",),
        )


def make_library(folder: Path, count: int, marked: int = 1000) -> float:
    """Make a library of so many papers; the papers per second."""
    with Library.open(folder) as library:
        papers = made_up_papers(count)
        began = time.perf_counter()
        while batch := list(itertools.islice(papers, 500)):
            library.add(batch)
        rate = count / (time.perf_counter() - began)
        rows = library.select(ALL)
        ids = [entry.id for entry in library.entries(rows[:: max(1, count // marked)])]
        library.mark(ids, set_rating(3))
        library.mark(ids[::3], change_tags(add=["rl"]))
    return rate


if __name__ == "__main__":
    rate = make_library(Path(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({"papers": int(sys.argv[2]), "papers_per_second": round(rate)}))
