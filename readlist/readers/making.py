"""Papers made of what a source says: text made safe and readable, its other fields kept in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from readlist.latex import readable
from readlist.markup import plain, shown
from readlist.paper import Identifiers, Paper
from readlist.readers.placeholders import is_bracketed, says_nothing, without
from readlist.text import safe_line, safe_text, safe_verbatim

KINDS: Final = {
    "journal": ("article",), "booktitle": ("inproceedings", "incollection", "inbook", "conference"),
    "school": ("phdthesis", "mastersthesis"), "institution": ("techreport",),
}  # fmt: skip
"""The field of a .bib file that names a venue, and the types of entries that have it."""

_LONGEST_VALUE: Final = 1 << 16
"""Characters of a field that is kept for its own sake."""


def made(
    title: str,
    source: str,
    *,
    authors: Iterable[str] = (),
    authors_truncated: bool = False,
    affiliations: Iterable[str] = (),
    categories: Iterable[str] = (),
    date: str | None = None,
    year_inferred: bool = False,
    has_code: bool | None = None,
    score: float | None = None,
    abstract: str | None = None,
    identifiers: Identifiers = Identifiers(),  # noqa: B008 — a frozen value
    venue: str | None = None,
    kind: str | None = None,
    extra: Iterable[tuple[str, str]] = (),
    uncertain: Iterable[str] = (),
) -> Paper | None:
    """Return the paper that these words describe, made safe; None when the title has no readable text."""
    raw = safe_line(title)
    readable_title = shown(raw)
    if not readable_title:
        return None
    abstract_raw = safe_verbatim(abstract).strip() if abstract and not says_nothing(abstract) else ""
    venue = None if venue is None or says_nothing(venue) else venue
    abstract_shown = safe_text(readable(plain(abstract_raw))).strip()
    return Paper(
        title=readable_title,
        title_raw=raw,
        authors=_lines(readable(author) for author in without(authors)),
        authors_truncated=authors_truncated,
        affiliations=tuple(dict.fromkeys(_lines(one for one in affiliations if not says_nothing(one)))),
        categories=tuple(dict.fromkeys(_lines(categories))),
        date=date,
        year_inferred=year_inferred,
        has_code=has_code,
        score=score,
        abstract=abstract_shown or None,
        abstract_raw=abstract_raw if abstract_shown else None,
        identifiers=identifiers,
        venue=safe_line(readable(plain(venue))) or None if venue else None,
        kind=kind,
        extra=kept(extra),
        sources=(source,),
        uncertain=tuple(uncertain),
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts as safe lines, the empty ones left out."""
    return tuple(line for text in texts if (line := safe_line(text)))


def kept(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return fields that are kept as they stand, each under a name of its own, the empty ones left out."""
    found: dict[str, str] = {}
    for name, value in fields:
        text = safe_verbatim(value).strip()[:_LONGEST_VALUE]
        name = unique = safe_line(name).replace(" ", "-").lower()  # noqa: PLW2901 — the same, made safe
        number = 1
        while unique in found and found[unique] != text:
            number += 1
            unique = f"{name}-{number}"
        if text and unique and not (text[0] == "[" and is_bracketed(text)):
            found[unique] = text
    return tuple(found.items())


def publisher_field(kind: str | None) -> str:
    """Return the field of a .bib file that holds who brought an entry of that type out."""
    return {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}.get(kind or "", "publisher")


def venue_field(kind: str | None) -> str:
    """Return the field of a .bib file that holds the venue of an entry of that type."""
    return next((field for field, kinds in KINDS.items() if kind in kinds), "howpublished")
