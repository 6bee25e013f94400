"""What taking papers in tells of itself."""

from __future__ import annotations

from collections.abc import Container

from msgspec import Struct

from readlist.record import Record


class Added(Struct, frozen=True):
    """What one batch of papers did to the library."""

    new: int
    updated: int
    unchanged: int
    ids: tuple[str, ...]
    """The id in the library of each paper, in the order given."""
    created: tuple[str, ...] = ()
    """The ids of those that are new."""
    facts: tuple[Record, ...] = ()
    """`{"id", "before", "after"}`: what became known of papers that were there, as `paper_record` has it;
    `citekey` is among it where the key of a paper gave way."""
    refused: tuple[tuple[str, str], ...] = ()
    """Citation keys that a source wanted, each with the one that the paper goes by instead."""
    uncertain: frozenset[str] = frozenset()
    """The ids of those of which the library is not sure now, whatever this source says of them."""

    elsewhere: int = 0
    """How many told of another appearance of a paper than the one that is kept of it, and were not followed there."""
    twins: tuple[tuple[str, str], ...] = ()
    """Pairs of papers that turned out to be one: the one that stays, and the one that becomes part of it."""

    def gather(self, facts: dict[str, Record], *, besides: Container[str]) -> None:
        """Put what became known into what earlier batches told, by id.

        Args:
            facts: What they told; it is changed.
            besides: Papers that are left out: those that are new.
        """
        for record in self.facts:
            paper_id = str(record["id"])
            first = facts.get(paper_id, {"before": {}, "after": {}})
            known, told, before, after = first["before"], first["after"], record["before"], record["after"]
            assert isinstance(known, dict)
            assert isinstance(told, dict)
            assert isinstance(before, dict)
            assert isinstance(after, dict)
            if paper_id not in besides:
                facts[paper_id] = {"id": paper_id, "before": before | known, "after": told | after}
