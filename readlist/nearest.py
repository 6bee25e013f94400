"""Which of several papers of one title and author a description is of: the one that says clearly more of the same."""

from __future__ import annotations

from collections.abc import Sequence

from readlist.names import folded_name
from readlist.paper import Paper
from readlist.publication import container, first_page, is_published, number, volume
from readlist.venue import may_be_one_venue


def nearest(paper: Paper, others: Sequence[Paper]) -> int | None:
    """Return the place of the one that a description is of, whatever their order; None if none is before the others.

    Args:
        paper: The description.
        others: What is said of the papers, each of which it could be of.
    """
    told = _told(paper)
    same = [place for place, other in enumerate(others) if _told(other) == told]
    if len(same) == 1:
        return same[0]
    shares = [_in_common(paper, other) for other in others]
    best = [place for place, share in enumerate(shares) if share == max(shares)]
    return best[0] if len(best) == 1 else None


def _told(paper: Paper) -> tuple[object, ...]:
    """Return what a paper is judged by, as it is said."""
    return (paper.authors, paper.date, paper.venue, paper.kind, volume(paper), number(paper), first_page(paper))


def _in_common(one: Paper, other: Paper) -> int:
    """Return how many facts are the same, less those that are not; what only one says is neither."""
    pairs: list[tuple[object, object]] = [
        (field(one), field(other)) for field in (_families, _year, _published_as, volume, number, first_page)
    ]
    found = sum((1 if left == right else -1) for left, right in pairs if left is not None and right is not None)
    ours, theirs = container(one), container(other)
    if ours is not None and theirs is not None:
        found += 1 if may_be_one_venue(ours, theirs) else -1
    return found


def _families(paper: Paper) -> tuple[str, ...] | None:
    """Return the family names of all authors."""
    if not paper.authors or paper.authors_truncated:
        return None
    return tuple(folded_name(author)[0] for author in paper.authors)


def _year(paper: Paper) -> str | None:
    """Return the year, unless it was worked out."""
    return None if paper.date is None or paper.year_inferred else paper.date[:4]


def _published_as(paper: Paper) -> str | None:
    """Return the type of a publication."""
    return paper.kind.casefold() if paper.kind and is_published(paper) else None
