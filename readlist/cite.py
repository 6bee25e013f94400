"""Citing papers: entries in, text out, and the citation keys that were given out kept for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from readlist.errors import UsageError
from readlist.files import replace_file
from readlist.library import Library
from readlist.paper import Entry
from readlist.writers import format_writer, style_writer

SUFFIXES: Final = {".bib": "bibtex", ".json": "json"}
"""The format that a file's suffix stands for."""


_LATER: Final = frozenset({".csv", ".md", ".ris", ".yaml", ".yml"})
"""Suffixes of formats that papers are exchanged in and that cannot be written yet: BibTeX there would mislead."""


def format_for(path: Path) -> str:
    """Return the name of the format that a file's suffix asks for; BibTeX where it asks for none.

    Raises:
        UsageError: It asks for one that cannot be written, or the file is a folder.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    suffix = path.suffix.lower()
    if suffix in _LATER:
        raise UsageError(
            f"{suffix} files cannot be written yet", f"suffixes: {', '.join(SUFFIXES)}; or say --format FORMAT"
        )
    return SUFFIXES.get(suffix, "bibtex")


def cite(library: Library, entries: Iterable[Entry], style: str, form: str | None = None) -> str:
    """Return citations of the papers in the order given.

    Args:
        library: Where the citation keys are kept.
        entries: The papers.
        style: A style's name, or the path of a `.csl` file.
        form: For formatted citations: `plain`, `markdown` or `html`.

    Raises:
        UsageError: There is no such style or form.
        StoreError: The citation keys could not be kept.
    """
    chosen = list(entries)
    text = "".join(style_writer(style, form)(chosen))
    library.give_out(entry.id for entry in chosen)
    return text


def export(library: Library, entries: Iterable[Entry], format: str) -> Iterator[str]:  # noqa: A002 — as users know it
    """Yield the papers in that format, sorted by citation key.

    Raises:
        UsageError: There is no such format.
        StoreError: The citation keys could not be kept.
    """
    write = format_writer(format)
    chosen = sorted(entries, key=lambda entry: entry.citekey)
    library.give_out(entry.id for entry in chosen)
    return write(chosen)


def export_file(library: Library, entries: Iterable[Entry], path: Path, format: str | None = None) -> int:  # noqa: A002
    """Put the papers into a file, whole or not at all; how many there were.

    Raises:
        UsageError: There is no such format, or the file is a folder.
        StoreError: The file could not be written; one that was there is as it was.
    """
    chosen = list(entries)
    name = format or format_for(path)
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    text = "".join(export(library, chosen, name))
    replace_file(path, text.encode(), mode=0o666)
    return len(chosen)
