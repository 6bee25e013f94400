"""What taking papers in tells of itself."""

from __future__ import annotations

from dataclasses import dataclass


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
    refused: tuple[tuple[str, str], ...] = ()
    """Citation keys that a source wanted, each with the one that the paper goes by instead."""
