"""A record that is gathered line by line, and no more of it than a record may have."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct, field

from readlist.paper import Rejected
from readlist.text import safe_verbatim


class Gathered(Struct):
    """The lines of one record."""

    LONGEST: ClassVar[int] = 1 << 18
    """Characters beyond which a record is given up."""

    line: int
    """The number of its first line."""
    text: list[str] = field(default_factory=list)
    """Its lines as they stand, without their ends."""
    size: int = 0
    """How many characters they have, those that were not kept too."""

    def keeps(self, line: str) -> bool:
        """Keep a line; whether there was room for it."""
        self.size += len(line)
        if self.size <= self.LONGEST:
            self.text.append(line.rstrip("\n"))
            return True
        return False

    @property
    def is_whole(self) -> bool:
        """Whether there was room for all of it."""
        return self.size <= self.LONGEST

    def rejected(self, reason: str, source: str) -> Rejected:
        """Return the record as one that could not be understood; that it is too long is reason enough."""
        why = reason if self.is_whole else f"the record has more than {self.LONGEST:,} characters"
        return Rejected(self.line, why, safe_verbatim("\n".join(self.text)), source)
