"""Papers made of words that are as frequent as those of real papers: for measuring, at any number.

    python tests/bench/made_up.py FOLDER COUNT

makes a library of so many papers in a folder, a thousand of them marked, and prints how fast that went.

The shares were counted in ten thousand abstracts of machine learning papers: 168 words a paper; a word's share by its
rank, with two thirds of the rank's growth in the long tail, so that new words never end; a quarter of the abstracts
with a character that is not ASCII; half of all mentioned authors new, the others the more likely the more they wrote.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import sys
import time
from array import array
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from readlist.ingest import BATCH
from readlist.library import Library
from readlist.mark import change_tags, set_rating
from readlist.paper import Identifiers, Paper
from readlist.query import ALL

_SHARES: Final = (
    (1, 0.0534), (2, 0.0331), (5, 0.0222), (10, 0.0121), (20, 0.00517), (50, 0.00187), (100, 0.00129), (200, 7.5e-4),
    (500, 3.1e-4), (1000, 1.5e-4), (2000, 5.6e-5), (5000, 1e-5), (10_000, 1.8e-6), (300_000, 1e-9),
)  # fmt: skip
"""Ranks of words and the share that a word of this rank has of all that is written; on a line between in logarithms."""

_ONSETS: Final = "b br c ch cl d f fl g gr h j k l m n p ph pl qu r s st t tr v w x y z".split()
_VOWELS: Final = "a e i o u ea io".split()
_CODAS: Final = ("", "", "", "n", "r", "l", "s", "m", "nt")
_FREQUENT: Final = (
    "the of and to in a we for is that on with this learning model models data by as are our from can be an which "
    "methods training network results show using language performance deep neural large tasks"
).split()
_CATEGORIES: Final = (
    "cs.LG cs.CL cs.CV stat.ML cs.AI cs.RO math.OC cs.IR cs.NE eess.AS cs.SD cs.CR stat.ME cs.HC cs.DS q-bio.NC"
).split()
_NEWEST: Final = date(2026, 3, 31)
_HALF_LIFE: Final = 4.0
"""Years in which half of the papers appeared."""
_OLDEST: Final = 35.0
_COMMON_PLACES: Final = 60
"""Affiliations that most papers share."""


def _word(number: int) -> str:
    """Return a made-up word, another one for each number; the more frequent, the shorter."""
    word = ""
    while number:
        number, onset = divmod(number, len(_ONSETS))
        number, vowel = divmod(number, len(_VOWELS))
        number, coda = divmod(number, len(_CODAS))
        word = _ONSETS[onset] + _VOWELS[vowel] + _CODAS[coda] + word
    return word


def _vocabulary() -> tuple[list[str], list[float]]:
    """Return words, the most frequent first, and the sums of their shares."""
    shares: list[float] = []
    for (low, much), (high, little) in itertools.pairwise(_SHARES):
        slope = math.log(little / much) / math.log(high / low)
        shares.extend(much * (rank / low) ** slope for rank in range(low, high))
    # Numbers are spread out, so that words which are equally frequent do not begin alike.
    made = (_word((number * 7919) % 350_003 + 20) for number in range(1, len(shares)))
    words = list(dict.fromkeys(itertools.chain(_FREQUENT, made)))
    return words, list(itertools.accumulate(shares[: len(words)]))


class _Authors:
    """People who write papers, some of them many."""

    def __init__(self, chance: random.Random, words: list[str]) -> None:
        self._chance = chance
        self._first = [word.capitalize() for word in words[300:2300]]
        self._last = [self._accented(word.capitalize()) for word in words[2300:40_000]]
        self._mentions = array("L")

    def _accented(self, name: str) -> str:
        """Return a name, one of twelve with an accent."""
        return name.replace("o", "ö", 1).replace("e", "é", 1) if self._chance.random() < 1 / 12 else name

    def some(self) -> tuple[str, ...]:
        """Return the authors of one paper."""
        count = 1 + min(14, int(self._chance.gammavariate(2.4, 1.1)))
        return tuple(dict.fromkeys(self._name(self._one()) for _ in range(count)))

    def _one(self) -> int:
        """Return the number of a new author, or of one who is the likelier the more he wrote."""
        new = not self._mentions or self._chance.random() < 0.5
        one = self._chance.getrandbits(31) if new else self._chance.choice(self._mentions)
        self._mentions.append(one)
        return one

    def _name(self, number: int) -> str:
        """Return the name of the author with this number."""
        number, first = divmod(number, len(self._first))
        number, last = divmod(number, len(self._last))
        initial = f" {chr(65 + number % 26)}." if number % 3 == 0 else ""
        return f"{self._first[first]}{initial} {self._last[last]}"


class _Prose:
    """Titles and abstracts."""

    def __init__(self, chance: random.Random, words: list[str], shares: list[float]) -> None:
        self._chance, self._words, self._shares = chance, words, shares

    def title(self) -> str:
        """Return a title; one of five begins with the name of a system."""
        drawn = self._drawn(max(3, round(self._chance.gauss(8, 2.5))))
        name = f"{drawn[0].capitalize()}{drawn[-1].capitalize()}: " if self._chance.random() < 0.2 else ""
        return name + " ".join(word.capitalize() for word in drawn)

    def abstract(self) -> str:
        """Return an abstract: sentences with commas, compounds, and now and then a sign that is not ASCII."""
        drawn = self._drawn(max(40, round(self._chance.gauss(152, 45))))
        for place in range(11, len(drawn), 17):
            drawn[place] = f"{drawn[place]}. {drawn[place - 1].capitalize()}"
            drawn[place - 5] += ","
        for place in (20, 37):
            drawn[place] = f"{drawn[place]}-{drawn[place + 1]}"
        if self._chance.random() < 0.24:
            drawn[9] = self._chance.choice(("model’s", "naïve", "“so-called”", "α-stable", "Rényi", "O(√n)"))
        return f"{drawn[0].capitalize()} {' '.join(drawn[1:])}."

    def _drawn(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._shares, k=count)


def _some_places(chance: random.Random, words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the affiliations of one paper after another: most from the same sixty, the others rare."""
    common = [f"University of {word.capitalize()}" for word in words[400 : 400 + _COMMON_PLACES]]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(_COMMON_PLACES)))
    while True:
        places = chance.choices(common, cum_weights=weights, k=chance.choice((1, 1, 1, 2, 2, 3)))
        if chance.random() < 0.15:
            subject, town = chance.choice(words[50:90]), chance.choice(words[500:6000])
            places.append(f"Department of {subject.capitalize()}, {town.capitalize()}")
        yield tuple(dict.fromkeys(places))


def made_up_papers(count: int, seed: int = 1) -> Iterator[Paper]:
    """Yield papers, each time the same, in no order of their dates."""
    chance = random.Random(seed)
    words, shares = _vocabulary()
    prose, authors, places = _Prose(chance, words, shares), _Authors(chance, words), _some_places(chance, words)
    popular = list(itertools.accumulate(1 / rank for rank in range(1, len(_CATEGORIES) + 1)))
    for number in range(count):
        title, abstract = prose.title(), prose.abstract()
        age = min(_OLDEST, chance.expovariate(math.log(2) / _HALF_LIFE))
        day = (_NEWEST - timedelta(int(age * 365.25))).isoformat()
        known = chance.random()
        yield Paper(
            title=title,
            title_raw=title,
            authors=authors.some(),
            affiliations=next(places),
            categories=tuple(dict.fromkeys(chance.choices(_CATEGORIES, cum_weights=popular, k=chance.randint(1, 3)))),
            date=day if known < 0.9 else day[:4] if known < 0.98 else None,
            abstract=abstract,
            abstract_raw=abstract,
            has_code=chance.random() < 0.3,
            identifiers=Identifiers(
                f"{2001 + number // 99_999}.{number % 99_999 + 1:05}" if known > 0.1 else None,
                f"10.1000/{number}" if known < 0.25 else None,
            ),
            sources=(f"made-up-{number % 3}.txt",),
        )


def fill(library: Library, papers: Iterable[Paper]) -> tuple[float, float]:
    """Add papers as an ingest does; the seconds that took, and those of the processor."""
    passed = worked = 0.0
    papers = iter(papers)
    while batch := list(itertools.islice(papers, BATCH)):
        began, work = time.perf_counter(), time.process_time()
        library.add(batch)
        passed += time.perf_counter() - began
        worked += time.process_time() - work
    return passed, worked


def mark_some(library: Library, marked: int = 1000) -> None:
    """Mark so many papers: rated, and some of them tagged, starred or noted."""
    rows = library.select(ALL)
    ids = library.ids(rows[:: max(1, len(rows) // marked)])
    library.mark(ids, set_rating(3))
    library.mark(ids[::3], change_tags(add=["rl"]))


def make_library(folder: Path, count: int, marked: int = 1000) -> float:
    """Make a library of so many papers; the papers per second."""
    with Library.open(folder) as library:
        passed, _ = fill(library, made_up_papers(count))
        mark_some(library, marked)
    return count / passed


if __name__ == "__main__":
    rate = make_library(Path(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({"papers": int(sys.argv[2]), "papers_per_second": round(rate)}))
