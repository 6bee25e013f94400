"""What a reader may ask of a writer."""

from __future__ import annotations

from msgspec import Struct


class Options(Struct, frozen=True):
    """Choices that hold for a whole export; a writer that has no use for one ignores it."""

    unicode: bool = False
    """Whether letters outside ASCII stay as they are where the format could spell them otherwise."""
    with_notes: bool = False
    """Whether the reader's notes go out too."""
    with_tags: bool = False
    """Whether the reader's tags go out too."""
