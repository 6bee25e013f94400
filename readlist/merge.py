"""Two descriptions of one paper made into one, with the better of each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from msgspec.structs import replace

from readlist.mark import UNMARKED, Mark
from readlist.names import may_be_one
from readlist.paper import BY_HAND, FROM_MARKS, SAMPLE, Paper
from readlist.preprint import with_posted
from readlist.publication import joined, placed

T = TypeVar("T")

_DROPPED: Final = "dropped"
_STATUSES: Final = ("unread", "queued", "reading", "skimmed", "read", _DROPPED)
"""The statuses that readlist comes with, in their order."""


def united_mark(kept: Mark, other: Mark, statuses: Sequence[str], now: str) -> Mark:
    """Return the marks of two papers that are one: tags and notes of both, the star of either, the higher numbers.

    The status is the later one in the order of the reader's statuses; but a paper that was dropped in one place and
    is queued or read in another was not dropped.

    Args:
        kept: The mark of the paper that stays.
        other: That of the other one.
        statuses: The ids of the statuses in their order.
        now: The present instant, UTC ISO 8601.
    """
    if other == UNMARKED:
        return kept
    order = [status for status in statuses or _STATUSES if status != _DROPPED]
    order.insert(1, _DROPPED)
    status = max(kept.status, other.status, key=lambda one: order.index(one) if one in order else 0)
    reached = dict(kept.status_dates)
    for one, instant in other.status_dates:
        reached[one] = max(instant, reached.get(one, ""))
    notes = {note.id: note for note in (*other.notes, *kept.notes)}
    mark = Mark(
        status=status,
        status_dates=tuple(reached.items()),
        starred=kept.starred or other.starred,
        tags=tuple(sorted({*kept.tags, *other.tags})),
        rating=max(kept.rating, other.rating),
        priority=max(kept.priority, other.priority),
        notes=tuple(sorted(notes.values(), key=lambda note: (note.created, note.id))),
        changed=kept.changed,
    )
    return kept if mark == kept else replace(mark, changed=now)


def united(kept: Paper, other: Paper) -> Paper:
    """Return `kept` enriched by another paper that turned out to be the same; neither corrects the other."""
    return _merged(kept, other, corrects=False)


def merged(held: Paper, incoming: Paper) -> Paper:
    """Return `held` enriched by `incoming`; merging the same description again changes nothing.

    The source that first brought a paper may also correct what it said; later sources fill gaps. A stated date
    replaces an inferred one and never the other way round; a whole author list replaces a cut one, and a list gives
    way to a longer one that begins with the same people, unless it was written by hand; a certain reading replaces an
    uncertain one; what says where the paper appeared is that of a publication rather than of a preprint, whoever comes
    first. What the shipped sample says gives way to any other source, and the paper is then no longer the
    sample's; a paper that was made again from the marks gives way likewise.
    """
    return held if held == incoming else _merged(held, incoming, corrects=True)


def _merged(held: Paper, incoming: Paper, *, corrects: bool) -> Paper:
    """Merge; `corrects` says whether the source that first brought a paper may correct what it said."""
    if held.sources == (FROM_MARKS,) != incoming.sources:
        return _recalled(held, incoming)
    if held.sources == (SAMPLE,) != incoming.sources:
        held = replace(held, sources=incoming.sources)
    corrects = corrects and bool(held.sources) and incoming.sources[:1] == held.sources[:1]
    abstract = incoming if incoming.abstract is not None and (held.abstract is None or corrects) else held
    whole = replace(
        placed(_named(held, incoming, corrects), incoming, corrects=corrects),
        affiliations=_several(held.affiliations, incoming.affiliations, corrects),
        categories=_several(held.categories, incoming.categories, corrects),
        has_code=_one(held.has_code, incoming.has_code, corrects),
        score=_one(held.score, incoming.score, corrects),
        abstract=abstract.abstract,
        abstract_raw=abstract.abstract_raw,
        identifiers=joined(held.identifiers, incoming.identifiers, corrects=corrects),
        sources=tuple(dict.fromkeys((*held.sources, *incoming.sources))),
    )
    return with_posted(whole, held, incoming)


def _recalled(held: Paper, incoming: Paper) -> Paper:
    """Return what a source says again of a paper of which only the marks told.

    The marks do not say whether an author list was cut, a year inferred, or the reading of a title uncertain: the
    source does. A title that differs from the uncertain one of the source was once read better; an inferred year
    may come out differently on another day.
    """
    doubt = ("title", "authors") if held.title == incoming.title else ()
    gaps = replace(held, sources=(), authors_truncated=True, year_inferred=True, uncertain=doubt)
    whole = replace(merged(incoming, gaps), sources=incoming.sources)
    return replace(whole, date=held.date) if whole.year_inferred and held.date is not None else whole


def _one(ours: T | None, theirs: T | None, corrects: bool) -> T | None:
    """Choose between two values of which either may be absent."""
    return theirs if theirs is not None and (ours is None or corrects) else ours


def _several(ours: tuple[str, ...], theirs: tuple[str, ...], corrects: bool) -> tuple[str, ...]:
    """Choose between two lists: the correcting one if it says anything, else ours, else theirs."""
    return theirs if theirs and (corrects or not ours) else ours


def _named(held: Paper, incoming: Paper, corrects: bool) -> Paper:
    """Give `held` the better title and authors; the two are read together, so a certain reading brings both."""
    doubt = {"title", "authors"}
    certain = bool(doubt & set(held.uncertain)) and not doubt & set(incoming.uncertain)
    if certain:
        held = replace(held, uncertain=tuple(name for name in held.uncertain if name not in doubt))
    if certain or (corrects and set(incoming.uncertain) <= set(held.uncertain)):
        held = replace(held, title=incoming.title, title_raw=incoming.title_raw)
        told = incoming.authors and (held.authors_truncated or not incoming.authors_truncated)
        if told and not _begins(incoming.authors, held.authors):
            return replace(held, authors=incoming.authors, authors_truncated=incoming.authors_truncated)
    whole = held.authors_truncated and not incoming.authors_truncated and len(incoming.authors) >= len(held.authors)
    if incoming.authors and (not held.authors or whole):
        return replace(held, authors=incoming.authors, authors_truncated=incoming.authors_truncated)
    meant = BY_HAND in held.sources and not held.authors_truncated
    if held.authors and not meant and _begins(held.authors, incoming.authors):
        known = len(held.authors)
        fuller = (max(pair, key=len) for pair in zip(held.authors, incoming.authors[:known], strict=True))
        authors = (*fuller, *incoming.authors[known:])
        return replace(held, authors=authors, authors_truncated=incoming.authors_truncated)
    return held


def _begins(some: tuple[str, ...], more: tuple[str, ...]) -> bool:
    """Whether a list of authors is the beginning of a longer one: a source that named fewer did not say otherwise."""
    return len(some) < len(more) and all(map(may_be_one, some, more))
