"""How often words stand in titles and in names, counted over many papers, and the weights learned from them."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from typing import Final

from readlist.assets import asset

NAME: Final = "boundary_counts.xz"
"""The file that holds the table."""

_UNKNOWN: Final = (0, 0, 0, 0)
_CLIP: Final = 8.0


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of words and of groups of three letters."""

    words: Mapping[str, tuple[int, int, int, int]]
    """Word → how often within a title, as a title's last word, as a given name, as a family name."""
    letters: Mapping[str, float]
    """Three letters → log of how much likelier they are in a name than in a title."""
    weights: Sequence[float]
    """One for each feature."""
    sounds: dict[str, float] = field(default_factory=dict, compare=False)
    """What `sound` has found out."""

    def counts(self, word: str) -> tuple[int, int, int, int]:
        """Return the counts of a folded word."""
        return self.words.get(word, _UNKNOWN)

    def is_title_word(self, word: str) -> bool:
        """Whether a folded word stands in titles more than in names."""
        title, _, given, family = self.words.get(word, _UNKNOWN)
        return title > given + family

    def is_given_name(self, word: str) -> bool:
        """Whether a folded word is a given name more than anything else."""
        title, _, given, _ = self.words.get(word, _UNKNOWN)
        return given > title

    def sound(self, word: str) -> float:
        """Return how much a word sounds like a name rather than like a word of a title, by its letters."""
        known = self.sounds.get(word)
        if known is None:
            padded = f"^{word}$"
            letters = self.letters
            total = sum(letters.get(padded[i : i + 3], 0.0) for i in range(len(padded) - 2)) if word else 0.0
            known = self.sounds[word] = max(-_CLIP, min(_CLIP, total))
        return known

    def given(self, word: str) -> float:
        """Return how much likelier a word is as a given name than within a title (log odds)."""
        title, _, given, _ = self.counts(word)
        return log((given + 0.3) / (title + 0.3))

    def family(self, word: str) -> float:
        """Return how much likelier a word is as a family name than within a title (log odds)."""
        title, _, _, family = self.counts(word)
        return log((family + 0.3) / (title + 0.3))


@lru_cache(maxsize=1)
def shipped() -> Table:
    """Return the table that comes with the package, read when first needed."""
    return parse(lzma.decompress(asset(NAME).read_bytes()).decode())


def parse(text: str) -> Table:
    """Return the table that a text holds: weights, letters, and words with the same counts on one line."""
    lines = text.split("\n")
    weights = json.loads(lines[0])
    letters = {piece[:3]: int(piece[3:]) / 10 for piece in lines[1].split("\t") if piece}
    words = {}
    for line in lines[2:]:
        counts, _, found = line.partition("\t")
        if found:
            numbers = counts.split(" ")
            value = (int(numbers[0]), int(numbers[1]), int(numbers[2]), int(numbers[3]))
            for word in found.split(" "):
                words[word] = value
    return Table(words, letters, weights)


def write(table: Table) -> str:
    """Return the text that `parse` reads; the same table always gives the same text."""
    groups: dict[tuple[int, int, int, int], list[str]] = {}
    for word in sorted(table.words):
        groups.setdefault(table.words[word], []).append(word)
    letters = "\t".join(f"{key}{round(value * 10)}" for key, value in sorted(table.letters.items()))
    rows = [" ".join(map(str, counts)) + "\t" + " ".join(groups[counts]) for counts in sorted(groups)]
    return "\n".join([json.dumps([round(w, 3) for w in table.weights]), letters, *rows])
