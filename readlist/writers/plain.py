"""A plain citation for a message or a note: authors, year, title, and where to find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.text import safe_line
from readlist.writers.options import Options


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: ARG001, B008 — a frozen value
    """Yield one line for each paper."""
    for entry in entries:
        yield citation(entry.paper) + "\n"


def citation(paper: Paper) -> str:
    """Return the citation of a paper, e.g. `Ann Author, Bob Builder, et al. (2023). A Title.`."""
    authors = ", ".join((*paper.authors, *(["et al."] if paper.authors_truncated else [])))
    year = f"({paper.date[:4]})" if paper.date else "(n.d.)"
    end = "" if paper.title[-1:] in "?!." else "."
    place = paper.venue or (f"arXiv:{paper.identifiers.arxiv}" if paper.identifiers.arxiv else "")
    parts = [f"{authors} {year}." if authors else "", f"{paper.title}{end}", "" if authors else f"{year}."]
    return safe_line(" ".join([*parts, f"{place}." if place else "", link(paper) or ""]))
