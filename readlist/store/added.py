"""What taking papers in tells of itself."""

from __future__ import annotations

from dataclasses import dataclass

from readlist.record import Record


@dataclass(frozen=True, slots=True)
class Added:
    """What one batch of papers did to the library."""

    new: int
    updated: int
    unchanged: int
    ids: tuple[str, ...]
    """The id in the library of each paper, in the order given."""
    created: tuple[str, ...] = ()
    """The ids of those that are new."""
    facts: tuple[Record, ...] = ()
    """`{"id", "before", "after"}`: what became known of papers that were there, as `paper_record` has it."""
    refused: tuple[tuple[str, str], ...] = ()
    """Citation keys that a source wanted, each with the one that the paper goes by instead."""
