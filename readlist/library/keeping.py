"""Keeping what a library holds: backups of the marks, and what to do when a file of it is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlist.errors import ReadOnlyError
from readlist.library.reading import Reading
from readlist.store.opening import is_suspect, rebuilt_catalogue

if TYPE_CHECKING:
    from readlist.store.accepting import Accepted
    from readlist.store.backups import Backup
    from readlist.store.restoring import Restored


class Keeping(Reading):
    """Backs up, restores, and mends."""

    def backups(self) -> list[Backup]:
        """Return the good backups of the marks, newest first.

        Raises:
            StoreError: They cannot be listed.
        """
        from readlist.store.restoring import backups

        return backups(self._steps)

    def back_up(self) -> Backup:
        """Back up the marks as they are now.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: There are no marks yet, or they cannot be copied.
        """
        with self._changing() as steps:
            path = steps.back_up()
        return next(one for one in self.backups() if one.path == path)

    def restore(self, number: int) -> Restored:
        """Go back to a backup: as a step, or where the marks cannot be read, with all later steps done again.

        Args:
            number: 1 is the newest good one; 0, where the marks cannot be read, what the catalogue and the history
                remember.

        Raises:
            UsageError: There is no such backup.
            ReadOnlyError: The library's folder cannot be written.
            StoreError: It could not be written, or a newer readlist wrote the marks.
        """
        from readlist.store.restoring import restore

        with self._mending() as steps:
            return restore(steps, number, self._catalogue.generation, self._by_id)

    def accept(self) -> Accepted | None:
        """Take over a marks file that was edited by hand or merged by git; None when readlist wrote it as it is.

        Raises:
            DamagedMarksError: It cannot be taken over; the message says where it is wrong.
            ReadOnlyError: The library's folder cannot be written.
            StoreError: It could not be written, or a newer readlist wrote the marks.
        """
        from readlist.store.accepting import accept

        with self._mending() as steps:
            return accept(steps, self._catalogue.generation)

    def rebuild_catalogue(self) -> str:
        """Set the catalogue aside and make a new one of what can be read of it and of the marks; a sentence on it.

        What opening the library has already made again is left as it is.

        Raises:
            ReadOnlyError: The catalogue is open for reading only.
            StoreError: It could not be done; the catalogue is as it was.
        """
        if self._catalogue.read_only:
            raise ReadOnlyError(f"nothing can be changed in this library: {self._reason}")
        if self.notices and not is_suspect(self.folder):
            return self.notices[0]
        with self._writing:
            self.notices = (rebuilt_catalogue(self.folder, self._catalogue, now=self._now),)
            self._look()
        return self.notices[0]
