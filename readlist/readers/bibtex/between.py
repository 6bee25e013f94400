"""What stands between the entries of a .bib file: comment, or fields of an entry that a brace closed too early."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.paper import Furniture, Rejected
from readlist.readers.bibtex.blocks import Block, Unclosed
from readlist.text import safe_line, safe_verbatim

_FIELD: Final = re.compile(r"[\s,]{0,99}[A-Za-z][\w:.-]{0,60}\s{0,9}=\s{0,9}[\"{\w]")
_NOTHING: Final = re.compile(r"[\s,;{}()]*(?:%.*)?", re.DOTALL)
"""What says nothing: signs that an entry leaves behind, and lines that people comment out."""
_MOST: Final = 1000
"""Lines that are held together."""

Behind = list[Block]
"""Lines that stand in no block, one below the other."""


def with_what_follows(found: Iterable[Block | Unclosed]) -> Iterator[tuple[Block | Unclosed | None, Behind]]:
    """Yield each block with the lines between it and the next; None in its place for the lines above the first."""
    block: Block | Unclosed | None = None
    behind: Behind = []
    for one in found:
        if isinstance(one, Block) and not one.kind:
            if len(behind) == _MOST:
                yield block, behind
                block, behind = None, []
            behind.append(one)
            continue
        if block is not None or behind:
            yield block, behind
        block, behind = one, []
    if block is not None or behind:
        yield block, behind


def goes_on(block: Block, behind: Behind) -> bool:
    """Whether fields follow where an entry is closed; one that is closed on a line of its own ends there."""
    if block.text.rpartition("\n")[2].strip() in ("}", ")"):
        return False
    first = next((line for line in behind if not _NOTHING.fullmatch(line.text)), None)
    return first is not None and _FIELD.match(first.text) is not None


def rest_of_line(block: Block, behind: Behind) -> Behind:
    """Return what stands behind an entry in its last line."""
    last = block.line + block.text.count("\n")
    return behind[:1] if behind and behind[0].line == last else []


def whole(block: Block, behind: Behind) -> str:
    """Return an entry and the lines that follow it as they stand."""
    apart = behind and not rest_of_line(block, behind)
    return safe_verbatim(block.text + ("\n" if apart else "") + _text(behind)).rstrip("\n")


def _text(behind: Behind) -> str:
    """Return the lines as they stand."""
    return "".join(line.text for line in behind)


def told(behind: Behind, source: str) -> Iterator[Rejected | Furniture]:
    """Yield lines that stand in no entry: not understood if a field is among them, else of the page."""
    if any(_FIELD.match(line.text) for line in behind):
        yield Rejected(behind[0].line, "it stands in no entry", safe_verbatim(_text(behind)).rstrip("\n"), source)
        return
    for line in behind:
        if not _NOTHING.fullmatch(line.text):
            yield Furniture(line.line, safe_line(line.text), source)
