"""Whether the authors of two papers are the same, however they are written."""

from __future__ import annotations

import re
from typing import Final

from readlist.names import folded_name, givens_agree, is_group, may_be_one
from readlist.paper import Paper
from readlist.text import words

_UMLAUT: Final = re.compile("([aou])e")


def share_authors(one: Paper, other: Paper) -> bool:
    """Whether half of the shorter list of authors is in the other one, or one of them names none."""
    return are_enough(*authors_of_both(one, other))


def are_enough(shared: int, of: int) -> bool:
    """Whether so many shared authors of so many that could be are half of them, or there is none to share."""
    return not of or shared >= max(1, of / 2)


def same_authors(one: Paper, other: Paper) -> bool:
    """Whether two papers name the same authors, more than one, in one order, whichever has initials."""
    ours, theirs = one.authors, other.authors
    cut = one.authors_truncated or other.authors_truncated
    return len(ours) == len(theirs) > 1 and not cut and all(map(may_be_one, ours, theirs))


def told_otherwise(one: str, other: str) -> str:
    """Return in which other way one first author may be told than the other, as words; nothing if in none."""
    if is_group(one) != is_group(other):
        return "one names a group, the other persons"
    return "the same names turned round" if sorted(words(one)) == sorted(words(other)) else ""


def authors_of_both(one: Paper, other: Paper) -> tuple[int, int]:
    """Return how many authors both have, and how many they could: those of the shorter list."""
    ours, theirs = ([_plain(name) for name in paper.authors if not _is_nobody(name)] for paper in (one, other))
    of = min(len(ours), len(theirs))
    shared = 0
    for family, first in ours:
        match = next((name for name in theirs if name[0] == family and givens_agree(first, name[1])), None)
        if match is not None:
            theirs.remove(match)
            shared += 1
    return shared, of


def _plain(author: str) -> tuple[str, str]:
    """Return a folded name in which `Mueller` is `Müller`: bibliographies in ASCII write it so."""
    family, given = folded_name(author)
    return _UMLAUT.sub(r"\1", family), _UMLAUT.sub(r"\1", given)


def _is_nobody(author: str) -> bool:
    """Whether a name is that of an author who was not to be known while the paper was judged."""
    return author.casefold().startswith("anonymous")
