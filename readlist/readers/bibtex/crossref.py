"""Entries that inherit from others: `crossref` and `xdata`, before or after the entry that they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readlist.readers.bibtex.entries import Fields
from readlist.readers.bibtex.facts import Described

_OWN: Final = frozenset(
    "crossref xref xdata ids entryset abstract annote annotation keywords file label readstatus ranking priority "
    "relevance comment review groups timestamp owner url options presort related shorthand sortkey doi eprint urldate "
    "pages note".split()
)
"""Fields that no entry inherits (the manual of biblatex, appendix B), and those that are about one copy."""

_FROM_COLLECTION: Final = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
"""What an entry in a collection calls the collection's fields."""

_PARENTS: Final = frozenset(
    "proceedings mvproceedings book mvbook collection mvcollection reference mvreference periodical xdata conference "
    "inbook incollection misc manual".split()
)
_MOST: Final = 20_000
"""Entries that are remembered for those that name them, and entries that wait for one."""


class Families:
    """Gives entries what they inherit."""

    def __init__(self) -> None:
        self._parents: dict[str, Described] = {}
        self._waiting: list[Described] = []

    def with_inherited(self, entry: Described) -> Iterator[Described]:
        """Yield the entry when all that it names is known; one that must wait comes with `rest`."""
        key = entry.fields.key.casefold()
        if key and entry.kind in _PARENTS and len(self._parents) < _MOST:
            self._parents.setdefault(key, entry)
        if entry.kind == "xdata":
            return
        named = _named(entry.fields)
        if any(parent not in self._parents for parent in named) and len(self._waiting) < _MOST:
            self._waiting.append(entry)
            return
        yield self._grown(entry) if named else entry

    def rest(self) -> Iterator[Described]:
        """Yield the entries that waited; one whose parent never came has only its own fields."""
        for entry in self._waiting:
            yield self._grown(entry)
        self._waiting.clear()

    def _grown(self, entry: Described) -> Described:
        """Return an entry with the fields that it inherits, from its parents and theirs, after its own."""
        values = dict(entry.fields.values)
        seen = {entry.fields.key.casefold()}
        line = [(entry.kind, _named(entry.fields))]
        while line:
            kind, names = line.pop()
            for name in names:
                parent = self._parents.get(name)
                if parent is None or name in seen:
                    continue
                seen.add(name)
                for field, value in parent.fields.values.items():
                    if field not in _OWN:
                        values.setdefault(_called(field, kind, parent.kind), value)
                line.append((parent.kind, _named(parent.fields)))
        return Described(entry.kind, Fields(entry.fields.key, values), entry.line, entry.text)


def _named(fields: Fields) -> list[str]:
    """Return the keys of the entries that an entry names, folded."""
    found = [fields.values.get("crossref", ""), *fields.values.get("xdata", "").split(",")]
    return [name.strip().casefold() for name in found if name.strip()]


def _called(field: str, kind: str, parent: str) -> str:
    """Return what an entry calls a field of its parent."""
    if parent == "xdata" or not kind.startswith("in"):
        return field
    return _FROM_COLLECTION.get(field, field)
