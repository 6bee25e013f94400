"""ISSN and ISBN, told apart by their lengths (ISO 3297, ISO 2108)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_REMARK: Final = re.compile(r"\([^()]{0,80}\)|\[[^][]{0,80}\]|\b(?:e-?|p-?)?IS[SB]N(?:-1[03])?\b:?", re.IGNORECASE)
"""What databases say of a number beside it: `(Print)`, `(ISSN)`."""
_BETWEEN: Final = re.compile(r"[;,\n]")
_SIGNS: Final = re.compile(r"[-\s\u2010-\u2015]")
_NUMBER: Final = re.compile(r"[0-9]{7,12}[0-9X]")
_MOST: Final = 20
"""Numbers that one value lists at most; what has more is left as it stands."""


def numbers(text: str, *, book: bool) -> Iterator[tuple[str, str]]:
    """Yield `issn` or `isbn` and the number, for each that a value says, without the remarks beside them.

    Args:
        text: The value.
        book: Whether what it is said of is a book: a number that is neither is taken for one of these.
    """
    listed = [one for part in _BETWEEN.split(text) if (one := " ".join(_REMARK.sub(" ", part).split()))]
    sorts = [_sort(one) for one in listed]
    if not listed or len(listed) > _MOST or None in sorts:
        yield _sort(text) or ("isbn" if book else "issn"), text
        return
    for one, sort in zip(listed, sorts, strict=True):
        yield sort or "issn", _hyphenated(one) if sort == "issn" else one


def _sort(written: str) -> str | None:
    """Return what a number is by its length; None when it is neither."""
    digits = _SIGNS.sub("", written).upper()
    if not _NUMBER.fullmatch(digits):
        return None
    return {8: "issn", 10: "isbn", 13: "issn" if digits.startswith("977") else "isbn"}.get(len(digits))


def _hyphenated(written: str) -> str:
    """Return an ISSN as it is printed, `1549-9596`, if its check digit is right; else as it stands."""
    digits = _SIGNS.sub("", written).upper()
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(digits) == len("12345678") and sum(n * v for n, v in zip(range(8, 0, -1), values, strict=True)) % 11 == 0:
        return f"{digits[:4]}-{digits[4:]}"
    return written
