"""Where in a text the words of a query stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from readlist.query.tree import Text
from readlist.text import indexed, words

_WORD: Final = re.compile(r"[^\W_]+")
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’ʼ][^\W_]+)*")

Place = tuple[int, int]
"""The first character of something, and the one after its last."""


def places(text: str, sought: Iterable[Text], field: str) -> list[Place]:
    """Return where what is sought stands in a text of a paper, in order; places that touch are one.

    Args:
        text: As it is shown.
        sought: The texts of a query that papers are wanted for.
        field: What the text is of a paper: `title`, `author`, `affil`, `abstract` or `note`.
    """
    found: list[Place] = []
    for one in sought:
        if one.field in (None, field):
            for phrase in one.phrases:
                found.extend(_whole_words(text, phrase, prefix=one.prefix))
                if len(phrase) == 1:
                    found.extend(_parts(text, phrase[0], prefix=one.prefix))
    return _joined(found)


def _whole_words(text: str, phrase: Sequence[str], *, prefix: bool) -> Iterable[Place]:
    """Yield where the words of a phrase follow one another."""
    present = [(match.span(), word) for match in _WORD.finditer(text) for word in words(match[0])]
    for begin in range(len(present) - len(phrase) + 1):
        window = present[begin : begin + len(phrase)]
        *whole, (_, last) = window
        if [word for _, word in whole] != list(phrase[:-1]):
            continue
        if last == phrase[-1] or (prefix and last.startswith(phrase[-1])):
            yield window[0][0][0], window[-1][0][1]


def _parts(text: str, word: str, *, prefix: bool) -> Iterable[Place]:
    """Yield the compound words of which a word is a part, or which it is when written without its joints."""
    for match in _COMPOUND.finditer(text):
        known = indexed(match[0]).split(" ")
        if len(known) > 1 and any(part == word or (prefix and part.startswith(word)) for part in known):
            yield match.span()


def _joined(found: Iterable[Place]) -> list[Place]:
    """Return places in order, those that overlap or touch as one."""
    result: list[Place] = []
    for begin, end in sorted(found):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result
