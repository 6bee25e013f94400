"""Zotero's JSON: what its API answers, and what Better BibTeX exports (Zotero's item types and fields)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from msgspec.structs import replace

from readlist.markup import plain as without_marks
from readlist.names import Name, split_name, spoken
from readlist.paper import Incoming, Paper, Rejected
from readlist.readers import reading
from readlist.readers.dates import dated
from readlist.readers.identifiers import identifiers
from readlist.readers.json_objects import Record, Unfit, inner, others, read_located, records, text
from readlist.readers.making import made, venue_field
from readlist.readers.name_lists import listed, parted, untold
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
_ALSO: Final = frozenset(("magazineArticle", "newspaperArticle", "encyclopediaArticle", "blogPost"))
"""Types that share one of BibTeX's with another, and are kept as a field."""
_VENUES: Final = (
    "publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "encyclopediaTitle", "university",
    "institution", "websiteTitle", "blogTitle",
)  # fmt: skip
_FIELDS: Final = {
    "volume": "volume", "issue": "number", "number": "number", "reportNumber": "number",
    "patentNumber": "number", "pages": "pages",
    "publisher": "publisher", "place": "address", "edition": "edition", "series": "series", "ISBN": "isbn",
    "ISSN": "issn", "language": "language", "url": "url", "accessDate": "urldate", "shortTitle": "shorttitle",
    "extra": "note", "university": "school", "institution": "institution", "repository": "repository",
    "numPages": "pagetotal", "numberOfVolumes": "volumes", "journalAbbreviation": "shortjournal",
    "thesisType": "type", "reportType": "type", "manuscriptType": "type", "websiteType": "type",
    "presentationType": "type", "genre": "type", "versionNumber": "version", "company": "publisher",
    "rights": "copyright", "libraryCatalog": "library", "dateAdded": "creationdate",
    "dateModified": "modificationdate",
}  # fmt: skip
"""Zotero's fields, and what a .bib file calls them."""
_AUTHORS: Final = frozenset(
    ("author", "presenter", "programmer", "inventor", "artist", "cartographer", "director", "interviewee", "podcaster",
     "performer", "composer", "sponsor", "")
)  # fmt: skip
"""The creators who stand first in each of Zotero's item types."""
_PEOPLE: Final = {
    "bookAuthor": "bookauthor", "seriesEditor": "series-editor", "reviewedAuthor": "reviewed-author",
    "castMember": "cast-member", "scriptwriter": "script-writer", "attorneyAgent": "attorney", "editor": "editor",
    "translator": "translator", "commenter": "commentator",
}  # fmt: skip
"""Other creators, and the field that lists them."""
_TAKEN: Final = (
    "itemType", "title", "creators", "date", "DOI", "abstractNote", "tags", "notes", "attachments", "citationKey",
    "citekey", "key", "version", "itemKey", "itemID", "libraryID", "uri", "select", "parentItem", "deleted",
    "collections", "seeAlso", "relations",
)  # fmt: skip
"""Fields that are read by themselves, and those in which Zotero keeps its own accounts."""
_DATES: Final = ("date", "issueDate", "dateEnacted", "dateDecided")
"""Where Zotero's item types have their date; the first that is said is meant."""
_OWN_KEY: Final = re.compile(r"^[^\S\n]*+citation key[^\S\n]*+:[^\S\n]*+(\S++)[^\S\n]*$", re.IGNORECASE | re.MULTILINE)
_MOST_WAITING: Final = 20_000
"""Items that wait for notes of their own at a time."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is of Zotero: its objects have its item types."""
    return _LOOKS.match(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the items as papers with their tags and notes; items that may have notes of their own come last.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    waiting: dict[str, Incoming] = {}
    notes: dict[str, list[tuple[int, Record]]] = {}

    def make(record: Record, line: int) -> Iterator[Incoming]:
        item = inner(record, "data") or record
        key = text(item, "key", "itemKey")
        kind = text(item, "itemType")
        if kind in _NO_PAPERS:
            return
        if kind == "note":
            parent = text(item, "parentItem")
            if not parent:
                raise Unfit("the note belongs to no paper")
            notes.setdefault(parent, []).append((line, item))
            return
        incoming = _incoming(item, source)
        children = inner(record, "meta").get("numChildren", "notes" not in item)
        if children and key and key not in waiting and len(waiting) < _MOST_WAITING:
            waiting[key] = incoming
            return
        yield incoming

    yield from read_located(lines, source, make)
    for key, incoming in waiting.items():
        found = (_note(text(item, "note")) for _, item in notes.pop(key, ()))
        made_notes = tuple(one for words in found if (one := reading.note(words)))
        yield replace(incoming, mark=replace(incoming.mark, notes=(*incoming.mark.notes, *made_notes)))
    for orphans in notes.values():
        for line, item in orphans:
            written = safe_verbatim(json.dumps(item, ensure_ascii=False))
            yield Rejected(line, "the note belongs to a paper that is not in the source", written, source)


def _incoming(item: Record, source: str) -> Incoming:
    """Return the paper that an item describes.

    Raises:
        Unfit: It has no title.
    """
    sort = text(item, "itemType")
    kind = _KINDS.get(sort, "misc")
    venue = text(item, *_VENUES)
    people = _creators(item)
    authors = people.pop("author", [])
    more = text(item, "extra")
    places = (text(item, "archiveID"), text(item, "archiveLocation"), text(item, "url"), text(item, "number"), more)
    preprint = next((place for place in places if "arxiv" in place.casefold()), "")
    found = identifiers(preprint, text(item, "DOI") or (more if "doi" in more.casefold() else ""))
    words = [word for tag in _listed(item, "tags") if (word := tag if isinstance(tag, str) else text(tag, "tag"))]
    written = dated(text(item, *_DATES))
    paper = made(
        text(item, "title", "caseName", "subject", "nameOfAct"),
        source,
        authors=map(spoken, authors),
        date=written.date,
        abstract=text(item, "abstractNote"),
        identifiers=found,
        venue=venue,
        kind=kind,
        extra=[
            (venue_field(kind), venue),
            *written.extra,
            *_others(item, venue),
            ("author", untold(authors)),
            *((field, listed(names)) for field, names in people.items()),
            ("keywords", ", ".join(words)),
            ("doi", "" if found.doi else text(item, "DOI")),
            ("file", "; ".join(text(one, "path", "url", "title") for one in records(item, "attachments"))),
            ("zotero-type", sort if kind == "misc" or sort in _ALSO else ""),
        ],
    )
    if paper is None:
        raise Unfit("the item has no title")
    own = _OWN_KEY.search(more)
    key = text(item, "citationKey", "citekey") or (own[1] if own else "")
    notes = [_note(one if isinstance(one, str) else text(one, "note")) for one in _listed(item, "notes")]
    return Incoming(paper, safe_line(key) or None, reading.mark(tags=reading.tags(words), notes=notes))


def _others(item: Record, venue: str) -> Iterator[tuple[str, str]]:
    """Yield the other fields, under the names that they have in a .bib file."""
    for name, value in others(item, _TAKEN):
        if value != venue or name not in ("publicationTitle", "proceedingsTitle", "bookTitle"):
            yield _FIELDS.get(name, name), value


def _listed(item: Record, name: str) -> list[Record | str]:
    """Return the objects and texts of an array, or the one that stands there."""
    value = item.get(name)
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict | str)]


def _creators(item: Record) -> dict[str, list[Name]]:
    """Return who made what an item describes, by the field that lists them."""
    found: dict[str, list[Name]] = {}
    for one in _listed(item, "creators"):
        part = text(one, "creatorType") if isinstance(one, dict) else ""
        field = "author" if part in _AUTHORS else _PEOPLE.get(part, part)
        found.setdefault(field, []).append(_name(one) if isinstance(one, dict) else parted(one))
    return found


def _name(creator: Record) -> Name:
    """Return the parts of a creator's name; that of a group has one."""
    first, last = text(creator, "firstName"), text(creator, "lastName")
    if whole := text(creator, "name"):
        return Name("", "", whole, "")
    if first and last and "," not in first and "," not in last:
        family = split_name(f"x {last}")  # a particle and a suffix stand with the family name
        return (
            Name(first, family.particle, family.last, family.suffix)
            if family.first == "x"
            else Name(first, "", last, "")
        )
    return split_name(f"{last}, {first}" if first and last else f"{first}{last}")


def _note(html: str) -> str:
    """Return the text of a note, which Zotero keeps as HTML."""
    return without_marks(html).strip()
