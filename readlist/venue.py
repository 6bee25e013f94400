"""Whether two names of what papers appear in may be of one journal, conference or book.

The same journal is written out, abbreviated (`J. Mach. Learn. Res.`), with its place (`Science (New York, N.Y.)`) or
with the year and days of a conference; `Nature` and `Nature Physics` are two all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from readlist.text import words

_BETWEEN: Final = frozenset(
    "the of in on and for an to at with by de la le des der die für und et proceedings proc procs annual vol volume no "
    "edition ed january february march april may june july august september october november december "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth twenty thirty forty "
    "fifty".split()
)
"""Words that say nothing of which venue it is."""

_ASIDE: Final = frozenset(
    "workshop workshops wkshp wksp findings companion adjunct tutorial tutorials doctoral poster posters demo demos "
    "demonstration demonstrations abstracts".split()
)
"""Words of what is held or printed beside a conference, and is not its proceedings."""

_ANOTHER: Final = frozenset(
    "letters lett review reviews rev communications commun transactions trans research reports methods "
    "supplement supplements open section series part".split()
)
"""Words that make the name of a journal that of another one."""

_CONFERENCE: Final = frozenset("proceedings proc conference conf symposium congress meeting workshop advances".split())

_SPONSORS: Final = frozenset("acm ieee usenix siam pmlr lncs ceur aip iop springer elsevier".split())
"""Abbreviations in names of many venues."""

_NUMBER: Final = re.compile(r"\d+(?:st|nd|rd|th)?")
_YEAR_BEHIND: Final = re.compile(r"(?<=[a-z])(?:19|20)?\d\d$")
_PIECE: Final = re.compile(r"\s*[,;:()\[\]]\s*|\s+[-–—]+\s+")
_TOKEN: Final = re.compile(r"[A-Za-z]+")
_MANY: Final = 3
"""Words that hardly any other venue has in a row."""
_CONTRACTED: Final = 5
"""Letters up to which a word may be one without letters in between, such as `Natl`."""


def is_conference(venue: str) -> bool:
    """Whether a name says that it is a conference's."""
    return not _CONFERENCE.isdisjoint(words(venue))


def may_be_one_venue(one: str, other: str, *, across: bool = False) -> bool:
    """Whether two names may be of one venue.

    Args:
        one: A name as it is written.
        other: Another one.
        across: Whether one is said to be a journal and the other a conference: then more must be the same, since
            `Machine Learning` is a journal.
    """
    if _ASIDE.isdisjoint(words(one)) is not _ASIDE.isdisjoint(words(other)):
        return False
    ours, theirs = _telling(one), _telling(other)
    if not ours or not theirs or _agree(ours, theirs):
        return True
    least = _MANY + 1 if across else 1
    heads = [_telling(_PIECE.split(name.strip(), maxsplit=1)[0]) for name in (one, other)]
    if min(map(len, heads)) >= max(least, _MANY) and _agree(*heads):
        return True
    for whole, name in ((ours, other), (theirs, one)):
        pieces = (_telling(piece) for piece in _PIECE.split(name))
        if len(whole) >= least and any(_agree(whole, piece) for piece in pieces):
            return True
    if _contained(*sorted((ours, theirs), key=len), least=least):
        return True
    return not across and (_abbreviates(one, other) or _abbreviates(other, one))


def _telling(name: str) -> list[str]:
    """Return the words of a name that tell it from others."""
    said = (_YEAR_BEHIND.sub("", word) for word in words(name) if not _NUMBER.fullmatch(word))
    return [word for word in said if word not in _BETWEEN]


def _agree(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names have the same words, some perhaps abbreviated."""
    return bool(ours) and all(a and b and _abbreviated(a, b) for a, b in zip_longest(ours, theirs))


def _abbreviated(one: str, other: str) -> bool:
    """Whether one word may be the other, abbreviated."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    letters = iter(long)
    return short[0] == long[0] and len(short) <= _CONTRACTED < len(long) and all(letter in letters for letter in short)


def _contained(short: Sequence[str], long: Sequence[str], *, least: int) -> bool:
    """Whether the longer name has the shorter one in it, and nothing else that makes it another's."""
    count = len(short)
    for start in range(len(long) - count + 1 if count >= max(least, _MANY) else 0):
        if _agree(short, long[start : start + count]):
            rest = (*long[:start], *long[start + count :])
            return not any(word in _ANOTHER or len(word) == 1 for word in rest)
    return False


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name is the abbreviation (`ICML`, `NeurIPS`) that the other has in it, or is of its words."""
    tokens = [token for token in _TOKEN.findall(short) if token.casefold() not in _BETWEEN]
    if len(tokens) != 1 or not _is_abbreviation(tokens[0]):
        return False
    if tokens[0] in filter(_is_abbreviation, _TOKEN.findall(long)):
        return True
    told = _telling(long)
    return any(_begins_words(tokens[0].casefold(), told[start:]) for start in range(len(told)))


def _is_abbreviation(token: str) -> bool:
    """Whether a word is that of a venue and has capitals in it."""
    return sum(map(str.isupper, token)) > 1 and token.casefold() not in _SPONSORS


def _begins_words(letters: str, said: Sequence[str], used: int = 0) -> bool:
    """Whether letters are the beginnings of words in a row, of no fewer than three."""
    if not letters:
        return used >= _MANY
    if not said or letters[0] != said[0][0]:
        return False
    most = next((n for n, (a, b) in enumerate(zip_longest(letters, said[0])) if a != b), len(letters))
    return any(_begins_words(letters[taken:], said[1:], used + 1) for taken in range(1, most + 1))
