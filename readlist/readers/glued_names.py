"""Names that run into each other without a sign between them, as in Springer's tables: `Ann LeeBob Oak`."""

from __future__ import annotations

import re
from typing import Final

_SEAM: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-z])")
_CAPITAL: Final = re.compile(r"\b(?:Ma?c|Fitz)$")
"""What has a capital behind it within one name."""


def apart(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the names, and whether they surely end where they are parted.

    A name has two words; a piece with one is the rest of a name such as `DeWitt`, and then it is not sure.
    """
    names: list[str] = []
    sure = True
    start = 0
    ends = [
        seam.start()
        for seam in _SEAM.finditer(text)
        if text[seam.start()].isupper() and text[seam.start() - 1].islower()
    ]
    for end in [*ends, len(text)]:
        piece = text[start:end].strip()
        if _CAPITAL.search(text[max(end - 6, 0) : end]) and end < len(text):
            continue
        if names and (" " not in piece or " " not in names[-1]):
            names[-1] += piece
            sure = False
        elif piece:
            names.append(piece)
        start = end
    return tuple(names), sure
