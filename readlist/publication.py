"""Where a paper appeared: journal or proceedings, volume, number, pages, date, DOI and type, which belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from readlist.paper import Identifiers, Paper
from readlist.preprint import preprint_of, publisher_doi
from readlist.text import words
from readlist.venue import is_conference, may_be_one_venue

PLACED: Final = frozenset(
    "journal journaltitle journalsubtitle shortjournal booktitle booksubtitle maintitle series volume volumes number "
    "issue issuetitle eid articleno pages numpages pagetotal month day year date issn isbn publisher address location "
    "editor edition chapter school institution organization howpublished eventtitle eventdate venue".split()
)
"""The other fields of a source, by their names in .bib files, that say where a paper appeared."""

_TITLES: Final = ("journal", "journaltitle", "booktitle", "howpublished", "institution", "publisher")
"""Those of them that may name a server of preprints."""

_SERVERS: Final = re.compile(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprints?|openreview|research square|techrxiv)\b",
    re.IGNORECASE,
)
_LOOSE: Final = frozenset(("misc", "online", "electronic", "www", "unpublished", "software", "dataset"))
"""Types of entries that say nothing of where a paper appeared."""
_THESES: Final = frozenset("phdthesis mastersthesis thesis".split())
_WHOLE: Final = _THESES | frozenset("book mvbook collection proceedings".split())
"""Types of entries that appear by themselves."""
_SORTS: Final = {
    "article": "journal", "inproceedings": "conference", "conference": "conference", "incollection": "conference",
    "inbook": "conference", "techreport": "report", "report": "report", "patent": "patent",
}  # fmt: skip
"""Types of entries by what a paper is a part of; what stands in a book is often typed as what stands in proceedings."""
_CONTAINERS: Final = frozenset(("journal", "journaltitle", "booktitle"))
_MAKERS: Final = frozenset("school institution organization howpublished publisher".split())
"""Fields that a venue is taken from where no container is named: who brought a paper out."""
_ISBN: Final = re.compile(r"(?:97[89])?([0-9]{9})[0-9Xx]")
_DIGITS: Final = re.compile(r"[0-9]+")
_PAGE: Final = re.compile(r"[0-9]+(?:[.:][0-9]+)?")


def volume(paper: Paper) -> str | None:
    """Return the volume, folded; the names that preprints have in its place are none."""
    told = _field(paper, "volume")
    return None if told is None or is_preprint(told) else _number(told)


def is_preprint(volume: str) -> bool:
    """Whether what stands for a volume names a preprint, as DBLP has it for CoRR: `abs/2302.04761`."""
    return volume.casefold().startswith("abs/") or _SERVERS.search(volume) is not None


def number(paper: Paper) -> str | None:
    """Return the number of the issue, folded."""
    told = _field(paper, "number", "issue")
    return None if told is None or _SERVERS.search(told) else _number(told)


def first_page(paper: Paper) -> str | None:
    """Return the digits of the first page, or of the number that an article has instead."""
    found = _PAGE.search(_field(paper, "pages", "eid", "articleno") or "")
    return found[0].lstrip("0") if found else None


def edition(paper: Paper) -> str | None:
    """Return the edition, folded."""
    told = _field(paper, "edition")
    return _number(told) if told else None


def sort_of(paper: Paper) -> str | None:
    """Return what a paper appeared as: in a journal, at a conference or in a book, as a report or a patent."""
    found = _SORTS.get((paper.kind or "").casefold())
    within = container(paper)
    # Reference managers type papers of conferences as articles.
    return None if found == "journal" and within is not None and is_conference(within) else found


def container(paper: Paper) -> str | None:
    """Return the name of the journal, the proceedings or the book that a paper is a part of."""
    if paper.venue is None or stands_alone(paper) or _SERVERS.search(paper.venue):
        return None
    names = {name for name, _ in paper.extra}
    return None if names & _MAKERS and not names & _CONTAINERS else paper.venue


def own_number(paper: Paper) -> str | None:
    """Return the number of a patent or a report, folded."""
    told = _field(paper, "number", "issue") if sort_of(paper) in ("report", "patent") else None
    return "".join(words(told)) or None if told else None


def isbns(paper: Paper) -> frozenset[str]:
    """Return the ISBNs of a book, in the nine digits that those of ten and of thirteen have in common."""
    told = _field(paper, "isbn") if stands_alone(paper) else None
    return frozenset(_ISBN.findall(told.replace("-", ""))) if told else frozenset()


def release(paper: Paper) -> str | None:
    """Return the version of a program or of data, folded."""
    told = _field(paper, "version") if (paper.kind or "").casefold() in _LOOSE | {"manual"} else None
    return " ".join(words(told)).removeprefix("v").removeprefix("ersion").strip() or None if told else None


def address(paper: Paper) -> str | None:
    """Return where a paper is on the web, as it is written."""
    return _field(paper, "url")


def _field(paper: Paper, *names: str) -> str | None:
    """Return the first of these fields that the sources have."""
    if not paper.extra:
        return None
    fields = dict(paper.extra)
    return next((text for name in names if (text := fields.get(name, "").strip())), None)


def _number(told: str) -> str | None:
    """Return what tells a volume or an issue from another: its digits, else its words."""
    found = _DIGITS.findall(told)
    return " ".join(one.lstrip("0") or "0" for one in found) if found else " ".join(words(told)) or None


def stands_alone(paper: Paper) -> bool:
    """Whether the type says that the paper appeared by itself: a book, a thesis, proceedings."""
    return (paper.kind or "").casefold() in _WHOLE


def is_thesis(paper: Paper) -> bool:
    """Whether the type says that it is a thesis."""
    return (paper.kind or "").casefold() in _THESES


def is_published(paper: Paper) -> bool:
    """Whether a description is that of a publication rather than of a preprint, or of it is not told what.

    It goes by what says where the paper appeared alone, so that a publication stays one whatever else becomes known.
    """
    kind = (paper.kind or "").casefold()
    if stands_alone(paper):
        return True
    if any(_SERVERS.search(text) for name, text in paper.extra if name in _TITLES) or kind in _LOOSE:
        return False
    in_print = volume(paper) is not None or first_page(paper) is not None
    if paper.venue is not None and not _SERVERS.search(paper.venue):
        return bool(kind) or in_print
    return bool(kind) and publisher_doi(paper.identifiers) is not None


def years_apart(one: Paper, other: Paper) -> int:
    """Return how many years lie between, as far as both sources say; 0 where a year was worked out."""
    if not (one.date and other.date) or one.year_inferred or other.year_inferred:
        return 0
    return abs(int(one.date[:4]) - int(other.date[:4]))


def joined(one: Identifiers, other: Identifiers, *, corrects: bool) -> Identifiers:
    """Return the identifiers of both: the publisher's DOI rather than arXiv's, the first unless it is corrected."""
    arxiv = preprint_of(other) if corrects and preprint_of(other) else preprint_of(one) or preprint_of(other)
    ours, theirs = publisher_doi(one), publisher_doi(other)
    published = (theirs or ours) if corrects else (ours or theirs)
    return Identifiers(arxiv, published or one.doi or other.doi)


def placed(held: Paper, incoming: Paper, *, corrects: bool) -> Paper:
    """Return `held` as it appeared according to both; what else there is of it stays.

    A publication wins over a preprint as one, so that no volume of an article stands beside the year of its preprint.
    Of two publications, the second fills gaps where it is the same appearance, unless its source corrects what it said.

    Args:
        held: What is known.
        incoming: What is told besides.
        corrects: Whether it is told by the source that first brought the paper.
    """
    ours, theirs = is_published(held), is_published(incoming)
    if theirs and not ours:
        extra = _fields([pair for pair in held.extra if pair[0] not in PLACED], incoming, corrects=corrects)
        venue = incoming.venue or _venue_of(held)
        return _dated_as(replace(held, venue=venue, kind=incoming.kind, extra=extra), incoming)
    if ours and (not theirs or not (corrects or _appeared_once(held, incoming))):
        extra = _fields(held.extra, incoming, corrects=corrects, but=PLACED)
        return replace(held if theirs else _completed(held, incoming), extra=extra)
    first, second = (incoming, held) if corrects else (held, incoming)
    venue, kind = first.venue or second.venue, first.kind or second.kind
    # What it is a part of is said once, as its type has it.
    named = not corrects and kind != incoming.kind and any(name in _CONTAINERS for name, _ in held.extra)
    extra = _fields(held.extra, incoming, corrects=corrects, but=_CONTAINERS if named else frozenset())
    return _dated(replace(held, venue=venue, kind=kind, extra=extra), incoming, corrects)


def is_elsewhere(held: Paper, incoming: Paper) -> bool:
    """Whether `incoming` says where else a paper appeared than `held` does, so that `placed` leaves that out."""
    if not incoming.extra or _appeared_once(held, incoming) or not (is_published(held) and is_published(incoming)):
        return False
    known = dict(held.extra)
    return any(known.get(name) != text for name, text in incoming.extra if name in PLACED)


def _fields(
    held: Iterable[tuple[str, str]], incoming: Paper, *, corrects: bool, but: frozenset[str] = frozenset()
) -> tuple[tuple[str, str], ...]:
    """Return fields with those that another source has besides, or says otherwise where it corrects them.

    Args:
        held: The fields.
        incoming: What is told besides.
        corrects: Whether it corrects what the fields say.
        but: Fields that stay as they are, or absent.
    """
    fields = dict(held)
    fields.update((name, text) for name, text in incoming.extra if name not in but and (corrects or name not in fields))
    return tuple(fields.items())


def _appeared_once(one: Paper, other: Paper) -> bool:
    """Whether two descriptions of publications may be of one appearance."""
    kinds = {paper.kind.casefold() for paper in (one, other) if paper.kind}
    if years_apart(one, other) or (len(kinds) > 1 and not _typed_twice(one, other)):
        return False
    pairs = ((volume(one), volume(other)), (number(one), number(other)))
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)


def _typed_twice(one: Paper, other: Paper) -> bool:
    """Whether papers of two types are parts of one venue: proceedings are often said to be a journal."""
    ours, theirs = container(one), container(other)
    parts = {_SORTS.get((paper.kind or "").casefold()) for paper in (one, other)} <= {"journal", "conference"}
    return parts and ours is not None and theirs is not None and may_be_one_venue(ours, theirs, across=True)


def _dated_as(paper: Paper, publication: Paper) -> Paper:
    """Return a paper with the date of its publication.

    A longer date in the same year stays, unless it is that of a preprint; one that was worked out never wins.
    """
    told = publication.date
    if told is None or (publication.year_inferred and paper.date is not None):
        return paper
    longer = not paper.year_inferred and (paper.date or "").startswith(told)
    if longer and preprint_of(paper.identifiers) is None:
        return paper
    return replace(paper, date=told, year_inferred=publication.year_inferred)


def _venue_of(paper: Paper) -> str | None:
    """Return the venue, unless it is a server of preprints."""
    return None if paper.venue is None or _SERVERS.search(paper.venue) else paper.venue


def _completed(publication: Paper, other: Paper) -> Paper:
    """Return a publication with the venue and the longer date of what is none; a preprint knows neither."""
    whole = replace(publication, venue=publication.venue or _venue_of(other))
    longer = other.date is not None and other.date != whole.date and other.date.startswith(whole.date or "")
    on_arxiv = preprint_of(publication.identifiers) or preprint_of(other.identifiers)
    if longer and (whole.date is None or not (on_arxiv or other.year_inferred)):
        return replace(whole, date=other.date, year_inferred=other.year_inferred)
    return whole


def _dated(held: Paper, incoming: Paper, corrects: bool) -> Paper:
    """Give `held` the better date; one that says less of the same day is never better."""
    if incoming.date is None or (not held.year_inferred and (held.date or "").startswith(incoming.date)):
        return held
    first = held.date is None
    stated = held.year_inferred and not incoming.year_inferred
    correction = corrects and not incoming.year_inferred
    longer = not incoming.year_inferred and incoming.date.startswith(held.date or "") and incoming.date != held.date
    if first or stated or correction or longer:
        return replace(held, date=incoming.date, year_inferred=incoming.year_inferred)
    return held
