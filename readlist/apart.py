"""Whether two descriptions of one title and author are of two papers: what is surely not one is never made one.

Papers of one title and author are common: editorials, introductions to special issues, editions of a book, a talk that
became an article. What tells them apart are identifiers, and where they appeared.
"""

from __future__ import annotations

import re
from typing import Final

from readlist.names import folded_name, may_be_one
from readlist.paper import Paper
from readlist.preprint import posted_doi, preprint_of, publisher_doi, registered_doi
from readlist.publication import (
    address,
    container,
    edition,
    first_page,
    is_published,
    is_thesis,
    isbns,
    number,
    own_number,
    release,
    sort_of,
    stands_alone,
    volume,
    years_apart,
)
from readlist.text import glue, words
from readlist.venue import may_be_one_venue

_YEARS: Final = 3
"""Years that may lie between a preprint and its publication."""

_STANDING: Final = frozenset(
    "editorial editorials editor editors introduction introductory introducing preface foreword afterword prologue "
    "epilogue guest special issue section theme thematic message column letter letters news note notes announcement "
    "obituary review reviews book books report reports comment comments commentary correction corrections erratum "
    "errata corrigendum addendum reply response discussion index contents front matter back abstract abstracts keynote "
    "conclusion conclusions summary overview welcome perspective perspectives viewpoint opinion retraction untitled "
    "proceedings conference workshop symposium annual international lecture lectures slides talk exercise exercises "
    "homework tutorial session chapter unit week day "
    "the a an to of on from and in this for by is s volume part".split()
)
"""Words of titles that stand over many papers, and those between them."""


_SIGNS: Final = dict(zip("+⁺₊⁻₋−<>≤≥=≠♯#", "+++---<>≤≥=≠##", strict=True))
"""Signs that tell titles of the same words apart, as they are written and as they are meant; a hyphen is none."""
_LANGUAGE: Final = re.compile(r"(?<!\w)[CF](?:\+\+|[#♯])?(?![\w+#♯])")
"""Languages of which one's name begins the other's: C, C++, C#, F, F#."""


def named_apart(one: Paper, other: Paper) -> bool:
    """Whether two descriptions name other identifiers of one kind: two arXiv ids, or DOIs of two publications."""
    ours, theirs = one.identifiers, other.identifiers
    pairs = (
        (preprint_of(ours), preprint_of(theirs)),
        (publisher_doi(ours), publisher_doi(theirs)),
        (posted_doi(one), posted_doi(other)),
    )
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
    if posted_doi(one) is not None and posted_doi(one) == posted_doi(other):
        return False
    if _signed_apart(one.title, other.title) or _posted_by_others(one, other) or _posted_by_others(other, one):
        return True
    return (
        _wrote_more(one, other) or _wrote_more(other, one) or _apart_in_print(one, other) or _apart_in_time(one, other)
    )


def _signed_apart(one: str, other: str) -> bool:
    """Whether titles of the same words have other signs in the same places, or name other languages.

    One that has fewer signs may have lost them on its way, as TeX does between programs.
    """
    if one == other:
        return False
    ours, theirs = signs(one), signs(other)
    if len(ours) == len(theirs) and ours != theirs:
        return True
    languages = [set(_LANGUAGE.findall(title)) for title in (one, other)]
    return all(languages) and languages[0] != languages[1]


def signs(title: str) -> str:
    """Return the signs of a title that tell it from another of the same words, in order."""
    return "".join(filter(None, map(_SIGNS.get, title)))


def _posted_by_others(preprint: Paper, article: Paper) -> bool:
    """Whether one has the DOI of a preprint and the other that of an article, and not all authors are the same."""
    if posted_doi(preprint) is None or publisher_doi(article.identifiers) is None:
        return False
    if preprint.authors_truncated or article.authors_truncated or len(preprint.authors) != len(article.authors):
        return True
    return not all(map(may_be_one, preprint.authors, article.authors))


def _wrote_more(thesis: Paper, other: Paper) -> bool:
    """Whether one is a thesis, and the other, such as the preprint of a chapter, has authors besides."""
    if not is_thesis(thesis) or is_thesis(other) or not thesis.authors or "authors" in other.uncertain:
        return False
    return other.authors_truncated or len(other.authors) > len(thesis.authors)


def _apart_in_print(one: Paper, other: Paper) -> bool:
    """Whether they appeared in two places, or one in another and the other by itself, such as a thesis."""
    both = is_published(one) and is_published(other)
    if both and stands_alone(one) != stands_alone(other):
        return True
    if _of_other_sorts(one, other) or _in_other_containers(one, other):
        return True
    if not (one.extra and other.extra):
        return False
    told = (volume, edition, release)
    if any(_differ(field(one), field(other)) for field in told) or _numbered_apart(one, other):
        return True
    if is_standing(one.title) and _differ(address(one), address(other)):
        return True
    issues = _differ(number(one), number(other))
    pages = _differ(first_page(one), first_page(other))
    # One article may go by its pages in one source and by its number in another.
    known = volume(one) is not None and volume(one) == volume(other) and not is_standing(one.title)
    return both and not known and (pages or (issues and (first_page(one) is None or first_page(other) is None)))


def _of_other_sorts(one: Paper, other: Paper) -> bool:
    """Whether one is a patent or a report that was brought out, and the other appeared as something else."""
    sorts = [sort_of(paper) for paper in (one, other) if is_published(paper) or sort_of(paper) == "patent"]
    return len(sorts) > 1 and sorts[0] != sorts[1] and not {"patent", "report"}.isdisjoint(sorts)


def _in_other_containers(one: Paper, other: Paper) -> bool:
    """Whether they are parts of two journals, conferences or books."""
    ours, theirs = container(one), container(other)
    nameless = not (one.authors or other.authors)
    if ours is None or theirs is None or not (nameless or (is_published(one) and is_published(other))):
        return False
    sorts = {sort_of(one), sort_of(other)} - {None}
    return not may_be_one_venue(ours, theirs, across=len(sorts) > 1)


def _numbered_apart(one: Paper, other: Paper) -> bool:
    """Whether books have no ISBN in common, or patents or reports have other numbers."""
    if isbns(one) and isbns(other) and isbns(one).isdisjoint(isbns(other)):
        return True
    ours, theirs = own_number(one), own_number(other)
    return ours is not None and theirs is not None and ours not in theirs and theirs not in ours


def _apart_in_time(one: Paper, other: Paper) -> bool:
    """Whether too many years lie between."""
    years = years_apart(one, other)
    if years > _YEARS:
        return True
    if is_standing(one.title) and (years or _on_other_days(one, other)):
        return True
    if is_published(one) and is_published(other):
        if is_standing(one.title) and _differ(_venue(one), _venue(other)):
            return True
        return years > 1
    return False


def _on_other_days(one: Paper, other: Paper) -> bool:
    """Whether both say the month or the day, and say another."""
    if one.date is None or other.date is None or one.year_inferred or other.year_inferred:
        return False
    shared = min(len(one.date), len(other.date))
    return one.date[:shared] != other.date[:shared]


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are known, and are not the same."""
    return one is not None and other is not None and one != other


def _venue(paper: Paper) -> str | None:
    """Return what a paper appeared in, folded."""
    return " ".join(words(paper.venue)) if paper.venue else None


def is_standing(title: str) -> bool:
    """Whether a title is one that many papers have, such as `Introduction to the Special Issue`."""
    said = [word for word in words(title) if not word.isdigit()]
    return bool(said) and _STANDING.issuperset(said)


def _telling(title: str) -> set[str]:
    """Return the words of a title that other titles have seldom; all, if it has no such."""
    found = set(words(title))
    return found - _STANDING or found


def distinct_id(paper: Paper) -> str:
    """Return the id that a description gets when another paper has the one of its title and first author.

    It is made of the identifiers too, else of where and when the paper appeared: all that `told_apart` goes by.
    """
    from hashlib import sha256

    names = [preprint_of(paper.identifiers), registered_doi(paper.identifiers)]
    if not any(names):
        year = paper.date[:4] if paper.date and not paper.year_inferred else None
        names += [year, volume(paper), number(paper), first_page(paper), edition(paper), _venue(paper)]
        names += ["by itself"] if stands_alone(paper) else []
        names += [f"{what} {told}" for what, told in _told_besides(paper) if told]
    letters = glue(paper.title, paper.authors[0] if paper.authors else "")
    whole = "\n".join((letters, *(name or "" for name in names)))
    return "p" + sha256(whole.encode()).hexdigest()[:16]


def _told_besides(paper: Paper) -> list[tuple[str, str | None]]:
    """Return what else tells a paper from another one, where most say nothing of the kind."""
    sort = sort_of(paper)
    standing = is_standing(paper.title)
    return [
        ("sort", sort if sort in ("patent", "report") else None),
        ("number", own_number(paper)),
        ("isbn", min(isbns(paper), default=None)),
        ("version", release(paper)),
        ("signs", signs(paper.title)),
        ("day", paper.date if standing and not paper.year_inferred else None),
        ("address", address(paper) if standing else None),
    ]
