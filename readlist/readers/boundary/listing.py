"""What a listing teaches about itself: the names and the words of titles that stand elsewhere in it."""

from __future__ import annotations

from collections import defaultdict

from readlist.readers.boundary.lines import MOST_AUTHORS, Line, folded


class Listing:
    """Counts over one listing, from places that are certain and from readings that are sure.

    What was never counted is to be asked for by `get`, so that the tables do not grow by it.
    """

    def __init__(self) -> None:
        self.names: defaultdict[str, int] = defaultdict(int)
        """Whole names, folded."""
        self.given: defaultdict[str, int] = defaultdict(int)
        """First words of names."""
        self.family: defaultdict[str, int] = defaultdict(int)
        """Last words of names."""
        self.title_words: defaultdict[str, int] = defaultdict(int)
        """Words of titles."""

    def learn_line(self, line: Line) -> None:
        """Count the names that no title can be glued to: those after the first of a cut list, and the last of any."""
        if line.truncated:
            for name in line.segments[1 - MOST_AUTHORS :] if len(line.segments) >= MOST_AUTHORS else ():
                self.learn_name(name)
        elif len(line.segments) > 1:
            name = line.segments[-1]
            if name.count(" ") < MOST_AUTHORS:  # otherwise it may be the end of a title and a single author
                self.learn_name(name)

    def learn_name(self, name: str, times: int = 1) -> None:
        """Count a name."""
        words = [word for word in map(folded, name.split()) if word]
        if words:
            self.names[" ".join(words)] += times
            self.given[words[0]] += times
            self.family[words[-1]] += times

    def learn_title(self, title: str, times: int = 1) -> None:
        """Count the words of a title."""
        for word in map(folded, title.split()):
            self.title_words[word] += times
