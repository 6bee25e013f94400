"""Reading papers from the formats that researchers are handed: one module a format, found by name or contents.

A new format is a module of its own and a line in `_MODULES`, or an entry point of the group `readlist.readers` in
another package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date
from importlib import import_module
from typing import Final, Protocol

from readlist.errors import UsageError
from readlist.paper import Found

_MODULES: Final = {
    "publications": "readlist.readers.publications",
    "json": "readlist.readers.readlist_json",
    "zotero": "readlist.readers.zotero_json",
    "semantic-scholar": "readlist.readers.semantic_scholar",
    "arxiv-snapshot": "readlist.readers.arxiv.snapshot",
    "csl-json": "readlist.readers.csl_json",
    "bibtex": "readlist.readers.bibtex",
    "web-of-science": "readlist.readers.web_of_science",
    "medline": "readlist.readers.medline",
    "ris": "readlist.readers.ris",
    "arxiv-mail": "readlist.readers.arxiv.mail",
    "arxiv-listing": "readlist.readers.arxiv.listing",
    "arxiv-feed": "readlist.readers.arxiv.feed",
    "arxiv-oai": "readlist.readers.arxiv.oai",
    "csl-yaml": "readlist.readers.csl_yaml",
    "links": "readlist.readers.links",
    "csv": "readlist.readers.csv",
}
"""Name → module; formats are tried in this order, but for the next ones."""
_SURE: Final = ("web-of-science", "medline")
"""Formats known by their first two lines, tried first: a line below these may look like the header of a listing."""


class Reader(Protocol):
    """What a module that reads a format has."""

    NAME: str
    """The format's name."""

    def looks_like(self, head: str) -> bool:
        """Whether a source that begins so is in this format."""

    def read(self, lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Found]:
        """Yield what the lines hold, one by one; nothing that was not understood is left out, nor what is of the page.

        Args:
            lines: The text of the source.
            as_of: The day that dates without a year are counted back from.
            source: The source's name.
        """


def names() -> list[str]:
    """Return the names of the formats that can be read."""
    return [*_MODULES, *(name for name in _entry_points() if name not in _MODULES)]


def is_built_in(name: str) -> bool:
    """Whether a format is one of readlist's own."""
    return name in _MODULES


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        UsageError: There is none of that name.
    """
    if name in _MODULES:
        return import_module(_MODULES[name])
    others = _entry_points()
    if name in others:
        return others[name]()
    raise UsageError(f"no reader is called {name!r}", "formats: " + ", ".join(names()))


def detect(head: str) -> str | None:
    """Return the name of the format of a source that begins with `head`; None if no reader knows it."""
    text = head.removeprefix("\ufeff")
    tried = dict.fromkeys((*_SURE, *names()))
    return next((name for name in tried if reader(name).looks_like(text)), None)


class _Load(Protocol):
    """Loads a reader."""

    def __call__(self) -> Reader: ...


def _entry_points() -> dict[str, _Load]:
    """Return the readers that other packages bring."""
    from importlib.metadata import entry_points

    return {point.name: point.load for point in entry_points(group="readlist.readers")}
