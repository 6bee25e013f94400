"""Papers that are held twice: what an ingest tells of one shows that it is another one that is held.

A preprint and its article may have come in under two titles, and an id of which nothing else was known beside the paper
that it is of. Once a source names both, they are one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from readlist.apart import named_apart, strangers, told_apart
from readlist.mark import UNMARKED
from readlist.paper import Paper
from readlist.store.doubles import surely_same
from readlist.store.facts import sourced
from readlist.store.folding import title_key
from readlist.store.mirror import held_mark
from readlist.store.named import share_authors
from readlist.store.own import Decisions

_FOUND: Final = "SELECT p.id, f.record FROM papers AS p JOIN facts AS f ON f.row = p.row WHERE"
_ITSELF: Final = f"{_FOUND} p.id = ?"
_IDENTIFIED: Final = (f"{_FOUND} p.arxiv = ? AND p.id <> ?", f"{_FOUND} p.doi = ? AND p.id <> ?")
_TITLED: Final = f"{_FOUND} p.title_key = ? AND p.id <> ? LIMIT 20"
_CAME: Final = "SELECT p.added, f.record FROM papers AS p JOIN facts AS f ON f.row = p.row WHERE p.id = ?"


class Twins:
    """Finds papers that are held twice, after a batch is written.

    Args:
        connection: Within the batch's transaction.
        decisions: What the marks decide of papers.
        is_given: Says whether the citation key of a paper is kept.
    """

    def __init__(self, connection: sqlite3.Connection, decisions: Decisions, is_given: Callable[[str], bool]) -> None:
        self._connection = connection
        self._decisions = decisions
        self._is_given = is_given

    def among(self, told: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
        """Yield pairs of papers that are one: the one that stays, and the one that becomes part of it.

        Args:
            told: The ids of papers that were told an identifier, each with whether nothing else was known of it before.
        """
        gone: set[str] = set()
        for paper_id, was_only_named in told.items():
            for other in self._of(paper_id, was_only_named=was_only_named):
                if not {paper_id, other} & gone:
                    stays, goes = sorted((paper_id, other), key=lambda one: self._rank(one, told))
                    gone.add(goes)
                    yield stays, goes

    def _rank(self, paper_id: str, told: Mapping[str, bool]) -> tuple[object, ...]:
        """Return what a paper stays by: what the reader did with it, then that its key is no identifier's, its age."""
        marked, given = held_mark(self._connection, paper_id) != UNMARKED, self._is_given(paper_id)
        added, record = self._connection.execute(_CAME, (paper_id,)).fetchone()
        bare = told.get(paper_id, False) or sourced(record).is_only_named
        return not marked, not given, bare, added, paper_id

    def _of(self, paper_id: str, *, was_only_named: bool) -> list[str]:
        """Return the papers that one surely is, although both are held."""
        found = next(self._all(_ITSELF, paper_id), None)
        if found is None or self._decisions.reidentified(paper_id):
            return []
        paper = found[1]
        same: dict[str, None] = {}
        for sql, name in zip(_IDENTIFIED, (paper.identifiers.arxiv, paper.identifiers.doi), strict=True):
            for other_id, other in self._all(sql, name, paper_id) if name else ():
                if not (named_apart(paper, other) or strangers(paper, other)) and share_authors(paper, other):
                    same[other_id] = None
        if was_only_named and not same:
            titled = [one for one, other in self._all(_TITLED, title_key(paper), paper_id) if _is_one(paper, other)]
            same.update(dict.fromkeys(titled) if len(titled) == 1 else {})
        return [
            one for one in same if not (self._decisions.are_apart(paper_id, one) or self._decisions.reidentified(one))
        ]

    def _all(self, sql: str, *values: str) -> Iterator[tuple[str, Paper]]:
        """Yield the papers that a statement finds, as their sources say."""
        for paper_id, record in self._connection.execute(sql, values).fetchall():
            yield str(paper_id), sourced(record)


def _is_one(paper: Paper, other: Paper) -> bool:
    """Whether two papers of one title would have become one, had both been told of like this."""
    return not told_apart(paper, other) and (paper.id == other.id or surely_same(paper, other))
