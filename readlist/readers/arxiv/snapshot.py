"""The snapshot of arXiv's metadata, a JSON object a line (as arXiv gives it out on Kaggle): streamed, however large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.latex import readable
from readlist.names import Name, spoken
from readlist.paper import Paper, Rejected
from readlist.readers import people
from readlist.readers.arxiv import month_of, subjects, unfolded
from readlist.readers.dates import loose_date
from readlist.readers.identifiers import identifiers
from readlist.readers.json_objects import Record, Unfit, read_records, records, text
from readlist.readers.making import made

NAME: Final = "arxiv-snapshot"
"""The format's name."""

_LOOKS: Final = re.compile(r'\s*[\[{](?=[\s\S]*"(?:authors_parsed|journal-ref)"\s*:)')
_FIELDS: Final = ("comments", "report-no", "journal-ref", "license", "submitter", "update_date")


def looks_like(head: str) -> bool:
    """Whether a source that begins so is of the snapshot."""
    return _LOOKS.match(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the papers.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    return read_records(lines, source, lambda record: [_paper(record, source)])


def _paper(record: Record, source: str) -> Paper:
    """Return the paper that an object describes.

    Raises:
        Unfit: It has no title or no id.
    """
    number = text(record, "id")
    versions = records(record, "versions")
    first, last = (text(versions[0], "created"), text(versions[-1], "version")) if versions else ("", "")
    found = identifiers(number, text(record, "doi"))
    if found.arxiv is None:
        raise Unfit(f"{number!r:.40} is not an arXiv id")
    listed = _authors(record)
    paper = made(
        " ".join(text(record, "title").split()),
        source,
        authors=listed.names,
        authors_truncated=listed.truncated,
        affiliations=listed.affiliations,
        categories=subjects(text(record, "categories")),
        date=loose_date(first) or month_of(number),
        abstract=unfolded(text(record, "abstract").splitlines()),
        identifiers=found,
        venue=text(record, "journal-ref"),
        extra=[*((name, text(record, name)) for name in _FIELDS), ("version", last if last != "v1" else "")],
    )
    if paper is None:
        raise Unfit("the paper has no title")
    return paper


def _authors(record: Record) -> people.Authors:
    """Return the authors: as arXiv took them apart, else as they were written; where they are stands in parentheses."""
    parsed = record.get("authors_parsed")
    if not (isinstance(parsed, list) and parsed):
        return people.authors(readable(text(record, "authors")))
    written = text(record, "authors")
    affiliations = people.affiliations(readable(written)) if "(" in written else ()
    return people.Authors(tuple(_names(parsed)), truncated=False, affiliations=affiliations)


def _names(parsed: list[object]) -> Iterator[str]:
    """Yield the names that arXiv took apart."""
    for parts in parsed:
        words = [part for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
        last, first, suffix = (*words, "", "", "")[:3]
        yield spoken(Name(first.strip(), "", last.strip(), suffix.strip()))
