"""Semantic Scholar's JSON: what its API answers, and the lines of its data sets (api.semanticscholar.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.paper import Paper, Rejected
from readlist.readers.dates import loose_date
from readlist.readers.identifiers import identifiers
from readlist.readers.json_objects import Record, Unfit, inner, others, read_records, records, strings, text
from readlist.readers.making import made, venue_field

NAME: Final = "semantic-scholar"
"""The format's name."""

_LOOKS: Final = re.compile(r'\s*[\[{](?=[\s\S]*"(?:paperId|corpusid|corpusId)"\s*:)')
_KINDS: Final = {
    "journalarticle": "article", "conference": "inproceedings", "book": "book", "booksection": "incollection",
    "dataset": "dataset",
}  # fmt: skip
_TAKEN: Final = (
    "externalids", "title", "abstract", "venue", "year", "publicationdate", "authors", "journal", "publicationtypes",
    "publicationvenue", "publicationvenueid", "url", "s2fieldsofstudy", "embedding", "contexts", "intents",
    "references", "citations", "contextswithintent", "citationstyles",
)  # fmt: skip


def looks_like(head: str) -> bool:
    """Whether a source that begins so is of Semantic Scholar: its objects have its ids."""
    return _LOOKS.match(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the papers; the references and citations of a paper are those papers.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    return read_records(lines, source, lambda record: [_paper(record, source)])


def _paper(record: Record, source: str) -> Paper:
    """Return the paper that an object describes.

    Raises:
        Unfit: It has no title.
    """
    for wrapper in ("citedPaper", "citingPaper"):
        record = inner(record, wrapper) or record
    folded = {key.casefold(): value for key, value in record.items()}
    names = {key.casefold(): value for key, value in inner(folded, "externalids").items()}
    journal = inner(folded, "journal")
    types = [_KINDS[one.casefold()] for one in strings(folded, "publicationtypes") if one.casefold() in _KINDS]
    kind = "inproceedings" if "inproceedings" in types else (types[0] if types else "misc")
    venue = text(folded, "venue") or text(inner(folded, "publicationvenue"), "name") or text(journal, "name")
    preprint = venue.casefold() in ("arxiv.org", "arxiv", "corr")
    extra = [] if preprint else [(venue_field(kind), venue)]
    extra += [(name, text(journal, name)) for name in ("volume", "pages")]
    extra += [(name, value) for name, value in others(folded, _TAKEN) if value not in ("true", "false")]
    paper = made(
        text(folded, "title"),
        source,
        authors=[text(one, "name") for one in records(folded, "authors")],
        date=loose_date(text(folded, "publicationdate")) or loose_date(text(folded, "year")),
        abstract=text(folded, "abstract"),
        identifiers=identifiers(text(names, "arxiv"), text(names, "doi")),
        venue=None if preprint else venue,
        kind=kind,
        extra=extra,
    )
    if paper is None:
        raise Unfit("the paper has no title")
    return paper
