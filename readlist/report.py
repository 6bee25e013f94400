"""What an ingest did, in figures and with everything that did not come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Self

from msgspec import Struct, field

from readlist.mark import Mark
from readlist.paper import Furniture, Rejected
from readlist.record import Record
from readlist.spool import Spool
from readlist.text import safe_line


class Marked(Struct, frozen=True):
    """How many papers an ingest gave what of a mark."""

    papers: int = 0
    """How many papers got anything."""
    tags: int = 0
    status: int = 0
    starred: int = 0
    rating: int = 0
    priority: int = 0
    notes: int = 0

    @classmethod
    def of(cls, pairs: Iterable[tuple[Mark, Mark]]) -> Self:
        """Count marks that changed, each as it was and as it is then."""
        changed = list(pairs)
        counts = {
            name: sum(getattr(before, name) != getattr(after, name) for before, after in changed) for name in _PARTS
        }
        return cls(len(changed), **counts)

    @property
    def words(self) -> str:
        """The counts in words, e.g. `3 marked: tags of 2, notes of 1`; nothing when there are none."""
        if not self.papers:
            return ""
        parts = [f"{name} of {number:,}" for part, name in _PARTS.items() if (number := getattr(self, part))]
        return f"{self.papers:,} marked: {', '.join(parts)}"

    def record(self) -> Record:
        """Return the counts as an object of `--json`."""
        return {"papers": self.papers, **{name: getattr(self, name) for name in _PARTS}}


_PARTS: Final = {
    "tags": "tags", "status": "status", "starred": "stars", "rating": "ratings", "priority": "priorities",
    "notes": "notes",
}  # fmt: skip
"""The parts of a mark, and what they are called."""


def rejects_spool() -> Spool[Rejected]:
    """Return where records that were not understood are put aside."""
    return Spool(Rejected, lambda one: (one.line, one.reason, one.text, one.source, one.format, one.heading))


class Report(Struct, frozen=True):
    """What an ingest did, over all its sources."""

    format: str | None = None
    """The format of the sources; None when they differ, or when there was none."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    uncertain: int = 0
    """How many of the accepted papers the library is not sure of now: a field of theirs may be read wrongly."""
    rejected: Sequence[Rejected] = ()
    """What was not understood; there may be more of it than memory holds, so it is read from the first to the last."""
    furniture: Sequence[Furniture] = ()
    """Lines that belong to the page that was copied, and to no paper."""
    refused: tuple[tuple[str, str], ...] = field(default=())
    """Citation keys of the sources that could not be kept, each with the one that the paper goes by."""
    elsewhere: int = 0
    """How many told of another appearance of a paper than the one that is kept of it, and were not followed there."""
    twins: tuple[tuple[str, str], ...] = field(default=())
    """Ids of papers that turned out to be one: the one that stays, and the one that becomes part of it."""
    skipped: tuple[tuple[str, str], ...] = field(default=())
    """Files of folders that could not be read, each with the reason."""
    marked: Marked = Marked()
    """The marks that came with the papers, when all is read."""
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
        """How many lines are of the page that was copied, or stand around records, in words; nothing when none are."""
        count = len(self.furniture)
        lines = "line that belongs" if count == 1 else "lines that belong"
        return f"ignored {count:,} {lines} to no paper" if count else ""

    @property
    def united(self) -> str:
        """How many papers that were there twice are one now, in words; nothing when there are none."""
        count = len(self.twins)
        if not count:
            return ""
        return "1 pair turned out to be one paper" if count == 1 else f"{count:,} pairs turned out to be one paper each"

    @property
    def unfollowed(self) -> str:
        """How many told of another appearance than the one that is kept, in words; nothing when there are none."""
        return f"{self.elsewhere:,} appeared elsewhere too, which was left out" if self.elsewhere else ""

    @property
    def unsure(self) -> str:
        """Which sources may be in another encoding than they were taken for, as a sentence; nothing when none may."""
        if not self.guessed:
            return ""
        more = f" and {len(self.guessed) - 1} more" if len(self.guessed) > 1 else ""
        return f"the encoding of {safe_line(self.guessed[0])}{more} was guessed, and its letters may be wrong"

    def record(self) -> dict[str, object]:
        """Return the report as the object that `--json` prints; what few sources have is there if there is any.

        What there may be very many of is an iterator of the objects of an array.
        """
        page = ({"line": one.line, "text": one.text, "source": one.source} for one in self.furniture)
        refused: Record = {"refused_keys": dict(self.refused)} if self.refused else {}
        skipped: Record = {"skipped": [{"source": name, "reason": why} for name, why in self.skipped]}
        return {
            "format": self.format,
            "read": self.read,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "uncertain": self.uncertain,
            "rejected": (
                {"line": one.line, "reason": one.reason, "text": one.text, "source": one.source}
                for one in self.rejected
            ),
            **({"left_out": self.elsewhere} if self.elsewhere else {}),
            **({"made_one": len(self.twins)} if self.twins else {}),
            **({"marked": self.marked.record()} if self.marked.papers else {}),
            **({"furniture": page} if self.furniture else {}),
            **refused,
            **({"encoding_guessed": list(self.guessed)} if self.guessed else {}),
            **(skipped if self.skipped else {}),
        }
