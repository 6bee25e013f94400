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
from readlist.names import Name
from readlist.paper import Entry, Paper
from readlist.text import safe_line, safe_text
from readlist.writers.described import authors, container, editors, plain_words, publisher
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

_THESES: Final = {
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
    """Return the item of a paper with those of the reader's marks that are asked for."""
    found = item(entry.citekey, entry.paper)
    if options.with_tags and entry.mark.tags:
        found["keyword"] = ", ".join(entry.mark.tags)
    if options.with_notes and entry.mark.notes:
        found["note"] = "\n\n".join(safe_text(note.text) for note in entry.mark.notes)
    return found


def item(key: str, paper: Paper) -> Item:
    """Return a paper as an item of CSL-JSON; what is not known is absent."""
    found: Item = {"id": safe_line(key), "type": item_type(paper), "title": safe_line(paper.title)}
    named = [_name(author) for author in authors(paper)]
    if paper.authors_truncated and named:
        named.append({"literal": "others"})
    if named:
        found["author"] = named
    if paper.date:
        found["issued"] = {"date-parts": [[int(part) for part in paper.date.split("-")]]}
    found |= _appeared(paper, str(found["type"]))
    found |= _others(paper, str(found["type"]))
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
    if found == "article-journal" and preprint:
        return "article"
    if found:
        return found
    if preprint:
        return "article"
    return "paper-conference" if _CONFERENCE.search(venue) else "article-journal"


def _appeared(paper: Paper, kind: str) -> Iterator[tuple[str, object]]:
    """Yield what the paper stands in, which is nothing for a preprint, who brought it out, and as what."""
    stands_in = container(paper) if kind != "article" else ""
    told = {"container-title": stands_in, "publisher": publisher(paper), "genre": _genre(paper)}
    yield from ((variable, value) for variable, value in told.items() if value)


def _genre(paper: Paper) -> str:
    """Return what sort of thesis, report or other thing a paper is; empty when nothing says so."""
    written = next((plain_words(raw) for field, raw in paper.extra if field.casefold() == "type"), "")
    kind = (paper.kind or "").casefold()
    return _THESES.get(written.casefold(), written) or (_THESES.get(kind, "") if kind.endswith("thesis") else "")


def _archived(found: Item, paper: Paper) -> None:
    """Say where on arXiv the paper is; a preprint has no other number and publisher."""
    number = safe_line(paper.identifiers.arxiv or "")
    found |= {"archive": "arXiv", "archive_location": number}
    if found["type"] == "article":
        found |= {"number": f"arXiv:{number}", "publisher": "arXiv"}


def _others(paper: Paper, kind: str) -> Iterator[tuple[str, object]]:
    """Yield what else the source said that CSL has a variable for."""
    for field, raw in paper.extra:
        variable = _FIELDS.get(field.casefold())
        if variable == "issue" and kind not in ("article-journal", "paper-conference"):
            variable = "number"
        value = plain_words(raw)
        if variable == "page":
            value = value.replace("--", "-").replace("–", "-")
        if variable and value:
            yield variable, value
        elif field.casefold() == "editor" and (named := editors(paper)):
            yield "editor", [_name(one) for one in named]
        elif field.casefold() == "urldate" and (day := _DAY.fullmatch(value)):
            yield "accessed", {"date-parts": [[int(part) for part in day.groups() if part]]}


def _name(parts: Name) -> dict[str, str]:
    """Return a name as CSL writes it: a group as it stands, a person in parts."""
    if parts.first or parts.particle or parts.suffix:
        found = {
            "family": parts.last, "given": parts.first, "non-dropping-particle": parts.particle, "suffix": parts.suffix
        }  # fmt: skip
        return {part: text for part, text in found.items() if text}
    is_word = " " not in parts.last and any(map(str.isalnum, parts.last))
    return {"family" if is_word else "literal": parts.last}
