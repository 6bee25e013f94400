"""Colours and glyphs: the one place where they stand."""

from __future__ import annotations

from typing import Final

STAR: Final = "★"
NOTE: Final = "✎"
CURSOR: Final = "▌"
SELECTED: Final = "+"
UNCERTAIN: Final = "?"
UNSAVED: Final = "!"
CUT: Final = "…"

WIDE: Final = 100
"""Columns from which the details stand beside the list."""

TALL: Final = 24
"""Rows from which the details stand below the list when they cannot stand beside it."""

MEASURE: Final = 90
"""The longest line of prose, in cells."""
