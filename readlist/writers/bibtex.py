"""BibTeX: entries that bibtex and biber read without a warning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.link import link
from readlist.names import is_group, split_name
from readlist.paper import Entry, Paper
from readlist.writers.options import Options
from readlist.writers.tex import escape, title

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VENUE_FIELDS: Final = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
_KIND: Final = re.compile(r"[A-Za-z]+")
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_KEY_ENDS: Final = re.compile(r"[\s,{}()=\"#%~\\']")


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: ARG001, B008 — a frozen value
    """Yield one BibTeX entry after the other, a blank line between them."""
    for number, entry in enumerate(entries):
        yield ("\n" if number else "") + _entry(entry)


def _entry(entry: Entry) -> str:
    """Return one entry, a field a line."""
    paper = entry.paper
    kind = paper.kind if paper.kind and _KIND.fullmatch(paper.kind) else "misc"
    lines = [f"@{kind}{{{_KEY_ENDS.sub('', entry.citekey)},"]
    lines.extend(f"  {name} = {value}," for name, value in _fields(paper, kind))
    return "\n".join([*lines, "}\n"])


def _fields(paper: Paper, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the fields in their fixed order, each value with its delimiters."""
    yield "title", _braced(title(paper.title_raw, paper.title))
    authors = authors_field(paper)
    if authors:
        yield "author", _braced(authors)
    if paper.date:
        yield "year", _braced(paper.date[:4])
        if len(paper.date) > 4:  # noqa: PLR2004 — YYYY is all there is
            yield "month", _MONTHS[int(paper.date[5:7]) - 1]
    if paper.venue:
        yield _VENUE_FIELDS.get(kind, "howpublished"), _braced(escape(paper.venue))
    if paper.identifiers.arxiv:
        yield "eprint", _braced(escape(paper.identifiers.arxiv))
        yield "archivePrefix", "{arXiv}"
        if paper.categories and "/" not in paper.identifiers.arxiv:
            yield "primaryClass", _braced(escape(paper.categories[0]))
    if paper.identifiers.doi:
        yield "doi", _braced(escape(paper.identifiers.doi))
    address = link(paper)
    if address:
        yield "url", _braced(escape(address))
    if paper.kind:
        yield from _others(paper)


def _others(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the fields that the source had besides, as it wrote them if their braces balance."""
    known = {"title", "author", "year", "month", "eprint", "archiveprefix", "primaryclass", "doi", "url"}
    for name, value in paper.extra:
        if _FIELD.fullmatch(name) and name.casefold() not in known:
            yield name, _braced(value if _balanced(value) else escape(value))


def _braced(text: str) -> str:
    """Return `text` between the braces that delimit a field."""
    return f"{{{text}}}"


def _balanced(text: str) -> bool:
    """Whether every brace has its partner."""
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


def authors_field(paper: Paper) -> str:
    """Return the authors as BibTeX wants them: `von Last, Jr, First and … and others`."""
    names = [name for author in paper.authors if (name := _author(author))]
    if paper.authors_truncated and names:
        names.append("others")
    return " and ".join(names)


def _author(author: str) -> str:
    """Return one author; a group and whatever could be taken for two names is braced whole."""
    words = author.casefold().split()
    if is_group(author) or "and" in words or words == ["others"]:
        return _braced(escape(author)) if escape(author) else ""
    name = split_name(author)
    family = " ".join(part for part in (escape(name.particle), escape(name.last)) if part)
    parts = [part for part in (family, escape(name.suffix), escape(name.first)) if part]
    if len(parts) == 1 and " " in parts[0]:
        return _braced(parts[0])
    return ", ".join(parts)
