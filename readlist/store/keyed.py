"""Papers in the order of their citation keys, without reading the papers."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from typing import Final

_AT_ONCE: Final = 500
"""How many rows one statement asks for; SQLite takes at least 999 values."""


def by_key(connection: sqlite3.Connection, rows: Sequence[int]) -> array[int]:
    """Return row numbers sorted by citation key, character by character; rows that are gone are left out."""
    found: list[tuple[str, int]] = []
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        places = ", ".join("?" * len(some))
        found += connection.execute(f"SELECT citekey, row FROM papers WHERE row IN ({places})", some)  # noqa: S608 — placeholders
    return array("q", (row for _, row in sorted(found)))
