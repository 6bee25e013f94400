"""Writing papers: one module a format or style, each a pure function from entries to pieces of text.

A new one is a module of its own and a line in `_FORMATS` or `_STYLES`, or an entry point of the group
`readlist.writers` in another package (which is both a format and a style).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Final, Protocol

from readlist.errors import UsageError
from readlist.paper import Entry
from readlist.settings import CITATION_STYLES, STYLE_SUFFIX
from readlist.writers.options import Options

_FORMATS: Final = {
    "bibtex": "readlist.writers.bibtex",
    "biblatex": "readlist.writers.biblatex",
    "csl-json": "readlist.writers.csl_json",
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
    "biblatex": "readlist.writers.biblatex",
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
    return [*_STYLES, *CITATION_STYLES, *_entry_points()]


def format_writer(name: str) -> Writer:
    """Return what writes a format.

    Raises:
        UsageError: There is none of that name.
    """
    return _writer(name, _FORMATS, "format", formats)


def style_writer(name: str, form: str | None = None) -> Writer:
    """Return what writes a style of citation.

    Args:
        name: A style, or the path of a `.csl` file.
        form: Whether a formatted citation is `plain` (which is meant when nothing is said), `markdown` or `html`.

    Raises:
        UsageError: There is none of that name, or it has no forms.
    """
    if name in CITATION_STYLES or name.casefold().endswith(STYLE_SUFFIX):
        from readlist.writers.styled import writer

        return writer(name, form or "plain")
    found = _writer(name, _STYLES, "style", styles)
    if form is not None:
        raise UsageError(f"{name} is written in one form only", f"with forms: {', '.join(CITATION_STYLES)}")
    return found


def _writer(name: str, modules: dict[str, str], kind: str, names: Callable[[], list[str]]) -> Writer:
    """Return the function that writes `name`."""
    if name in modules:
        module, _, function = modules[name].partition(":")
        found: Writer = getattr(import_module(module), function or "write")
        return found
    others = _entry_points()
    if name in others:
        return others[name]()
    from difflib import get_close_matches

    known = names()
    near = get_close_matches(name.casefold(), known, 1)
    meant = f"did you mean {near[0]}? " if near else ""
    files = f"; or the path of a {STYLE_SUFFIX} file" if kind == "style" else ""
    raise UsageError(f"no {kind} is called {name!r}", f"{meant}{kind}s: {', '.join(known)}{files}")


class _Load(Protocol):
    """Loads a writer."""

    def __call__(self) -> Writer: ...


def _entry_points() -> dict[str, _Load]:
    """Return the writers that other packages bring."""
    from importlib.metadata import entry_points

    return {point.name: point.load for point in entry_points(group="readlist.writers")}
