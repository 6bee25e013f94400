"""Taking papers into the catalogue: matching them with those that are held, merging, and giving citation keys."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from readlist.citekey import base_key, unique_key
from readlist.errors import DamagedError
from readlist.merge import merged, united
from readlist.paper import Entry, Incoming, Paper, date_ordinal
from readlist.pattern import DEFAULT, Pattern
from readlist.record import Record, paper_record
from readlist.store.added import Added
from readlist.store.connection import RESCUE
from readlist.store.facts import both
from readlist.store.folding import title_key
from readlist.store.line import changed_fields
from readlist.store.mirror import held_mark
from readlist.store.naming import identifier_names
from readlist.store.own import Decisions
from readlist.store.rows import Held, Rows

_ADOPTABLE: Final = re.compile(r"[^\s,{}()=\"#%~\\']{1,200}")
"""A key that BibTeX and biber read as it stands."""


_NAMESAKES: Final = 20
"""Papers of one title that a new one is compared with."""


class Keys:
    """The citation keys that are not free: those of papers held, and those given out or had before.

    Args:
        connection: To the catalogue.
        given: Keys that stay a paper's for ever, by paper id: its present one first.
        pattern: What new keys are made of.
    """

    def __init__(
        self, connection: sqlite3.Connection, given: Mapping[str, Sequence[str]], pattern: Pattern = DEFAULT
    ) -> None:
        self._connection = connection
        self._given = given
        self._pattern = pattern

    @cached_property
    def _reserved(self) -> set[str]:
        """The keys that were given out, casefolded; not needed where no paper is new."""
        return {key.casefold() for keys in self._given.values() for key in keys}

    def is_taken(self, key: str) -> bool:
        """Say whether another paper has the key, or had it once."""
        return key.casefold() in self._reserved or self._is_held(key)

    def _is_held(self, key: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM papers WHERE citekey = ?", (key,)).fetchone()
        return found is not None

    def for_paper(self, paper_id: str, paper: Paper, wanted: str | None = None) -> str:
        """Return a key for a new paper: the one that it had before, else the one wanted if it is free, else another."""
        given = self._given.get(paper_id)
        if given is not None and not self._is_held(given[0]):
            return given[0]
        if wanted is not None and _ADOPTABLE.fullmatch(wanted) and not self.is_taken(wanted):
            return wanted
        return unique_key(base_key(paper, self._pattern), self.is_taken)

    def again(self, wanted: str) -> str:
        """Return the key that a paper had before, or a free one like it if another paper has it now."""
        return unique_key(wanted, self.is_taken) if self._is_held(wanted) else wanted


class Intake:
    """One batch within one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, now: str, keys: Keys, decisions: Decisions | None = None
    ) -> None:
        self._connection = connection
        self._decisions = decisions or Decisions()
        self._now = now
        self._keys = keys
        self._rows = Rows(connection)
        self._created: list[str] = []
        self._refused: dict[str, str] = {}
        self._uncertain: set[str] = set()
        self._facts: list[Record] = []
        self._counts = {"new": 0, "updated": 0, "unchanged": 0}

    def add(self, papers: Iterable[Paper | Incoming]) -> Added:
        """Add the papers one by one, so that one that stands twice is merged with itself."""
        whole = (one if isinstance(one, Incoming) else Incoming(one) for one in papers)
        ids = tuple(map(self._add_one, whole))
        self._rows.finish()
        return Added(
            **self._counts,
            ids=ids,
            created=tuple(self._created),
            facts=tuple(self._facts),
            refused=tuple(self._refused.items()),
            uncertain=frozenset(self._uncertain),
        )

    def _add_one(self, incoming: Incoming) -> str:
        """Add one paper, or merge it with the one that is held; return the id in the library."""
        paper, made_id = incoming.paper, incoming.paper.id
        own_id = incoming.id or made_id
        row = self._match(paper, own_id)
        if row is None and own_id != made_id:
            row = self._match(paper, made_id)
        if row is None:
            row = self._match_title(paper, own_id)
        if row is None:
            own_id = self._decisions.merged_into(paper, own_id) or own_id
            held = Held(own_id, self._keys.for_paper(own_id, paper, incoming.citekey), incoming.added or self._now)
            self._note_refused(incoming.citekey, held.citekey)
            mark = held_mark(self._connection, own_id)
            shown = self._decisions.corrected(own_id, paper)
            self._rows.insert(self._rows.free(shown), held, shown, mark, sourced=paper)
            self._note_doubt(own_id, shown)
            self._counts["new"] += 1
            self._created.append(own_id)
            paper_id = own_id
        else:
            is_part = self._decisions.merged_into(paper, own_id) is not None
            paper_id = self._merge(row, paper, made_id, incoming.citekey, is_part=is_part)
        for alias in {own_id, made_id} - {paper_id}:
            self._connection.execute(
                "INSERT OR IGNORE INTO aliases SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM papers WHERE id = ?1)",
                (alias, paper_id),
            )
        return paper_id

    def _match(self, paper: Paper, own_id: str) -> int | None:
        """Return the row of the paper that is the same one, if it is held: what the reader decided goes first."""
        decided = self._decisions.merged_into(paper, own_id)
        if decided is None and self._decisions.reidentified(own_id):
            decided = own_id
        if decided is not None:
            row = self._row("SELECT row FROM papers WHERE id = ?", decided)
            if row is not None:
                return row
        return self._match_facts(paper, own_id)

    def _match_facts(self, paper: Paper, own_id: str) -> int | None:
        """Return the row of the paper that goes by the same identifier, or by the same title and first author."""
        identifiers = paper.identifiers
        if identifiers.arxiv is not None:
            row = self._row("SELECT max(row) FROM papers WHERE arxiv = ?", identifiers.arxiv)
            if row is not None:
                return row
        if identifiers.doi is not None:
            row = self._row("SELECT max(row) FROM papers WHERE doi = ?", identifiers.doi)
            if row is not None:
                return row
        row = self._row("SELECT row FROM papers WHERE id = ?", own_id)
        if row is not None:
            return row
        row = self._row("SELECT p.row FROM aliases AS a JOIN papers AS p ON p.id = a.id WHERE a.alias = ?", own_id)
        called = self._decisions.named.get(own_id)
        if row is None and called is not None:
            row = self._row("SELECT row FROM papers WHERE id = ?", called)
        return row

    def _match_title(self, paper: Paper, own_id: str) -> int | None:
        """Return the row of the paper of the same title that is surely this one, however its authors are written."""
        sql = "SELECT row, id FROM papers WHERE title_key = ? LIMIT ?"
        for row, paper_id in self._connection.execute(sql, (title_key(paper), _NAMESAKES)).fetchall():
            record = self._rows.record(row)
            if record is not None and not self._decisions.are_apart(own_id, paper_id):
                from readlist.store.doubles import surely_same

                shown, sourced = both(record)
                if surely_same(sourced or shown, paper):
                    return int(row)
        return None

    def _row(self, sql: str, value: str) -> int | None:
        found = self._connection.execute(sql, (value,)).fetchone()
        return None if found is None else found[0]

    def _note_doubt(self, paper_id: str, shown: Paper) -> None:
        """Take note of whether the library is sure of a paper now."""
        (self._uncertain.add if shown.uncertain else self._uncertain.discard)(paper_id)

    def _note_refused(self, wanted: str | None, given: str) -> None:
        """Take note of a key that a source wanted for a paper that goes by another."""
        if wanted is not None and wanted != given:
            self._refused[wanted] = given

    def _merge(self, row: int, incoming: Paper, made_id: str, wanted: str | None, *, is_part: bool) -> str:
        """Enrich the paper in a row; it moves if its date changes. Return its id.

        What is said of a part that a reader merged into the paper fills gaps and corrects nothing, and so does what
        goes by the title alone: else two descriptions in one file would take turns.
        """
        found = self._connection.execute("SELECT id, citekey, added FROM papers WHERE row = ?", (row,)).fetchone()
        record = self._rows.record(row)
        if found is None or record is None:
            raise DamagedError("catalogue.sqlite is damaged: a paper that it should hold is not there", RESCUE)
        paper_id, citekey, added = found
        self._note_refused(wanted, citekey)
        was_shown, was_sourced = both(record)
        before = was_sourced or was_shown
        only_titled = made_id != paper_id and not _share_identifier(before, incoming)
        is_part = is_part or (only_titled and title_key(before) == title_key(incoming))
        paper = united(before, incoming) if is_part else merged(before, incoming)
        if paper == before:
            self._note_doubt(paper_id, was_shown)
            self._counts["unchanged"] += 1
            return str(paper_id)
        self._counts["updated"] += 1
        fields, after = changed_fields(paper_record(before), paper_record(paper))
        self._facts.append({"id": paper_id, "before": fields, "after": after})
        self._rows.delete(row)
        shown = self._decisions.corrected(paper_id, paper)
        self._note_doubt(paper_id, shown)
        moves = date_ordinal(shown.date) != date_ordinal(was_shown.date)
        place = self._rows.free(shown) if moves else row
        mark = held_mark(self._connection, paper_id)
        self._rows.insert(place, Held(paper_id, citekey, added), shown, mark, sourced=paper)
        return str(paper_id)


def _share_identifier(one: Paper, other: Paper) -> bool:
    """Whether two descriptions have the same arXiv id or DOI."""
    ours, theirs = one.identifiers, other.identifiers
    return (ours.arxiv is not None and ours.arxiv == theirs.arxiv) or (ours.doi is not None and ours.doi == theirs.doi)


def put_back(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Write papers that were taken out as they were, at their old places if these are still free."""
    rows = Rows(connection)
    keys = Keys(connection, {})
    for entry in entries:
        if connection.execute("SELECT 1 FROM papers WHERE id = ?", (entry.id,)).fetchone():
            continue
        held = Held(entry.id, keys.again(entry.citekey), entry.added)
        row = _old_place(connection, entry)
        mark = held_mark(connection, entry.id)
        rows.insert(rows.free(entry.paper) if row is None else row, held, entry.paper, mark)
        # What was an alias of the paper that it was merged into is a paper again.
        identifiers = identifier_names(entry.paper.identifiers.arxiv, entry.paper.identifiers.doi)
        names = (entry.id, held.citekey, held.citekey.lower(), *identifiers)
        connection.executemany("DELETE FROM aliases WHERE alias = ?", [(name,) for name in names])
    rows.finish()


def take_out(connection: sqlite3.Connection, found: Iterable[tuple[str, int]]) -> None:
    """Empty the rows of papers, given as ids and rows, and remember where they stood."""
    rows = Rows(connection)
    for paper_id, row in found:
        connection.execute("INSERT OR REPLACE INTO vacated VALUES (?, ?)", (paper_id, row))
        rows.delete(row)
    rows.finish()


def _old_place(connection: sqlite3.Connection, entry: Entry) -> int | None:
    """Return the row that a paper had when it was taken out, if it is free and of the paper's date."""
    found = connection.execute(
        "SELECT row FROM vacated AS v WHERE id = ? AND NOT EXISTS (SELECT 1 FROM papers AS p WHERE p.row = v.row)",
        (entry.id,),
    ).fetchone()
    if found is None or max(found[0], 0) >> 20 != date_ordinal(entry.paper.date):
        return None
    return int(found[0])
