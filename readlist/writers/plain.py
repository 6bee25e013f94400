"""A plain citation for a message or a note: authors, year, title, and where to find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.text import safe_line
from readlist.writers.described import ET_AL, full_title, notes
from readlist.writers.options import Options


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one line for each paper; tags and notes that are asked for follow it, indented."""
    for entry in entries:
        yield citation(entry.paper) + "\n"
        if options.with_tags and entry.mark.tags:
            yield f"    {safe_line(' '.join(f'#{tag}' for tag in entry.mark.tags))}\n"
        if options.with_notes:
            yield from (f"    {line}".rstrip() + "\n" for note in notes(entry) for line in note.split("\n"))


def citation(paper: Paper) -> str:
    """Return the citation of a paper, e.g. `Ann Author, Bob Builder, et al. (2023). A Title.`."""
    authors = ", ".join((*paper.authors, *([ET_AL] if paper.authors_truncated else [])))
    year = f"({paper.date[:4]})" if paper.date else "(n.d.)"
    title = full_title(paper)
    end = "" if title[-1:] in "?!." else "."
    place = paper.venue or (f"arXiv:{paper.identifiers.arxiv}" if paper.identifiers.arxiv else "")
    stop = "" if place[-1:] == "." else "."
    parts = [f"{authors} {year}." if authors else "", f"{title}{end}", "" if authors else f"{year}."]
    return safe_line(" ".join([*parts, f"{place}{stop}" if place else "", link(paper) or ""]))
