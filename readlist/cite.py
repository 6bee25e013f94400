"""Citing papers: entries in, text out, and the citation keys that were given out kept for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from readlist.errors import UsageError
from readlist.files import stream_to_file
from readlist.library import Library
from readlist.paper import Entry
from readlist.writers import format_writer, style_writer
from readlist.writers.options import Options

SUFFIXES: Final = {
    ".bib": "bibtex", ".ris": "ris", ".json": "json", ".csv": "csv", ".md": "markdown", ".yaml": "hayagriva",
    ".yml": "hayagriva", ".txt": "text", ".html": "html",
}  # fmt: skip
"""The format that a file's suffix stands for."""

_FOREIGN: Final = frozenset(
    ".doc .docx .enl .enw .epub .htm .nbib .numbers .ods .odt .pdf .rdf .rtf .tex .toml .tsv .xls .xlsx .xml".split()
)
"""Suffixes that stand for formats which are not written: BibTeX in such a file would mislead."""

_AT_ONCE: Final = 200
"""How many papers of an export are in memory at once."""


def format_for(path: Path) -> str:
    """Return the name of the format that a file's suffix asks for; BibTeX where it asks for none.

    Raises:
        UsageError: It asks for one that cannot be written, or the file is a folder.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    suffix = path.suffix.lower()
    if suffix in _FOREIGN:
        raise UsageError(
            f"{suffix} files cannot be written", f"suffixes: {', '.join(SUFFIXES)}; or say --format FORMAT"
        )
    return SUFFIXES.get(suffix, "bibtex")


_FOR_TEX: Final = frozenset({"bibtex", "biblatex"})
"""Formats and styles that TeX sets."""

_LOSS_FREE: Final = frozenset({"json"})
"""Formats that have all that a reader decided of a paper."""

_SHOWN: Final = 8
"""How many characters a warning shows."""

Warn = Callable[[str], None]
"""Is told, once, what the text that was written may run into."""


def cite(
    library: Library,
    entries: Iterable[Entry],
    style: str,
    form: str | None = None,
    options: Options = Options(),  # noqa: B008 — a frozen value
    *,
    warn: Warn | None = None,
) -> str:
    """Return citations of the papers in the order given.

    Args:
        library: Where the citation keys are kept.
        entries: The papers.
        style: A style's name, or the path of a `.csl` file.
        form: For formatted citations: `plain`, `markdown` or `html`.
        options: What is asked of the writer.
        warn: Is told of characters that TeX may not be able to set.

    Raises:
        UsageError: There is no such style or form.
        StoreError: The citation keys could not be kept.
    """
    chosen = list(entries)
    text = "".join(warned(style_writer(style, form)(chosen, options), style, warn))
    library.give_out(entry.id for entry in chosen)
    return text


def warned(pieces: Iterable[str], name: str, warn: Warn | None) -> Iterator[str]:
    """Yield what is written in a format or style; then tell, once, which characters pdflatex has no letters for."""
    if warn is None or name not in _FOR_TEX:
        yield from pieces
        return
    from readlist.writers.tex import unsettable

    kept: dict[str, None] = {}
    for piece in pieces:
        kept.update(dict.fromkeys(unsettable(piece)))
        yield piece
    if kept:
        shown = " ".join(list(kept)[:_SHOWN]) + (" …" if len(kept) > _SHOWN else "")
        warn(f"pdflatex cannot set {shown}: written as they are, for lualatex or xelatex")


def export(
    library: Library,
    rows: Sequence[int],
    format: str,  # noqa: A002 — as users know it
    options: Options = Options(),  # noqa: B008 — a frozen value
    *,
    warn: Warn | None = None,
) -> Iterator[str]:
    """Yield the papers with those row numbers in that format, sorted by citation key.

    The citation keys are kept before this returns; the papers are read as the text is asked for, a few at a time.

    Raises:
        UsageError: There is no such format.
        StoreError: The citation keys could not be kept.
    """
    return warned(format_writer(format)(_given_out(library, rows, format), options), format, warn)


def export_file(
    library: Library,
    rows: Sequence[int],
    path: Path,
    format: str | None = None,  # noqa: A002 — as users know it
    options: Options = Options(),  # noqa: B008 — a frozen value
    *,
    warn: Warn | None = None,
) -> int:
    """Put the papers with those row numbers into a file, whole or not at all; how many there are.

    Raises:
        UsageError: There is no such format, or the file is a folder.
        StoreError: The file could not be written; one that was there is as it was.
    """
    name = format or format_for(path)
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    write = format_writer(name)
    entries = _given_out(library, rows, name)
    count = 0

    def counted() -> Iterator[Entry]:
        nonlocal count
        for entry in entries:
            count += 1
            yield entry

    stream_to_file(path, in_bytes(warned(write(counted(), options), name, warn)), mode=0o666)
    return count


def in_bytes(text: Iterable[str]) -> Iterator[bytes]:
    """Yield the pieces of a text as UTF-8; half of a surrogate pair, which is no character, becomes a question mark."""
    return (piece.encode(errors="replace") for piece in text)


def _given_out(library: Library, rows: Sequence[int], name: str) -> Iterator[Entry]:
    """Keep the citation keys of papers, then return what reads them in the order of their keys for a format."""
    ordered = library.by_key(rows)
    library.give_out(library.ids(ordered))
    return whole(library, _read(library, ordered), name)


def whole(library: Library, entries: Iterable[Entry], name: str) -> Iterator[Entry]:
    """Yield entries with as much as a format has of them.

    Raises:
        StoreError: The marks cannot be read.
    """
    return library.with_decisions(entries) if name in _LOSS_FREE else iter(entries)


def _read(library: Library, rows: Sequence[int]) -> Iterator[Entry]:
    """Yield papers in the order of their rows, a few in memory at a time."""
    for begin in range(0, len(rows), _AT_ONCE):
        yield from library.entries(rows[begin : begin + _AT_ONCE])
