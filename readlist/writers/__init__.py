"""Writing papers: one module a format or style, each a pure function from entries to pieces of text.

A new one is a module of its own and a line in `_FORMATS` or `_STYLES`, or an entry point of the group
`readlist.writers` in another package (which is both a format and a style).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Final, Protocol

from readlist.errors import UsageError
from readlist.paper import Entry
from readlist.writers.options import Options

_FORMATS: Final = {
    "bibtex": "readlist.writers.bibtex",
    "ris": "readlist.writers.ris",
    "hayagriva": "readlist.writers.hayagriva",
    "csv": "readlist.writers.csv",
    "markdown": "readlist.writers.markdown",
    "markdown-table": "readlist.writers.markdown_table",
    "markdown-notes": "readlist.writers.markdown_notes",
    "markdown-notes-by-tag": "readlist.writers.markdown_notes:write_by_tag",
    "html": "readlist.writers.html",
    "text": "readlist.writers.plain",
    "json": "readlist.writers.json",
}
"""What a file of papers can be written in: name → module with a function `write`, or module and function."""

_STYLES: Final = {
    "bibtex": "readlist.writers.bibtex",
    "plain": "readlist.writers.plain",
    "markdown": "readlist.writers.markdown",
}
"""What a citation can be written in."""


class Writer(Protocol):
    """Writes papers; it keeps their order and changes nothing in them."""

    def __call__(self, entries: Iterable[Entry], options: Options = ...) -> Iterator[str]:
        """Yield the text piece by piece."""


def formats() -> list[str]:
    """Return the names of the formats that files can be written in."""
    return [*_FORMATS, *_entry_points()]


def styles() -> list[str]:
    """Return the names of the styles that citations can be written in."""
    return [*_STYLES, *_entry_points()]


def format_writer(name: str) -> Writer:
    """Return what writes a format.

    Raises:
        UsageError: There is none of that name.
    """
    return _writer(name, _FORMATS, "format", formats())


def style_writer(name: str) -> Writer:
    """Return what writes a style of citation.

    Raises:
        UsageError: There is none of that name.
    """
    return _writer(name, _STYLES, "style", styles())


def _writer(name: str, modules: dict[str, str], kind: str, known: list[str]) -> Writer:
    """Return the function that writes `name`."""
    if name in modules:
        module, _, function = modules[name].partition(":")
        found: Writer = getattr(import_module(module), function or "write")
        return found
    others = _entry_points()
    if name in others:
        return others[name]()
    raise UsageError(f"no {kind} is called {name!r}", f"{kind}s: " + ", ".join(known))


class _Load(Protocol):
    """Loads a writer."""

    def __call__(self) -> Writer: ...


def _entry_points() -> dict[str, _Load]:
    """Return the writers that other packages bring."""
    from importlib.metadata import entry_points

    return {point.name: point.load for point in entry_points(group="readlist.writers")}
