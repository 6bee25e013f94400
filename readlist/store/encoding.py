"""The documents of the marks file as the lines that they are written as, encoded again only where they changed."""

from __future__ import annotations

import json
from collections.abc import Collection
from operator import is_
from typing import Any, Final

from readlist.store.envelope import Tables, sealed

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode

_CLOSING: Final = b'"0": {}},\n'
"""The document that only closes a table."""


class Lines:
    """The lines of the tables that were read or encoded last."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, bytes]] = {}
        self._documents: dict[str, dict[str, dict[str, Any]]] = {}

    def forget(self) -> None:
        """Encode everything again the next time."""
        self._lines, self._documents = {}, {}

    def take(self, data: bytes, tables: Tables) -> None:
        """Take over the lines of a file that was just read into `tables`, if it has one for each document."""
        self.forget()
        rows = data.splitlines(keepends=True)
        place = 1
        for name, table in tables.items():
            begin, place = place + 1, place + len(table) + 2
            keys = sorted(table, key=int)
            fits = rows[begin - 1 : begin] == [_opening(name)] and rows[place - 1 : place] == [_CLOSING]
            starts = zip(keys, rows[begin : place - 1], strict=False)
            if not fits or not all(row.startswith(f'"{key}": {{'.encode()) for key, row in starts):
                self.forget()
                return
            self._lines[name] = dict(zip(keys, rows[begin : place - 1], strict=True))
            self._documents[name] = table

    def file(self, tables: Tables, generation: int, named: Collection[str] | None = None) -> tuple[bytes, bytes]:
        """Return the two pieces of the file that holds the tables: their lines, and the envelope's.

        Args:
            tables: What is to be written.
            generation: That of the file.
            named: The keys of documents that may have changed within. Every other one that is the same object as
                the last time is written as it was then; with None none is.
        """
        if named is None:
            self.forget()
        pieces = [b"{\n"]
        for name in sorted(tables):
            pieces.append(_opening(name))
            pieces.extend(self._table(name, tables[name], named or ()))
            pieces.append(_CLOSING)
        for gone in self._lines.keys() - tables.keys():
            del self._lines[gone], self._documents[gone]
        body = b"".join(pieces)
        return body, sealed(body, generation, sum(map(len, tables.values())))

    def _table(self, name: str, table: dict[str, dict[str, Any]], named: Collection[str]) -> Collection[bytes]:
        """Return the lines of a table in the order of their numbers."""
        lines, before = self._lines.get(name, {}), self._documents.get(name, {})
        changed = {key for key in named if key in table} | (table.keys() - lines.keys())
        # A change in place leaves the order as it was, so that the documents can be compared side by side.
        if not (len(table) == len(before) and all(map(is_, table.values(), before.values()))):
            changed |= {key for key, document in table.items() if before.get(key) is not document}
        for gone in lines.keys() - table.keys():
            del lines[gone]
        more = not changed <= lines.keys()
        for key in changed:
            lines[key] = f'"{int(key)}": {_encode(table[key])},\n'.encode()
        if more:
            lines = {key: lines[key] for key in sorted(lines, key=int)}
        self._lines[name], self._documents[name] = lines, table
        return lines.values()


def _opening(name: str) -> bytes:
    """Return the line that a table begins with."""
    return f"{_encode(name)}: {{\n".encode()
