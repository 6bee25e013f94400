"""Atom and RSS: what arXiv's API answers, and its feeds (also those of journals, as far as they say the same)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.latex import readable
from readlist.markup import plain as without_marks
from readlist.paper import Paper, Rejected
from readlist.readers import people
from readlist.readers.arxiv import month_of, subjects
from readlist.readers.arxiv.elements import Broken, Element, begins, records
from readlist.readers.dates import loose_date
from readlist.readers.identifiers import arxiv_id, arxiv_version, identifiers
from readlist.readers.making import made
from readlist.text import safe_line

NAME: Final = "arxiv-feed"
"""The format's name."""

_LOOKS: Final = begins("feed|rss|rdf:RDF")
_OLD_TITLE: Final = re.compile(r"\.? ?\(arXiv:(\S{1,60}) \[([^\]]{1,60})\][^)]{0,60}\)$")
_LEAD: Final = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:)?\s*", re.IGNORECASE)
_ABSTRACT: Final = re.compile(r"\s*Abstract:\s*", re.IGNORECASE)


def looks_like(head: str) -> bool:
    """Whether a source that begins so is Atom or RSS."""
    return _LOOKS.match(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the entries as papers; an error that arXiv answers with is told as such.

    Args:
        lines: The text of the feed.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    for cut in records(lines, "entry|item"):
        try:
            yield _paper(Element(cut), source)
        except Broken as error:
            yield Rejected(cut.line, str(error), cut.shown, source)


def _paper(entry: Element, source: str) -> Paper:
    """Return the paper that an entry describes.

    Raises:
        Broken: It is an error of the API, or has no title.
    """
    address = entry.first("id") or entry.first("guid", "link")
    title = " ".join(entry.first("title").split())
    summary = entry.first("summary", "description", "encoded", "content")
    if "/api/errors" in address:
        raise Broken(f"arXiv answered with an error: {safe_line(summary or title)}")
    old = _OLD_TITLE.search(title)
    number = old[1] if old else address.removeprefix("oai:arXiv.org:")
    lead = _LEAD.match(summary)
    abstract = without_marks(_ABSTRACT.sub("", summary[lead.end() :] if lead else summary, count=1))
    names = (
        entry.all("author/name")
        or people.authors(readable(without_marks(", ".join(entry.all("creator", "author"))))).names
    )
    version = arxiv_version(number) or ""
    terms = entry.attributes("category", "term")
    date = entry.first("published") or (entry.first("pubDate", "date") if _is_new(entry) else "")
    paper = made(
        title[: old.start()] if old else title,
        source,
        authors=names,
        affiliations=entry.all("author/affiliation"),
        categories=[*entry.attributes("primary_category", "term"), *terms]
        if terms
        else subjects(" ".join([old[2]] if old else entry.all("category"))),
        date=loose_date(date) or month_of(number),
        abstract=" ".join(abstract.split()),
        identifiers=identifiers(number if arxiv_id(number) else "", entry.first("doi", "DOI", "identifier")),
        venue=entry.first("journal_ref", "journal_reference", "publicationName"),
        extra=[
            ("comments", entry.first("comment")),
            ("journal-ref", entry.first("journal_ref", "journal_reference")),
            ("version", version if version != "v1" else ""),
            ("announced", entry.first("announce_type")),
            ("url", "" if arxiv_id(number) else entry.first("link")),
        ],
    )
    if paper is None:
        raise Broken("the entry has no title")
    return paper


def _is_new(entry: Element) -> bool:
    """Whether the day of a feed's item is that of the paper: it is not an older one that was changed."""
    return entry.first("announce_type") in ("", "new", "cross")
