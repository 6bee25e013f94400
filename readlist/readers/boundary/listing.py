"""What a listing teaches about itself: the names and the words of titles that stand elsewhere in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from readlist.readers.boundary.candidates import MOST_AUTHORS, Line, folded


class Listing:
    """Counts over one listing, from places that are certain and from readings that are sure."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.family: Counter[str] = Counter()
        self.title_words: Counter[str] = Counter()

    def learn_line(self, line: Line) -> None:
        """Count the names that no title can be glued to: those behind the first of a cut list."""
        if line.truncated and len(line.segments) >= MOST_AUTHORS:
            for name in line.segments[1 - MOST_AUTHORS :]:
                self.learn_name(name)
        elif len(line.segments) > 1:
            self.learn_name(line.segments[-1])

    def learn_name(self, name: str, times: int = 1) -> None:
        """Count a name."""
        words = [word for word in map(folded, name.split()) if word]
        if words:
            self.names[" ".join(words)] += times
            self.given[words[0]] += times
            self.family[words[-1]] += times

    def learn_title(self, words: Iterable[str], times: int = 1) -> None:
        """Count the words of a title."""
        for word in words:
            if folded_word := folded(word):
                self.title_words[folded_word] += times
