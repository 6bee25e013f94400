"""Taking papers into the catalogue: matching them with those that are held, merging, and giving citation keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import count

from msgspec.structs import replace

from readlist.apart import distinct_id
from readlist.decided import FromLibrary
from readlist.merge import merged, united
from readlist.paper import Entry, Incoming, Paper, date_ordinal
from readlist.preprint import with_preprint
from readlist.publication import is_elsewhere
from readlist.record import Record, paper_record
from readlist.store.added import Added
from readlist.store.course import Course
from readlist.store.folding import title_key
from readlist.store.free_keys import Keys
from readlist.store.line import changed_fields
from readlist.store.matching import Match, Matching, Names, There
from readlist.store.mirror import held_mark
from readlist.store.naming import ALSO_CALLED, identifier_names
from readlist.store.own import Decisions
from readlist.store.rows import Held, Rows


class Intake:
    """One batch within one transaction.

    Args:
        connection: To the catalogue.
        now: The present instant, UTC ISO 8601.
        keys: The citation keys that are not free.
        decisions: What the marks decide of the facts of papers.
        course: What this ingest has met so far; it is added to.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        now: str,
        keys: Keys,
        decisions: Decisions | None = None,
        course: Course | None = None,
    ) -> None:
        self._connection = connection
        self._decisions = decisions or Decisions()
        self._now = now
        self._keys = keys
        course = course or Course()
        self._told, self._named = course.told, course.named
        self._rows = Rows(connection)
        self._matching = Matching(connection, self._rows, self._decisions)
        self._created: list[str] = []
        self._refused: dict[str, str] = {}
        self._uncertain: set[str] = set()
        self._facts: list[Record] = []
        self._identified: dict[str, bool] = {}
        self._counts = {"new": 0, "updated": 0, "unchanged": 0, "elsewhere": 0}

    def add(self, papers: Iterable[Paper | Incoming]) -> Added:
        """Add the papers one by one, so that one that stands twice is merged with itself."""
        whole = (one if isinstance(one, Incoming) else Incoming(one) for one in papers)
        ids = tuple(map(self._add_one, whole))
        self._rows.finish()
        return Added(
            **self._counts,
            twins=tuple(self._twins()),
            ids=ids,
            created=tuple(self._created),
            facts=tuple(self._facts),
            refused=tuple(self._refused.items()),
            uncertain=frozenset(self._uncertain),
        )

    def _twins(self) -> Iterator[tuple[str, str]]:
        """Yield the papers that turned out to be one."""
        if self._identified:
            from readlist.store.twins import Twins

            yield from Twins(self._connection, self._decisions, self._keys.is_given).among(self._identified)

    def _add_one(self, incoming: Incoming) -> str:
        """Add one paper, or merge it with the one that is held; return the id in the library."""
        paper = with_preprint(incoming.paper)
        if paper is not incoming.paper:
            incoming = replace(incoming, paper=paper)
        names = Names.of(incoming)
        match = self._matching.find(paper, names)
        if match is None or self._is_other(match.there.id, incoming.id):
            root = self._decisions.merged_into(paper, tuple(names), names.made) if match is None else None
            return self._insert(incoming, names, root)
        if match.there.id == incoming.id:
            self._named.update((incoming.id,))
        before, after = self._merge(match, incoming, names.made)
        called = {names.first, names.made}
        if match.there.id == incoming.id and before == after and isinstance(incoming, FromLibrary):
            called = set(incoming.decided.names)  # a library tells by which other ids a paper is known
        elif not match.is_part:  # so that it is taken for this paper again, whatever becomes known of either
            if match.there.id not in called:
                called.add(names.distinct)
            dois = {before.identifiers.doi, paper.identifiers.doi} - {after.identifiers.doi, None}
            called.update(name for doi in dois for name in identifier_names(None, doi))
            if match.by_name or before != after:
                called |= {distinct_id(before), names.distinct} - {distinct_id(after)}
        self._call(called, match.there.id)
        return match.there.id

    def _is_other(self, there: str, given: str | None) -> bool:
        """Whether the library that a description comes from has told of a held paper as another one."""
        return given is not None and given != there and there in self._named and given not in self._decisions.roots

    def _insert(self, incoming: Incoming, names: Names, root: str | None) -> str:
        """Put in a paper that is not held, as the one that the reader merged it into, if any; return its id."""
        paper = incoming.paper
        own_id = root or self._free_id(names)
        held = Held(own_id, self._keys.for_paper(own_id, paper, incoming.citekey), incoming.added or self._now)
        self._note_refused(incoming.citekey, held.citekey)
        mark = held_mark(self._connection, own_id)
        shown = self._decisions.corrected(own_id, paper)
        self._rows.insert(self._rows.free(shown), held, shown, mark, sourced=paper)
        self._note_doubt(own_id, shown)
        self._counts["new"] += 1
        self._created.append(own_id)
        self._told.update((own_id,))
        if own_id == incoming.id:
            self._named.update((own_id,))
        self._connection.execute("DELETE FROM aliases WHERE alias = ?", (own_id,))
        self._call(incoming.decided.names if isinstance(incoming, FromLibrary) else {names.first, names.made}, own_id)
        return own_id

    def _note_doubt(self, paper_id: str, shown: Paper) -> None:
        """Take note of whether the library is sure of a paper now."""
        (self._uncertain.add if shown.uncertain else self._uncertain.discard)(paper_id)

    def _note_refused(self, wanted: str | None, given: str) -> None:
        """Take note of a key that a source wanted for a paper that goes by another."""
        if wanted is not None and wanted != given:
            self._refused[wanted] = given

    def _merge(self, match: Match, told: Incoming, made_id: str) -> tuple[Paper, Paper]:
        """Enrich a paper; it moves if its date changes. Return what its sources said before, and what they say now.

        What is said of a part that a reader merged into the paper fills gaps and corrects nothing, and so does what
        goes by the title alone, or comes after another description of the paper by the same source: else two
        descriptions in one file would take turns.
        """
        there, before, incoming = match.there, match.there.sourced, told.paper
        titled = made_id != there.id and title_key(before) == title_key(incoming)
        fills = match.is_part or there.id in self._told
        both = united(before, incoming) if fills or titled else None
        # The identifiers of both, as they are found when the same comes again.
        if both is not None and not fills and _share_identifier(both, incoming):
            both = None
        paper = both or merged(before, incoming)
        if incoming.sources[:1] == paper.sources[:1]:
            self._told.update((there.id,))
        self._counts["elsewhere"] += before != incoming and is_elsewhere(paper, incoming)
        if paper == before:
            self._note_refused(told.citekey, there.citekey)
            self._note_doubt(there.id, there.shown)
            self._counts["unchanged"] += 1
            return before, paper
        self._counts["updated"] += 1
        self._rows.delete(there.row)
        shown = self._decisions.corrected(there.id, paper)
        key = self._key_of_known(there, shown, told.citekey)
        self._note_facts(there, paper, key)
        if told.id is None and (before.identifiers != paper.identifiers or before.is_only_named):
            self._identified[there.id] = before.is_only_named and not paper.is_only_named
        self._note_refused(told.citekey, key)
        self._note_doubt(there.id, shown)
        moves = date_ordinal(shown.date) != date_ordinal(there.shown.date)
        place = self._rows.free(shown) if moves else there.row
        mark = held_mark(self._connection, there.id)
        self._rows.insert(place, Held(there.id, key, there.added), shown, mark, sourced=paper)
        return before, paper

    def _note_facts(self, there: There, paper: Paper, key: str) -> None:
        """Take note of what became known of a paper, and of the key that it goes by since then."""
        before, after = changed_fields(paper_record(there.sourced), paper_record(paper))
        if key != there.citekey:
            before["citekey"], after["citekey"] = there.citekey, key
        self._facts.append({"id": there.id, "before": before, "after": after})

    def _key_of_known(self, there: There, shown: Paper, wanted: str | None) -> str:
        """Return the key of a paper that became known better: one made of an identifier alone gives way."""
        if not there.shown.is_only_named or shown.is_only_named or self._keys.is_given(there.id):
            return there.citekey
        return self._keys.for_paper(there.id, shown, wanted)

    def _free_id(self, names: Names) -> str:
        """Return the best id that a new paper can have."""
        if names.given is not None and not self._is_held(names.given):
            return names.given
        if not self._matching.is_name(names.made):
            return names.made
        first = int(names.distinct[1:], 16)
        ids = (f"p{(first + more) % (1 << 64):016x}" for more in count())
        return next(one for one in ids if not self._is_held(one))

    def _is_held(self, paper_id: str) -> bool:
        """Whether a paper has an id."""
        return self._connection.execute("SELECT 1 FROM papers WHERE id = ?", (paper_id,)).fetchone() is not None

    def _call(self, names: Iterable[str], paper_id: str) -> None:
        """Let a paper be found by ids that no other one has or is found by."""
        self._connection.executemany(ALSO_CALLED, [(name, paper_id) for name in names if name != paper_id])


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
        names = (entry.id, distinct_id(entry.paper), held.citekey, held.citekey.lower(), *identifiers)
        elsewhere = "DELETE FROM aliases WHERE alias = ? AND id <> ?"
        connection.executemany(elsewhere, [(name, entry.id) for name in names])
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
