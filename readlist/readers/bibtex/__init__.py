"""BibTeX and BibLaTeX: every entry with its type, its key and all its fields; what cannot be read is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.paper import Found, Furniture, Rejected
from readlist.readers.bibtex import between
from readlist.readers.bibtex.blocks import LONGEST, Block, Unclosed, blocks
from readlist.readers.bibtex.crossref import Families
from readlist.readers.bibtex.entries import Fields, Malformed, fields, string
from readlist.readers.bibtex.facts import Described
from readlist.text import safe_line, safe_verbatim

NAME: Final = "bibtex"
"""The format's name."""

_LOOKS: Final = re.compile(
    r"^[ \t]{0,9}@[ \t]{0,9}(?:comment|preamble|string|[a-z]{2,30}[ \t]{0,9}\s?[{(][^{}()=\"]{0,200}[,}=)])",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_PAPERS: Final = frozenset(("comment", "preamble", "string", "set", "control"))
_SHOWN: Final = 1 << 16
"""Characters of a block without an end that are told."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is BibTeX: an entry begins at the start of a line."""
    return _LOOKS.search(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Found]:  # noqa: ARG001 — every reader is called so
    """Yield the entries as papers with their keys and reading marks; entries that name a later one come after it.

    What a `@preamble` defines goes into no paper, and is told; so is what stands between the entries.

    Args:
        lines: The text of the source.
        as_of: Not used: BibTeX's dates have years.
        source: The source's name.
    """
    families = Families()
    strings: dict[str, str] = {}
    for block, behind in between.with_what_follows(blocks(lines)):
        if isinstance(block, Block):
            if block.kind not in _NOT_PAPERS and between.goes_on(block, behind):
                yield _closed_early(block, behind, source)
                continue
            rest = between.rest_of_line(block, behind)
            yield from _found(block, rest, families, strings, source)
            yield from between.told(behind[len(rest) :], source)
            continue
        if block is not None:
            yield _unclosed(block, source)
        yield from between.told(behind, source)
    for orphan in families.rest():
        yield orphan.paper(source)


def _found(
    block: Block, rest: between.Behind, families: Families, strings: dict[str, str], source: str
) -> Iterator[Found]:
    """Yield the paper that a block describes, those that waited for it, and what stands behind it in its last line.

    Where the block cannot be read, that is told with it.
    """
    try:
        entry = _entry(block, strings)
    except Malformed as error:
        line = block.body.count("\n", 0, error.at)
        reason = f"line {line + 1} of the entry: {error.reason}" if line else error.reason
        yield Rejected(block.line, reason, between.whole(block, rest), source)
        return
    if block.kind == "preamble":
        yield Furniture(block.line, safe_line(block.text), source)
    if entry is not None:
        for whole in families.with_inherited(Described(block.kind, entry, block.line, block.text)):
            yield whole.paper(source)
    yield from between.told(rest, source)


def _entry(block: Block, strings: dict[str, str]) -> Fields | None:
    """Return what an entry says; None for a block that is none, after taking note of a string.

    Raises:
        Malformed: The block is not written as it should be.
    """
    if block.kind == "string":
        name, value = string(block.body, strings)
        strings[name] = value
    return None if block.kind in _NOT_PAPERS else fields(block.body, strings)


def _closed_early(block: Block, behind: between.Behind, source: str) -> Rejected:
    """Return an entry whose further fields stand behind it, as one that can be mended and read again."""
    line = block.text.count("\n") + 1
    reason = f"line {line} of the entry: a brace closes it, and fields follow"
    return Rejected(block.line, reason, between.whole(block, behind).rstrip("\n"), source)


def _unclosed(block: Unclosed, source: str) -> Rejected:
    """Return a block that does not end."""
    long = len(block.text) > LONGEST
    reason = f"it goes on for more than {LONGEST:,} characters" if long else "the entry is never closed"
    return Rejected(block.line, reason, safe_verbatim(block.text[:_SHOWN]).rstrip("\n"), source)
