"""The rows of papers in the catalogue's tables: where they stand, and how they are written, moved and taken out."""

# ruff: noqa: S608 - only names of columns are put together

from __future__ import annotations

import sqlite3
from array import array
from typing import Final

from msgspec import Struct

from readlist.errors import StoreError
from readlist.mark import UNMARKED, Mark
from readlist.paper import Paper, date_ordinal
from readlist.store.facets import Names, write_facets
from readlist.store.facts import packed
from readlist.store.folding import author_key, folded_facts, folded_mark, title_key
from readlist.store.schema import DAY, FOLDED

_COLUMNS: Final = ", ".join(FOLDED)
_PLACES: Final = ", ".join("?" * len(FOLDED))

_INSERT_PAPER: Final = "INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_FACTS: Final = "INSERT INTO facts VALUES (?, ?)"
# The names in these are constants of the schema.
_FOLDED: Final = f"SELECT {_COLUMNS} FROM folded WHERE row = ?"
_WRITE_FOLDED: Final = f"INSERT OR REPLACE INTO folded VALUES (?, {_PLACES})"
_INDEX: Final = f"INSERT INTO search (rowid, {_COLUMNS}) VALUES (?, {_PLACES})"
_UNINDEX: Final = f"INSERT INTO search (search, rowid, {_COLUMNS}) VALUES ('delete', ?, {_PLACES})"

_KEPT_BACK: Final = 5000
"""How many rows may wait for the full-text index, which bounds the memory that they take."""


_Folded = tuple[str, ...]
"""What the full-text index has of a row."""

_NOTES: Final = FOLDED.index("notes")
_AFTER_TAGS: Final = FOLDED.index("tags") + 1


class Held(Struct, frozen=True):
    """What the library gave a paper."""

    id: str
    citekey: str
    added: str


class Rows:
    """Writes rows within one transaction; `finish` ends it.

    The full-text index is brought up to date in the order of rows: in any other order SQLite writes out what it
    has gathered at every step, which takes three times as long. Until then what is not needed to tell
    papers apart waits in memory.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._before: dict[int, _Folded | None] = {}
        self._after: dict[int, _Folded | None] = {}
        self._written: dict[int, tuple[str, array[int]]] = {}
        self._lowest: dict[int, int] = {}
        self._more = 0
        self._names = Names(connection)

    def free(self, paper: Paper) -> int:
        """Return a free row number for a paper of this date.

        Within a day they count down, so that the paper that came first has the highest number.

        Raises:
            StoreError: The day is full.
        """
        day = date_ordinal(paper.date)
        lowest = self._lowest.get(day)
        if lowest is None:
            begin, end = day * DAY, (day + 1) * DAY
            # Undated papers have nothing below them, so that they never run out of numbers.
            found = self.connection.execute(
                "SELECT min(row) FROM papers WHERE row >= ? AND row < ?", (begin if day else -(1 << 60), end)
            ).fetchone()
            lowest = end if found[0] is None else found[0]
        row = lowest - 1
        if day and row < day * DAY:
            raise StoreError(f"more than {DAY:,} papers have the date {paper.date}", "give them more exact dates")
        self._lowest[day] = row
        return row

    def insert(
        self, row: int, held: Held, paper: Paper, mark: Mark = UNMARKED, *, sourced: Paper | None = None
    ) -> None:
        """Write a paper into a free row, and what its sources say if the reader corrected that."""
        self._make_room(row)
        self._before.setdefault(row, None)
        identifiers = paper.identifiers
        keys = (title_key(paper), author_key(paper), paper.score)
        self.connection.execute(
            _INSERT_PAPER, (row, held.id, held.citekey, identifiers.arxiv, identifiers.doi, held.added, *keys)
        )
        self._written[row] = (packed(paper, sourced), self._names.codes(paper))
        title, authors, affiliations, abstract, labels = folded_facts(paper)
        self._after[row] = (title, authors, affiliations, abstract, *folded_mark(mark), labels)
        self._more += 1

    def record(self, row: int) -> str | None:
        """Return the facts of the paper in a row, as they are packed; None if there is none."""
        if row in self._written:
            return self._written[row][0]
        found = self.connection.execute("SELECT record FROM facts WHERE row = ?", (row,)).fetchone()
        return None if found is None else found[0]

    def delete(self, row: int) -> None:
        """Empty a row."""
        self._touch(row)
        self._after[row] = None
        if self._written.pop(row, None) is None:
            self.connection.execute("DELETE FROM facts WHERE row = ?", (row,))
            self.connection.execute("DELETE FROM facets WHERE row = ?", (row,))
        self.connection.execute("DELETE FROM papers WHERE row = ?", (row,))
        self._more -= 1

    def set_mark(self, row: int, mark: Mark) -> None:
        """Write the notes and tags of a paper's mark for the full text."""
        self._touch(row)
        now = self._after[row]
        if now is not None:
            self._after[row] = (*now[:_NOTES], *folded_mark(mark), *now[_AFTER_TAGS:])

    def finish(self) -> None:
        """Bring the full-text index and the count of papers up to date."""
        self._index()
        self.connection.execute("UPDATE meta SET value = value + ? WHERE name = 'count'", (self._more,))
        if self._more > 0:
            self.connection.execute("UPDATE meta SET value = 1 WHERE name = 'held'")
        self._more = 0

    def _touch(self, row: int) -> None:
        """Remember what the full-text index has for a row before the row changes."""
        self._make_room(row)
        if row not in self._before:
            self._before[row] = self._after[row] = self.connection.execute(_FOLDED, (row,)).fetchone()

    def _make_room(self, row: int) -> None:
        """Index what waits if no more rows may."""
        if row not in self._before and len(self._before) == _KEPT_BACK:
            self._index()

    def _index(self) -> None:
        """Write and index the rows that changed, in their order."""
        written = sorted(self._written.items())
        self.connection.executemany(_INSERT_FACTS, ((row, record) for row, (record, _) in written))
        write_facets(self.connection, ((row, codes) for row, (_, codes) in written))
        self._written.clear()
        for row in sorted(self._before):
            before, after = self._before[row], self._after[row]
            if before == after:
                continue
            if before is not None:
                self.connection.execute(_UNINDEX, (row, *before))
            if after is None:
                self.connection.execute("DELETE FROM folded WHERE row = ?", (row,))
            else:
                self.connection.execute(_WRITE_FOLDED, (row, *after))
                self.connection.execute(_INDEX, (row, *after))
        self._before.clear()
        self._after.clear()
