"""Zotero's JSON: what its API answers, and what Better BibTeX exports (Zotero's item types and fields)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date as Date
from typing import Final

from readlist.names import split_name, spoken
from readlist.paper import Incoming, Paper, Rejected
from readlist.readers import reading
from readlist.readers.dates import loose_date
from readlist.readers.identifiers import identifiers
from readlist.readers.json_objects import Record, Unfit, inner, others, read_records, records, strings, text
from readlist.readers.making import made, venue_field, without_html
from readlist.text import safe_line, safe_verbatim

NAME: Final = "zotero"
"""The format's name."""

_LOOKS: Final = re.compile(r'\s*[\[{](?=[\s\S]*"itemType"\s*:)')
_NO_PAPERS: Final = frozenset(("attachment", "annotation"))
_KINDS: Final = {
    "journalArticle": "article", "magazineArticle": "article", "newspaperArticle": "article",
    "conferencePaper": "inproceedings", "bookSection": "incollection", "encyclopediaArticle": "incollection",
    "book": "book", "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished", "dataset": "dataset",
    "computerProgram": "software", "patent": "patent", "webpage": "online", "blogPost": "online",
}  # fmt: skip
"""Zotero's item types and BibTeX's; what is not here is `misc`."""
_VENUES: Final = (
    "publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "encyclopediaTitle", "university",
    "institution", "websiteTitle", "blogTitle",
)  # fmt: skip
_FIELDS: Final = {
    "volume": "volume", "issue": "number", "number": "number", "reportNumber": "number", "pages": "pages",
    "publisher": "publisher", "place": "address", "edition": "edition", "series": "series", "ISBN": "isbn",
    "ISSN": "issn", "language": "language", "url": "url", "accessDate": "urldate", "shortTitle": "shorttitle",
    "extra": "note", "university": "school", "institution": "institution", "repository": "repository",
}  # fmt: skip
_TAKEN: Final = (
    "itemType", "title", "creators", "date", "DOI", "abstractNote", "tags", "notes", "attachments", "relations",
    "collections", "citationKey", "citekey", "key", "version", "itemKey", "itemID", "libraryID", "uri", "select",
    "dateAdded", "dateModified", "parentItem", "deleted", "publicationTitle", "proceedingsTitle", "bookTitle",
    "seeAlso",
)  # fmt: skip
_OWN_KEY: Final = re.compile(r"^[^\S\n]*+citation key[^\S\n]*+:[^\S\n]*+(\S++)[^\S\n]*$", re.IGNORECASE | re.MULTILINE)
_MOST_WAITING: Final = 20_000
"""Items that wait for notes of their own at a time."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is of Zotero: its objects have its item types."""
    return _LOOKS.match(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the items as papers with their tags and notes; items that have notes of their own come last.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    waiting: dict[str, Incoming] = {}
    notes: dict[str, list[str]] = {}

    def make(record: Record) -> Iterator[Incoming]:
        item = inner(record, "data") or record
        key = text(item, "key", "itemKey")
        kind = text(item, "itemType")
        if kind in _NO_PAPERS:
            return
        if kind == "note":
            parent = text(item, "parentItem")
            if not parent:
                raise Unfit("the note belongs to no paper")
            notes.setdefault(parent, []).append(_note(text(item, "note")))
            return
        incoming = _incoming(item, source)
        if inner(record, "meta").get("numChildren") and key and len(waiting) < _MOST_WAITING:
            waiting[key] = incoming
            return
        yield incoming

    yield from read_records(lines, source, make)
    for key, incoming in waiting.items():
        made_notes = tuple(one for words in notes.pop(key, ()) if (one := reading.note(words)))
        yield replace(incoming, mark=replace(incoming.mark, notes=(*incoming.mark.notes, *made_notes)))
    for orphans in notes.values():
        for words in orphans:
            yield Rejected(1, "the note belongs to a paper that is not in the source", safe_verbatim(words), source)


def _incoming(item: Record, source: str) -> Incoming:
    """Return the paper that an item describes.

    Raises:
        Unfit: It has no title.
    """
    kind = _KINDS.get(text(item, "itemType"), "misc")
    venue = text(item, *_VENUES)
    creators = records(item, "creators")
    editors = [_name(one) for one in creators if text(one, "creatorType") == "editor"]
    more = text(item, "extra")
    places = (text(item, "archiveID"), text(item, "archiveLocation"), text(item, "url"), text(item, "number"), more)
    preprint = next((place for place in places if "arxiv" in place.casefold()), "")
    extra = [(_FIELDS.get(name, name), value) for name, value in others(item, _TAKEN)]
    words = [text(tag, "tag") for tag in records(item, "tags")]
    paper = made(
        text(item, "title", "caseName", "subject", "nameOfAct"),
        source,
        authors=[
            _name(one) for one in creators if text(one, "creatorType") in ("author", "presenter", "programmer", "")
        ],
        date=loose_date(text(item, "date")),
        abstract=text(item, "abstractNote"),
        identifiers=identifiers(preprint, text(item, "DOI") or (more if "doi" in more.casefold() else "")),
        venue=venue,
        kind=kind,
        extra=[(venue_field(kind), venue), *extra, ("editor", " and ".join(editors)), ("keywords", ", ".join(words))],
    )
    if paper is None:
        raise Unfit("the item has no title")
    own = _OWN_KEY.search(more)
    key = text(item, "citationKey", "citekey") or (own[1] if own else "")
    notes = [_note(one) for one in (*(text(one, "note") for one in records(item, "notes")), *strings(item, "notes"))]
    return Incoming(paper, safe_line(key) or None, reading.mark(tags=reading.tags(words), notes=notes))


def _name(creator: Record) -> str:
    """Return a creator's name in the order of speech."""
    whole = f"{text(creator, 'firstName')} {text(creator, 'lastName')}".strip()
    return text(creator, "name") or (spoken(split_name(whole)) if "," in whole else whole)


def _note(html: str) -> str:
    """Return the text of a note, which Zotero keeps as HTML."""
    return without_html(html).strip()
