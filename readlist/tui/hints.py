"""Quicker ways, told once each when a slow one was taken for the third time."""

from __future__ import annotations

from collections import Counter
from typing import Final

from readlist.tui.commands import Command

_TIMES: Final = 3
"""So often a slow way is taken before the quick one is told."""

_IN_A_ROW: Final = 10
"""So many papers are marked one by one before it is told that many can be marked at once."""


class Hints:
    """Counts slow ways for as long as the app runs."""

    def __init__(self) -> None:
        self._slow: Counter[str] = Counter()
        self._told: set[str] = set()
        self._last = ""
        self._row = 0

    def took(self, way: str, quicker: str) -> str:
        """Count a slow way; return the quick one as a sentence when it is time to tell it, else nothing.

        Args:
            way: What was done, e.g. `palette star`.
            quicker: The sentence.
        """
        self._slow[way] += 1
        return self._once(way, quicker) if self._slow[way] >= _TIMES else ""

    def pressed(self, command: Command, selecting: Command | None, *, selected: bool) -> str:
        """Count a key that marks one paper; return that many can be marked at once when that is slow."""
        if command.id in ("cursor_down", "cursor_up"):
            return ""
        if selected or (command.id not in ("star", "read", "next_status") and not command.id.startswith("status_")):
            self._last, self._row = "", 0
            return ""
        self._row = self._row + 1 if command.id == self._last else 1
        self._last = command.id
        if self._row < _IN_A_ROW or selecting is None or not selecting.keys:
            return ""
        keys = f"{selecting.shown_keys.split()[0]} selects papers, {command.shown_keys.split()[0]} then marks them all"
        return self._once("one by one", keys)

    def _once(self, way: str, sentence: str) -> str:
        """Return a sentence the first time that it is asked for."""
        if way in self._told:
            return ""
        self._told.add(way)
        return sentence
