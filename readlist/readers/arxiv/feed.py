"""Atom and RSS: what arXiv's API answers, and its feeds (also those of journals, as far as they say the same).

Each entry is cut out of the stream and parsed by itself, so that no document type, and no entity that names entities,
ever gets to the parser, and a broken entry costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final
from xml.parsers import expat

from readlist.latex import readable
from readlist.paper import Paper, Rejected
from readlist.readers import people
from readlist.readers.arxiv import month_of, subjects
from readlist.readers.dates import loose_date
from readlist.readers.decoding import numbered
from readlist.readers.identifiers import arxiv_id, arxiv_version, identifiers
from readlist.readers.making import made, without_html
from readlist.text import safe_line, safe_verbatim

NAME: Final = "arxiv-feed"
"""The format's name."""

_LOOKS: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]{0,999}-->\s*|<\?[^>]{0,999}\?>\s*)*<(?:feed|rss|rdf:RDF)\b"
)
_BEGIN: Final = re.compile(r"<(entry|item)(?=[\s>])")
_ENDS: Final = {"entry": "</entry>", "item": "</item>"}
_OLD_TITLE: Final = re.compile(r"\.?\s*\(arXiv:(\S+)\s+\[([^\]]+)\][^)]*\)\s*$")
_LEAD: Final = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:)?\s*", re.IGNORECASE)
_ABSTRACT: Final = re.compile(r"\s*Abstract:\s*", re.IGNORECASE)
_LONGEST: Final = 1 << 20
"""Characters beyond which an entry is given up."""
_DEEPEST: Final = 50
"""Elements in elements beyond this many are no entry's."""


class _Broken(Exception):  # noqa: N818 — a finding, caught where the entry is known
    """An entry cannot be read; the message says why."""


class _Entry:
    """What stands in the elements of one entry."""

    def __init__(self, text: str) -> None:
        """Parse the entry.

        Raises:
            _Broken: It is not well-formed.
        """
        self._texts: dict[str, list[str]] = {}
        self._path: list[str] = []
        self.terms: list[str] = []
        self.primary = ""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 — expat's own order
        except expat.ExpatError as error:
            raise _Broken(f"it is not well-formed: {expat.errors.messages[error.code]}") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        if len(self._path) >= _DEEPEST:
            raise _Broken("it is nested too deeply")
        self._path.append(name.rsplit(":", 1)[-1])
        if self._path[-1] == "category" and attributes.get("term"):
            self.terms.append(attributes["term"])
        elif self._path[-1] == "primary_category":
            self.primary = attributes.get("term", "")
        self._texts.setdefault("/".join(self._path[1:]), []).append("")

    def _end(self, _: str) -> None:
        """Take an end tag."""
        self._path.pop()

    def _data(self, data: str) -> None:
        """Take text."""
        self._texts["/".join(self._path[1:])][-1] += data

    def _entity(self, *_: object) -> None:
        """Refuse an entity of the entry's own."""
        raise _Broken("it declares an entity")

    def all(self, *names: str) -> list[str]:
        """Return the texts of these elements, the empty ones left out."""
        return [text.strip() for name in names for text in self._texts.get(name, ()) if text.strip()]

    def first(self, *names: str) -> str:
        """Return the first text of these elements; empty when there is none."""
        return next(iter(self.all(*names)), "")


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
    for number, text, reason in _entries(lines):
        try:
            if reason:
                raise _Broken(reason)
            yield _paper(_Entry(text), source)
        except _Broken as error:
            yield Rejected(number, str(error), safe_verbatim(text[: 1 << 14]), source)


def _entries(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the text, and what is wrong with it, of each entry."""
    held: list[str] = []
    size = begun = 0
    name = ""
    for number, line in numbered(lines):
        at = 0
        while True:
            if not name:
                begin = _BEGIN.search(line, at)
                if begin is None:
                    break
                name, begun, held, size, at = begin[1], number, [], 0, begin.start()
            end = line.find(_ENDS[name], at)
            stop = end + len(_ENDS[name]) if end >= 0 else len(line)
            size += stop - at
            if size <= _LONGEST:
                held.append(line[at:stop])
            at = stop
            if end < 0:
                break
            yield begun, "".join(held), "" if size <= _LONGEST else f"it has more than {_LONGEST:,} characters"
            name = ""
    if name:
        yield begun, "".join(held), "the entry is cut off at the end"


def _paper(entry: _Entry, source: str) -> Paper:
    """Return the paper that an entry describes.

    Raises:
        _Broken: It is an error of the API, or has no title.
    """
    address = entry.first("id") or entry.first("guid", "link")
    title = " ".join(entry.first("title").split())
    summary = entry.first("summary", "description", "encoded", "content")
    if "/api/errors" in address:
        raise _Broken(f"arXiv answered with an error: {safe_line(summary or title)}")
    old = _OLD_TITLE.search(title)
    number = old[1] if old else address.removeprefix("oai:arXiv.org:")
    lead = _LEAD.match(summary)
    abstract = without_html(_ABSTRACT.sub("", summary[lead.end() :] if lead else summary, count=1))
    names = (
        entry.all("author/name")
        or people.authors(readable(without_html(", ".join(entry.all("creator", "author"))))).names
    )
    version = arxiv_version(number) or ""
    date = entry.first("published") or (entry.first("pubDate", "date") if _is_new(entry) else "")
    paper = made(
        title[: old.start()] if old else title,
        source,
        authors=names,
        affiliations=entry.all("author/affiliation"),
        categories=[entry.primary, *entry.terms]
        if entry.terms
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
        raise _Broken("the entry has no title")
    return paper


def _is_new(entry: _Entry) -> bool:
    """Whether the day of a feed's item is that of the paper: it is not an older one that was changed."""
    return entry.first("announce_type") in ("", "new", "cross")
