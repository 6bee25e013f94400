"""Hayagriva, the YAML that Typst reads bibliographies from.

Every text is in double quotes. In titles and venues Hayagriva takes `$` for math, which Typst runs as code, and braces
for words whose case stays: all are escaped, and words with inner capitals are put in braces of ours. The reader's tags
and notes stand in fields that no style prints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.link import link
from readlist.names import Name, spoken
from readlist.paper import Entry, Paper
from readlist.text import safe_line
from readlist.writers.described import (
    authors,
    container,
    editors,
    full_title,
    is_person,
    notes,
    other_fields,
    page_range,
)
from readlist.writers.kinds import kind_of
from readlist.writers.options import Options

_TYPES: Final = {
    "article": ("article", "periodical"), "inproceedings": ("article", "proceedings"),
    "conference": ("article", "proceedings"), "incollection": ("anthos", "anthology"), "inbook": ("chapter", "book"),
    "book": ("book", "book"), "booklet": ("book", "book"), "proceedings": ("proceedings", "proceedings"),
    "collection": ("anthology", "anthology"), "phdthesis": ("thesis", "anthology"),
    "mastersthesis": ("thesis", "anthology"), "thesis": ("thesis", "anthology"), "techreport": ("report", "anthology"),
    "report": ("report", "anthology"), "manual": ("reference", "anthology"), "unpublished": ("manuscript", "anthology"),
    "online": ("web", "web"), "electronic": ("web", "web"), "patent": ("patent", "anthology"),
    "dataset": ("repository", "repository"), "software": ("repository", "repository"),
}  # fmt: skip
"""BibTeX's types of entries, Hayagriva's, and the type of what they appeared in."""

_PREPRINT: Final = ("article", "repository")
"""An article in a repository; as `misc`, Typst's styles print no year."""

_OTHERS: Final = {
    "publisher": "publisher", "address": "location", "location": "location", "school": "organization",
    "institution": "organization", "edition": "edition", "isbn": "isbn", "issn": "issn",
}  # fmt: skip
"""Fields of a .bib file and Hayagriva's for the same."""

_OTHERS_TOO: Final = Name("", "", "others", "")
"""Stands for the authors that a cut list leaves out, as in BibTeX."""

_NUMBERS: Final = frozenset({"edition", "isbn", "issn"})
"""Those of them that stand as they are."""

_NOT_YAML: Final = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML's double quotes cannot hold as it is (YAML 1.2, 5.1), line separators and the byte order mark included."""

_CASED: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[\\{}$]")


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one entry after the other, a blank line between them; a bibliography without entries is `{}`."""
    number = 0
    for number, entry in enumerate(entries, 1):
        lines = [f"{_quoted(safe_line(entry.citekey))}:", *(f"  {line}" for line in _lines(entry, options))]
        yield ("\n" if number > 1 else "") + "\n".join(lines) + "\n"
    if not number:
        yield "{}\n"


def _lines(entry: Entry, options: Options) -> Iterator[str]:
    """Yield the lines of an entry."""
    paper = entry.paper
    fields = other_fields(paper)
    kind, parent = _TYPES.get(kind_of(paper).casefold(), _PREPRINT)
    yield f"type: {kind}"
    yield f"title: {_formatted(full_title(paper))}"
    others = [_OTHERS_TOO] if paper.authors and paper.authors_truncated else []
    yield from _people("author", [*authors(paper), *others])
    yield from _people("editor", editors(paper))
    if paper.date:
        yield f"date: {_quoted(paper.date)}"
    for name, own in _OTHERS.items():
        if name in fields:
            yield f"{own}: {_quoted(fields[name]) if own in _NUMBERS else _formatted(fields[name])}"
    pages = "-".join(part for part in page_range(fields.get("pages", "")) if part)
    if pages:
        yield f"page-range: {_quoted(pages)}"
    address = link(paper)
    if address:
        yield f"url: {_quoted(address)}"
    stands_alone = not container(paper, fields) and not paper.identifiers.arxiv
    if stands_alone and "volume" in fields:
        yield f"volume: {_quoted(fields['volume'])}"
    serial = fields.get("number") if stands_alone else None
    numbers = {"serial": serial, "doi": paper.identifiers.doi, "arxiv": paper.identifiers.arxiv}
    if any(numbers.values()):
        yield "serial-number:"
        yield from (f"  {name}: {_quoted(safe_line(number))}" for name, number in numbers.items() if number)
    yield from _parent(paper, fields, parent)
    if options.with_tags and entry.mark.tags:
        yield f"keywords: [{', '.join(_quoted(safe_line(tag)) for tag in entry.mark.tags)}]"
    if options.with_notes and (written := notes(entry)):
        yield f"annotation: {_quoted(chr(10).join(written))}"


def _parent(paper: Paper, fields: dict[str, str], kind: str) -> Iterator[str]:
    """Yield what a paper appeared in: its venue, else arXiv."""
    venue = container(paper, fields)
    on_arxiv = kind == "repository" and paper.identifiers.arxiv
    if not venue and not on_arxiv:
        return
    yield "parent:"
    yield f"  type: {kind}"
    yield f"  title: {_formatted(venue or 'arXiv')}"
    if volume := fields.get("volume"):
        yield f"  volume: {_quoted(volume)}"
    if issue := fields.get("number", fields.get("issue")):
        yield f"  issue: {_quoted(issue)}"


def _people(field: str, names: list[Name]) -> Iterator[str]:
    """Yield a field of names, a name a line."""
    if names:
        yield f"{field}:"
    for name in names:
        yield f"  - {_person(name)}"


def _person(name: Name) -> str:
    """Return a name as `Last, First`; in parts where Hayagriva would divide that otherwise; a group's name whole."""
    if not is_person(name):
        return f"{{ name: {_quoted(spoken(name))} }}"
    if not name.suffix and not name.particle and "," not in name.first and not name.last[:1].islower():
        return _quoted(f"{name.last}, {name.first}")
    parts = {"name": name.last, "given-name": name.first, "prefix": name.particle, "suffix": name.suffix}
    return "{ " + ", ".join(f"{part}: {_quoted(text)}" for part, text in parts.items() if text) + " }"


def _formatted(text: str) -> str:
    """Return a text that Hayagriva may change the case of, quoted: its own signs escaped, acronyms and names braced."""
    return _quoted(_CASED.sub(lambda found: _word(found[0]), safe_line(text)))


def _word(word: str) -> str:
    """Return a word of a title, braced if it has inner capitals, or a sign of Hayagriva's, escaped."""
    if word in ("\\", "{", "}", "$"):
        return f"\\{word}"
    return f"{{{word}}}" if any(char.isupper() for char in word[1:]) else word


def _quoted(text: str) -> str:
    """Return a text in YAML's double quotes, which hold whatever JSON's do."""
    return _NOT_YAML.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(text, ensure_ascii=False))
