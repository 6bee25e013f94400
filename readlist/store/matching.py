"""Which paper of the catalogue a description is of, if it is held.

What the reader decided goes first, then what the description was taken for before, then identifiers, then title and
author. Papers that other identifiers, or other places in print, tell apart are never taken for one.
"""

# ruff: noqa: S608 - only names of columns are put together

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from typing import Final

from msgspec import Struct

from readlist.apart import distinct_id, named_apart, strangers, told_apart
from readlist.errors import DamagedError
from readlist.nearest import nearest
from readlist.paper import FROM_MARKS, Incoming, Paper
from readlist.preprint import posted_doi
from readlist.store.connection import RESCUE
from readlist.store.facts import both
from readlist.store.folding import title_key
from readlist.store.naming import identifier_names
from readlist.store.own import Decisions
from readlist.store.rows import Rows

_NAMESAKES: Final = 20
"""Papers of one title that a new one is compared with."""

_COLUMNS: Final = "p.row, p.id, p.citekey, p.added"
_ID: Final = f"SELECT {_COLUMNS} FROM papers AS p WHERE p.id = ?1"
_ALIAS: Final = f"SELECT {_COLUMNS} FROM aliases AS a JOIN papers AS p ON p.id = a.id WHERE a.alias = ?1"
_ID_OR_ALIAS: Final = f"{_ID} UNION ALL {_ALIAS}"
_ARXIV: Final = f"SELECT {_COLUMNS} FROM papers AS p WHERE p.arxiv = ? ORDER BY p.added, p.id"
_DOI: Final = f"SELECT {_COLUMNS} FROM papers AS p WHERE p.doi = ? ORDER BY p.added, p.id"
_TITLE: Final = f"SELECT {_COLUMNS} FROM papers AS p WHERE p.title_key = ? ORDER BY p.added, p.id LIMIT {_NAMESAKES}"


class There(Struct, frozen=True):
    """A paper that the catalogue holds."""

    row: int
    id: str
    citekey: str
    added: str
    shown: Paper
    sourced: Paper
    """What its sources say; the same as what is shown where the reader corrected nothing."""


class Names(Struct, frozen=True):
    """The ids that a description can go by."""

    given: str | None
    """The one that readlist gave it elsewhere."""
    distinct: str
    """The one that it gets where another paper has the next."""
    made: str
    """The one of its title and first author."""

    @classmethod
    def of(cls, incoming: Incoming) -> Names:
        """Return those of a description."""
        return cls(incoming.id, distinct_id(incoming.paper), incoming.paper.id)

    @property
    def first(self) -> str:
        """The one that it gets if it is free."""
        return self.given or self.made

    def __iter__(self) -> Iterator[str]:
        """Yield them, the surest first."""
        return iter(dict.fromkeys(filter(None, (self.given, self.distinct, self.made))))


class Match(Struct, frozen=True):
    """A paper that a description is of."""

    there: There
    is_part: bool = False
    """Whether the reader merged what is described into it."""
    by_name: bool = False
    """Whether title and author say so rather than an identifier, or a decision."""


class Matching:
    """Finds papers within one transaction.

    Args:
        connection: To the catalogue.
        rows: Its rows, some of which may have been written within the transaction.
        decisions: What the marks decide of papers.
    """

    def __init__(self, connection: sqlite3.Connection, rows: Rows, decisions: Decisions) -> None:
        self._connection = connection
        self._rows = rows
        self._decisions = decisions

    def find(self, paper: Paper, names: Names) -> Match | None:
        """Return the paper that this is a description of, if it is held."""
        given = self._one(_ID, names.given) if names.given and names.given not in self._decisions.roots else None
        if given is not None and not _differ(given, paper):
            return Match(given)
        root = self._decisions.merged_into(paper, tuple(names), names.made)
        for decided in (root, *filter(self._decisions.reidentified, names)):
            there = self._one(_ID, decided) if decided is not None else None
            if there is not None and (decided == root or not _differ(there, paper)):
                return Match(there, is_part=root is not None)
        there = self._known(paper, names) or self._identified(paper, names)
        if there is not None:
            return Match(there)
        there = self._decided(paper, names) or self._fitting(paper, names)
        return None if there is None else Match(there, by_name=True)

    def _known(self, paper: Paper, names: Names) -> There | None:
        """Return the paper that just this description was taken for before."""
        there = self._one(_ID_OR_ALIAS, names.distinct)
        return None if there is None or _named_apart(there, paper) else there

    def _identified(self, paper: Paper, names: Names) -> There | None:
        """Return the paper of an identifier; of several, the one that goes by the name as well."""
        found: list[There] = []
        for sql, value in ((_ARXIV, paper.identifiers.arxiv), (_DOI, paper.identifiers.doi)):
            if value is not None:
                found += self._all(sql, value)
        if paper.identifiers.doi is not None and posted_doi(paper) is not None:
            for name in identifier_names(None, paper.identifiers.doi):
                found += self._all(_ALIAS, name)
        found = [there for there in found if not (_named_apart(there, paper) or strangers(there.sourced, paper))]
        return next((there for there in found if there.id in names), found[0]) if found else None

    def _decided(self, paper: Paper, names: Names) -> There | None:
        """Return the paper that readlist gave this id elsewhere, or that the reader gave this title and author."""
        ids = (names.given, *(self._decisions.named.get(name) for name in (names.first, names.made)))
        held = (there for name in ids if name is not None for there in self._all(_ID, name))
        return next((there for there in held if not _differ(there, paper)), None)

    def _fitting(self, paper: Paper, names: Names) -> There | None:
        """Return the paper of the same title and author, unless anything tells it from this one.

        Of several the one that says clearly more of the same is it, in whatever order they came; if there is none,
        it is none of them: a preprint's id does not go to whichever was first of an article and a talk.
        """
        found = list(self._named(paper, names))
        found += self._namesakes(paper, names, [there.id for there in found])
        if len(found) < 2:  # noqa: PLR2004 - several
            return found[0] if found else None
        just = [there for there in found if distinct_id(there.sourced) == names.distinct]
        if len(just) == 1:
            return just[0]
        place = nearest(paper, [there.sourced for there in found])
        if place is not None:
            return found[place]
        kept = any(self._decisions.are_apart(found[0].id, there.id) for there in found[1:])
        return found[0] if kept else None

    def _named(self, paper: Paper, names: Names) -> Iterator[There]:
        """Yield the papers that go by the names of this title and first author."""
        seen: set[str] = set()
        for name in dict.fromkeys((names.first, names.made)):
            for there in self._all(_ID_OR_ALIAS, name, seen):
                seen.add(there.id)
                if not _differ(there, paper):
                    yield there

    def is_name(self, name: str) -> bool:
        """Whether a paper that is held has an id, or is found by it."""
        return self._connection.execute(_ID_OR_ALIAS, (name,)).fetchone() is not None

    def _namesakes(self, paper: Paper, names: Names, but: Collection[str]) -> Iterator[There]:
        """Yield the papers of the same title that are surely this one, however their authors are written."""
        for there in self._all(_TITLE, title_key(paper), but):
            if any(self._decisions.are_apart(name, there.id) for name in names) or _differ(there, paper):
                continue
            from readlist.store.doubles import surely_same

            namesake = there.sourced.id == names.made
            if not (namesake and _is_one_of_two(there)) and (namesake or surely_same(there.sourced, paper)):
                yield there

    def _one(self, sql: str, value: str) -> There | None:
        """Return the paper that a statement finds."""
        return next(self._all(sql, value), None)

    def _all(self, sql: str, value: str, but: Collection[str] = ()) -> Iterator[There]:
        """Yield the papers that a statement finds, but for some."""
        for row, paper_id, citekey, added in self._connection.execute(sql, (value,)).fetchall():
            if paper_id in but:
                continue
            record = self._rows.record(row)
            if record is None:
                raise DamagedError("catalogue.sqlite is damaged: a paper that it should hold is not there", RESCUE)
            shown, sourced = both(record)
            yield There(row, paper_id, citekey, added, shown, sourced or shown)


def _is_one_of_two(there: There) -> bool:
    """Whether only the marks tell of a paper, and not what told it from the other one of its title and author."""
    return there.sourced.sources == (FROM_MARKS,) and there.id != there.sourced.id


def _named_apart(there: There, paper: Paper) -> bool:
    """Whether identifiers tell a description from what is held, as sources say it and as the reader corrected it."""
    return named_apart(there.sourced, paper) and (there.shown is there.sourced or named_apart(there.shown, paper))


def _differ(there: There, paper: Paper) -> bool:
    """Whether anything tells a description from what is held, as sources say it and as the reader corrected it."""
    return told_apart(there.sourced, paper) and (there.shown is there.sourced or told_apart(there.shown, paper))
