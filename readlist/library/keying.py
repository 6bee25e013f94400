"""Citation keys of a library: renamed by a pattern, pinned by hand; every one of these is a step that can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from readlist.errors import UnknownKeyError
from readlist.library.reading import Reading
from readlist.library.step import Step
from readlist.paper import Entry
from readlist.pattern import Pattern

if TYPE_CHECKING:
    from readlist.citekey import Rename


class Keying(Reading):
    """Changes citation keys. A key that a paper had stays its alias and is never given to another one."""

    def planned_keys(self, ids: Iterable[str], pattern: Pattern) -> list[Rename]:
        """Return which of these papers would get another key by a pattern; nothing is changed.

        Raises:
            StoreError: The marks cannot be read.
        """
        return self._planned(self._by_id(ids), pattern)

    def pinned(self, ids: Iterable[str]) -> set[str]:
        """Return those of the papers whose keys were set by hand.

        Raises:
            StoreError: The marks cannot be read.
        """
        return {one.id for one in self._steps.marks.get(ids).values() if one.pinned}

    def rename_keys(self, ids: Iterable[str], pattern: Pattern) -> tuple[Step | None, list[Rename]]:
        """Give these papers the keys that a pattern makes, as one step; the step and what was renamed.

        Keys that were set by hand stay, and so do keys that the pattern makes but for a letter.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.rekeying import rename

        with self._changing() as steps:
            entries = self._by_id(ids)
            planned = self._planned(entries, pattern)
            renamed = {one.id: entries[one.id] for one in planned}
            line = rename(steps, renamed, "rename keys", {one.id: one.new for one in planned})
        return (Step.of(line) if line else None), planned

    def pin_key(self, key: str, new: str) -> tuple[Step | None, Rename]:
        """Give a paper a key that no pattern changes, as a step; None for that when it has it already.

        Args:
            key: What the paper goes by.
            new: Its new key, or the one that it has.

        Raises:
            UsageError: The new key is not legal, or another paper has or had it.
            UnknownKeyError: No paper goes by `key`.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.citekey import Rename, checked_key
        from readlist.store.rekeying import pin

        with self._changing() as steps:
            entry = self.find(key)
            if entry is None:
                raise UnknownKeyError((key,), "readlist list shows the keys")
            if new != entry.citekey:
                checked_key(new)
            line = pin(steps, entry, new, self._owners())
        return (Step.of(line) if line else None), Rename(entry.id, entry.citekey, new)

    def unpin_keys(self, ids: Iterable[str]) -> Step | None:
        """Let patterns change the keys of these papers again, as a step; None when none was pinned.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.rekeying import unpin

        with self._changing() as steps:
            line = unpin(steps, self._by_id(ids))
        return Step.of(line) if line else None

    def near_keys(self, key: str) -> list[str]:
        """Return the citation keys that are nearest to one that no paper has, best first."""
        from readlist.store.near import nearest

        return nearest(key, self._catalogue.citekeys().values())

    def _planned(self, entries: Mapping[str, Entry], pattern: Pattern) -> list[Rename]:
        """Return which papers get another key."""
        from readlist.citekey import renames

        return renames(entries.values(), pattern, self._owners(), self.pinned(entries))

    def _owners(self) -> dict[str, str]:
        """Return which paper has each casefolded key, or had it once."""
        from readlist.store.rekeying import owners

        return owners(self._catalogue.citekeys(), self._steps.given_keys(), self._steps.marks.decisions().roots)
