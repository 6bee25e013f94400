"""What exports need: entries with all that was decided of them, and the list of those that are kept up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from readlist.library.held import Held
from readlist.paper import Entry
from readlist.store.lock import locked

if TYPE_CHECKING:
    from readlist.store.exports import KeptExport


class Exporting(Held):
    """Gives entries whole, and remembers exports. What is in their files is not its business."""

    @property
    def keeps_exports(self) -> bool:
        """Whether any export was ever kept up to date; cheap enough to ask after every change."""
        from readlist.store.exports import is_there

        return is_there(self.folder)

    def exports(self) -> list[KeptExport]:
        """Return the exports that are kept up to date, in the order in which they were named.

        Raises:
            StoreError: The list cannot be read.
        """
        from readlist.store.exports import read

        return read(self.folder)

    def save_exports(self, exports: Sequence[KeptExport]) -> None:
        """Replace the list, within `exporting`.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The list cannot be written; it is as it was.
        """
        from readlist.store.exports import write

        self._check_writable()
        write(self.folder, exports)

    def with_decisions(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield entries with all that their reader decided of them, so that it can be taken elsewhere.

        While the marks are damaged, nothing is known of that.

        Raises:
            StoreError: The marks cannot be read.
        """
        from readlist.store.carrying import with_decisions

        if self.damage:
            return iter(entries)
        return with_decisions(self._steps.marks.decided(), self._catalogue.other_ids(), entries)

    @contextmanager
    def exporting(self) -> Iterator[None]:
        """Hold the exports against other threads and processes, without keeping anyone from changing the library.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: Another process kept them for too long.
        """
        from readlist.store.exports import LOCK

        self._check_writable()
        with locked(self.folder, LOCK):
            yield
