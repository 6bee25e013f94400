"""The tables of the catalogue, and which files are one."""

# ruff: noqa: S608 - only names of columns are put together

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from readlist.errors import DamagedError, ForeignError, StoreError
from readlist.store.connection import RESCUE, error_code

VERSION: Final = 4
"""The schema that this readlist writes; kept as SQLite's `user_version`."""

_WITH_FACETS: Final = 2
"""The first schema that has the tables of facets."""

APPLICATION: Final = 0x72646C73
"""SQLite's `application_id` of a catalogue: `rdls`."""

DAY: Final = 1 << 20
"""Row numbers per day: a paper's row is its day number times this, plus a sequence that counts down, so that
descending rows are the default order: newest day first and, within a day, first ingested first."""

FOLDED: Final = ("title", "authors", "affiliations", "abstract", "notes", "tags", "labels")
"""The columns that the full-text index covers."""

_NAMES: Final = {"papers", "facts", "folded", "search", "aliases", "vacated", "marked", "marked_tags", "meta"}
"""The tables that every version has."""

_LAST_VERSION: Final = 0xFFFF
"""No readlist will ever write a schema beyond this one; such a number is damage."""

_GATHERED: Final = 32 << 20
"""Bytes of index that SQLite gathers before it writes them out: one batch of papers in one piece."""

_MERGED: Final = 16
"""Pieces of index of one size that SQLite makes into one; by default 4, with which each paper is written more often.
A search is as fast."""

_MERGED_AT_ONCE: Final = 32
"""Pieces from which on it does so whatever that takes; it must be more than what it makes into one bit by bit."""

_FACETS: Final = """
CREATE TABLE names (code INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));
CREATE TABLE facets (row INTEGER PRIMARY KEY, codes BLOB NOT NULL);
"""

_BY_TITLE: Final = "CREATE INDEX IF NOT EXISTS by_title ON papers (title_key)"

_UNDERWAY: Final = """
CREATE TABLE IF NOT EXISTS ingests (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, told INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS batches (
    number INTEGER PRIMARY KEY, ingest TEXT NOT NULL, created TEXT NOT NULL, facts TEXT NOT NULL
);
"""

_TABLES: Final = f"""
CREATE TABLE papers (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, citekey TEXT NOT NULL UNIQUE COLLATE NOCASE,
    arxiv TEXT, doi TEXT, added TEXT NOT NULL, title_key TEXT NOT NULL, author_key TEXT, score REAL
);
CREATE INDEX by_arxiv ON papers (arxiv) WHERE arxiv IS NOT NULL;
CREATE INDEX by_added ON papers (added);
CREATE INDEX by_doi ON papers (doi) WHERE doi IS NOT NULL;
{_BY_TITLE};
CREATE TABLE facts (row INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE folded (row INTEGER PRIMARY KEY, {", ".join(f"{name} TEXT NOT NULL" for name in FOLDED)});
CREATE VIRTUAL TABLE search USING fts5 (
    {", ".join(FOLDED)}, content='folded', content_rowid='row', tokenize='ascii', prefix='1 2 3'
);
CREATE TABLE aliases (alias TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE vacated (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE marked (
    id TEXT NOT NULL UNIQUE, status TEXT NOT NULL, starred INTEGER NOT NULL, rating INTEGER NOT NULL,
    priority INTEGER NOT NULL, changed TEXT, read TEXT, notes INTEGER NOT NULL, record TEXT NOT NULL
);
CREATE TABLE marked_tags (tag TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tag, id)) WITHOUT ROWID;
CREATE INDEX tags_of ON marked_tags (id);
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
{_FACETS.strip()}
{_UNDERWAY.strip()}
INSERT INTO search (search, rank) VALUES ('hashsize', {_GATHERED});
INSERT INTO search (search, rank) VALUES ('automerge', {_MERGED});
INSERT INTO search (search, rank) VALUES ('crisismerge', {_MERGED_AT_ONCE});
INSERT INTO meta VALUES ('count', 0), ('generation', 0), ('held', 0);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""
# `search` reads only ASCII blanks and signs as borders (`tokenize='ascii'`): folded text is words with blanks
# between, so that the index has exactly the words that `readlist.text` made, in any script.


def is_new(connection: sqlite3.Connection) -> bool:
    """Say whether the file is still empty."""
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])


def is_blank(connection: sqlite3.Connection) -> bool:
    """Say whether the file is an SQLite file that nobody has said anything in."""
    numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return numbers == [0, 0] and is_new(connection)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure that the file is a catalogue which this readlist can read, as far as its first pages tell.

    Raises:
        ForeignError: A newer readlist or another program wrote it.
        DamagedError: It was a catalogue, and cannot be read any more.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    if ours and VERSION < version <= _LAST_VERSION:
        raise ForeignError(
            f"{path} was written by a newer readlist (schema {version}; this one reads {VERSION})",
            "update readlist; the file was left as it is",
        )
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not ours and not tables >= _NAMES:
        raise ForeignError(f"{path} is not a catalogue of readlist", "move it away; the file was left as it is")
    if not ours or not 1 <= version <= VERSION or not tables >= _NAMES:
        raise DamagedError(f"{path} is damaged (its first page was altered)", RESCUE)
    try:
        numbers = dict(connection.execute("SELECT name, value FROM meta"))
    except sqlite3.OperationalError as error:
        if error_code(error) != sqlite3.SQLITE_ERROR:
            raise
        numbers = {}  # its columns have other names
    if not all(isinstance(numbers.get(name), int) for name in ("count", "generation", "held")):
        raise DamagedError(f"{path} is damaged (its numbers cannot be read)", RESCUE)


def is_old(connection: sqlite3.Connection) -> bool:
    """Say whether an older readlist wrote the file, so that `upgrade` must bring it up first."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] < VERSION)


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a catalogue of an older readlist up to this schema, unless another process has just done so.

    Raises:
        DamagedError: A paper in it cannot be read.
    """
    from readlist.store.facets import Names, write_facets
    from readlist.store.facts import unpacked

    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < _WITH_FACETS:
            _make(connection, _FACETS)
            names = Names(connection)
            records = connection.execute("SELECT row, record FROM facts")
            write_facets(connection, ((row, names.codes(unpacked(record))) for row, record in records))
        if version < VERSION:
            connection.execute(_BY_TITLE)
            _make(connection, _UNDERWAY)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _make(connection: sqlite3.Connection, tables: str) -> None:
    """Make tables one by one, within the transaction that has begun: a script would end it."""
    for statement in tables.strip().split(";\n"):
        connection.execute(statement)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process has just made them.

    Raises:
        StoreError: This Python's SQLite has no full-text search.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if is_new(connection):
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.execute("ROLLBACK")
        if "fts5" not in str(error):
            raise
        raise StoreError(
            "this Python's SQLite has no full-text search (FTS5)",
            "run readlist with a Python from python.org, uv, conda or your distribution",
        ) from error
