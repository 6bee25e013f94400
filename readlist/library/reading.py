"""Reading a library: which papers there are, and which match."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from readlist.library.held import Held
from readlist.paper import Entry
from readlist.query import Facet, Query, sought
from readlist.text import words


class Reading(Held):
    """Finds papers. These methods take a few milliseconds; only `select`, `facets` and `tags` may take longer."""

    def count(self) -> int:
        """Return how many papers there are."""
        return self._catalogue.count()

    @property
    def fresh(self) -> bool:
        """Whether the library has never held a paper."""
        return not (self._damaged or self._catalogue.held or (self.folder / "marks.json").exists())

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

    def near(self, query: Query) -> dict[str, list[str]]:
        """Return what was likely meant by each word of the query that no paper has, best first.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        return self._catalogue.near(word for text in sought(query.tree) for word in words(text.text))

    def interrupt(self) -> None:
        """End the `select` and the `facets` that are running."""
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

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of papers that have it, in alphabetical order."""
        return self._catalogue.tags()

    def by_ids(self, ids: Iterable[str]) -> list[Entry]:
        """Return the papers with these ids that are there, newest first."""
        return self._catalogue.entries(self._catalogue.rows(ids))

    def ids(self, rows: Sequence[int]) -> list[str]:
        """Return the ids of the papers with those row numbers in that order; rows that are gone are left out."""
        return self._catalogue.ids(rows)

    def rows(self, ids: Iterable[str]) -> list[int]:
        """Return the row numbers of the papers with these ids that are there, newest first."""
        return self._catalogue.rows(ids)

    def _by_id(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Return the papers with these ids that are there, by id."""
        return {entry.id: entry for entry in self.by_ids(ids)}
