"""Lists of arXiv ids, DOIs and links, one a line: papers of which nothing else is known until they are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.paper import Paper, Rejected
from readlist.readers.arxiv import month_of
from readlist.readers.decoding import numbered
from readlist.readers.identifiers import arxiv_id, doi, identifiers
from readlist.text import safe_line, safe_verbatim

NAME: Final = "links"
"""The format's name."""

_BULLET: Final = re.compile(r"(?:[-*+•]|\d{1,4}[.)])\s+")
_LONGEST: Final = 300
"""Characters beyond which a line is no link."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is such a list: most of its lines are one identifier and nothing else."""
    lines = [words for line in head.splitlines()[:200] if (words := _words(line))]
    links = sum(_is_link(words) for words in lines)
    return bool(lines) and links * 2 > len(lines)


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield a paper for each identifier; its title is the identifier, and said to be uncertain.

    Args:
        lines: The text of the list; lines that begin with `#` are passed over.
        as_of: Not used.
        source: The source's name.
    """
    for number, line in numbered(lines):
        words = _words(line)
        if not words:
            continue
        found = identifiers(arxiv_id(words), doi(words))
        name = f"arXiv:{found.arxiv}" if found.arxiv else f"doi:{found.doi}" if found.doi else None
        if name is None or len(words) > _LONGEST:
            yield Rejected(
                number, "expected an arXiv id, a DOI or a link with one", safe_verbatim(line).rstrip("\n"), source
            )
            continue
        date = month_of(found.arxiv) if found.arxiv else None
        yield Paper(name, name, date=date, identifiers=found, sources=(source,), uncertain=("title", "authors"))


def _words(line: str) -> str:
    """Return what a line says, without the sign of a list in front of it; nothing for a comment."""
    words = _BULLET.sub("", safe_line(line[: 1 << 12]), count=1) if line else ""
    return "" if words.startswith("#") else words.strip("<>")


def _is_link(words: str) -> bool:
    """Whether a line is one identifier or link and nothing else."""
    return len(words) <= _LONGEST and " " not in words and (arxiv_id(words) is not None or doi(words) is not None)
