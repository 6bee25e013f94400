"""The reading queue: its papers in order, and moving them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readlist.library.changing import Changing
from readlist.library.step import Step
from readlist.paper import Entry

if TYPE_CHECKING:
    from readlist.store.ranks import Place


class Queueing(Changing):
    """Orders the reading queue."""

    def queue(self) -> list[Entry]:
        """Return what is being read, then what is queued: by priority, then by hand, then the longest waiting.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
        """
        from readlist.query.queue import QUEUE

        return self.entries(self.select(QUEUE))

    def move_in_queue(self, ids: Sequence[str], to: Place | str) -> Step | None:
        """Move papers among those of their status and priority in the queue, as one step; None when nothing changes.

        Papers that are not in the queue are put there, unless they are only to be moved by one.

        Args:
            ids: The papers.
            to: Where they go, or the id of the paper that they go before.

        Raises:
            NothingToDoError: The papers are to be moved by one, and none of them is in the queue.
            UsageError: The paper that they should go before has another status or priority.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.query.queue import QUEUE
        from readlist.store.ranks import move

        with self._changing() as steps:
            queue = self._catalogue.entries(self._catalogue.select(QUEUE))
            line = move(steps, queue, ids, to, self._by_id)
        return Step.of(line) if line else None
