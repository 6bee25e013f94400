"""CSL-JSON: an array of items as citation processors read them (CSL-data schema 1.0.2).

CSL has no field that says that a list of authors was cut. An item of such a paper ends its authors with
`{"literal": "others"}`: leaving it out would state that the list is complete; pandoc prints it as `et al.`, other
processors as the word `others`. readlist's own citations print what each style prints for more authors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.publication import is_preprint
from readlist.text import safe_line, safe_text
from readlist.writers.csl_whole import csl_name, whole
from readlist.writers.described import (
    authors,
    between,
    container,
    editors,
    full_title,
    keywords,
    new_tags,
    other_fields,
    publisher,
)
from readlist.writers.options import Options

Item = dict[str, object]
"""One item of CSL-JSON."""

_TYPES: Final = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "incollection": "chapter", "inbook": "chapter", "book": "book", "booklet": "book", "proceedings": "book",
    "collection": "book", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "manual": "report", "dataset": "dataset", "software": "software",
    "patent": "patent", "online": "webpage", "electronic": "webpage", "unpublished": "manuscript",
}  # fmt: skip
"""BibTeX's entry types and CSL's."""

_FIELDS: Final = {
    "volume": "volume", "number": "issue", "issue": "issue", "pages": "page", "address": "publisher-place",
    "location": "publisher-place", "edition": "edition", "series": "collection-title", "isbn": "ISBN", "issn": "ISSN",
    "chapter": "chapter-number", "langid": "language", "language": "language", "version": "version",
}  # fmt: skip
"""Fields of a .bib file and the variables of CSL that say the same."""

_SORTS: Final = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis", "techreport": "Technical report",
    "resreport": "Research report",
}  # fmt: skip
"""What BibTeX's types, and the words for a `type` that BibLaTeX knows, stand for."""

_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_ARXIV: Final = re.compile(r"\barxiv\b|^corr$|^computing research repository$", re.IGNORECASE)
_CONFERENCE: Final = re.compile(
    r"\b(proceedings|proc|conference|conf|workshop|symposium|annual meeting|neurips|nips|icml|iclr|aaai|ijcai|aistats|"
    r"uai|colt|acl|naacl|eacl|emnlp|coling|conll|cvpr|iccv|eccv|bmvc|icra|iros|corl|rss|kdd|sigir|siggraph|chi|"
    r"interspeech|icassp|aamas|advances in neural information processing systems|pmlr)\b",
    re.IGNORECASE,
)
"""What a venue says of itself when it is a conference; its proceedings are no journal."""


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield the array piece by piece; one without entries is `[]`."""
    opened = False
    for entry in entries:
        text = json.dumps(_with_marks(entry, options), ensure_ascii=False, indent=2)
        indented = text.replace("\n", "\n  ")
        yield f"{',' if opened else '['}\n  {indented}"
        opened = True
    yield "\n]\n" if opened else "[]\n"


def _with_marks(entry: Entry, options: Options) -> Item:
    """Return the item of a paper, whole, with those of the reader's marks that are asked for."""
    found = item(entry.citekey, entry.paper)
    found |= whole(entry.paper, found, private=options.with_notes)
    if options.with_tags and entry.mark.tags:
        words = [*keywords(entry.paper), *new_tags(entry)]
        found["keyword"] = between(words).join(words)
    if options.with_notes and entry.mark.notes:
        before = str(found.get("note", ""))
        texts = (safe_text(note.text) for note in entry.mark.notes)
        found["note"] = "\n\n".join(filter(None, [before, *(text for text in texts if text not in before)]))
    return found


def item(key: str, paper: Paper) -> Item:
    """Return a paper as an item of CSL-JSON; what is not known is absent."""
    found: Item = {"id": safe_line(key), "type": item_type(paper), "title": full_title(paper)}
    named = [csl_name(author) for author in authors(paper)]
    if paper.authors_truncated and named:
        named.append({"literal": "others"})
    if named:
        found["author"] = named
    if paper.date:
        found["issued"] = {"date-parts": [[int(part) for part in paper.date.split("-")]]}
    fields = other_fields(paper)
    found |= _appeared(paper, fields, str(found["type"]))
    found |= _others(paper, fields, str(found["type"]))
    if paper.identifiers.arxiv:
        _archived(found, paper)
    if paper.identifiers.doi:
        found["DOI"] = safe_line(paper.identifiers.doi)
    address = link(paper)
    if address:
        found["URL"] = address
    if paper.abstract:
        found["abstract"] = safe_text(paper.abstract)
    return found


def item_type(paper: Paper) -> str:
    """Return CSL's type of a paper: what its source calls it, else what its venue says, else `article`, a preprint."""
    venue = safe_line(paper.venue or "")
    preprint = not venue or bool(_ARXIV.search(venue))
    found = _TYPES.get((paper.kind or "").casefold())
    if found == "article-journal" and preprint and (venue or paper.identifiers.arxiv):
        return "article"
    if found:
        return found
    if preprint:
        return "article"
    return "paper-conference" if _CONFERENCE.search(venue) else "article-journal"


def _appeared(paper: Paper, fields: dict[str, str], kind: str) -> Iterator[tuple[str, object]]:
    """Yield what the paper stands in, which is nothing for a preprint, who brought it out, and as what."""
    stands_in = container(paper, fields) if kind != "article" else ""
    told = {"container-title": stands_in, "publisher": publisher(paper, fields), "genre": _genre(paper, fields)}
    yield from ((variable, value) for variable, value in told.items() if value)


def _genre(paper: Paper, fields: dict[str, str]) -> str:
    """Return what sort of thesis, report or other thing a paper is; empty when nothing says so."""
    written = fields.get("type", "")
    kind = (paper.kind or "").casefold()
    return _SORTS.get(written.casefold(), written) or _SORTS.get(kind, "")


def _archived(found: Item, paper: Paper) -> None:
    """Say where on arXiv the paper is; a preprint has no other number and publisher."""
    number = safe_line(paper.identifiers.arxiv or "")
    if found["type"] == "article":
        for variable in ("number", "publisher"):
            found.pop(variable, None)
    found |= {"archive": "arXiv", "archive_location": number}
    if found["type"] == "article":
        found |= {"number": f"arXiv:{number}", "publisher": "arXiv"}


def _others(paper: Paper, fields: dict[str, str], kind: str) -> Iterator[tuple[str, object]]:
    """Yield what else the source said that CSL has a variable for, in the order of `_FIELDS`."""
    for field, variable in _FIELDS.items():
        if field not in fields or (field == "volume" and paper.identifiers.arxiv and is_preprint(fields[field])):
            continue
        name = "number" if variable == "issue" and kind not in ("article-journal", "paper-conference") else variable
        value = fields[field]
        yield name, value.replace("--", "-").replace("–", "-") if name == "page" else value
    if named := editors(paper):
        yield "editor", [csl_name(one) for one in named]
    if day := _DAY.fullmatch(fields.get("urldate", "")):
        yield "accessed", {"date-parts": [[int(part) for part in day.groups() if part]]}
