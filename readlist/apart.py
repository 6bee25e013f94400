"""Whether two descriptions of one title and author are of two papers: what is surely not one is never made one.

Papers of one title and author are common: editorials, introductions to special issues, editions of a book, a talk that
became an article. What tells them apart are identifiers, and where they appeared.
"""

from __future__ import annotations

from typing import Final

from readlist.names import folded_name
from readlist.paper import Paper
from readlist.publication import (
    edition,
    first_page,
    is_published,
    number,
    preprint_of,
    publisher_doi,
    stands_alone,
    volume,
    years_apart,
)
from readlist.text import glue, words

_YEARS: Final = 3
"""Years that may lie between a preprint and its publication."""

_STANDING: Final = frozenset(
    "editorial editorials editor editors introduction introductory introducing preface foreword afterword prologue "
    "epilogue guest special issue section theme thematic message column letter letters news note notes announcement "
    "obituary review reviews book books report reports comment comments commentary correction corrections erratum "
    "errata corrigendum addendum reply response discussion index contents front matter back abstract abstracts keynote "
    "conclusion conclusions summary overview welcome perspective perspectives viewpoint opinion retraction untitled "
    "proceedings conference workshop symposium annual international "
    "the a an to of on from and in this for by is s volume part".split()
)
"""Words of titles that stand over many papers, and those between them."""


def named_apart(one: Paper, other: Paper) -> bool:
    """Whether two descriptions name other identifiers of one kind: two arXiv ids, or DOIs of two publications."""
    ours, theirs = one.identifiers, other.identifiers
    pairs = ((preprint_of(ours), preprint_of(theirs)), (publisher_doi(ours), publisher_doi(theirs)))
    return any(left is not None and right is not None and left != right for left, right in pairs)


def strangers(one: Paper, other: Paper) -> bool:
    """Whether two descriptions have neither authors nor most words of their titles in common.

    What goes by one identifier then need not be one paper: chapters are given the DOI of their book.
    """
    if not (one.authors and other.authors) or one.uncertain or other.uncertain:
        return False
    ours, theirs = _telling(one.title), _telling(other.title)
    if 2 * len(ours & theirs) >= min(len(ours), len(theirs)):
        return False
    families = ({folded_name(author)[0] for author in paper.authors} for paper in (one, other))
    return next(families).isdisjoint(next(families))


def told_apart(one: Paper, other: Paper) -> bool:
    """Whether two descriptions are not surely of one paper, although title and author are the same."""
    if named_apart(one, other):
        return True
    ours, theirs = one.identifiers, other.identifiers
    if preprint_of(ours) is not None and preprint_of(ours) == preprint_of(theirs):
        return False
    if publisher_doi(ours) is not None and publisher_doi(ours) == publisher_doi(theirs):
        return False
    return _apart_in_print(one, other) or _apart_in_time(one, other)


def _apart_in_print(one: Paper, other: Paper) -> bool:
    """Whether they appeared in two places, or one in another and the other by itself, such as a thesis."""
    both = is_published(one) and is_published(other)
    if both and stands_alone(one) != stands_alone(other):
        return True
    if not (one.extra and other.extra):
        return False
    if _differ(volume(one), volume(other)) or _differ(edition(one), edition(other)):
        return True
    issues = _differ(number(one), number(other))
    pages = _differ(first_page(one), first_page(other))
    # One article may go by its pages in one source and by its number in another.
    known = volume(one) is not None and volume(one) == volume(other) and not is_standing(one.title)
    return both and not known and (pages or (issues and (first_page(one) is None or first_page(other) is None)))


def _apart_in_time(one: Paper, other: Paper) -> bool:
    """Whether too many years lie between."""
    years = years_apart(one, other)
    if years > _YEARS:
        return True
    if years and is_standing(one.title):
        return True
    if is_published(one) and is_published(other):
        if is_standing(one.title) and _differ(_venue(one), _venue(other)):
            return True
        return years > 1
    return False


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are known, and are not the same."""
    return one is not None and other is not None and one != other


def _venue(paper: Paper) -> str | None:
    """Return what a paper appeared in, folded."""
    return " ".join(words(paper.venue)) if paper.venue else None


def is_standing(title: str) -> bool:
    """Whether a title is one that many papers have, such as `Introduction to the Special Issue`."""
    return _STANDING.issuperset(words(title))


def _telling(title: str) -> set[str]:
    """Return the words of a title that other titles have seldom; all, if it has no such."""
    found = set(words(title))
    return found - _STANDING or found


def distinct_id(paper: Paper) -> str:
    """Return the id that a description gets when another paper has the one of its title and first author.

    It is made of the identifiers too, else of where and when the paper appeared: all that `told_apart` goes by.
    """
    from hashlib import sha256

    names = [preprint_of(paper.identifiers), publisher_doi(paper.identifiers)]
    if not any(names):
        year = paper.date[:4] if paper.date and not paper.year_inferred else None
        names += [year, volume(paper), number(paper), first_page(paper), edition(paper), _venue(paper)]
        names += ["by itself"] if stands_alone(paper) else []
    letters = glue(paper.title, paper.authors[0] if paper.authors else "")
    whole = "\n".join((letters, *(name or "" for name in names)))
    return "p" + sha256(whole.encode()).hexdigest()[:16]
