"""Semantic Scholar's JSON: what its API answers, and the lines of its data sets (api.semanticscholar.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.names import split_name, spoken
from readlist.paper import Paper, Rejected
from readlist.publication import is_preprint
from readlist.readers import people
from readlist.readers.dates import dated
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
    "publicationvenue", "s2fieldsofstudy", "fieldsofstudy", "tldr", "openaccesspdf", "embedding", "contexts",
    "intents", "references", "citations", "contextswithintent", "citationstyles", "url",
)  # fmt: skip
"""Fields that are read by themselves; those that are other papers, numbers for machines, or the same once more."""
_NAMES: Final = {"pubmed": "pmid", "pubmedcentral": "pmcid"}
"""What the identifiers of other catalogues are called in a .bib file."""


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
    extra = [("venue-name", venue)] if preprint else [(venue_field(kind), venue)]
    found = identifiers(text(names, "arxiv"), text(names, "doi"))
    volume = text(journal, "volume")
    extra += [("volume", "" if found.arxiv and is_preprint(volume) else volume), ("pages", text(journal, "pages"))]
    extra += [(_NAMES.get(name, name), text(names, name)) for name in names if name not in ("arxiv", "doi")]
    extra += others(folded, _TAKEN)
    extra += _more(folded, journal, venue)
    written = dated(text(folded, "publicationdate"), year=text(folded, "year"))
    paper = made(
        text(folded, "title"),
        source,
        authors=_authors(folded),
        affiliations=[place for one in records(folded, "authors") for place in strings(one, "affiliations")],
        date=written.date,
        abstract=text(folded, "abstract"),
        identifiers=found,
        venue=None if preprint else venue,
        kind=kind,
        extra=[*extra, *written.extra],
    )
    if paper is None:
        raise Unfit("the paper has no title")
    return paper


def _authors(folded: Record) -> Iterator[str]:
    """Yield the authors: as objects, or as texts where a program made these of them."""
    listed = folded.get("authors")
    if isinstance(listed, str):
        yield from people.authors(listed).names
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, str):
            yield spoken(split_name(one))
        elif isinstance(one, dict):
            yield text(one, "name")


def _more(folded: Record, journal: Record, venue: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in objects and arrays, as plain words."""
    place = inner(folded, "publicationvenue")
    fields = [text(one, "category") for one in records(folded, "s2fieldsofstudy")]
    yield "publicationtypes", ", ".join(strings(folded, "publicationtypes"))
    yield "fieldsofstudy", ", ".join(dict.fromkeys([*strings(folded, "fieldsofstudy"), *fields]))
    yield "tldr", text(inner(folded, "tldr"), "text") or text(folded, "tldr")
    yield "pdf", text(inner(folded, "openaccesspdf"), "url") or text(folded, "openaccesspdf")
    yield "authorids", ", ".join(found for one in records(folded, "authors") if (found := text(one, "authorId")))
    yield "journal-name", "" if text(journal, "name") == venue else text(journal, "name")
    yield "venue-name", "" if text(place, "name") == venue else text(place, "name")
    yield "issn", text(place, "issn")
    yield "url", "" if text(folded, "paperid") else text(folded, "url")  # the id says it too
