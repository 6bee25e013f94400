"""The queries that were searched for, in a small file of the library's folder: a line each, newest last.

They are kept as well as can be: what cannot be read or written is left alone, and disturbs nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Final

from readlist.errors import StoreError
from readlist.files import replace_file
from readlist.text import safe_line

NAME: Final = "searches.txt"

MOST: Final = 200
"""How many queries are kept."""

_LONGEST: Final = 1000
"""Characters that a query may have to be kept: an abstract can be pasted, and need not be."""

_READ: Final = 4 * MOST * _LONGEST
"""Bytes that are read at the most."""


class Searches:
    """The former queries of a library. Every method waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._lock = Lock()

    def former(self) -> list[str]:
        """Return the queries, newest last, none twice; those of a file that cannot be read are none."""
        try:
            if not self._path.is_file():
                return []
            with self._path.open("rb") as file:
                lines = file.read(_READ).decode(errors="replace").split("\n")
        except OSError:
            return []
        return _newest_last(line for line in lines if "\ufffd" not in line)

    def keep(self, query: str) -> bool:
        """Put a query behind the others; whether it is on the disk."""
        with self._lock:
            former = self.former()
            queries = _newest_last([*former, query])
            if queries == former or (self._path.exists() and not self._path.is_file()):
                return queries == former
            try:
                replace_file(self._path, "".join(f"{one}\n" for one in queries).encode())
            except (StoreError, OSError):
                return False
        return True


def _newest_last(queries: Iterable[str]) -> list[str]:
    """Return queries that can be kept, each only where it stands last."""
    kept = [line for query in queries if 0 < len(line := safe_line(query)) <= _LONGEST]
    return list(dict.fromkeys(reversed(kept)))[:MOST][::-1]
