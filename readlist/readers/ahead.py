"""The lines of a source, of which those that follow may be looked at before they are taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

_BLANKS: Final = 50
"""Blank lines beyond which nothing is said to follow."""


class Ahead:
    """Lines that can be looked at, taken and put back.

    Attributes:
        number: The number of the line that comes next, counted from 1.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines; pieces of a long one do not end in a newline."""
        self._lines = iter(lines)
        self._seen: deque[str] = deque()
        self.number = 1

    def take(self) -> str | None:
        """Return the next line; None after the last."""
        line = self._seen.popleft() if self._seen else next(self._lines, None)
        if line is not None and line.endswith("\n"):
            self.number += 1
        return line

    def put_back(self, line: str) -> None:
        """Make a line that was taken the next one again."""
        self.split(line, 0)

    def split(self, line: str, at: int) -> str:
        """Put the end of a line that was taken back, and return its beginning."""
        self._seen.appendleft(line[at:])
        self.number -= line.endswith("\n")
        return line[:at]

    def peek(self, index: int) -> str:
        """Return the line that comes after `index` others; an empty text after the last."""
        while len(self._seen) <= index:
            line = next(self._lines, None)
            if line is None:
                return ""
            self._seen.append(line)
        return self._seen[index]

    def following(self, index: int) -> str:
        """Return the next line after the one at `index` that is not blank; an empty text if there is none."""
        for further in range(index + 1, index + _BLANKS):
            line = self.peek(further)
            if line.strip() or not line:
                return line
        return ""

    def window(self, size: int, index: int = 0) -> list[str]:
        """Return the lines from the one at `index` on, up to so many characters and one line more."""
        found: list[str] = []
        held = 0
        while held <= size and (line := self.peek(index + len(found))):
            found.append(line)
            held += len(line)
        return found

    def skip_blank(self) -> int:
        """Leave out the blank lines that come next; return how many they are."""
        before = self.number
        while (line := self.peek(0)) and not line.strip():
            self.take()
        return self.number - before
