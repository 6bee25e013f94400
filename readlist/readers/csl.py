"""CSL's items, whatever they are written in: what processors of citations read (CSL-data schema 1.0.2)."""

from __future__ import annotations

import re
from typing import Final

from readlist.mark import UNMARKED
from readlist.names import Name, spoken
from readlist.paper import Incoming
from readlist.readers import reading
from readlist.readers.dates import checked, loose_date
from readlist.readers.identifiers import identifiers
from readlist.readers.json_objects import Record, Unfit, inner, others, records, strings, text
from readlist.readers.making import made, venue_field
from readlist.text import safe_line

TYPES: Final = (
    r"(?:article(?:-\w+)?|journal-article|proceedings-article|posted-content|book-chapter|paper-conference|book|chapter|thesis|report|webpage|dataset|software|manuscript|"
    r"post(?:-weblog)?|entry(?:-\w+)?|reference-entry|speech|patent|review(?:-book)?|document|periodical|collection|event)"
)
"""What CSL's types look like, and those that Crossref has in their place."""
_KINDS: Final = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "chapter": "incollection", "entry": "incollection", "book": "book",
    "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished", "dataset": "dataset",
    "software": "software", "patent": "patent", "webpage": "online", "collection": "collection",
    "periodical": "periodical", "journal-article": "article", "proceedings-article": "inproceedings",
    "book-chapter": "incollection", "dissertation": "phdthesis",
}  # fmt: skip
"""CSL's types and BibTeX's; what is not here is `misc`."""

FIELDS: Final = {
    "volume": "volume", "issue": "number", "number": "number", "page": "pages", "publisher": "publisher",
    "publisher-place": "address", "edition": "edition", "collection-title": "series", "ISBN": "isbn", "ISSN": "issn",
    "language": "language", "note": "note", "URL": "url", "keyword": "keywords", "chapter-number": "chapter",
    "title-short": "shorttitle",
}  # fmt: skip
"""Variables of CSL, and what a .bib file calls them."""

_TAKEN: Final = (
    "id",
    "citation-key",
    "type",
    "title",
    "author",
    "issued",
    "DOI",
    "abstract",
    "container-title",
    "editor",
)
_NUMBER: Final = re.compile(r"\d{1,4}", re.ASCII)
_NOT_KEY: Final = re.compile(r"[/\s]|^\d+$")


def incoming(record: Record, source: str) -> Incoming:
    """Return the paper that an item describes, its id as citation key, unless it is an address or a number.

    Raises:
        Unfit: It has no title.
    """
    kind = _KINDS.get(text(record, "type"), "misc")
    people = [_spoken(one) for one in records(record, "author")]
    truncated = bool(people) and people[-1].casefold() in ("others", "et al.", "et al")
    venue = next(iter(strings(record, "container-title")), "") or text(record, "event-title", "event")
    extra = [(FIELDS.get(name, name), value) for name, value in others(record, _TAKEN)]
    editors = " and ".join(one for person in records(record, "editor") if (one := _turned(person)))
    paper = made(
        text(record, "title") or next(iter(strings(record, "title")), "") or text(record, "title-short"),
        source,
        authors=people[:-1] if truncated else people,
        authors_truncated=truncated,
        date=_date(record),
        abstract=text(record, "abstract"),
        identifiers=identifiers(_preprint(record), text(record, "DOI")),
        venue=venue,
        kind=kind,
        extra=[(venue_field(kind), venue), *extra, ("editor", editors)],
    )
    if paper is None:
        raise Unfit("the item has no title")
    words = reading.keywords(text(record, "keyword"))
    key = text(record, "citation-key") or text(record, "id")
    mark = reading.mark(tags=reading.tags(words)) if words else UNMARKED
    return Incoming(paper, None if _NOT_KEY.search(key) else safe_line(key) or None, mark)


def _preprint(record: Record) -> str:
    """Return what may name a preprint at arXiv."""
    if text(record, "archive").casefold() == "arxiv" and record.get("archive_location"):
        return text(record, "archive_location")
    for key in ("number", "URL", "archive_location", "note", "archive"):
        if "arxiv" in (found := text(record, key)).casefold():
            return found
    return ""


def _spoken(person: Record) -> str:
    """Return a name in the order of speech."""
    if text(person, "literal"):
        return text(person, "literal")
    particle = " ".join(
        one for one in (text(person, "dropping-particle"), text(person, "non-dropping-particle")) if one
    )
    return spoken(Name(text(person, "given"), particle, text(person, "family"), text(person, "suffix")))


def _turned(person: Record) -> str:
    """Return a name as a .bib file has it."""
    if text(person, "literal"):
        return f"{{{text(person, 'literal')}}}"
    family = f"{text(person, 'non-dropping-particle')} {text(person, 'family')}".strip()
    return ", ".join(part for part in (family, text(person, "suffix"), text(person, "given")) if part)


def _date(record: Record) -> str | None:
    """Return the date of an item, as far as it is said: as CSL-JSON, or pandoc and citeproc's YAML write it."""
    issued = inner(record, "issued")
    listed = records(record, "issued")  # a range is a list of two
    issued = issued or (listed[0] if listed else {})
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else [issued.get(name) for name in ("year", "month", "day")]
    numbers: list[int] = []
    for part in first if isinstance(first, list) else ():
        if not _NUMBER.fullmatch(str(part)):
            break
        numbers.append(int(part))
    if numbers and numbers[0] > 0:
        return checked(*numbers[:3]) or checked(*numbers[:1])
    return loose_date(text(issued, "raw", "literal") or text(record, "issued"))
