"""The parts of a source: where another format surely begins, another reader goes on.

Files are joined, and pages are pasted one below the other; what one reader does not know, another does. A part that
stands among records of the format that the source is in ends where its own records end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import SourceError
from readlist.paper import Found, Furniture, Rejected
from readlist.readers import csv, detect, is_built_in, names, reader
from readlist.readers.ahead import Ahead
from readlist.readers.inside import inside
from readlist.readers.signs import Signs, may_begin
from readlist.text import safe_verbatim

_HEAD: Final = 1 << 16
"""Characters that a source's format is told by."""
_PIECE: Final = 1 << 16
"""Characters of another format that are told at a time."""
_SOUGHT: Final = ("bibtex", "ris")
"""Formats that are detected wherever in a source a line looks like them: it may be one of a cell of a table."""
_SEPARATOR: Final = "sep="
"""What a line in front of a table's header begins with."""


class Part(Struct, frozen=True):
    """Lines of a source that are in one format."""

    name: str
    """The format."""
    line: int
    """The number of the first line."""
    lines: Iterator[str]
    """They are to be read before the next part."""
    heading: str = ""
    """The header row of a table that goes on after another part."""
    expected: str = ""
    """The format that the source was said to be in, when this is another one."""

    def read(self, *, as_of: Date, source: str) -> Iterator[Found]:
        """Yield what the part holds; a part in another format than was said is told, in its own format.

        Args:
            as_of: The day that dates without a year are counted back from.
            source: The source's name.
        """
        if self.expected:
            yield from self._told(source)
            return
        lines = chain([self.heading], self.lines) if self.heading else self.lines
        before = self.line - 1 - bool(self.heading)
        for one in reader(self.name).read(lines, as_of=as_of, source=source):
            if isinstance(one, Rejected):
                yield replace(one, line=one.line + before, format=one.format or self.name)
            elif isinstance(one, Furniture):
                yield replace(one, line=one.line + before)
            else:
                yield one

    def _told(self, source: str) -> Iterator[Rejected]:
        """Yield what stands there as not understood."""
        reason = f"expected {self.expected}, and this looks like {self.name}"
        number = self.line
        held: list[str] = []
        for line in chain(self.lines, [""]):
            if held and (not line or sum(map(len, held)) > _PIECE):
                yield Rejected(number, reason, safe_verbatim("".join(held)).strip("\n"), source, self.name)
                number += sum(one.endswith("\n") for one in held)
                held = []
            held.append(line)


def parts(lines: Iterable[str], source: str, said: str | None = None) -> Iterator[Part]:
    """Yield the parts of a source, each to be read before the next.

    Args:
        lines: The text of the source.
        source: Its name.
        said: The format that it is said to be in; found out from the contents when None.

    Raises:
        SourceError: No reader knows it.
    """
    ahead = Ahead(lines)
    ahead.skip_blank()
    if not ahead.peek(0):
        return
    home = reader(said).NAME if said is not None else _first(ahead, source)
    if not is_built_in(home):
        yield Part(home, ahead.number, _rest(ahead))
        return
    yield from _Parts(ahead, home, said=said is not None).all()


def _rest(ahead: Ahead) -> Iterator[str]:
    """Yield the lines that are left."""
    while (line := ahead.take()) is not None:
        yield line


def _first(ahead: Ahead, source: str) -> str:
    """Return the format that a source begins in: what stands before the first sign of one, if that is in any.

    Raises:
        SourceError: No reader knows it.
    """
    head = ahead.window(_HEAD)
    looking = Ahead(head)
    signs = Signs(looking)
    apart = True
    while line := looking.peek(0):
        begun = signs.begun(None, apart=apart)
        if begun is not None:
            before = "".join(head[: len(head) - len(looking.window(2 * _HEAD))])
            return (detect(before) if before.strip() else None) or begun
        apart = not line.strip()
        looking.take()
    text = "".join(head)
    found = detect(text)
    if found in _SOUGHT and csv.looks_like(text):
        return csv.NAME
    if found is None:
        raise SourceError(f"{source}: no reader knows this format", f"formats: {', '.join(names())}")
    return found


class _Parts:
    """Takes a source apart."""

    def __init__(self, ahead: Ahead, home: str, *, said: bool) -> None:
        """Take the lines, the format that the source is in, and whether that was said by the reader."""
        self._ahead = ahead
        self._signs = Signs(ahead)
        self._home = home
        self._said = said
        self._next: str | None = home
        self._heading = ""

    def all(self) -> Iterator[Part]:
        """Yield the parts."""
        first = True
        while (name := self._next) is not None:
            self._next = None
            heading = "" if first or name != "csv" or name != self._home else self._heading
            expected = self._home if self._said and name != self._home else ""
            part = Part(name, self._ahead.number, self._lines(name, first=first), heading, expected)
            yield part
            for _ in part.lines:  # what a reader left is none of the next one's
                pass
            first = False

    def _lines(self, name: str, *, first: bool) -> Iterator[str]:
        """Yield the lines of one part."""
        ahead, signs = self._ahead, self._signs
        within = inside(name)
        foreign = name != self._home
        apart = begins = True
        fresh = foreign  # whether it is known that the line begins this part
        while (line := ahead.take()) is not None:
            free = begins and not fresh and not (within.held and (within.held_apart or not apart))
            if free and (foreign or may_begin(line, apart=apart)):
                ahead.put_back(line)
                begun = signs.begun(name, apart=apart, anew=within.anew)
                if begun is None and foreign and within.ends(line):
                    begun = self._home
                if begun is not None:
                    self._next = begun
                    return
                ahead.take()
            if first and not self._heading and name == "csv" and not line.lower().startswith((_SEPARATOR, "\n")):
                self._heading = line
            at = within.takes(line) if begins else 0
            if at and not within.held:
                line = self._until(line, at, name)
            yield line
            if self._next is not None:
                return
            begins, fresh = line.endswith("\n"), False
            apart = begins and not line.strip()

    def _until(self, line: str, at: int, name: str) -> str:
        """Return a line that was taken, without its end if another format begins there."""
        before = self._ahead.split(line, at)
        self._next = self._signs.begun(name, apart=False)
        return before if self._next is not None else before + (self._ahead.take() or "")
