"""A walk through former queries, those that begin with what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace


class Recall(Struct, frozen=True):
    """A place in a walk: at a former query, or at its beginning, at what was typed."""

    typed: str
    former: tuple[str, ...]
    """The queries that begin with it, newest last."""
    back: int = 0
    """How many steps back it is; 0 for what was typed."""

    @classmethod
    def of(cls, typed: str, searches: Sequence[str]) -> Recall:
        """Begin a walk at what was typed."""
        start = typed.lstrip()
        return cls(typed, tuple(query for query in searches if query.startswith(start) and query != typed.strip()))

    @property
    def text(self) -> str:
        """What stands in the search line here."""
        return self.former[-self.back] if self.back else self.typed

    def older(self) -> Recall:
        """Go to the query before, if there is one."""
        return replace(self, back=min(self.back + 1, len(self.former)))

    def newer(self) -> Recall:
        """Go to the query after, and at last back to what was typed."""
        return replace(self, back=max(self.back - 1, 0))
