"""The papers that a document cites, under the keys that it cites them by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from readlist.cited import cited_in
from readlist.citekey import is_legal
from readlist.library import Library
from readlist.paper import Entry
from readlist.query import ALL


class Citing(Struct, frozen=True):
    """What a library has of the papers that documents cite."""

    entries: tuple[Entry, ...]
    """The papers in the order of their first citation, each with the key that it is cited by."""
    unknown: tuple[str, ...]
    """The keys that no paper goes by."""
    by_others: tuple[tuple[str, str], ...]
    """The keys that papers are cited by and that are not theirs any more, each with the one that is."""


def cited_papers(library: Library, documents: Iterable[tuple[str, Path]]) -> Citing:
    r"""Return the papers that documents cite, each given as its kind and its file.

    A paper that is cited by a former key, an arXiv id or a DOI is given that as its key: the document must compile.
    Where everything is cited (`\nocite{*}`), all other papers follow, sorted by key.

    Raises:
        SourceError: A document cannot be read.
    """
    cited = cited_in(documents)
    entries: list[Entry] = []
    unknown: list[str] = []
    by_others: list[tuple[str, str]] = []
    for key in cited.keys:
        entry = library.find(key)
        if entry is None or (entry.citekey != key and not is_legal(key)):
            unknown.append(key)
            continue
        if entry.citekey != key:
            by_others.append((key, entry.citekey))
        entries.append(replace(entry, citekey=key))
    if cited.everything:
        met = {entry.id for entry in entries}
        others = (entry for entry in library.entries(library.select(ALL)) if entry.id not in met)
        entries += sorted(others, key=lambda entry: entry.citekey)
    return Citing(tuple(entries), tuple(unknown), tuple(by_others))
