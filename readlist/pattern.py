"""Patterns of citation keys: text with fields in braces, `{author}{year}{word}`, read strictly.

A field may say how many of its items are wanted, and what is done to them: `{title:3|title}` is the first three words
that mean something, each with a capital. Everything else is text that stands as it is.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import PatternError

FIELDS: Final = {
    "author": "the first author's family name",
    "authors": "the family names of the first three authors, or of as many as {authors:N} says",
    "year": "the year; {year:2} is its last two digits",
    "word": "the first word of the title that means something",
    "title": "all such words of the title, or as many as {title:N} says",
    "venue": "the venue's short name",
    "arxiv": "the arXiv id",
}
"""What a pattern can ask for, and what it is."""

FILTERS: Final = {
    "upper": "in capitals",
    "title": "each word with a capital",
    "initials": "the first letter of each word",
    "cut:N": "at most N characters",
    "join:C": "the words joined by one of - _ : . +",
}
"""What can be done to a field, and what it does."""

_COUNTED: Final[dict[str, range | tuple[int, ...]]] = {"authors": range(1, 21), "year": (2, 4), "title": range(1, 21)}
"""The fields that take a number, and which."""

JOINTS: Final = "-_:.+"
"""Signs that can stand between words; BibTeX, biber and pandoc take them all inside a key."""

_LITERAL: Final = re.compile("[A-Za-z0-9_:./+-]+")
_LONGEST_CUT: Final = 40
_LONGEST: Final = 200
"""Characters that a pattern may have."""


class Field(Struct, frozen=True):
    """A part of a pattern that is taken from the paper."""

    name: str
    count: int | None = None
    """How many of its items; None for what is usual."""
    upper: bool = False
    capitals: bool = False
    initials: bool = False
    cut: int | None = None
    joint: str = ""

    def __str__(self) -> str:
        """Give the field as it is written in a pattern, its filters in the order of `FILTERS`."""
        filters = [name for name, wanted in (("upper", self.upper), ("title", self.capitals)) if wanted]
        filters += ["initials"] if self.initials else []
        filters += [f"cut:{self.cut}"] if self.cut is not None else []
        filters += [f"join:{self.joint}"] if self.joint else []
        count = "" if self.count is None else f":{self.count}"
        return "{" + "|".join([f"{self.name}{count}", *filters]) + "}"


class Pattern(Struct, frozen=True):
    """What a citation key is made of, in order: texts and fields."""

    parts: tuple[str | Field, ...]

    def __str__(self) -> str:
        """Give the pattern as it is written."""
        return "".join(map(str, self.parts))


DEFAULT: Final = Pattern((Field("author"), Field("year"), Field("word")))
"""The pattern of keys such as `schick2023toolformer`."""


def parse_pattern(text: str) -> Pattern:
    """Return the pattern that a text describes.

    Raises:
        PatternError: It is none; the error says where.
    """
    if len(text) > _LONGEST:
        raise PatternError(f"a pattern has at most {_LONGEST} characters", text, _LONGEST)
    parts: list[str | Field] = []
    place = 0
    while place < len(text):
        if text[place] == "{":
            end = text.find("}", place)
            if end < 0:
                raise PatternError("this brace is never closed", text, place)
            parts.append(_field(text, place + 1, end))
            place = end + 1
        elif found := _LITERAL.match(text, place):
            parts.append(found[0])
            place = found.end()
        else:
            hint = "between fields stand letters and digits of ASCII and the signs _ : . / + -"
            raise PatternError(f"{text[place]!r} cannot stand in a citation key", text, place, hint)
    if not any(isinstance(part, Field) and part.name != "year" for part in parts):
        hint = "at least one of " + " ".join(f"{{{name}}}" for name in FIELDS if name != "year")
        raise PatternError("every paper would have the same key", text, len(text), hint)
    return Pattern(tuple(parts))


def _field(text: str, begin: int, end: int) -> Field:
    """Read what stands between two braces."""
    if "{" in text[begin:end]:
        raise PatternError("a field cannot hold another one", text, text.index("{", begin))
    name, count, place = _named(text, begin, end)
    if name not in FIELDS:
        raise PatternError(f"there is no field {name!r}", text, begin, "fields: " + ", ".join(FIELDS))
    if count is not None and name not in _COUNTED:
        counted = ", ".join(f"{{{one}:N}}" for one in _COUNTED)
        raise PatternError(
            f"{name} takes no number", text, begin + len(name) + 1, f"cut:N limits its length; numbers: {counted}"
        )
    field = Field(name, None if count is None else _number(count, _COUNTED[name], text, begin + len(name) + 1))
    while place < end:
        begin = place + 1
        filter_name, value, place = _named(text, begin, end)
        field = _filtered(field, filter_name, value, text, begin)
    return field


def _named(text: str, begin: int, end: int) -> tuple[str, str | None, int]:
    """Return a name, what follows its colon (None without one), and where the next `|` or the end is."""
    stop = text.find("|", begin, end)
    stop = end if stop < 0 else stop
    name, colon, value = text[begin:stop].partition(":")
    return name, value if colon else None, stop


def _number(written: str, allowed: range | tuple[int, ...], text: str, column: int) -> int:
    """Return a whole number that is one of those allowed."""
    if written.isascii() and written.isdigit() and len(written) <= 3 and int(written) in allowed:  # noqa: PLR2004 — digits
        return int(written)
    told = f"{allowed[0]} to {allowed[-1]}" if isinstance(allowed, range) else " or ".join(map(str, allowed))
    raise PatternError(f"the number should be {told}, not {written!r}", text, column)


def _filtered(field: Field, name: str, value: str | None, text: str, column: int) -> Field:
    """Return the field with one filter more."""
    known = {one.partition(":")[0]: ":" in one for one in FILTERS}
    if name not in known:
        raise PatternError(f"there is no filter {name!r}", text, column, "filters: " + ", ".join(FILTERS))
    at = column + len(name) + 1
    if known[name] != (value is not None):
        wrong = f"{name} takes no value" if value is not None else f"{name} needs a value"
        raise PatternError(wrong, text, at if value is not None else column, "filters: " + ", ".join(FILTERS))
    made = _applied(field, name, value or "", text, at)
    if made == field:
        raise PatternError(f"{name} stands twice", text, column)
    if made.upper and made.capitals:
        raise PatternError("upper and title cannot both be", text, column)
    return made


def _applied(field: Field, name: str, value: str, text: str, column: int) -> Field:
    """Return the field with a filter that there is."""
    match name:
        case "upper":
            return replace(field, upper=True)
        case "title":
            return replace(field, capitals=True)
        case "initials":
            return replace(field, initials=True)
        case "cut":
            return replace(field, cut=_number(value, range(1, _LONGEST_CUT + 1), text, column))
        case _:
            if value not in tuple(JOINTS):
                raise PatternError(f"words are joined by one of {' '.join(JOINTS)}, not {value!r}", text, column)
            return replace(field, joint=value)
