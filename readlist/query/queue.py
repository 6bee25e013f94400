"""The reading queue, as a query."""

from __future__ import annotations

from typing import Final

from readlist.mark import IN_QUEUE
from readlist.query.tree import InStatus, Or, Order, Query

QUEUE: Final = Query(Or(tuple(InStatus(status) for status in IN_QUEUE)), Order("queue", descending=False))
"""What is being read, then what is queued: by priority, then as it was ordered by hand, then the longest waiting."""
