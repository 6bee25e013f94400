"""Papers and marks as the catalogue keeps them: JSON; a paper's takes no room for what is absent."""

from __future__ import annotations

import json
from typing import Final, cast

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
_SAME: Final = 0
"""Stands for a raw text that equals the readable one."""


def packed(paper: Paper) -> str:
    """Return a paper as compact JSON."""
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
    return _ENCODE(record)


def unpacked(record: str) -> Paper:
    """Return the paper that `packed` wrote.

    Raises:
        DamagedError: It did not write this.
    """
    try:
        facts = json.loads(record)
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
    except (ValueError, TypeError, KeyError, AttributeError, ReadlistError) as error:
        raise DamagedError("catalogue.sqlite is damaged: a paper in it cannot be read", RESCUE) from error


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
