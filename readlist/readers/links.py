"""Lists of arXiv ids, DOIs and links: papers of which nothing else is known until they are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.mark import UNMARKED
from readlist.paper import Identifiers, Incoming, Paper, Rejected
from readlist.readers import csv, reading
from readlist.readers.arxiv import month_of
from readlist.readers.decoding import numbered
from readlist.readers.identifiers import arxiv_id, doi, identifiers
from readlist.text import safe_line, safe_verbatim

NAME: Final = "links"
"""The format's name."""

_BULLET: Final = re.compile(r"^(?:[-*+•]|\d{1,4}[.)]|\[\d{1,4}\])\s+(?:\[[ xX]\]\s+)?")
_BETWEEN: Final = re.compile(r"\s+|[,;](?=\d{4}\.\d{4}|10\.\d{4})")
_LINK: Final = re.compile("https?://", re.IGNORECASE)
_BARE: Final = re.compile(
    r"[<(\[]{0,3}(?:https?://|www\.|doi:?|arxiv:?|10\.\d{4}|\d{4}\.\d{4}|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})\S*|"
    r"\[?[a-z-]{2,9}(?:\.[A-Za-z-]{2,9})?\]|[\W\d_]*|and",
    re.IGNORECASE,
)
"""A word that says no more than an identifier, a link or a subject class does."""
_LED_TO: Final = re.compile(r"https?://|\barxiv:|\bdoi:", re.IGNORECASE)
"""What an identifier among words stands behind."""
_LONGEST: Final = 300
"""Characters beyond which a line is no link."""
_LONGEST_OF_WORDS: Final = 2000
"""Characters beyond which a line is no link with words beside it."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is such a list: most of its lines are identifiers, or say one beside words."""
    lines = [words for line in head.splitlines()[:200] if (words := _words(line))]
    links = sum(_is_link(words) for words in lines)
    if lines and links * 2 <= len(lines):
        links = sum(_is_link(words) or _leads_to_one(words) for words in lines)
    return bool(lines) and links * 2 > len(lines) and not csv.looks_like(head)


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield a paper for each identifier; its title is the identifier, and said to be uncertain.

    Words beside it are the reader's own, and make a note.

    Args:
        lines: The text of the list; lines that begin with `#` are passed over.
        as_of: Not used.
        source: The source's name.
    """
    for number, line in numbered(lines):
        words = _words(line)
        if not words:
            continue
        found = _named(words) if len(words) <= _LONGEST_OF_WORDS else []
        if not found:
            yield Rejected(
                number, "expected an arXiv id, a DOI or a link with one", safe_verbatim(line).rstrip("\n"), source
            )
        beside = _beside(words) if found else ()
        mark = reading.mark(notes=[words]) if found and _says_more(words) else UNMARKED
        for one in found:
            name = f"arXiv:{one.arxiv}" if one.arxiv else f"doi:{one.doi}"
            date = month_of(one.arxiv) if one.arxiv else None
            doubt = ("title", "authors")
            paper = Paper(name, name, date=date, identifiers=one, extra=beside, sources=(source,), uncertain=doubt)
            yield paper if mark is UNMARKED else Incoming(paper, mark=mark)


def _leads_to_one(words: str) -> bool:
    """Whether a line has a link to a paper, or an identifier that is called one, beside its words."""
    return len(words) <= _LONGEST_OF_WORDS and _LED_TO.search(words) is not None and bool(_named(words))


def listed(line: str) -> list[Identifiers]:
    """Return the papers that a line names, if it is identifiers and nothing else."""
    words = _words(line)
    return _named(words) if words and _is_link(words) else []


def _named(words: str) -> list[Identifiers]:
    """Return the papers that a line names; an arXiv id and a DOI beside one another are one paper's."""
    each = [identifiers(arxiv_id(word), doi(word)) for word in _split(words)]
    known = list(dict.fromkeys(one for one in each if one != Identifiers()))
    if len({one.arxiv for one in known if one.arxiv}) > 1 or len({one.doi for one in known if one.doi}) > 1:
        return known
    whole = identifiers(arxiv_id(words), doi(words))
    return [whole] if whole != Identifiers() else known


def _beside(words: str) -> tuple[tuple[str, str], ...]:
    """Return the links of a line that name no paper by themselves, such as one to OpenReview, as a field."""
    links = [word for word in _split(words) if _LINK.match(word) and arxiv_id(word) is None and doi(word) is None]
    return (("url", " ".join(links)),) if links else ()


def _says_more(words: str) -> bool:
    """Whether a line says anything but identifiers and links, such as the words that a link in Markdown stands on."""
    return not all(map(_BARE.fullmatch, words.split()))


def _split(words: str) -> list[str]:
    """Return the words of a line, between blanks or commas; a DOI may have commas in it."""
    return [word for word in (piece.strip(",;") for piece in _BETWEEN.split(words)) if word]


def _words(line: str) -> str:
    """Return what a line says, without the sign of a list in front of it; nothing for a comment."""
    words = _BULLET.sub("", safe_line(line[: 1 << 12]), count=1) if line else ""
    return "" if words.startswith("#") else words.strip("<>")


def _is_link(words: str) -> bool:
    """Whether a line is identifiers or links and nothing else, and one at least names a paper."""
    if len(words) > _LONGEST:
        return False
    said = _split(words)
    rest = [word for word in said if arxiv_id(word) is None and doi(word) is None]
    return len(rest) < len(said) and all(map(_LINK.match, rest))
