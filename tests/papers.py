"""Papers for tests, and the instant at which tests happen."""

from __future__ import annotations

from datetime import date

from readlist.paper import Incoming, Paper
from readlist.readers.bibtex import read as read_bib

NOW = "2026-04-01T12:00:00Z"
TODAY = date(2026, 4, 1)


def paper(title: str = "A Title", *authors: str, **facts: object) -> Paper:
    """Return a paper with that title and those authors."""
    return Paper(**{"title": title, "title_raw": title, "authors": authors, "sources": ("test.txt",), **facts})  # type: ignore[arg-type]  # facts are named by the test


def from_bib(bib: str) -> Paper:
    """Return the paper that one entry of a .bib file describes."""
    [found] = read_bib([bib], as_of=TODAY, source="mine.bib")
    assert isinstance(found, Incoming)
    return found.paper
