"""Names that run into each other without a sign between them, as in Springer's tables: `Ann LeeBob Oak`."""

from __future__ import annotations

import re
from typing import Final

_SEAM: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-z])")
_CAPITAL: Final = re.compile(r"(?<![^\W_])(?:Ma?c|Fitz)$")
"""What has a capital behind it within one name."""


def apart(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the names, and whether they surely end where they are parted.

    A name has two words; a piece with one is the rest of a name such as `DeWitt`, and then it is not sure.
    """
    names: list[list[str]] = []
    sure = True
    whole = True  # whether the last name has two words
    start = 0
    ends = [at for seam in _SEAM.finditer(text) if text[(at := seam.start())].isupper() and text[at - 1].islower()]
    for end in [*ends, len(text)]:
        if end < len(text) and _CAPITAL.search(text, max(start, end - len("Fitz")), end):
            continue
        piece = text[start:end].strip()
        start = end
        if names and not (whole and " " in piece):
            names[-1].append(piece)
            whole, sure = whole or " " in piece, False
        elif piece:
            names.append([piece])
            whole = " " in piece
    return tuple(map("".join, names)), sure
