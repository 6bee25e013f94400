"""readlist's own JSON, as `export --format json` and `list --json` write it: nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from readlist.decided import Decided, FromLibrary, decided_from, is_id
from readlist.errors import ReadlistError
from readlist.mark import Mark, checked_tag
from readlist.paper import Identifiers, Incoming, Paper, Rejected, date_ordinal
from readlist.readers.json_objects import Record, Unfit, read_records
from readlist.record import entry_from, paper_from, paper_record
from readlist.text import safe_line, safe_text, safe_verbatim

NAME: Final = "json"
"""The format's name."""

_LOOKS: Final = re.compile(r"\s*[\[{]")


def looks_like(head: str) -> bool:
    """Whether a source that begins so is an export of readlist: it has keys that nothing else has, or no papers."""
    has_keys = _LOOKS.match(head) is not None and '"authors_truncated"' in head and '"citekey"' in head
    return has_keys or head.strip() == "[]"


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the papers with their ids, keys and marks; their sources are those that they had.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name, for papers that name none.
    """
    return read_records(lines, source, lambda record: [_incoming(record, source)])


def _incoming(record: Record, source: str) -> Incoming:
    """Return the paper that an object describes.

    Raises:
        Unfit: A key is missing, or has a value that it cannot have; the message names it.
    """
    try:
        entry = entry_from(record)
        date_ordinal(entry.paper.date)
        mark = _checked(entry.mark)
        sourced, decided = decided_from(record.get("decided"), entry.paper)
    except ReadlistError as error:
        raise Unfit(error.message) from None
    paper = _safe(sourced, source)
    if not (paper.title and safe_line(entry.paper.title)):
        raise Unfit("title has no readable text")
    added = entry.added if _is_instant(entry.added) else None
    citekey = safe_line(entry.citekey) or None
    if "decided" not in record or not is_id(entry.id):  # an older readlist did not write it
        return Incoming(paper, citekey, mark, entry.id if is_id(entry.id) else None, added)
    return FromLibrary(paper, citekey, mark, entry.id, added, _without_harm(decided, source))


def _without_harm(decided: Decided, source: str) -> Decided:
    """Return what is decided with a paper that was added by hand made safe."""
    own = decided.chosen.own
    if own.written is None:
        return decided
    written = paper_record(_safe(paper_from(dict(own.written)), source))
    return replace(decided, chosen=replace(decided.chosen, own=replace(own, written=written)))


def _safe(paper: Paper, source: str) -> Paper:
    """Return the paper with texts that can be shown."""
    return replace(
        paper,
        title=safe_line(paper.title),
        title_raw=safe_verbatim(paper.title_raw),
        authors=_lines(paper.authors),
        affiliations=_lines(paper.affiliations),
        categories=_lines(paper.categories),
        abstract=safe_text(paper.abstract) if paper.abstract is not None else None,
        abstract_raw=safe_verbatim(paper.abstract_raw) if paper.abstract_raw is not None else None,
        identifiers=Identifiers(_line(paper.identifiers.arxiv), _line(paper.identifiers.doi)),
        venue=_line(paper.venue),
        kind=_line(paper.kind),
        extra=tuple((safe_line(name), safe_verbatim(value)) for name, value in paper.extra),
        sources=_lines(paper.sources) or (source,),
        uncertain=_lines(paper.uncertain),
    )


def _line(text: str | None) -> str | None:
    """Return a text as a safe line; None when there is nothing in it."""
    return safe_line(text) or None if text is not None else None


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts as safe lines, the empty ones left out."""
    return tuple(line for text in texts if (line := safe_line(text)))


def _checked(mark: Mark) -> Mark:
    """Return a mark in which every tag and every instant is one.

    Raises:
        ReadlistError: A tag cannot be one, or an instant is none.
    """
    instants = [instant for _, instant in mark.status_dates] + ([mark.changed] if mark.changed else [])
    for note in mark.notes:
        instants += [note.created, note.changed]
    for instant in instants:
        if not _is_instant(instant):
            raise ReadlistError(f"{instant!r:.40} is not an instant such as 2026-04-01T12:00:00Z")
    return replace(
        mark,
        status=safe_line(mark.status),
        status_dates=tuple((safe_line(status), instant) for status, instant in mark.status_dates),
        tags=tuple(sorted({checked_tag(tag) for tag in mark.tags})),
        notes=tuple(replace(note, id=safe_line(note.id), text=safe_verbatim(note.text)) for note in mark.notes),
    )


def _is_instant(text: str) -> bool:
    """Whether a text is an instant of UTC."""
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return False
    return True
