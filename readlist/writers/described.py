"""What several formats say of a paper, as plain words: names turned round, the source's other fields, notes."""

from __future__ import annotations

import re
from typing import Final

from readlist.latex import readable
from readlist.link import link
from readlist.names import Name, is_group, split_name
from readlist.paper import Entry, Identifiers, Paper
from readlist.text import safe_line, safe_verbatim

ET_AL: Final = "et al."
"""What ends a list of authors that its source cut, where a format has no way of its own to say so."""

_AND: Final = re.compile(r"\s+and\s+")
_RANGE: Final = re.compile(r"\s*[-‐-―]+\s*")


def person(author: str) -> Name | None:
    """Return the parts of a person's name; None for a group, or for what cannot be taken apart."""
    line = safe_line(author)
    if is_group(line):
        return None
    name = split_name(line)
    return name if name.first and name.last else None


def turned_round(author: str) -> str:
    """Return a name as `von Last, First, Jr.`; that of a group, or of one word, as it stands."""
    name = person(author)
    if name is None:
        return safe_line(author)
    family = f"{name.particle} {name.last}".strip()
    return ", ".join(part for part in (family, name.first, name.suffix) if part)


def other_fields(paper: Paper) -> dict[str, str]:
    """Return the fields that the source had besides, by name in lower case, as readable lines."""
    found: dict[str, str] = {}
    for name, raw in paper.extra:
        value = safe_line(readable(raw).replace("{", "").replace("}", ""))
        if value:
            found.setdefault(name.casefold(), value)
    return found


def editors(fields: dict[str, str]) -> list[str]:
    """Return the names in the field `editor`."""
    return [name for one in _AND.split(fields.get("editor", "")) if (name := one.strip())]


def page_range(pages: str) -> tuple[str, str]:
    """Return the first and the last page of `pages`; the last is empty when one page or several ranges are named."""
    first, *rest = _RANGE.split(pages.strip())
    return (first, rest[0]) if len(rest) == 1 and "," not in pages else (pages.strip(), "")


def addresses(paper: Paper) -> list[tuple[str, str]]:
    """Return the identifiers that lead somewhere, e.g. `arXiv:2302.04761`, each with its address."""
    doi, arxiv = paper.identifiers.doi, paper.identifiers.arxiv
    ways = ((f"doi:{doi}", Identifiers(doi=doi)), (f"arXiv:{arxiv}", Identifiers(arxiv=arxiv)))
    found = ((name, link(Paper(paper.title, paper.title_raw, identifiers=only))) for name, only in ways)
    return [(safe_line(name), address) for name, address in found if address]


def notes(entry: Entry) -> list[str]:
    """Return the reader's notes on a paper, each as it was written."""
    return [text for note in entry.mark.notes if (text := safe_verbatim(note.text).strip("\n"))]
