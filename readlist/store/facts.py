"""Papers and marks as the catalogue keeps them: JSON; a paper's takes no room for what is absent."""

from __future__ import annotations

import json
from typing import Any, Final, cast

from readlist.errors import DamagedError, ReadlistError
from readlist.mark import UNMARKED, Mark
from readlist.paper import Identifiers, Paper, date_ordinal
from readlist.record import RecordError, mark_from
from readlist.store.connection import RESCUE

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_OFTEN_EMPTY: Final = (
    "authors", "affiliations", "categories", "sources", "uncertain", "extra", "authors_truncated", "year_inferred"
)  # fmt: skip
_PLAIN: Final = ("date", "has_code", "score", "abstract", "venue", "kind")
_NO_IDENTIFIERS: Final = Identifiers()
SOURCED: Final = "sourced"
"""The name under which a corrected paper has what its sources say; it is the first of the record."""
_SAME: Final = 0
"""Stands for a raw text that equals the readable one."""


def packed(paper: Paper, sourced: Paper | None = None) -> str:
    """Return a paper as compact JSON, and before it what its sources say if the reader corrected that."""
    if sourced is None or sourced == paper:
        return _ENCODE(_record(paper))
    return _ENCODE({SOURCED: _record(sourced), **_record(paper)})


def _record(paper: Paper) -> dict[str, object]:
    """Return what is written of a paper."""
    record: dict[str, object] = {"title": paper.title}
    for name in _OFTEN_EMPTY:
        if value := getattr(paper, name):
            record[name] = value
    for name in _PLAIN:
        if (value := getattr(paper, name)) is not None:
            record[name] = value
    if paper.title_raw != paper.title:
        record["title_raw"] = paper.title_raw
    if paper.abstract_raw is not None:
        record["abstract_raw"] = _SAME if paper.abstract_raw == paper.abstract else paper.abstract_raw
    if paper.identifiers != _NO_IDENTIFIERS:
        record["identifiers"] = (paper.identifiers.arxiv, paper.identifiers.doi)
    return record


def unpacked(record: str) -> Paper:
    """Return the paper that `packed` wrote.

    Raises:
        DamagedError: It did not write this.
    """
    return _unpacked(record)[0]


def sourced(record: str) -> Paper:
    """Return what the sources say of the paper that `packed` wrote, without the reader's corrections.

    Raises:
        DamagedError: It did not write this.
    """
    shown, own = _unpacked(record)
    return own or shown


def both(record: str) -> tuple[Paper, Paper | None]:
    """Return the paper that `packed` wrote, and what its sources say; None for that where nothing was corrected.

    Raises:
        DamagedError: It did not write this.
    """
    return _unpacked(record)


def _unpacked(record: str) -> tuple[Paper, Paper | None]:
    try:
        facts = json.loads(record)
        own = facts.get(SOURCED)
        return _paper(facts), None if own is None else _paper(own)
    except (ValueError, TypeError, KeyError, AttributeError, ReadlistError) as error:
        raise DamagedError("catalogue.sqlite is damaged: a paper in it cannot be read", RESCUE) from error


def _paper(facts: dict[str, Any]) -> Paper:
    """Return the paper that `_record` wrote."""
    title = facts["title"]
    date_ordinal(facts.get("date"))
    get = facts.get
    raw = get("abstract_raw")
    abstract = get("abstract")
    return Paper(
        title=title,
        title_raw=get("title_raw", title),
        authors=tuple(get("authors", ())),
        authors_truncated=get("authors_truncated", False),
        affiliations=tuple(get("affiliations", ())),
        categories=tuple(get("categories", ())),
        date=get("date"),
        year_inferred=get("year_inferred", False),
        has_code=get("has_code"),
        score=get("score"),
        abstract=abstract,
        abstract_raw=abstract if raw == _SAME else raw,
        identifiers=Identifiers(*get("identifiers", ())),
        venue=get("venue"),
        kind=get("kind"),
        extra=cast("tuple[tuple[str, str], ...]", tuple(map(tuple, get("extra", ())))),
        sources=tuple(get("sources", ())),
        uncertain=tuple(get("uncertain", ())),
    )


def mark_of(record: str | None) -> Mark:
    """Return the mark that the mirror's JSON describes.

    Raises:
        DamagedError: It is not what the mirror wrote.
    """
    if record is None:
        return UNMARKED
    try:
        return mark_from(json.loads(record))
    except (ValueError, RecordError) as error:
        raise DamagedError("catalogue.sqlite is damaged: a mark in its mirror cannot be read", RESCUE) from error
