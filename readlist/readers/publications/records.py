"""The lines of a listing put together to records: a header, and what stands between it and the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct, field

from readlist.paper import Furniture, Rejected
from readlist.readers.publications.furniture import is_furniture, is_menu
from readlist.readers.publications.headers import Header, header, is_cut, may_begin
from readlist.text import safe_line, safe_verbatim

_MOST_PARTS: Final = 5
"""Lines that a header may be spread over: score, code, day, year, badge."""

_LONGEST_PART: Final = len("30th September, 2024 Code")
"""Characters beyond which a line is no part of such a header."""

_PAGE: Final = "it belongs to the page, not to a paper"
_BEFORE: Final = "expected a header such as 'CLFeb 9, 2023' before it"
_CUT: Final = "the listing ends in the middle of a header"


class Record(Struct):
    """The lines of one record."""

    header: Header
    line: int
    """The number of the header's first line."""
    lines: list[str] = field(default_factory=list)
    """The lines after the header that are not blank: title and authors, then the abstract."""

    @property
    def text(self) -> str:
        """The record as it stood."""
        return "\n".join((self.header.text, *self.lines))


class _Line(Struct, frozen=True):
    """A line that is not blank."""

    number: int
    kept: str
    """As it stood, made safe."""
    shown: str
    """Without anything that is only for the eye."""


Piece = Record | Rejected | Furniture
"""What a listing is put together of."""


def records(lines: Iterable[str], source: str) -> Iterator[Piece]:
    """Yield the records of a listing, and the lines that belong to none: furniture, or rejects with the reason."""
    record: Record | None = None
    apart: list[_Line] = []
    reason = _BEFORE
    over = False  # whether the page went on after the abstract
    ahead = _Ahead(lines)
    while line := ahead.take():
        found = _header_at(line, ahead)
        if found is not None:
            yield from _given(record, apart, reason, source)
            record, apart, reason, over = Record(found, line.number), [], _PAGE, False
        elif record is None or over or is_furniture(line.shown):
            apart.append(line)
            over = record is not None and len(record.lines) > 1
        elif record.lines and is_cut(line.shown) and ahead.peek(0) is None:
            yield from _given(record, apart, reason, source)
            record, apart, reason = None, [line], _CUT
        else:
            record.lines.append(line.kept)
    yield from _given(record, apart, reason, source)


def _given(record: Record | None, apart: list[_Line], reason: str, source: str) -> Iterator[Piece]:
    """Yield a record that has ended, and the lines around it that are no part of it.

    Where a record has no title, none of them is furniture: one may be the title.
    """
    if record is not None:
        yield record
    titled = record is None or bool(record.lines)
    for of_page, lines in groupby(apart, lambda line: titled and (is_furniture(line.shown) or is_menu(line.shown))):
        if of_page:
            yield from (Furniture(line.number, line.kept, source) for line in lines)
        else:
            first, *more = lines
            yield Rejected(first.number, reason, "\n".join(line.kept for line in (first, *more)), source)


def _header_at(line: _Line, ahead: _Ahead) -> Header | None:
    """Return the header that begins with a line, and take its other lines; None if none begins there."""
    found = header(line.shown)
    parts = [line.shown]
    if found is None and may_begin(line.shown):
        while found is None and len(parts) < _MOST_PARTS:
            more = ahead.peek(len(parts) - 1)
            if more is None or len(more.shown) > _LONGEST_PART:
                return None
            if len(parts) == 1 and line.shown.isdecimal() and header(more.shown):
                return None  # a count, or the number of a page, before a header that is whole
            parts.append(more.shown)
            found = header(" ".join(parts)) or header("".join(parts))
    if found is None:
        return None
    while (more := ahead.peek(len(parts) - 1)) and (longer := header(f"{found.text} {more.shown}")):
        found = longer
        parts.append(more.shown)
    ahead.drop(len(parts) - 1)
    return found


class _Ahead:
    """The lines that are not blank, of which some may be looked at before they are taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = _not_blank(lines)
        self._seen: deque[_Line] = deque()

    def peek(self, index: int) -> _Line | None:
        """Return the line that comes after `index` others; None at the end."""
        while len(self._seen) <= index:
            line = next(self._lines, None)
            if line is None:
                return None
            self._seen.append(line)
        return self._seen[index]

    def take(self) -> _Line | None:
        """Return the next line; None at the end."""
        return self._seen.popleft() if self._seen else next(self._lines, None)

    def drop(self, count: int) -> None:
        """Leave out lines that were looked at."""
        for _ in range(count):
            self._seen.popleft()


def _not_blank(lines: Iterable[str]) -> Iterator[_Line]:
    """Yield the lines that are not blank, with their numbers."""
    for number, raw in enumerate(lines, 1):
        text = raw.strip()
        if text.isascii() and text.isprintable():
            kept = shown = text
        else:
            kept = safe_verbatim(text).replace("\n", " ").strip()
            shown = safe_line(text)
        if shown:
            yield _Line(number, kept, shown)
