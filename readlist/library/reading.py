"""Reading a library: which papers there are, and which match."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from readlist.library.held import Held
from readlist.paper import Entry
from readlist.query import Facet, Query, sought
from readlist.store import condition
from readlist.text import words

if TYPE_CHECKING:
    from readlist.mark import Mark
    from readlist.store.alike import Pair
    from readlist.store.moments import Moments
    from readlist.store.related import Alike
    from readlist.store.searches import Searches
    from readlist.view import View


class Reading(Held):
    """Finds papers. Each takes a few milliseconds; only what can be `Interrupted`, and `tags`, may take longer."""

    def count(self) -> int:
        """Return how many papers there are."""
        return self._catalogue.count()

    @property
    def fresh(self) -> bool:
        """Whether the library has never held a paper."""
        if self._damaged or self._catalogue.held:
            return False
        return not (self.folder / "marks.json").exists() or condition.only_views(self.folder)

    def select(self, query: Query) -> array[int]:
        """Return the row numbers of the papers that match, in the query's order (newest first by default).

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.select(query)

    def first(self, query: Query, limit: int) -> array[int]:
        """Return at most the first `limit` of what `select` gives, in a few milliseconds at any size."""
        return self._catalogue.first(query, limit)

    def facets(self, query: Query) -> list[Facet]:
        """Count which statuses, tags, years, authors, affiliations, categories and sources the papers that match have.

        Kinds stand together, each with the most frequent names first, years newest first.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.facets(query)

    def moments(self, query: Query) -> Moments:
        """Return on which days the papers that match were added and read, and how long they waited.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.moments(query)

    def size(self, query: Query) -> int:
        """Return how many papers match.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.size(query)

    def near(self, query: Query) -> dict[str, list[str]]:
        """Return what was likely meant by each word and label of the query that no paper has, best first.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.query.mending import wanted_labels

        texts = sought(query.tree)
        return self._catalogue.near((word for text in texts for word in words(text.text)), wanted_labels(query.tree))

    def related(self, paper_id: str, limit: int = 20) -> list[Alike]:
        """Return the papers that are most alike to one, the most alike first, each with the words and authors shared.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        row = self._catalogue.row_of(paper_id)
        return [] if row is None else self._catalogue.related(row, limit)

    def likely_same(self, decided: Collection[tuple[str, str]] = ()) -> list[Pair]:
        """Return pairs of papers that are likely one, the surest first: a guess for a person to decide upon.

        Args:
            decided: Pairs of ids that are left out, in each the lower one first.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.likely_same(decided)

    def names_like(self, field: str, typed: str) -> list[tuple[str, int | None]]:
        """Return names that can stand after a field of a query and that begin with what was typed, likeliest first.

        It takes some ten milliseconds at the most, and leaves out what would take longer.

        Args:
            field: One of `readlist.query.completing.NAMED`.
            typed: What stands after the field so far.

        Returns:
            Each name with the number of papers that it finds, where there was time to count them.
        """
        return self._catalogue.names_like(field, typed)

    def searches(self) -> list[str]:
        """Return the queries that were searched for, newest last; none if they cannot be read."""
        return self._searches.former()

    def keep_search(self, query: str) -> bool:
        """Put a query behind those that were searched for; whether it is on the disk, which may well refuse it."""
        return not self.read_only and self._searches.keep(query)

    @cached_property
    def _searches(self) -> Searches:
        """The former queries, loaded when they are first needed."""
        from readlist.store.searches import Searches

        return Searches(self.folder)

    def interrupt(self) -> None:
        """End the `select`, `facets` and `size` that are running."""
        self._catalogue.interrupt()

    def entries(self, rows: Sequence[int]) -> list[Entry]:
        """Return the papers with those row numbers in that order; rows that are gone meanwhile are left out."""
        return self._catalogue.entries(rows)

    def row_of(self, paper_id: str) -> int | None:
        """Return the row number that a paper has now."""
        return self._catalogue.row_of(paper_id)

    def find(self, key: str) -> Entry | None:
        """Return the paper that goes by a citation key, id, arXiv id or DOI."""
        paper_id = self._catalogue.resolve(key)
        return None if paper_id is None else self._by_id([paper_id]).get(paper_id)

    def fingerprint(self, rows: Sequence[int]) -> str:
        """Return what differs when anything of the papers with those row numbers does, their order aside."""
        return self._catalogue.fingerprint(rows)

    def statuses(self) -> frozenset[str]:
        """Return the ids of the statuses that marks have, whether or not the settings name them still."""
        return self._catalogue.statuses()

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of papers that have it, in alphabetical order."""
        return self._catalogue.tags()

    def views(self) -> tuple[View, ...]:
        """Return the saved views in their order; those that readlist comes with when the reader never changed them."""
        from readlist.view import DEFAULTS

        stored = self._catalogue.views()
        return DEFAULTS if stored is None else stored

    def by_ids(self, ids: Iterable[str]) -> list[Entry]:
        """Return the papers with these ids that are there, newest first."""
        return self._catalogue.entries(self._catalogue.rows(ids))

    def marks(self, ids: Iterable[str]) -> dict[str, Mark]:
        """Return the marks of the papers with these ids that are there, by id; nothing else of them is read."""
        return self._catalogue.marks(ids)

    def ids(self, rows: Sequence[int]) -> list[str]:
        """Return the ids of the papers with those row numbers in that order; rows that are gone are left out."""
        return self._catalogue.ids(rows)

    def rows(self, ids: Iterable[str]) -> list[int]:
        """Return the row numbers of the papers with these ids that are there, newest first."""
        return self._catalogue.rows(ids)

    def by_key(self, rows: Sequence[int]) -> array[int]:
        """Return those row numbers sorted by their papers' citation keys; rows that are gone are left out."""
        return self._catalogue.by_key(rows)

    def _by_id(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Return the papers with these ids that are there, by id."""
        return {entry.id: entry for entry in self.by_ids(ids)}
