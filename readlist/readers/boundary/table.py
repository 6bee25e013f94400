"""How often words stand in titles, abstracts and names, counted over many papers, and the weights learned from them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log1p
from typing import Final

from msgspec import Struct, field

from readlist.assets import asset

NAME: Final = "boundary_counts.xz"
"""The file that holds the table."""

Counts = tuple[int, int, int, int, int]
"""How often a word stands in a title, at a title's end, in how many abstracts, as a name's first and last word."""

_NEVER: Final[Counts] = (0, 0, 0, 0, 0)
_CLIP: Final = 8.0
_MOST_REMEMBERED: Final = 1 << 17
_LONGEST_WORD: Final = 100
"""Letters by which a word is heard."""


class Use(Struct, frozen=True):
    """How a word is used, as the numbers that readings are weighed by: logarithms of one more than the counts."""

    title: float
    end: float
    abstract: float
    given: float
    family: float
    sound: float
    """How much its letters are those of a name rather than of a title's word (log odds)."""

    @property
    def in_text(self) -> bool:
        """Whether titles or abstracts have it."""
        return self.title > 0 or self.abstract > 0

    @property
    def in_names(self) -> bool:
        """Whether names have it."""
        return self.given > 0 or self.family > 0


class Table(Struct, frozen=True):
    """Counts of words and of groups of letters, and the weights."""

    words: Mapping[str, Counts]
    """Folded word → its counts."""
    letters: Mapping[str, float]
    """Three letters → log of how much likelier they are in a name than in a title."""
    weights: Sequence[float]
    """One for each feature."""
    _uses: dict[str, Use] = field(default_factory=dict)

    def use(self, word: str) -> Use:
        """Return how a folded word is used."""
        found = self._uses.get(word)
        if found is None:
            if len(self._uses) > _MOST_REMEMBERED:
                self._uses.clear()
            title, end, abstract, given, family = self.words.get(word, _NEVER)
            found = Use(log1p(title), log1p(end), log1p(abstract), log1p(given), log1p(family), self._sound(word))
            self._uses[word] = found
        return found

    def _sound(self, word: str) -> float:
        """Return how much a word sounds like a name."""
        if not word:
            return 0.0
        padded = f"^{word[:_LONGEST_WORD]}$"
        letters = self.letters
        total = sum([letters.get(padded[i : i + 3], 0.0) for i in range(len(padded) - 2)])
        return max(-_CLIP, min(_CLIP, total))


@lru_cache(maxsize=1)
def shipped() -> Table:
    """Return the table that comes with the package, read when first needed."""
    return parse(lzma.decompress(asset(NAME).read_bytes()).decode())


def parse(text: str) -> Table:
    """Return the table that a text holds: weights, letters, then words by their counts."""
    lines = text.split("\n")
    weights = json.loads(lines[0])
    letters = {piece[:3]: int(piece[3:]) / 10 for piece in lines[1].split("\t") if piece}
    words: dict[str, Counts] = {}
    for line in lines[2:]:
        counts, _, found = line.partition("\t")
        title, end, abstract, given, family = map(int, counts.split(" "))
        words.update(dict.fromkeys(found.split(" "), (title, end, abstract, given, family)))
    return Table(words, letters, weights)


def write(table: Table) -> str:
    """Return the text that `parse` reads; the same table always gives the same text."""
    groups: dict[Counts, list[str]] = {}
    for word in sorted(table.words):
        groups.setdefault(table.words[word], []).append(word)
    letters = "\t".join(f"{key}{round(value * 10)}" for key, value in sorted(table.letters.items()))
    rows = [" ".join(map(str, counts)) + "\t" + " ".join(groups[counts]) for counts in sorted(groups)]
    return "\n".join([json.dumps([round(weight, 3) for weight in table.weights]), letters, *rows])
