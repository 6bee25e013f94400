"""Writing into a new catalogue what was read of a damaged one, and the papers that the marks know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from msgspec.structs import replace

from readlist.correction import corrected
from readlist.errors import ReadlistError
from readlist.mark import UNMARKED
from readlist.paper import FROM_MARKS, Paper, date_ordinal
from readlist.record import paper_from
from readlist.store.connection import transaction
from readlist.store.folding import title_key
from readlist.store.following import follow
from readlist.store.free_keys import Keys
from readlist.store.kept import Kept
from readlist.store.own import roots_of
from readlist.store.rows import Held, Rows
from readlist.store.salvage import Given, Salvage

_AT_ONCE: Final = 5000
"""Papers that are written in one transaction."""


class Filling:
    """Fills a new catalogue: first `take_salvaged`, then `take_kept`, then `take_aliases`.

    Attributes:
        saved: How many papers were read from the old file.
        from_marks: How many more were made from the marks.
    """

    def __init__(self, connection: sqlite3.Connection, kept: Mapping[str, Kept], now: str) -> None:
        self.saved = 0
        self.from_marks = 0
        self._connection = connection
        self._kept = kept
        self._now = now
        self._keys = Keys(connection, {one.id: (one.citekey, *one.former_keys) for one in kept.values()})
        self._ids: set[str] = set()
        self._misplaced: list[tuple[Held, Paper]] = []
        self._roots = roots_of({one.id: one.own.into for one in kept.values() if one.own.into})

    @contextmanager
    def _rows(self) -> Iterator[Rows]:
        """Give the rows of the catalogue within a transaction."""
        with transaction(self._connection):
            rows = Rows(self._connection)
            yield rows
            rows.finish()

    def take_salvaged(self, found: Salvage, removed: Mapping[str, str]) -> None:
        """Write every paper that was read, each in its old row if its date still is that row's.

        Args:
            found: What was read.
            removed: Papers that are not to come back, each with the instant of its removal.
        """
        places = sorted(found.facts.keys() | found.given.keys())
        for begin in range(0, len(places), _AT_ONCE):
            with self._rows() as rows:
                for row in places[begin : begin + _AT_ONCE]:
                    self._take(rows, row, found, removed)
        with self._rows() as rows:
            for held, paper in self._misplaced:
                key = self._key(held.id, held.citekey, (), paper) or self._keys.for_paper(held.id, paper)
                shown = self._shown(held.id, paper)
                rows.insert(rows.free(shown), replace(held, citekey=key), shown, sourced=paper)
        self._misplaced.clear()

    def _shown(self, paper_id: str, paper: Paper) -> Paper:
        """Return a paper as the reader corrected it."""
        kept = self._kept.get(paper_id)
        return paper if kept is None else corrected(paper, kept.own.corrected)

    def _take(self, rows: Rows, row: int, found: Salvage, removed: Mapping[str, str]) -> None:
        """Write the paper of one row, if it can be told which one it is."""
        given = found.given.get(row, Given())
        paper = found.paper(row)
        of_marks = paper is None
        if paper is None:
            if given.id is None or given.id not in self._kept:
                return
            paper = _recalled(self._kept[given.id])
        paper_id = self._identity(given.id, found.ids(row), paper)
        added = found.added(row)
        if paper_id in self._ids or (added or "") < removed.get(paper_id, ""):
            return
        self._ids.add(paper_id)
        self.saved += not of_marks
        self.from_marks += of_marks
        key = self._key(paper_id, given.citekey, found.citekeys(row), paper)
        held = Held(paper_id, key or "", added or self._now)
        shown = self._shown(paper_id, paper)
        if key is None or max(row, 0) >> 20 != date_ordinal(shown.date):
            self._misplaced.append((held, paper))
        else:
            rows.insert(row, held, shown, sourced=paper)

    def _identity(self, own: str | None, indexed: Sequence[str], paper: Paper) -> str:
        """Return the id of a paper: the one that its row and an index agree on, else the likeliest."""
        if own is not None and (own in indexed or not indexed):
            return own
        named = [*filter(None, [own]), *indexed]
        known = [one for one in named if one in self._kept]
        if len(set(known)) == 1:
            return known[0]
        if paper.id in named or not named:
            return paper.id
        return named[0]

    def _key(self, paper_id: str, own: str | None, indexed: Sequence[str], paper: Paper) -> str | None:
        """Return the citation key of a paper; None if it must be given one."""
        if paper_id in self._kept:
            return self._keys.for_paper(paper_id, paper)
        named = list(indexed)
        if len(named) > 1 and (title := title_key(paper)) in named:
            named.remove(title)  # which an index has too
        likely = [*filter(None, [own]), *(named if len(named) == 1 else ())]
        return next((key for key in likely if not self._keys.is_taken(key)), None)

    def take_kept(self, removed: Mapping[str, str]) -> None:
        """Write the papers of the marks that are not there yet.

        Args:
            removed: Papers that the history leaves removed; they come back only if they are marked.
        """
        with self._rows() as rows:
            for one in self._kept.values():
                if one.id in self._ids or not self._comes_back(one, removed):
                    continue
                self._ids.add(one.id)
                self.from_marks += one.id not in self._roots
                paper = _recalled(one)
                held = Held(one.id, self._keys.for_paper(one.id, paper), min([self._now, *_instants(one)]))
                shown = self._shown(one.id, paper)
                rows.insert(rows.free(shown), held, shown, sourced=paper)

    def _comes_back(self, one: Kept, removed: Mapping[str, str]) -> bool:
        """Whether a paper of the marks is written; one that was merged only if its other part needs what it says."""
        if one.own.written is not None:
            return True
        return one.id not in self._roots and not (one.mark == UNMARKED and one.id in removed)

    def take_aliases(self, aliases: Mapping[str, str]) -> None:
        """Write the former ids and keys of papers that are there."""
        sound = [(alias, one) for alias, one in aliases.items() if one in self._ids and alias not in self._ids]
        with transaction(self._connection):
            self._connection.executemany("INSERT INTO aliases VALUES (?, ?)", sound)
            follow(self._connection, self._kept, self._roots)


def _recalled(kept: Kept) -> Paper:
    """Return the paper that the marks tell of; one that was added by hand is told whole."""
    if kept.own.written is not None:
        return paper_from(dict(kept.own.written))
    paper = Paper(
        title=kept.title,
        title_raw=kept.title,
        authors=kept.authors,
        date=kept.date,
        identifiers=kept.identifiers,
        sources=(FROM_MARKS,),
    )
    try:
        date_ordinal(kept.date)
    except ReadlistError:
        return replace(paper, date=None)
    return paper


def _instants(kept: Kept) -> Iterator[str]:
    """Yield when a paper is known to have been in the library."""
    if kept.mark.changed is not None:
        yield kept.mark.changed
    for _, instant in kept.mark.status_dates:
        yield instant
    for note in kept.mark.notes:
        yield note.created
