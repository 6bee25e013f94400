"""The catalogue of papers: SQLite with full text, and a mirror of the marks that queries join with."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from readlist.errors import ForeignError, ReadOnlyError
from readlist.mark import Mark
from readlist.paper import Entry, Incoming, Paper
from readlist.pattern import DEFAULT, Pattern
from readlist.store import schema
from readlist.store.added import Added
from readlist.store.connection import Interrupted, transaction
from readlist.store.finding import Finding
from readlist.store.looking import entries_in, row_in

if TYPE_CHECKING:
    from readlist.correction import Corrections
    from readlist.record import Record
    from readlist.store.course import Course
    from readlist.store.kept import Kept
    from readlist.store.own import Decisions
    from readlist.store.underway import Brought, Ongoing
    from readlist.store.views import Views

__all__ = ["Added", "Catalogue", "Interrupted"]


class Catalogue(Finding):
    """The papers of a library, in one SQLite file. Every method may be called from any thread."""

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

    # ------------------------------------------------------------------ writing
    def add(
        self,
        papers: Iterable[Paper | Incoming],
        *,
        now: str,
        given_keys: Mapping[str, Sequence[str]],
        decisions: Decisions | None = None,
        pattern: Pattern = DEFAULT,
        ongoing: Ongoing | None = None,
        course: Course | None = None,
    ) -> Added:
        """Add papers in one transaction; one that is held already is merged with what is held.

        Args:
            papers: The batch.
            now: The present instant, UTC ISO 8601.
            given_keys: Citation keys that stay a paper's, by paper id: its present one first.
            decisions: What the marks decide of the facts of papers.
            pattern: What the citation keys of new papers are made of.
            ongoing: The ingest that they are a batch of; what they bring in is noted for the step that it becomes.
            course: What this ingest has met so far; it is added to.
        """
        from readlist.store.free_keys import Keys
        from readlist.store.intake import Intake

        with self._changing() as connection:
            added = Intake(connection, now, Keys(connection, given_keys, pattern), decisions, course).add(papers)
            if ongoing is not None:
                from readlist.store.underway import note

                note(connection, ongoing, added)
        return added

    def rehearse(
        self,
        batches: Iterable[tuple[Iterable[Paper | Incoming], Decisions]],
        *,
        now: str,
        given_keys: Mapping[str, Sequence[str]],
        pattern: Pattern = DEFAULT,
        course: Course | None = None,
    ) -> list[Added]:
        """Find out what adding batches one after the other would do, each with what is decided by then; do nothing.

        Args:
            batches: The batches.
            now: The present instant, UTC ISO 8601.
            given_keys: Citation keys that stay a paper's, by paper id: its present one first.
            pattern: What the citation keys of new papers are made of.
            course: What this ingest has met so far; it is added to.
        """
        from readlist.store.free_keys import Keys
        from readlist.store.intake import Intake

        with self._changing() as connection:
            keys = Keys(connection, given_keys, pattern)
            told = [Intake(connection, now, keys, decisions, course).add(papers) for papers, decisions in batches]
            connection.execute("ROLLBACK")
        return told

    def ongoing(self) -> dict[str, str]:
        """Return the ingests that have brought something in and are no steps yet, by id, each with its name."""
        from readlist.store.underway import brought

        with self._looking.use() as connection:
            return brought(connection)

    def brought_by(self, ongoing: Ongoing) -> Brought:
        """Return what an ingest that is no step yet has brought in."""
        from readlist.store.underway import brought_by

        with self._looking.use() as connection:
            return brought_by(connection, ongoing)

    def forget(self, ingest: str) -> None:
        """Forget what an ingest has brought in: it is a step."""
        from readlist.store.underway import forget

        with self._changing() as connection:
            forget(connection, ingest)

    def remove(self, ids: Iterable[str]) -> list[Entry]:
        """Take papers out; return what was taken out, in the order given. Marks stay in the mirror."""
        from readlist.store.intake import take_out

        with self._changing() as connection:
            held = [
                (paper_id, row) for paper_id in dict.fromkeys(ids) if (row := row_in(connection, paper_id)) is not None
            ]
            found = list(entries_in(connection, [row for _, row in held]))
            take_out(connection, held)
        return found

    def restore(self, entries: Iterable[Entry]) -> None:
        """Put removed papers back as they were; one that is there already is left alone."""
        from readlist.store.intake import put_back

        with self._changing() as connection:
            put_back(connection, entries)

    def follow(
        self,
        kept: Mapping[str, Kept],
        roots: Mapping[str, str],
        *,
        released: Collection[str] = (),
        whole: bool = False,
    ) -> None:
        """Let papers have the citation keys and the corrections that the marks say, and be found by all their names.

        A key that another paper has is not taken from it.

        Args:
            kept: What is kept of the papers, by id.
            roots: The id of each paper that was merged into another one → that of the one that it is part of now.
            released: Papers of which nothing is kept any more.
            whole: Whether it is all that is kept.
        """
        from readlist.store.following import follow

        if kept or released or whole:
            with self._changing() as connection:
                follow(connection, kept, roots, released=released, whole=whole)

    def alter(self, facts: Sequence[Record], corrections: Mapping[str, Corrections]) -> None:
        """Change what the sources say of papers, as a step wrote it down.

        Args:
            facts: `{"id", "before", "after"}`: fields as `paper_record` has them.
            corrections: What is corrected of these papers, by id.
        """
        from readlist.store.following import alter

        if facts:
            with self._changing() as connection:
                alter(connection, facts, corrections)

    def key_for(
        self, paper_id: str, paper: Paper, wanted: str | None, given_keys: Mapping[str, Sequence[str]], pattern: Pattern
    ) -> str:
        """Return the citation key that a paper would get if it came in now."""
        from readlist.store.free_keys import Keys

        with self._looking.use() as connection:
            return Keys(connection, given_keys, pattern).for_paper(paper_id, paper, wanted)

    def other_ids(self) -> dict[str, list[str]]:
        """Return the other ids by which papers are found, in order, by paper id."""
        from readlist.decided import is_id

        found: dict[str, list[str]] = {}
        with self._looking.use() as connection:
            for paper_id, alias in connection.execute(
                "SELECT id, alias FROM aliases WHERE length(alias) = 17 AND alias LIKE 'p%' ORDER BY alias"
            ):
                if is_id(alias):
                    found.setdefault(paper_id, []).append(alias)
        return found

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
