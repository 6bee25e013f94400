"""Which known word a misspelt one was likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NEAR: Final = 2


def near(name: str, known: Iterable[str], *, most: int = _NEAR) -> str | None:
    """Return the one of `known` that is at most `most` edits from `name` and nearest, if any is."""
    best = min(((_edits(name, candidate), candidate) for candidate in known), default=(_NEAR + 1, ""))
    return best[1] if best[0] <= min(most, len(best[1]) - 1) else None


def _edits(one: str, other: str) -> int:
    """Count the letters to insert, delete, replace or swap with their neighbour to get from one word to another."""
    if abs(len(one) - len(other)) > _NEAR:
        return _NEAR + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
