"""Looking papers up in the catalogue: short questions, about what is on the screen."""

# ruff: noqa: S608 - only placeholders are put together

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from readlist.errors import DamagedError, StoreError
from readlist.paper import Entry, Paper
from readlist.store import connection as connections
from readlist.store.connection import RESCUE, Connection, file_identity
from readlist.store.facts import both, mark_of
from readlist.store.keyed import by_key
from readlist.store.naming import resolve_sql

if TYPE_CHECKING:
    from readlist.mark import Mark
    from readlist.store.views import Views

_AT_ONCE: Final = 200
"""How many papers are read before others get their turn."""

_ENTRY: Final = """
SELECT p.id, p.citekey, p.added, f.record, m.record
FROM papers AS p JOIN facts AS f ON f.row = p.row LEFT JOIN marked AS m ON m.id = p.id
WHERE p.row = ?
"""

_MARKS: Final = "SELECT p.id, m.record FROM papers AS p LEFT JOIN marked AS m ON m.id = p.id WHERE p.id IN"


class Looking:
    """A catalogue, held open, that is asked short questions.

    There are five connections, so that none waits for another: one that writes, one that searches and one that counts,
    which can be interrupted, one for the short look-ups of what is on the screen, and one for the names that complete
    a query.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Say where it is; the file is opened when something is first asked of it."""
        self.path = path
        self._writing = None if read_only else Connection(path, connections.writer)
        self._searching = Connection(path, connections.reader)
        self._counting = Connection(path, connections.reader)
        self._looking = Connection(path, connections.reader)
        self._completing = Connection(path, connections.reader)

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only."""
        return self._writing is None

    @property
    def _connections(self) -> list[Connection]:
        readers = [self._searching, self._counting, self._looking, self._completing]
        return readers if self._writing is None else [*readers, self._writing]

    def count(self) -> int:
        """Return how many papers there are."""
        return self._meta("count")

    @property
    def held(self) -> bool:
        """Whether it ever held a paper."""
        return bool(self._meta("held"))

    @property
    def generation(self) -> int:
        """The generation of the marks that the mirror reflects; 0 at first."""
        return self._meta("generation")

    def views(self) -> Views:
        """Return the saved views; None when the reader never changed them."""
        from readlist.store.mirror import held_views

        with self._looking.use() as connection:
            return held_views(connection)

    @property
    def version(self) -> object:
        """What another one takes the place of when another process has changed the file, or put another there."""
        if self._writing is not None:
            with suppress(StoreError), self._writing.use() as connection:
                return file_identity(self.path), connection.execute("PRAGMA data_version").fetchone()[0]
        with self._looking.use() as connection:  # on a full disk the file may be read, but not opened for writing
            return file_identity(self.path), connection.execute("PRAGMA data_version").fetchone()[0]

    def _meta(self, name: str) -> int:
        with self._looking.use() as connection:
            found = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            if found is None or not isinstance(found[0], int):
                raise DamagedError(f"{self.path} is damaged (its numbers cannot be read)", RESCUE)
            return found[0]

    def statuses(self) -> frozenset[str]:
        """Return the ids of the statuses that marks have."""
        with self._looking.use() as connection:
            return frozenset(str(status) for (status,) in connection.execute("SELECT DISTINCT status FROM marked"))

    def entries(self, rows: Sequence[int]) -> list[Entry]:
        """Return the papers with those row numbers in that order; rows that are gone meanwhile are left out."""
        found: list[Entry] = []
        for begin in range(0, len(rows), _AT_ONCE):
            with self._looking.use() as connection:
                found.extend(entries_in(connection, rows[begin : begin + _AT_ONCE]))
        return found

    def row_of(self, paper_id: str) -> int | None:
        """Return the row number that a paper has now."""
        with self._looking.use() as connection:
            return row_in(connection, paper_id)

    def ids(self, rows: Sequence[int]) -> list[str]:
        """Return the ids of the papers with those row numbers, in that order; rows that are gone are left out."""
        found: list[str] = []
        for begin in range(0, len(rows), _AT_ONCE):
            with self._looking.use() as connection:
                some = rows[begin : begin + _AT_ONCE]
                ids = dict(connection.execute(f"SELECT row, id FROM papers WHERE row IN ({_places(some)})", some))
            found.extend(ids[row] for row in some if row in ids)
        return found

    def by_key(self, rows: Sequence[int]) -> array[int]:
        """Return those row numbers sorted by their papers' citation keys; rows that are gone are left out."""
        with self._looking.use() as connection:
            return by_key(connection, rows)

    def rows(self, ids: Iterable[str]) -> list[int]:
        """Return the row numbers of the papers with these ids that are there, newest first."""
        wanted = list(dict.fromkeys(ids))
        found: list[int] = []
        for begin in range(0, len(wanted), _AT_ONCE):
            with self._looking.use() as connection:
                some = wanted[begin : begin + _AT_ONCE]
                found.extend(
                    row for (row,) in connection.execute(f"SELECT row FROM papers WHERE id IN ({_places(some)})", some)
                )
        return sorted(found, reverse=True)

    def marks(self, ids: Iterable[str]) -> dict[str, Mark]:
        """Return the marks of the papers with these ids that are there, by id."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Mark] = {}
        for begin in range(0, len(wanted), _AT_ONCE):
            some = wanted[begin : begin + _AT_ONCE]
            with self._looking.use() as connection:
                pairs = connection.execute(f"{_MARKS} ({_places(some)})", some)
                found.update((paper_id, mark_of(mark)) for paper_id, mark in pairs)
        return found

    def fingerprint(self, rows: Sequence[int]) -> str:
        """Return what differs when anything of the papers with those row numbers does, their order aside."""
        from hashlib import sha256

        from readlist.store.fingerprint import take_in

        checksum = sha256()
        ordered = sorted(rows)
        for begin in range(0, len(ordered), _AT_ONCE):
            with self._looking.use() as connection:
                take_in(connection, ordered[begin : begin + _AT_ONCE], checksum)
        return checksum.hexdigest()

    def citekeys(self) -> dict[str, str]:
        """Return the citation keys of all papers, by paper id."""
        with self._looking.use() as connection:
            return dict(connection.execute("SELECT id, citekey FROM papers"))

    def resolve(self, key: str) -> str | None:
        """Return the id of the paper that goes by a citation key, id, former id, arXiv id or DOI."""
        with self._looking.use() as connection:
            for sql, value in resolve_sql(key):
                found = connection.execute(sql, (value,)).fetchone()
                if found is not None:
                    return str(found[0])
        return None


def _places(values: Sequence[object]) -> str:
    """Return as many placeholders as there are values."""
    return ", ".join("?" * len(values))


def row_in(connection: sqlite3.Connection, paper_id: str) -> int | None:
    """Return the row of a paper."""
    found = connection.execute("SELECT row FROM papers WHERE id = ?", (paper_id,)).fetchone()
    return None if found is None else int(found[0])


def entries_in(connection: sqlite3.Connection, wanted: Sequence[int]) -> Iterator[Entry]:
    """Read papers with their marks."""
    for row in wanted:
        found = connection.execute(_ENTRY, (row,)).fetchone()
        if found is not None:
            paper_id, citekey, added, facts, mark = found
            if not (isinstance(paper_id, str) and isinstance(citekey, str) and isinstance(added, str)):
                raise DamagedError("catalogue.sqlite is damaged: a paper in it cannot be read", RESCUE)
            paper, sourced = both(facts)
            entry = Entry(paper_id, citekey, added, paper, mark_of(mark))
            yield entry if sourced is None else _as_corrected(entry, sourced)


def _as_corrected(entry: Entry, sourced: Paper) -> Entry:
    """Return an entry that says what the reader corrected."""
    from readlist.correction import differences, names_of

    return replace(entry, corrected=names_of(differences(sourced, entry.paper)), sourced=sourced)
