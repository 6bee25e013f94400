"""CSL's items, whatever they are written in: what processors of citations read (CSL-data schema 1.0.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readlist.mark import UNMARKED
from readlist.names import Name, spoken
from readlist.paper import Identifiers, Incoming
from readlist.readers import csl_dates, people, reading
from readlist.readers.identifiers import identifiers
from readlist.readers.json_objects import Record, Unfit, others, records, strings, text
from readlist.readers.making import made, publisher_field, venue_field
from readlist.readers.name_lists import listed, parted, untold
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
    "book-chapter": "incollection", "dissertation": "phdthesis", "article": "misc", "posted-content": "misc",
}  # fmt: skip
"""CSL's types and BibTeX's; what is not here is `misc`."""
_OLD_NAMES: Final = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "dissertation": "thesis", "posted-content": "article",
}  # fmt: skip
"""Crossref's types, and CSL's for the same."""

_BACK: Final = {
    "article": "article-journal", "inproceedings": "paper-conference", "incollection": "chapter", "book": "book",
    "phdthesis": "thesis", "techreport": "report", "unpublished": "manuscript", "dataset": "dataset",
    "software": "software", "patent": "patent", "online": "webpage", "misc": "article",
}  # fmt: skip
"""BibTeX's types and the one of CSL's that each stands for; any other is kept as the field `csl-type`."""

FIELDS: Final = {
    "volume": "volume", "issue": "number", "number": "number", "page": "pages", "publisher": "publisher",
    "publisher-place": "address", "edition": "edition", "collection-title": "series", "ISBN": "isbn", "ISSN": "issn",
    "language": "language", "note": "note", "URL": "url", "keyword": "keywords", "chapter-number": "chapter",
    "title-short": "shorttitle", "shortTitle": "shorttitle", "genre": "type", "journalAbbreviation": "shortjournal",
    "container-title-short": "shortjournal", "number-of-pages": "pagetotal", "number-of-volumes": "volumes",
    "event-title": "eventtitle", "event": "eventtitle", "event-date": "eventdate", "original-date": "origdate",
    "original-title": "origtitle", "original-publisher": "origpublisher", "original-publisher-place": "origlocation",
    "accessed": "urldate", "translator": "translator", "container-author": "bookauthor", "status": "pubstate",
}  # fmt: skip
"""Variables of CSL, and what a .bib file calls them."""

NAMES: Final = frozenset(
    "editor translator container-author collection-editor editorial-director chair compiler composer contributor "
    "curator director executive-producer guest host illustrator interviewer narrator organizer original-author "
    "performer producer recipient reviewed-author script-writer series-creator".split()
)
"""Variables of CSL that list people, but for the authors."""
DATES: Final = frozenset(("accessed", "available-date", "event-date", "original-date", "submitted"))
"""Variables of CSL that are dates, but for `issued`."""

_TAKEN: Final = frozenset(
    ("id", "citation-key", "type", "title", "author", "issued", "DOI", "abstract", "container-title")
)
_OF_PREPRINTS: Final = ("archive", "archive_location", "number", "publisher")
"""Variables that say no more of a preprint than its arXiv id does, if that stands in them."""
_CROSSREF: Final = frozenset(
    "alternative-id assertion content-created content-domain content-updated created deposited indexed "
    "is-referenced-by-count isbn-type issn-type journal-issue license link member prefix published published-online "
    "published-print reference reference-count references-count relation resource score source subject "
    "update-policy".split()
)
"""What Crossref says of its own records, what a paper cites, and what other variables say too."""
_HEADING: Final = re.compile(r"\s*<(?:jats:)?title>\s*(?:abstract|summary)\s*</(?:jats:)?title>", re.IGNORECASE)
"""What publishers have Crossref print above an abstract."""
_NOT_KEY: Final = re.compile(r"[/\s]|^\d+$")


def incoming(record: Record, source: str) -> Incoming:
    """Return the paper that an item describes, its id as citation key, unless it is an address or a number.

    Raises:
        Unfit: It has no title.
    """
    sort = text(record, "type")
    kind = _KINDS.get(sort, "misc")
    if kind == "phdthesis" and "master" in text(record, "genre").casefold():
        kind = "mastersthesis"
    authors = _people(record.get("author"))
    truncated = bool(authors) and spoken(authors[-1]).casefold() in ("others", "et al.", "et al")
    authors = authors[:-1] if truncated else authors
    venues = strings(record, "container-title")
    venue = next(iter(venues), "") or text(record, "event-title", "event")
    issued = csl_dates.of(record.get("issued"))
    found = identifiers(_preprint(record), text(record, "DOI"))
    titles = [one for one in strings(record, "title") if one.strip()]
    key = text(record, "citation-key") or text(record, "id")
    key = "" if _NOT_KEY.search(key) else safe_line(key)
    paper = made(
        next(iter(titles), "") or text(record, "title", "title-short"),
        source,
        authors=(spoken(name).strip("{}") if name.whole else spoken(name) for name in authors),
        authors_truncated=truncated,
        affiliations=_affiliations(record.get("author")),
        date=issued.date,
        abstract=_HEADING.sub("", text(record, "abstract")),
        identifiers=found,
        venue=venue,
        kind=kind,
        extra=[
            ("author", listed(authors) if any(name.whole for name in authors) else untold(authors)),
            (venue_field(kind), venue if venues else ""),
            *(("container-title", one) for one in venues[1:]),
            *(("other-title", one) for one in titles[1:]),
            *issued.extra,
            *_others(record, kind, found),
            ("csl-type", sort if sort and _BACK.get(kind) != _OLD_NAMES.get(sort, sort) else ""),
            ("csl-id", "" if key else text(record, "id")),
            ("doi", "" if found.doi else text(record, "DOI")),
            ("orcid", ", ".join(text(one, "ORCID") for one in records(record, "author") if text(one, "ORCID"))),
        ],
    )
    if paper is None:
        raise Unfit("the item has no title")
    words = reading.keywords(text(record, "keyword"))
    mark = reading.mark(tags=reading.tags(words)) if words else UNMARKED
    return Incoming(paper, key or None, mark)


def _others(record: Record, kind: str, found: Identifiers) -> Iterator[tuple[str, str]]:
    """Yield the other variables, under the names that they have in a .bib file."""
    on_arxiv = ("arxiv", found.arxiv, f"arxiv:{found.arxiv}") if found.arxiv else ()
    for name, value in others(record, _TAKEN | _CROSSREF if "indexed" in record or "member" in record else _TAKEN):
        field = publisher_field(kind) if name == "publisher" else FIELDS.get(name, name)
        if name in NAMES:
            yield field, listed(_people(record.get(name)))
        elif name in DATES:
            yield field, csl_dates.as_text(record.get(name))
        elif (texts := strings(record, name)) and isinstance(record.get(name), list):
            yield field, ", ".join(texts)
        elif name == "number" and "issue" in record:
            yield "eid", value
        elif not (name in _OF_PREPRINTS and value.casefold() in on_arxiv):
            yield field, value


def _preprint(record: Record) -> str:
    """Return what may name a preprint at arXiv."""
    if text(record, "archive").casefold() == "arxiv" and record.get("archive_location"):
        return text(record, "archive_location")
    for key in ("number", "URL", "archive_location", "note", "archive"):
        if "arxiv" in (found := text(record, key)).casefold():
            return found
    return ""


def _people(value: object) -> list[Name]:
    """Return the people that a variable lists: as CSL's objects, or as names in the way that people write them."""
    if isinstance(value, str):
        written = people.authors(value)
        return [parted(name) for name in (*written.names, *(["others"] if written.truncated else []))]
    names = (parted(one) if isinstance(one, str) else _parts(one) for one in _several(value) if one)
    return [name for name in names if name.last or name.first]


def _several(value: object) -> list[object]:
    """Return the items of an array, or the one value that stands there."""
    return value if isinstance(value, list) else [value]


def _affiliations(value: object) -> Iterator[str]:
    """Yield where the authors are, as Crossref has it beside their names."""
    if isinstance(value, str):
        yield from people.authors(value).affiliations
    for person in value if isinstance(value, list) else ():
        if isinstance(person, dict):
            yield from strings(person, "affiliation")
            yield from (text(place, "name") for place in records(person, "affiliation"))


def _parts(person: object) -> Name:
    """Return the parts of a name; what is no name at all is one as it stands."""
    if not isinstance(person, dict):
        return Name("", "", str(person), "")
    if literal := text(person, "literal"):
        whole = " " not in literal and literal.casefold() != "others"
        return Name("", "", f"{{{literal}}}" if whole else literal, "", whole)
    particle = " ".join(
        one for one in (text(person, "dropping-particle"), text(person, "non-dropping-particle")) if one
    )
    family, given = text(person, "family"), text(person, "given")
    if not family and not given:
        return Name("", "", text(person, "name"), "")  # Crossref's groups
    return Name(given, particle, family, text(person, "suffix"))
