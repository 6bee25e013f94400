"""Citation keys: made once from author, year and title, and unique."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Final

from readlist.names import split_name
from readlist.paper import Paper
from readlist.text import words

_STOP_WORDS: Final = frozenset(
    "a an and are as at be beyond by can do does for from has have how in into is it its of on or that the their "
    "this through to toward towards under using via was we what when where which who why with your".split()
)
"""Words that say nothing of what a paper is about."""

_NOT_KEY: Final = re.compile("[^a-z0-9]")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def base_key(paper: Paper) -> str:
    """Return the key that a paper would have if no other had it: `schick2023toolformer`.

    It is the first author's family name, the year, and the first word of the title that means something, all in
    `[a-z0-9]`. What cannot be written so is left out; if nothing can, the key is the paper's id.
    """
    author = _folded(split_name(paper.authors[0]).last) if paper.authors else ""
    year = paper.date[:4] if paper.date else ""
    title = [key_word for word in words(paper.title) if (key_word := _of_key(word))]
    telling = [word for word in title if word not in _STOP_WORDS and len(word) > 1] or title
    word = telling[0] if telling else ""
    return f"{author}{year}{word}" if author or word else _folded(paper.id)


def _folded(text: str) -> str:
    """Return the ASCII letters and digits of `text`, in lower case and without accents."""
    return _of_key("".join(words(text)))


def _of_key(word: str) -> str:
    """Return what a key may have of a folded word."""
    return word if word.isascii() else _NOT_KEY.sub("", word)


def unique_key(base: str, taken: Callable[[str], bool]) -> str:
    """Return `base`, or `base` with the first letters `b`, `c`, … `z`, `aa`, … that make it unique."""
    if not taken(base):
        return base
    for number in count(1):
        key = base + _suffix(number)
        if not taken(key):
            return key
    raise AssertionError


def _suffix(number: int) -> str:
    """Return the letters that stand for a number: 1 is `b`, 25 is `z`, 26 is `aa`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
