"""Deciding of the facts of papers: own corrections, papers added by hand, and which papers are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readlist.errors import UnknownKeyError, UsageError
from readlist.library.keying import Keying
from readlist.library.step import Step
from readlist.paper import BY_HAND, Entry, Incoming, Paper
from readlist.pattern import DEFAULT, Pattern

if TYPE_CHECKING:
    from readlist.correction import Corrections


class Deciding(Keying):
    """Keeps what a reader decides of facts. It wins over what sources say, and every one of it can be undone."""

    def edit(self, paper_id: str, corrections: Corrections, *, citekey: str | None = None) -> Step | None:
        """Correct fields of a paper, and pin another citation key, as one step; None when nothing is different.

        A field that is given what the sources say is given back to them.

        Args:
            paper_id: The paper's id.
            corrections: Values by the names of `readlist.correction.FIELDS`; None or `[]` empties a field.
            citekey: The key that the paper is to have; None if it keeps the one that it has.

        Raises:
            UsageError: A field cannot be corrected or have that value, or the key is not legal or another paper's.
            UnknownKeyError: There is no such paper.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.citekey import checked_key
        from readlist.correction import safe
        from readlist.store.deciding import edit

        wanted = safe(corrections)
        with self._changing() as steps:
            entry = self._there(paper_id)
            if citekey is not None and citekey != entry.citekey:
                checked_key(citekey)
            line = edit(steps, entry, wanted, citekey, self._owners() if citekey is not None else {})
        return Step.of(line) if line else None

    def revert(self, ids: Iterable[str], names: Iterable[str] = ()) -> Step | None:
        """Give corrected fields of papers back to their sources, all without names; None when none was corrected.

        Args:
            ids: The papers.
            names: Some of `readlist.correction.NAMES`, or the names of other fields.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.deciding import revert

        with self._changing() as steps:
            line = revert(steps, self._by_id(ids), frozenset(names))
        return Step.of(line) if line else None

    def accept_split(self, ids: Iterable[str]) -> Step | None:
        """Take title and authors of papers for rightly read as they stand; None when they were not uncertain.

        Raises:
            UsageError: Nothing is known of them but their identifiers.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.deciding import accept_split

        with self._changing() as steps:
            line = accept_split(steps, self._by_id(ids))
        return Step.of(line) if line else None

    def add_by_hand(self, paper: Paper, *, citekey: str | None = None, pattern: Pattern = DEFAULT) -> tuple[Step, str]:
        """Put a paper into the library that no source brought, as a step; the step, and the paper's id.

        Args:
            paper: The paper; its source is then `readlist.paper.BY_HAND`.
            citekey: The key that it should have if no other paper has it.
            pattern: What its key is made of otherwise.

        Raises:
            UsageError: The paper is there already.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.deciding import add_by_hand

        paper = replace(paper, sources=(BY_HAND,), uncertain=())
        with self._changing() as steps:
            given, decisions = steps.given_keys(), steps.marks.decisions()
            now = self._now()
            [found] = self._catalogue.rehearse([([Incoming(paper, citekey)], decisions)], now=now, given_keys=given)
            if not found.created:
                held = self._there(found.ids[0])
                raise UsageError(f"the paper is there already: {held.citekey}", f"readlist edit {held.citekey}")
            key = self._catalogue.key_for(found.created[0], paper, citekey, given, pattern)
            line = add_by_hand(steps, Entry(found.created[0], key, now, paper))
        return Step.of(line), found.created[0]

    def merge_papers(self, kept_id: str, *other_ids: str, statuses: Sequence[str] = ()) -> Step:
        """Make papers one, as a step: the better of each field, every source, and the marks of all.

        The id and the citation key of the first stay; those of the others, and their identifiers, find it for ever, and
        what sources say of any goes to the one paper.

        Args:
            kept_id: The paper whose id and key stay.
            other_ids: The other ones.
            statuses: The ids of the reading statuses in their order, readlist's own without; the higher one stays.

        Raises:
            UsageError: Two of them are one paper, or there is no other one.
            UnknownKeyError: One of them is not there.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.deciding import merge_papers

        with self._changing() as steps:
            kept, *others = self._different(kept_id, *other_ids)
            return Step.of(merge_papers(steps, kept, others, statuses))

    def keep_both(self, first_id: str, second_id: str) -> Step | None:
        """Decide that two papers are not the same, as a step; None when that was decided before.

        Raises:
            UsageError: They are one paper.
            UnknownKeyError: One of them is not there.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.deciding import keep_both

        with self._changing() as steps:
            first, second = self._different(first_id, second_id)
            line = keep_both(steps, first, second)
        return Step.of(line) if line else None

    def apart(self) -> set[tuple[str, str]]:
        """Return the ids of each two papers that were decided not to be the same, the lower one first.

        Raises:
            StoreError: The marks cannot be read.
        """
        from readlist.store.deciding import apart

        return apart(self._steps)

    def corrections(self, paper_id: str) -> Mapping[str, object]:
        """Return what the reader corrected of a paper, or accepted, by the names of `readlist.correction.FIELDS`.

        Raises:
            StoreError: The marks cannot be read.
        """
        found = self._steps.marks.get([paper_id]).get(paper_id)
        return {} if found is None else found.own.corrected

    def _there(self, paper_id: str) -> Entry:
        """Return a paper that is there.

        Raises:
            UnknownKeyError: It is not.
        """
        entry = self._by_id([paper_id]).get(paper_id)
        if entry is None:
            raise UnknownKeyError((paper_id,), "readlist list shows the keys")
        return entry

    def _different(self, *paper_ids: str) -> list[Entry]:
        """Return two or more papers that are there.

        Raises:
            UsageError: Two of them are one, or there is only one.
            UnknownKeyError: One of them is not there.
        """
        if len(paper_ids) < 2 or len(set(paper_ids)) < len(paper_ids):  # noqa: PLR2004 — two papers
            raise UsageError("that is one paper", "name two papers by their keys")
        return [self._there(one) for one in paper_ids]
