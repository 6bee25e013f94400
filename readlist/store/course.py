"""What an ingest has met so far, from one batch to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from readlist.ids import PaperIds
from readlist.paper import Incoming, Paper

if TYPE_CHECKING:
    from readlist.decided import FromLibrary


class Course(Struct, frozen=True):
    """The course of one ingest; it is added to."""

    told: PaperIds = field(default_factory=PaperIds)
    """Papers of which the source that may correct them has told."""
    named: PaperIds = field(default_factory=PaperIds)
    """Papers that came under the ids which they have here, from another library, where no two of them are one."""
    decided: dict[str, FromLibrary] = field(default_factory=dict)
    """Papers that come with decisions, by the ids which they have there."""

    def meet(self, papers: Iterable[Paper | Incoming]) -> None:
        """Take note of the decisions that come with papers; the first, if a paper comes twice."""
        from readlist.decided import FromLibrary

        for one in papers:
            if isinstance(one, FromLibrary) and one.id is not None and one.decided.decides:
                self.decided.setdefault(one.id, one)
