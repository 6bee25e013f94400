"""The catalogue of papers: SQLite with full text, and a mirror of the marks that queries join with."""

# ruff: noqa: S608 - only placeholders are put together

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from readlist.errors import DamagedError, ForeignError, ReadOnlyError, StoreError
from readlist.mark import Mark
from readlist.paper import Entry, Incoming, Paper
from readlist.pattern import DEFAULT, Pattern
from readlist.query import Facet, Label, Query
from readlist.store import connection as connections
from readlist.store import schema
from readlist.store.added import Added
from readlist.store.compile import statement, unordered
from readlist.store.connection import RESCUE, Connection, Interrupted, file_identity, transaction
from readlist.store.facts import mark_of, unpacked
from readlist.store.keyed import by_key
from readlist.store.naming import resolve_sql

if TYPE_CHECKING:
    from readlist.store.views import Views

__all__ = ["Added", "Catalogue", "Interrupted"]

_AT_ONCE: Final = 200
"""How many papers are read before others get their turn."""

_FETCHED: Final = 5000
"""How many rows of a result are held as Python's objects, each of which takes twelve times the room of its number."""

_ENTRY: Final = """
SELECT p.id, p.citekey, p.added, f.record, m.record
FROM papers AS p JOIN facts AS f ON f.row = p.row LEFT JOIN marked AS m ON m.id = p.id
WHERE p.row = ?
"""


class Catalogue:
    """The papers of a library, in one SQLite file. Every method may be called from any thread.

    There are five connections, so that none waits for another: one that writes, one that searches and one that counts,
    which can be interrupted, one for the short look-ups of what is on the screen, and one for the names that complete
    a query.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Say where it is; `open` also makes sure that it can be read."""
        self.path = path
        self._writing = None if read_only else Connection(path, connections.writer)
        self._searching = Connection(path, connections.reader)
        self._counting = Connection(path, connections.reader)
        self._looking = Connection(path, connections.reader)
        self._completing = Connection(path, connections.reader)
        self._interrupts = 0

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only."""
        return self._writing is None

    @property
    def _connections(self) -> list[Connection]:
        readers = [self._searching, self._counting, self._looking, self._completing]
        return readers if self._writing is None else [*readers, self._writing]

    @classmethod
    def open(cls, path: Path, *, read_only: bool) -> Catalogue:
        """Open the catalogue at `path`; unless `read_only`, it is made when it is not there.

        Raises:
            StoreError: The file cannot be made or read, or this Python's SQLite has no full-text search.
            ForeignError: It is no catalogue, or one of a newer readlist, or of an older one and cannot be written to;
                the file is left as it is.
            DamagedError: It is damaged; the file is left as it is.
        """
        catalogue = cls(path, read_only=read_only)
        try:
            catalogue._prepare()
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    def _prepare(self) -> None:
        """Make the tables of a new file; check an old one."""
        if self._writing is not None and not (self.path.exists() and self.path.stat().st_size):
            self._create()
        try:
            self._check()
        except ForeignError:
            if self._writing is None or not self._is_blank():
                raise
            self._create()
            self._check()
        self._upgrade()
        if not self.read_only:
            for one in self._connections:
                one.notes_damage = True

    def _create(self) -> None:
        """Make the tables."""
        assert self._writing is not None
        with self._writing.use() as connection:
            schema.create(connection)

    def _check(self) -> None:
        """Make sure that the file is a catalogue."""
        with self._looking.use() as connection:
            schema.check(connection, self.path)

    def _upgrade(self) -> None:
        """Bring the file of an older readlist up to this one's schema."""
        with self._looking.use() as connection:
            if not schema.is_old(connection):
                return
        if self._writing is None:
            hint = "open it once where it can be written to"
            raise ForeignError(f"{self.path} was written by an older readlist", hint)
        with self._writing.use() as connection:
            schema.upgrade(connection)

    def _is_blank(self) -> bool:
        """Say whether the making of the file was cut off before there was anything in it."""
        with self._looking.use() as connection:
            return schema.is_blank(connection)

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        self.interrupt()
        for one in self._connections:
            one.close()

    def let_go(self) -> None:
        """Let go of the file until something is next asked of it."""
        self.interrupt()
        for one in self._connections:
            one.let_go()

    # ------------------------------------------------------------------ looking up
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

    def entries(self, rows: Sequence[int]) -> list[Entry]:
        """Return the papers with those row numbers in that order; rows that are gone meanwhile are left out."""
        found: list[Entry] = []
        for begin in range(0, len(rows), _AT_ONCE):
            with self._looking.use() as connection:
                found.extend(_entries(connection, rows[begin : begin + _AT_ONCE]))
        return found

    def row_of(self, paper_id: str) -> int | None:
        """Return the row number that a paper has now."""
        with self._looking.use() as connection:
            return _row(connection, paper_id)

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

    # ------------------------------------------------------------------ searching
    def select(self, query: Query) -> array[int]:
        """Return the row numbers of the papers that match, in the query's order.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._rows(*statement(query))

    def first(self, query: Query, limit: int) -> array[int]:
        """Return at most the first `limit` of what `select` gives, without finding the others.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._rows(*statement(query, limit))

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of papers that have it, in alphabetical order.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        sql = (
            "SELECT t.tag, count(*) FROM marked_tags AS t JOIN papers AS p ON p.id = t.id GROUP BY t.tag ORDER BY t.tag"
        )
        with closing(self._search(sql, [])) as pieces:
            return {str(tag): count for tag, count in chain.from_iterable(pieces)}

    def facets(self, query: Query) -> list[Facet]:
        """Count what the papers that match carry, by kind.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.facets import Tally

        with self._counted() as (connection, go_on):
            return Tally(connection, query.tree, go_on).count()

    def size(self, query: Query) -> int:
        """Count the papers that match.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        sql, values = unordered(query.tree)
        with self._counted() as (connection, _):
            return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])

    @contextmanager
    def _counted(self) -> Iterator[tuple[sqlite3.Connection, Callable[[], None]]]:
        """Give the connection that counts, and what raises `Interrupted` when the counting is no longer wanted."""
        interrupts = self._interrupts

        def go_on() -> None:
            if self._interrupts != interrupts:
                raise Interrupted

        with self._counting.use() as connection:
            go_on()
            yield connection, go_on

    def near(self, words: Iterable[str], labels: Iterable[Label] = ()) -> dict[str, list[str]]:
        """Return, for each of the folded words and labels that no paper has, the nearest ones that papers have.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.store.near import near_labels, near_words

        with self._searching.use() as connection:
            return near_words(connection, words) | near_labels(connection, labels)

    def names_like(self, field: str, typed: str) -> list[tuple[str, int | None]]:
        """Return names that begin so (see `completions`), each with its number of papers where that is known."""
        from readlist.store.completions import names_like

        with self._completing.use() as connection:
            return names_like(connection, field, typed)

    def interrupt(self) -> None:
        """End the searches that are running or waiting for their turn."""
        self._interrupts += 1
        self._searching.interrupt()
        self._counting.interrupt()

    def _rows(self, sql: str, values: Sequence[str | int]) -> array[int]:
        """Run a statement that gives row numbers."""
        rows = array("q")
        try:
            with closing(self._search(sql, values)) as pieces:
                for found in pieces:
                    rows.extend(chain.from_iterable(found))
        except TypeError as error:  # a page of another table stands where these should
            raise self._searching.damage("row numbers in it are none") from error
        return rows

    def _search(self, sql: str, values: Sequence[str | int]) -> Generator[list[tuple[int, ...]], None, None]:
        """Run a statement and yield some of what it gives at a time, unless it is interrupted before or meanwhile."""
        interrupts = self._interrupts
        with self._searching.use() as connection:
            if self._interrupts != interrupts:
                raise Interrupted
            with closing(connection.execute(sql, values)) as cursor:
                while found := cursor.fetchmany(_FETCHED):
                    if self._interrupts != interrupts:
                        raise Interrupted
                    yield found
            if self._interrupts != interrupts:
                raise Interrupted

    # ------------------------------------------------------------------ writing
    def add(
        self,
        papers: Iterable[Paper | Incoming],
        *,
        now: str,
        given_keys: Mapping[str, Sequence[str]],
        pattern: Pattern = DEFAULT,
        dry_run: bool = False,
    ) -> Added:
        """Add papers in one transaction; one that is held already is merged with what is held.

        Args:
            papers: The batch.
            now: The present instant, UTC ISO 8601.
            given_keys: Citation keys that stay a paper's, by paper id: its present one first.
            pattern: What the citation keys of new papers are made of.
            dry_run: Whether to find out what would happen without doing it.
        """
        from readlist.store.intake import Intake, Keys

        with self._changing() as connection:
            added = Intake(connection, now, Keys(connection, given_keys, pattern)).add(papers)
            if dry_run:
                connection.execute("ROLLBACK")
        return added

    def remove(self, ids: Iterable[str]) -> list[Entry]:
        """Take papers out; return what was taken out, in the order given. Marks stay in the mirror."""
        from readlist.store.intake import take_out

        with self._changing() as connection:
            held = [
                (paper_id, row) for paper_id in dict.fromkeys(ids) if (row := _row(connection, paper_id)) is not None
            ]
            found = list(_entries(connection, [row for _, row in held]))
            take_out(connection, held)
        return found

    def restore(self, entries: Iterable[Entry]) -> None:
        """Put removed papers back as they were; one that is there already is left alone."""
        from readlist.store.intake import put_back

        with self._changing() as connection:
            put_back(connection, entries)

    def rename(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Give papers the citation keys that the marks say they have, by paper id: the present one, then former ones.

        They are found by the former ones too. A key that another paper has is not taken from it.
        """
        from readlist.store.rekeying import follow

        if keys:
            with self._changing() as connection:
                follow(connection, keys)

    def mirror(self, marks: Mapping[str, Mark], *, generation: int, whole: bool = False, views: Views = None) -> None:
        """Put marks into the mirror, by paper id; one that says nothing is taken out.

        Args:
            marks: The marks that changed.
            generation: That of the marks file which has them.
            whole: Whether they are all marks that there are.
            views: The saved views; None when the reader never changed them.
        """
        from readlist.store.mirror import write

        with self._changing() as connection:
            write(connection, marks, generation=generation, whole=whole, views=views)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Give the writing connection within a transaction."""
        if self._writing is None:
            raise ReadOnlyError("the library is open for reading only")
        with self._writing.use() as connection, transaction(connection):
            yield connection


def _places(values: Sequence[object]) -> str:
    """Return as many placeholders as there are values."""
    return ", ".join("?" * len(values))


def _row(connection: sqlite3.Connection, paper_id: str) -> int | None:
    """Return the row of a paper."""
    found = connection.execute("SELECT row FROM papers WHERE id = ?", (paper_id,)).fetchone()
    return None if found is None else int(found[0])


def _entries(connection: sqlite3.Connection, wanted: Sequence[int]) -> Iterator[Entry]:
    """Read papers with their marks."""
    for row in wanted:
        found = connection.execute(_ENTRY, (row,)).fetchone()
        if found is not None:
            paper_id, citekey, added, facts, mark = found
            if not (isinstance(paper_id, str) and isinstance(citekey, str) and isinstance(added, str)):
                raise DamagedError("catalogue.sqlite is damaged: a paper in it cannot be read", RESCUE)
            yield Entry(paper_id, citekey, added, unpacked(facts), mark_of(mark))
