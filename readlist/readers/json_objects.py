"""The records of a JSON source, one by one: an array, lines of JSON, or an object that wraps an array.

Records are cut out of the stream by counting braces outside of strings, so that neither a large file nor one broken
record matters to the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from msgspec import Struct

from readlist.paper import Rejected
from readlist.readers.decoding import numbered
from readlist.text import safe_verbatim

LONGEST: Final = 1 << 24
"""Characters beyond which a record is given up."""

_WRAPPERS: Final = frozenset(("items", "data", "papers", "recommendedpapers", "results", "entries", "records"))
"""Keys of an object at the top whose arrays hold the records."""

_OUTSIDE: Final = re.compile(r'["{}\[\]]')
_INSIDE: Final = re.compile(r'["\\]')
_NOTHING: Final = re.compile(r"[\s\[\],\x1e]*")
_BETWEEN: Final = "[]{}, \t\r\n\x1e\ufeff"
"""What stands between records and says nothing."""
_SHOWN: Final = 1 << 14

Record = dict[str, object]
"""A JSON object from outside: anything may be missing or of the wrong kind."""

T = TypeVar("T")


class Unfit(Exception):  # noqa: N818 — a finding, caught where the record is known
    """A record is no paper; the message says why."""


class Text(Struct, frozen=True):
    """The text of one record."""

    line: int
    """The number of its first line."""
    text: str
    why: str = ""
    """Why it is no record; empty when it may be one."""


class _Cutter:
    """Cuts records out of pieces of text."""

    def __init__(self) -> None:
        self._path = ""
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._key = ""
        self._level: int | None = None
        self.wrapped = False
        self.found = False
        """Whether a record was found."""
        self._listing = False
        """Whether the array that an object wraps is being read."""
        self.answers = False
        """Whether it is an answer of Crossref, which has works or one work under `message`."""
        self._line = 0
        self._size = 0
        self._parts: list[str] = []
        self._margin: str | None = None

    def feed(self, number: int, piece: str) -> Iterator[Text]:
        """Yield the records that end in a piece, and what stands between them and is none.

        A line outside of all brackets that has none itself is left to the caller.
        """
        if self._level is not None and self._begins_anew(piece):
            yield self._given_up("the record is never closed")
        at = begin = outside = 0
        while (bracket := self._bracket(piece, at)) is not None:
            char, at = bracket
            if self._level is None:
                yield from self._stray(number, piece[outside : at - 1])
                outside = at
            if char in "{[":
                if self._opens(char):
                    self._line, begin, self._parts, self._size = number, at - 1, [], 0
                    before = piece[: at - 1]
                    self._margin = before if not before.strip() else None
                elif self._level is None:
                    outside = at
                continue
            self._depth = max(self._depth - 1, 0)
            self._path = self._path[: self._depth]
            self._listing = self._listing and self._depth > 1
            if self._level == self._depth:
                self._level = None
                outside = at
                yield self._cut(piece[begin:at])
        if self._level is not None:
            self._take(piece[begin:])
        elif outside or self._depth:
            yield from self._stray(number, piece[outside:])

    def _stray(self, number: int, text: str) -> tuple[Text, ...]:
        """Return what stands in an array of records, or between lines of them, and is no object."""
        found = text.strip(_BETWEEN)
        if not found:
            return ()
        among = self._path[:1] == "[" or self._listing if self._depth else self.found
        return (Text(number, found, "expected an object"),) if among and any(map(str.isalnum, found)) else ()

    @property
    def is_outside(self) -> bool:
        """Whether no bracket is open."""
        return not self._depth and not self._in_string

    def _bracket(self, piece: str, at: int) -> tuple[str, int] | None:
        """Return the next bracket outside of strings, and where it ends; None when the piece has no more."""
        while True:
            if self._escaped and at < len(piece):
                self._escaped, at = False, at + 1
            found = (_INSIDE if self._in_string else _OUTSIDE).search(piece, at)
            if found is None:
                return None
            char, at = found[0], found.end()
            if self._in_string:
                self._in_string = self._escaped = char == "\\"
            elif char == '"':
                self._in_string = True
                if self._depth == 1 and self._level == 0:
                    self._key = piece[at : piece.find('"', at)].lower()
                    self.answers = self.answers or self._key == "message-type"
            else:
                return char, at

    def _opens(self, char: str) -> bool:
        """Take an opening bracket; whether a record begins with it."""
        if char == "{" and self.answers and self._level == 0 and self._depth == 1 and self._key == "message":
            return True  # read as if it stood there alone
        if len(self._path) == self._depth and self._depth < 3:  # noqa: PLR2004 — no deeper container matters
            self._path += char
        self._depth += 1
        if self._level == 0 and self._path == "{[" and self._depth == 2 and self._key in _WRAPPERS:  # noqa: PLR2004
            self._level, self._parts = None, []  # what was taken for a record wraps others
            self.wrapped = self._listing = True
        levels = ("{[{",) if self.wrapped else ("{", "[{")
        if self._level is None and char == "{" and self._path in levels and self._depth == len(self._path):
            self._level = self._depth - 1
            return True
        return False

    def _begins_anew(self, piece: str) -> bool:
        """Whether a record surely begins in a line although the one before was never closed."""
        if self._margin is None or not self._parts:
            return False
        first = self._parts[0]
        return (
            piece.startswith(self._margin + '{"')
            if first.startswith('{"')
            else bool(self._margin and first.rstrip() == "{" and piece.rstrip() == self._margin + "{")
        )

    def _take(self, text: str) -> None:
        """Keep a part of a record, unless there is too much of it."""
        self._size += len(text)
        if self._size <= LONGEST or not self._parts:
            self._parts.append(text[:LONGEST])

    def _cut(self, last: str) -> Text:
        """Return the record that ends with these words."""
        self._take(last)
        self.found = True
        why = f"the record has more than {LONGEST:,} characters" if self._size > LONGEST else ""
        parts, self._parts = self._parts, []
        return Text(self._line, "".join(parts), why)

    def _given_up(self, why: str) -> Text:
        """Return what was taken of a record that does not end, and begin anew at the level of the record."""
        parts, self._parts = self._parts, []
        assert self._level is not None
        self._depth, self._path = self._level, self._path[: self._level]
        self._level, self._in_string, self._escaped = None, False, False
        return Text(self._line, "".join(parts), why)

    def rest(self) -> Iterator[Text]:
        """Yield the record that the end of the source cuts off."""
        if self._level is not None and not (self._level == 0 and self.wrapped):
            yield self._given_up("the record is cut off at the end")


def texts(lines: Iterable[str]) -> Iterator[Text]:
    """Yield the texts of the records."""
    cutter = _Cutter()
    apart = _Apart()
    for number, piece in numbered(lines):
        among = cutter.is_outside
        found = list(cutter.feed(number, piece))
        nothing = _NOTHING.fullmatch(piece) or (cutter.answers and piece.strip() == "}")  # the end of the answer
        if among and not found and cutter.is_outside and not nothing:
            apart.take(number, piece)
            continue
        yield from apart.given()
        yield from found
    yield from cutter.rest()
    yield from apart.given()


class _Apart:
    """Gathers lines that stand between the records and are none."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._line = self._size = 0

    def take(self, number: int, piece: str) -> None:
        """Take a line, or a piece of one; of very many only the first are kept."""
        if not self._held:
            self._line, self._size = number, 0
        self._size += len(piece)
        if self._size <= _SHOWN or not self._held:
            self._held.append(piece)

    def given(self) -> Iterator[Text]:
        """Yield what was gathered."""
        if self._held:
            held, self._held = self._held, []
            yield Text(self._line, "".join(held), "expected a JSON object or an array of them")


def read_records(lines: Iterable[str], source: str, make: Callable[[Record], Iterable[T]]) -> Iterator[T | Rejected]:
    """Yield what `make` makes of each record, and the records that are broken or of which it says `Unfit`."""
    return read_located(lines, source, lambda record, _: make(record))


def read_located(
    lines: Iterable[str], source: str, make: Callable[[Record, int], Iterable[T]]
) -> Iterator[T | Rejected]:
    """Yield the same, where `make` is told the number of the record's first line, too."""
    for one in texts(lines):
        try:
            if one.why:
                raise Unfit(one.why)
            yield from make(_parsed(one.text), one.line)
        except Unfit as error:
            yield Rejected(one.line, str(error), safe_verbatim(one.text[:_SHOWN]).rstrip("\n"), source)


def _parsed(text: str) -> Record:
    """Return the object that a text is.

    Raises:
        Unfit: It is none.
    """
    try:
        found = json.loads(text, strict=False, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Unfit(f"{error.msg} (line {error.lineno} of the record, column {error.colno})") from None
    except RecursionError:
        raise Unfit("the record is nested too deeply") from None
    except ValueError:
        raise Unfit("the record has a number of too many digits") from None
    if not isinstance(found, dict):
        raise Unfit("expected an object")
    return found


def _no_number(_: str) -> None:
    """Stand for `NaN` and `Infinity`, which JSON does not have."""


# ---------------------------------------------------------------------- values that may be anything


def text(record: Record, *keys: str) -> str:
    """Return the first value under these keys that is a text or a number, as text; empty when there is none."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def records(record: Record, key: str) -> list[Record]:
    """Return the objects of an array; what is none is left out."""
    value = record.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def strings(record: Record, key: str) -> list[str]:
    """Return the texts of an array, or the one text that stands there."""
    value = record.get(key)
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def inner(record: Record, key: str) -> Record:
    """Return the object under a key; an empty one when there is none."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def others(record: Record, known: Iterable[str]) -> list[tuple[str, str]]:
    """Return the values under all other keys as texts, arrays and objects as JSON; empty ones are left out."""
    left = record.keys() - set(known)
    return [(key, _as_text(value)) for key, value in record.items() if key in left and value not in (None, "", [], {})]


def _as_text(value: object) -> str:
    """Return a value as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
