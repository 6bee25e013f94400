"""The fields of one BibTeX entry: strings and months expanded, values joined, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from readlist.text import safe_line, safe_verbatim

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines."""

_LONGEST_VALUE: Final = 1 << 20
"""Characters beyond which a value is refused: strings that name strings can grow without end."""

_GAP: Final = re.compile(r"(?:[\s,]+|%[^\n]*(?:\n|$))+")
_SPACE: Final = re.compile(r"\s*")
_NAME: Final = re.compile(r"([^\s=,{}\"#%()]+)\s*=\s*")
_BARE: Final = re.compile(r"[^\s,{}\"#=]++(?:[ \t]++[^\s,{}\"#=]++(?!\s*=))*+")
_BRACE: Final = re.compile("[{}]")
_BRACE_OR_QUOTE: Final = re.compile('[{}"]')
_OF_LINES: Final = frozenset(("abstract", "annote", "annotation", "comment", "review", "note", "notes"))
"""Fields in which line breaks mean something."""


class Malformed(Exception):  # noqa: N818 — a finding, caught where the block is known
    """An entry is not written as one.

    Attributes:
        reason: What was expected and what was found.
        at: Where in the body.
    """

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


class Fields(Struct):
    """What an entry says."""

    key: str
    """The citation key; empty when there is none."""
    values: dict[str, str]
    """Name in lower case → raw value, in order; a name that comes again with another value ends in `-2`, …"""


def fields(body: str, strings: Mapping[str, str]) -> Fields:
    """Return the fields of an entry's body.

    Raises:
        Malformed: It is not `key, name = value, …`.
    """
    key, at = _key(body)
    values: dict[str, str] = {}
    while True:
        gap = _GAP.match(body, at)
        at = gap.end() if gap else at
        if at >= len(body):
            return Fields(key, values)
        named = _NAME.match(body, at)
        if named is None:
            raise Malformed(f"expected a field such as 'year = 2023', found {_found(body, at)}", at)
        name = safe_line(named[1]).lower() or "unnamed"
        value, at = _value(body, named.end(), strings)
        _keep(values, name, tidy(name, value))


def _key(body: str) -> tuple[str, int]:
    """Return the citation key, empty when there is none, and where it ends."""
    comma, equals = body.find(","), body.find("=")
    if equals >= 0 and (comma < 0 or equals < comma):
        return "", 0
    end = comma if comma >= 0 else len(body)
    return body[:end].strip(), end


def string(body: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """Return the name and the value of a `@string`.

    Raises:
        Malformed: It is not `name = value`.
    """
    named = _NAME.match(body, _blank(body, 0))
    if named is None:
        raise Malformed(f"expected 'name = value', found {_found(body, 0)}", 0)
    value, at = _value(body, named.end(), strings)
    if body[at:].strip(" \t\n,"):
        raise Malformed(f"expected the end of the string, found {_found(body, at)}", at)
    return named[1].lower(), value


def _keep(values: dict[str, str], name: str, value: str) -> None:
    """Keep one field; one that is said twice in the same words is kept once."""
    number = 1
    stem = name
    while name in values:
        if values[name] == value:
            return
        number += 1
        name = f"{stem}-{number}"
    values[name] = value


def _value(body: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """Return the value that begins at a place, its pieces joined, and where it ends."""
    pieces: list[str] = []
    size = 0
    while True:
        piece, at = _piece(body, at, strings)
        pieces.append(piece)
        size += len(piece)
        if size > _LONGEST_VALUE:
            raise Malformed(f"a value is longer than {_LONGEST_VALUE:,} characters", at)
        after = _blank(body, at)
        if body[after : after + 1] != "#":
            return "".join(pieces), at
        at = _blank(body, after + 1)


def _piece(body: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """Return one piece of a value: in braces, in quotes, a number or the name of a string; and where it ends."""
    opening = body[at : at + 1]
    if opening == "{":
        end = _closing_brace(body, at)
        return body[at + 1 : end], end + 1
    if opening == '"':
        end = _closing_quote(body, at)
        return body[at + 1 : end], end + 1
    if opening in (",", ""):
        return "", at
    bare = _BARE.match(body, at)
    if bare is None:
        raise Malformed(f"expected a value, found {_found(body, at)}", at)
    name = bare[0].lower()
    return (name if name in MONTHS and name not in strings else strings.get(name, bare[0])), bare.end()


def _closing_brace(body: str, at: int) -> int:
    """Return where the brace that opens somewhere is closed."""
    end = body.find("}", at)
    if end >= 0 and body.find("{", at + 1, end) < 0:
        return end
    depth = 0
    for brace in _BRACE.finditer(body, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    raise Malformed("a brace is never closed", at)


def _closing_quote(body: str, at: int) -> int:
    """Return where the quotation mark that opens somewhere is closed; one in braces closes nothing."""
    depth = 0
    for found in _BRACE_OR_QUOTE.finditer(body, at + 1):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth < 0:
                break
        elif not depth:
            return found.start()
    raise Malformed("a quotation mark is never closed", at)


def _blank(body: str, at: int) -> int:
    """Return where the white space that stands somewhere ends."""
    found = _SPACE.match(body, at)
    assert found is not None
    return found.end()


def _found(body: str, at: int) -> str:
    """Return what stands somewhere, to be shown."""
    return repr(" ".join(body[at : at + 30].split())) if body[at:].strip() else "the end of the entry"


def tidy(name: str, value: str) -> str:
    """Return a value as it is kept: white space as BibTeX reads it, lines where they mean something."""
    if "  " not in value and value.isascii() and value.isprintable():
        return value.strip()
    text = safe_verbatim(value)
    if name in _OF_LINES and "\n" in text:
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    return " ".join(text.split())
