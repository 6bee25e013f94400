"""What an ingest did, in figures and with everything that did not come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readlist.paper import Furniture, Rejected
from readlist.record import Record
from readlist.text import safe_line


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, over all its sources."""

    format: str | None = None
    """The format of the sources; None when they differ, or when there was none."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    uncertain: int = 0
    """How many of the accepted papers the library is not sure of now: a field of theirs may be read wrongly."""
    rejected: tuple[Rejected, ...] = field(default=())
    furniture: tuple[Furniture, ...] = field(default=())
    """Lines that belong to the page that was copied, and to no paper."""
    refused: tuple[tuple[str, str], ...] = field(default=())
    """Citation keys of the sources that could not be kept, each with the one that the paper goes by."""
    skipped: tuple[tuple[str, str], ...] = field(default=())
    """Files of folders that could not be read, each with the reason."""
    guessed: tuple[str, ...] = field(default=())
    """Sources whose encoding was guessed and may be another."""
    created: Sequence[str] = ()
    """The ids of the papers that are new, when all is read."""
    done: int = 0
    """How many bytes of the sources have been read."""
    size: int | None = None
    """How many bytes the sources have; None if that is not known."""

    @property
    def accepted(self) -> int:
        """How many papers are in the library now because of it, or were there already."""
        return self.new + self.updated + self.unchanged

    @property
    def read(self) -> int:
        """How many records there were."""
        return self.accepted + len(self.rejected)

    @property
    def page(self) -> str:
        """How many lines belong to the page that was copied, in words; nothing when there are none."""
        count = len(self.furniture)
        return f"ignored {count:,} {'line' if count == 1 else 'lines'} of page furniture" if count else ""

    @property
    def unsure(self) -> str:
        """Which sources may be in another encoding than they were taken for, as a sentence; nothing when none may."""
        if not self.guessed:
            return ""
        more = f" and {len(self.guessed) - 1} more" if len(self.guessed) > 1 else ""
        return f"the encoding of {safe_line(self.guessed[0])}{more} was guessed, and its letters may be wrong"

    def record(self) -> Record:
        """Return the report as the object that `--json` prints; what few sources have is there if there is any."""
        furniture: Record = {
            "furniture": [{"line": one.line, "text": one.text, "source": one.source} for one in self.furniture]
        }
        refused: Record = {"refused_keys": dict(self.refused)} if self.refused else {}
        skipped: Record = {"skipped": [{"source": name, "reason": why} for name, why in self.skipped]}
        return {
            "format": self.format,
            "read": self.read,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "uncertain": self.uncertain,
            "rejected": [
                {"line": one.line, "reason": one.reason, "text": one.text, "source": one.source}
                for one in self.rejected
            ],
            **(furniture if self.furniture else {}),
            **refused,
            **({"encoding_guessed": list(self.guessed)} if self.guessed else {}),
            **(skipped if self.skipped else {}),
        }
