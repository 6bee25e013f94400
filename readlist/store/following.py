"""How the catalogue follows what the marks decide: citation keys, corrections, and papers that were merged."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from msgspec import Struct

from readlist.apart import distinct_id
from readlist.correction import Corrections, corrected
from readlist.errors import DamagedError
from readlist.merge import united
from readlist.paper import Paper, date_ordinal
from readlist.record import Record, paper_from, paper_record
from readlist.store.connection import RESCUE
from readlist.store.facts import SOURCED, both
from readlist.store.kept import Kept
from readlist.store.line import without_key
from readlist.store.mirror import held_mark
from readlist.store.naming import ALSO_CALLED, identifier_names
from readlist.store.rows import Held, Rows

_ALIAS: Final = (
    "INSERT OR REPLACE INTO aliases SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM papers WHERE id = ?1 AND id <> ?2)"
)
# The column compares without regard to case, and a key may change in nothing else.
_RENAME: Final = "UPDATE OR IGNORE papers SET citekey = ?2 WHERE id = ?1 AND citekey <> ?2 COLLATE BINARY"
_START: Final = f'{{"{SOURCED}":'
"""What the record of a corrected paper begins with."""
_CORRECTED: Final = "SELECT p.id FROM facts AS f JOIN papers AS p ON p.row = f.row WHERE substr(f.record, 1, ?) = ?"
_FORGET: Final = """DELETE FROM aliases WHERE id = (SELECT id FROM aliases WHERE alias = ?)
    AND NOT EXISTS (SELECT 1 FROM papers AS p WHERE p.id = aliases.id)"""
_HELD: Final = "SELECT row, citekey, added FROM papers WHERE id = ?"


def follow(
    connection: sqlite3.Connection,
    kept: Mapping[str, Kept],
    roots: Mapping[str, str],
    *,
    released: Collection[str] = (),
    whole: bool = False,
) -> None:
    """Let papers have the keys and the corrections that the marks say, and be found by all their names.

    Args:
        connection: Within a transaction.
        kept: What is kept of the papers, by id.
        roots: The id of each paper that was merged into another one → that of the one that it is part of now.
        released: Papers of which nothing is kept any more.
        whole: Whether it is all that is kept, so that what no paper of it corrects is not corrected.
    """
    writer = _Rewriting(connection)
    # What is no part of another paper any more is not found as that one, also where neither is here.
    free = [(one,) for one in released if one not in roots]
    connection.executemany(_FORGET, free)
    connection.executemany("DELETE FROM aliases WHERE alias = ?", free)
    for paper_id in sorted(kept.keys() & roots.keys()):
        root = roots[paper_id]
        writer.absorb(paper_id, root, kept[root].own.corrected if root in kept else {})
    for one in kept.values():
        if one.id in roots:
            former: Iterable[str] = (one.id, one.citekey, *one.former_keys)
            also = identifier_names(one.identifiers.arxiv, one.identifiers.doi)
        else:
            former, also = one.former_keys, []
        names = dict.fromkeys((*(name for key in former for name in (key, key.lower())), *also))
        connection.executemany(_ALIAS, [(name, roots.get(one.id, one.id)) for name in names])
        if one.key_is_chosen:
            connection.execute(_RENAME, (one.id, one.citekey))
    corrections: dict[str, Corrections] = {paper_id: {} for paper_id in released}
    corrections |= {one.id: one.own.corrected for one in kept.values()}
    if whole:
        were = {paper_id for (paper_id,) in connection.execute(_CORRECTED, (len(_START), _START))}
        are = {paper_id: one for paper_id, one in corrections.items() if one}
        corrections = {**{paper_id: {} for paper_id in were}, **are}
    for paper_id, correction in corrections.items():
        writer.correct(paper_id, correction)
    writer.finish()


def alter(connection: sqlite3.Connection, facts: Iterable[Record], corrections: Mapping[str, Corrections]) -> None:
    """Change what the sources say of papers, as a step wrote it down.

    Args:
        connection: Within a transaction.
        facts: `{"id", "before", "after"}`: fields as `paper_record` has them.
        corrections: What is corrected of these papers, by id.
    """
    writer = _Rewriting(connection)
    for record in facts:
        paper_id, after = str(record["id"]), record["after"]
        assert isinstance(after, dict)
        writer.change(paper_id, after, corrections.get(paper_id, {}))
    writer.finish()


class _There(Struct, frozen=True):
    """A paper that the catalogue holds."""

    row: int
    held: Held
    shown: Paper
    sourced: Paper
    """What its sources say; the same as what is shown where nothing is corrected."""


class _Rewriting:
    """Writes papers again whose facts or corrections changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection)

    def finish(self) -> None:
        """Bring what was written to an end."""
        self._rows.finish()

    def correct(self, paper_id: str, correction: Corrections) -> None:
        """Let a paper that is there be what its sources say with these corrections."""
        there = self._find(paper_id)
        if there is not None:
            self._write(there, there.sourced, correction)

    def change(self, paper_id: str, fields: Record, correction: Corrections) -> None:
        """Change fields of what the sources say of a paper that is there, and its key if that is among them."""
        there = self._find(paper_id)
        if there is not None:
            self._write(there, paper_from(paper_record(there.sourced) | without_key(fields)), correction)
            if "citekey" in fields:
                self._connection.execute(_RENAME, (paper_id, str(fields["citekey"])))

    def absorb(self, paper_id: str, root: str, correction: Corrections) -> None:
        """Take out a paper that is still there although it was merged; the other one gets what it knew."""
        part, other = self._find(paper_id), self._find(root)
        if part is None:
            return
        self._connection.execute("INSERT OR REPLACE INTO vacated VALUES (?, ?)", (paper_id, part.row))
        self._rows.delete(part.row)
        if other is None:
            held = Held(root, part.held.citekey, part.held.added)
            shown = corrected(part.sourced, correction)
            self._insert(self._rows.free(shown), held, shown, part.sourced)
        else:
            self._write(other, united(other.sourced, part.sourced), correction)

    def _find(self, paper_id: str) -> _There | None:
        """Return a paper; None if it is not there."""
        found = self._connection.execute(_HELD, (paper_id,)).fetchone()
        if found is None:
            return None
        row, citekey, added = found
        record = self._rows.record(row)
        if record is None:
            raise DamagedError("catalogue.sqlite is damaged: a paper that it should hold is not there", RESCUE)
        shown, sourced = both(record)
        return _There(row, Held(paper_id, citekey, added), shown, sourced or shown)

    def _write(self, there: _There, sourced: Paper, correction: Corrections) -> None:
        """Write a paper in the place of what it was; it moves if its date changes."""
        shown = corrected(sourced, correction)
        if (shown, sourced) == (there.shown, there.sourced):
            return
        if sourced != there.sourced:  # what told of the paper before is still taken for it
            self._connection.execute(ALSO_CALLED, (distinct_id(there.sourced), there.held.id))
        moves = date_ordinal(shown.date) != date_ordinal(there.shown.date)
        self._rows.delete(there.row)
        self._insert(self._rows.free(shown) if moves else there.row, there.held, shown, sourced)

    def _insert(self, row: int, held: Held, shown: Paper, sourced: Paper) -> None:
        """Write a paper into a free row."""
        self._rows.insert(row, held, shown, held_mark(self._connection, held.id), sourced=sourced)
