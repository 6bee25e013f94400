r"""The blocks of a .bib file, cut out of a stream of lines: an entry that never ends costs no other entry.

Braces are counted as BibTeX does, which takes no notice of backslashes. A block whose braces do not balance ends
where the next entry begins at the start of a line; one line in an abstract that looks like such a beginning is no end.

bibtexparser is not used: it needs the whole file at once, and it was measured (2.1.0) to take a missing comma for part
of a value, to cut `"{5"} x"`, to end a value at a line that begins with `@word {`, and to take `\\}` for an open brace.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from readlist.readers.decoding import numbered

LONGEST: Final = 1 << 22
"""Characters beyond which a block is given up."""

_BEGIN: Final = re.compile(r"@[ \t]{0,9}(?P<kind>\w+)[ \t]{0,9}(?P<open>[{(])")
_BEGIN_ABOVE: Final = re.compile(r"\s{0,99}@[ \t]{0,9}\w{1,40}\s{0,99}")
NEXT: Final = re.compile(
    r"[ \t]{0,99}@[ \t]{0,9}(?:(?:string|comment|preamble)[ \t]{0,9}[{(]"
    r"|\w{1,40}[ \t]{0,9}[{(][ \t]{0,9}[^\s,{}()=\"]{1,300}[ \t]{0,9},)",
    re.IGNORECASE,
)
"""A line that a new entry surely begins on."""
_BRACE: Final = re.compile("[{}]")
_IN_PARENTHESES: Final = re.compile('[{})"]')


class Block(Struct, frozen=True):
    """One block of a .bib file."""

    kind: str
    """What stands after the `@`, in lower case: an entry type, or `string`, `preamble`, `comment`; empty for a line
    that stands in no block."""
    body: str
    """What stands between its delimiters."""
    line: int
    """The number of its first line."""
    text: str
    """The whole block as it stands."""


class Unclosed(Struct, frozen=True):
    """A block that does not end."""

    line: int
    """The number of its first line."""
    text: str
    """What was passed over."""


class _Lines:
    """Lines that can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = numbered(lines)
        self._back: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        """Return the next line with its number; None at the end."""
        return self._back.popleft() if self._back else next(self._lines, None)

    def put_back(self, lines: Iterable[tuple[int, str]]) -> None:
        """Make these the next lines."""
        self._back.extendleft(reversed(list(lines)))


def blocks(lines: Iterable[str]) -> Iterator[Block | Unclosed]:
    """Yield the blocks, and the lines between them that are not blank, which are comment, as BibTeX has it."""
    source = _Lines(lines)
    while (found := source.next()) is not None:
        number, line = found
        if "@" in line and _BEGIN_ABOVE.fullmatch(line) and (below := source.next()) is not None:
            if below[1].lstrip()[:1] in ("{", "("):
                source.put_back([(number, line.rstrip() + below[1].lstrip())])
                continue
            source.put_back([below])
        begin = _BEGIN.search(line) if "@" in line else None
        before = line[: begin.start()] if begin is not None else line
        if before.strip():
            yield Block("", "", number, before)
        if begin is not None:
            yield from _block(source, number, line, begin)


def _block(source: _Lines, number: int, line: str, begin: re.Match[str]) -> Iterator[Block | Unclosed]:
    """Yield the block that begins in a line; what stands after it in its last line is put back."""
    kind = begin["kind"].lower()
    step = _Braced() if begin["open"] == "{" else _Parenthesised()
    held = [(number, line[begin.start() :])]
    size, skip = 0, begin.end() - begin.start()
    suspect = 0
    while True:
        at, text = held[-1]
        end = step.end(text, skip)
        if end is not None:
            if text[end:].strip():
                source.put_back([(at, text[end:])])
            whole = "".join([*(one for _, one in held[:-1]), text[:end]])
            yield Block(kind, whole[begin.end() - begin.start() : -1], number, whole)
            return
        size += len(text)
        skip = 0
        following = source.next() if size <= LONGEST else None
        if following is not None and NEXT.match(following[1]):
            if suspect:
                source.put_back([following])
                following = None
            else:
                suspect = len(held)
        if following is None:
            kept = held[: suspect or None]
            source.put_back(held[len(kept) :])
            if kind != "comment":
                yield Unclosed(number, "".join(one for _, one in kept))
            return
        held.append(following)


class _Braced:
    """Finds the end of a block between braces."""

    def __init__(self) -> None:
        self._depth = 1

    def end(self, text: str, start: int) -> int | None:
        """Return where in a line the block ends; None when it goes on."""
        closed = text.count("}", start)
        if closed < self._depth:
            self._depth += text.count("{", start) - closed
            return None
        for brace in _BRACE.finditer(text, start):
            self._depth += 1 if brace[0] == "{" else -1
            if not self._depth:
                return brace.end()
        return None


class _Parenthesised:
    """Finds the end of a block between parentheses."""

    def __init__(self) -> None:
        self._depth = 0
        self._quoted = False

    def end(self, text: str, start: int) -> int | None:
        """Return where in a line the block ends; None when it goes on."""
        for found in _IN_PARENTHESES.finditer(text, start):
            if found[0] == "{":
                self._depth += 1
            elif found[0] == "}":
                self._depth -= 1
            elif self._depth:
                continue
            elif found[0] == '"':
                self._quoted = not self._quoted
            elif not self._quoted:
                return found.end()
        return None
