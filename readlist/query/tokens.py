"""The words and signs of a query, with their places."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import QueryError
from readlist.text import safe_line

LONGEST: Final = 20_000
"""How many characters a query may have: an abstract can be pasted, a book not."""

LABELS: Final = ("tag", "cat", "source", "key")
"""The fields whose values are names. Between quotation marks a name stands as it is, a `*` and doubled marks in it."""

_RUN: Final = re.compile(r"[^\s()]+")
_NAME: Final = re.compile(r"([^\W\d_]+):")
_OPENING: Final = '"“'
_CLOSING: Final = {'"': '"', "“": '”"'}
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"


class Token(Struct, frozen=True):
    """A word, a phrase, a field with its value, or a sign."""

    kind: Kind
    column: int
    """Where it begins, counted from 0."""
    text: str = ""
    """What stands there, without a field's name and without quotation marks."""
    name: str | None = None
    """What stands before a colon, in lower case, if anything does that could be a field's name."""
    star: bool = False
    """Whether a `*` ends it."""
    quoted: bool = False
    unclosed: bool = False
    """Whether the quotation mark that opens it is never closed."""
    growing: bool = False
    """Whether the text ends with it, so that more of it may be typed."""
    value_column: int = 0
    """Where its text begins."""
    end: int = 0
    """The place after its last character."""


def tokens(text: str, *, typing: bool) -> list[Token]:
    """Return the tokens of a query.

    Raises:
        QueryError: A quotation mark is never closed (while typing, the phrase then ends with the text), or the
            text is longer than `LONGEST`.
    """
    if len(text) > LONGEST:
        raise QueryError(f"a query has at most {LONGEST:,} characters", text, LONGEST, "use fewer words")
    found = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in "()":
            found.append(Token(Kind(text[at]), at))
            at += 1
        elif text[at] == "-" and _takes_minus(text, at + 1):
            found.append(Token(Kind.NOT, at))
            at += 1
        else:
            token, at = _word(text, at, typing=typing)
            found.append(token)
    return found


def _takes_minus(text: str, at: int) -> bool:
    """Say whether what begins at `at` can be taken out by a `-` before it; else the `-` is ordinary text."""
    return at < len(text) and (text[at].isalnum() or text[at] in _OPENING or text[at] == "(")


def _word(text: str, at: int, *, typing: bool) -> tuple[Token, int]:
    """Read a word, a phrase or a field with its value; return it with the place after it."""
    if text[at] in _OPENING:
        return _phrase(text, at, at, None, typing=typing)
    named = _NAME.match(text, at)
    if named and text[named.end() : named.end() + 1] in tuple(_OPENING):
        return _phrase(text, at, named.end(), named[1].casefold(), typing=typing)
    run = _RUN.match(text, at)
    assert run is not None
    written, end = run[0], run.end()
    if written in _OPERATORS:
        return Token(Kind(written), at, written, growing=end == len(text), end=end), end
    name, value_at = None, at
    if named:
        value = text[named.end() : end]
        blank_follows = not value and end < len(text) and text[end].isspace()
        if not blank_follows:
            name, value_at, written = named[1].casefold(), named.end(), value
    return _token(written, at, value_at, name, end, growing=end == len(text)), end


def _phrase(text: str, at: int, quote_at: int, name: str | None, *, typing: bool) -> tuple[Token, int]:
    """Read a quoted text that opens at `quote_at`."""
    begin = quote_at + 1
    close = _close(text, quote_at, doubled=name in LABELS)
    if close is None and not typing:
        raise QueryError("this quotation mark is never closed", text, quote_at, 'write "a phrase"')
    starred = close is not None and text[close + 1 : close + 2] == "*"
    end = len(text) if close is None else close + 1 + starred
    growing = close is None and not text[-1].isspace()
    token = _token(text[begin:close], at, begin, name, end, growing=growing, star=starred)
    token = replace(token, quoted=True, unclosed=close is None)
    if name in LABELS:
        token = replace(token, text=safe_line(text[begin:close].replace('""', '"')), star=starred)
    return token, end


def _close(text: str, quote_at: int, *, doubled: bool) -> int | None:
    """Return where the mark stands that closes the one at `quote_at`, if any does.

    Args:
        text: The query.
        quote_at: Where the text opens.
        doubled: Whether two marks stand for one that is part of the text.
    """
    closing, place = _CLOSING[text[quote_at]], quote_at + 1
    while place < len(text):
        if doubled and text.startswith('""', place):
            place += 2
        elif text[place] in closing:
            return place
        else:
            place += 1
    return None


def _token(
    written: str,
    at: int,
    value_at: int,
    name: str | None,
    end: int,
    *,
    growing: bool,
    star: bool = False,
) -> Token:
    """Make the token of words; a `*` at their end, also within the quotation marks, makes the last one a prefix."""
    kept = safe_line(written)
    bare = kept.rstrip("*").rstrip()
    return Token(Kind.WORD, at, bare, name, star or kept.endswith("*"), growing=growing, value_column=value_at, end=end)
