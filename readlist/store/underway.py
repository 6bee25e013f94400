"""Ingests that are under way: what their batches have brought in, until that is a step which can be undone.

Each batch notes this within its own transaction. An ingest belongs to the process that holds the lock on a file of its
name; the system lets go of the lock when that process dies, so that what an ingest whose lock can be taken has left
becomes a step when the library is next opened or changed.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from msgspec import Struct

from readlist.ids import PaperIds
from readlist.paper import Entry
from readlist.record import Record
from readlist.store.added import Added
from readlist.store.lock import taken

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from readlist.store.catalogue import Catalogue
    from readlist.store.line import Line
    from readlist.store.steps import Changed, Steps

_REMEMBERED: Final = 5000
"""Papers that were there and that an ingest may change so that an undo takes this back: each is a kilobyte or two of
the history. Beyond these the undo takes out what is new, and leaves what became known of others."""

_ID: Final = re.compile("i[0-9a-f]{12}")
_LOCK: Final = ".lock"

_CUT_OFF: Final = "cut off"
"""What is said of an ingest whose process died."""


class Ongoing(Struct, frozen=True):
    """An ingest that is under way."""

    id: str
    """`i` and 12 hex digits, of no other ingest."""
    name: str
    """What the history calls it, as far as it has come, e.g. `ingest publications.txt`."""

    @classmethod
    def new(cls, name: str) -> Self:
        """Return one that begins."""
        import secrets

        return cls("i" + secrets.token_hex(6), name)


class Brought(Struct, frozen=True):
    """What the batches of an ingest have brought in so far."""

    ongoing: Ongoing
    """Its name is that which the last batch gave."""
    created: Sequence[str]
    """The papers that are new."""
    facts: tuple[Record, ...]
    """What became known of papers that were there, as `Added` has it; nothing when these are too many."""
    removed: tuple[Entry, ...] = ()
    """The papers that were there and that it showed to be part of another one, as their sources say."""


def note(connection: sqlite3.Connection, ongoing: Ongoing, added: Added) -> None:
    """Note what a batch has brought in; the connection is in the batch's transaction."""
    if not added.created and not added.facts:
        return
    connection.execute(
        "INSERT INTO ingests (id, name, told) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, told = told + excluded.told",
        (ongoing.id, ongoing.name, len(added.facts)),
    )
    facts = added.facts if _told(connection, ongoing) <= _REMEMBERED else ()
    connection.execute(
        "INSERT INTO batches (ingest, created, facts) VALUES (?, ?, ?)",
        (ongoing.id, json.dumps(added.created), json.dumps(facts)),
    )


def brought(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the ingests that have brought something in, each with its name, in the order of their beginning."""
    return dict(connection.execute("SELECT id, name FROM ingests ORDER BY number").fetchall())


def brought_by(connection: sqlite3.Connection, ongoing: Ongoing) -> Brought:
    """Return what an ingest has brought in."""
    created = PaperIds()
    facts: dict[str, Record] = {}
    sql = "SELECT created, facts FROM batches WHERE ingest = ? ORDER BY number"
    for new, known in connection.execute(sql, (ongoing.id,)):
        created.update(json.loads(new))
        Added(new=0, updated=0, unchanged=0, ids=(), facts=tuple(json.loads(known))).gather(facts, besides=created)
    return Brought(ongoing, created, tuple(facts.values()) if _told(connection, ongoing) <= _REMEMBERED else ())


def _told(connection: sqlite3.Connection, ongoing: Ongoing) -> int:
    """Return of how many papers that were there something became known."""
    found = connection.execute("SELECT told FROM ingests WHERE id = ?", (ongoing.id,)).fetchone()
    return int(found[0]) if found else 0


def forget(connection: sqlite3.Connection, ingest: str) -> None:
    """Forget what an ingest has brought in: it is a step."""
    connection.execute("DELETE FROM batches WHERE ingest = ?", (ingest,))
    connection.execute("DELETE FROM ingests WHERE id = ?", (ingest,))


class Underway:
    """The ingests of a library that are no steps yet. The caller of what changes anything holds the library's lock."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._held: dict[str, BaseFileLock] = {}

    def hold(self, ongoing: Ongoing) -> None:
        """Let an ingest belong to this process until it is closed.

        Raises:
            StoreError: Its lock cannot be made.
        """
        if ongoing.id not in self._held:
            self._take(ongoing.id)
            self._clear_away()

    def holds(self, ongoing: Ongoing) -> bool:
        """Say whether an ingest belongs to this process and has not been closed."""
        return ongoing.id in self._held

    def is_left(self) -> bool:
        """Say whether there is an ingest whose process died.

        Raises:
            StoreError: The catalogue cannot be read, or a lock cannot be made.
        """
        found = next((one for one in self._catalogue.ongoing() if one not in self._held and self._take(one)), None)
        if found is not None:
            self._let_go(found)
        return found is not None

    def close(
        self,
        steps: Steps,
        ongoing: Ongoing,
        changed: Mapping[str, Changed] | None = None,
        unite: Callable[[Brought, Mapping[str, Changed]], tuple[Brought, dict[str, Changed]]] | None = None,
    ) -> Line | None:
        """Make a step of what an ingest has brought in; None when that is nothing.

        Args:
            steps: The library's, settled.
            ongoing: The ingest.
            changed: What is to be kept of papers whose marks came with it.
            unite: Makes those papers one that it showed to be one.

        Raises:
            StoreError: It could not be written; the papers are there, and the step is made later.
        """
        try:
            found = self._catalogue.brought_by(ongoing)
            if not found.created and not found.facts and not changed:
                self._catalogue.forget(ongoing.id)
                return None
            if unite is not None:
                found, changed = unite(found, changed or {})
            return steps.took_in(found, changed or {})
        finally:
            self._let_go(ongoing.id)

    def close_left(self, steps: Steps) -> None:
        """Make steps of what ingests have left whose processes died.

        Raises:
            StoreError: One could not be written; the papers are there, and the step is made later.
        """
        if steps.owed is None:  # else the catalogue may still name ingests that are steps
            for ingest, name in self._catalogue.ongoing().items():
                if ingest not in self._held and self._take(ingest):
                    self.close(steps, Ongoing(ingest, f"{name}, {_CUT_OFF}"))

    def let_go(self) -> None:
        """Let go of all locks: what has not been closed is left."""
        for ingest in tuple(self._held):
            self._held.pop(ingest).release()

    def _clear_away(self) -> None:
        """Remove the files of ingests that died before they brought anything in."""
        known = self._catalogue.ongoing().keys() | self._held.keys()
        for path in self._folder.glob(f"i*{_LOCK}"):
            ingest = path.name.removesuffix(_LOCK)
            if _ID.fullmatch(ingest) and ingest not in known and self._take(ingest):
                self._let_go(ingest)

    def _path(self, ingest: str) -> Path:
        """Return the file whose lock says that an ingest has a process."""
        return self._folder / f"{ingest}{_LOCK}"

    def _take(self, ingest: str) -> bool:
        """Take an ingest's lock, if nobody has it; whether it is had now."""
        lock = taken(self._path(ingest), f"an ingest in {self._folder}")
        if lock is not None:
            self._held[ingest] = lock
        return lock is not None

    def _let_go(self, ingest: str) -> None:
        """Let go of an ingest's lock, and remove its file."""
        lock = self._held.pop(ingest, None)
        if lock is not None:
            lock.release()
            self._path(ingest).unlink(missing_ok=True)
