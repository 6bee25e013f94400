"""Colours and glyphs: the one place where they stand."""

from __future__ import annotations

from typing import Final

STAR: Final = "★"
NOTE: Final = "✎"
PRIORITY: Final = "p"
"""Stands with its number: `p3` is the highest."""
CURSOR: Final = "▌"
CHOSEN: Final = "✓"
SELECTED: Final = "+"
UNCERTAIN: Final = "?"
UNSAVED: Final = "!"
CUT: Final = "…"
BULLET: Final = "• "
QUOTE: Final = "▏ "
RULE: Final = "─"

QUIET: Final = "$foreground-muted"
"""Style of what is said by the way. (`$text-muted` is plain white in a `Content`.)"""
KEY: Final = "bold $text-accent"
"""Style of keys, and of headings over them."""
OFF: Final = "not bold dim $foreground-disabled"
"""Style of keys that do not work now: greyed, and dim where there are no colours."""
STATUS: Final = "$text-accent"
DISTINCTION: Final = "$text-warning"
"""Style of stars, ratings and priorities."""
HIT: Final = "underline $text-warning"
"""Style of what a search looks for, where it stands."""
TAG: Final = "$text-secondary"
CHOICE: Final = "bold $block-cursor-foreground on $block-cursor-background"
"""Style of the line of a list that a key is about."""
CHIP: Final = "$text-secondary on $secondary-muted"
"""Style of a tag that can be clicked."""
HEADING: Final = "bold $text-accent"
CODE: Final = "$text-primary"
LINK: Final = "underline $text-primary"
TROUBLE: Final = "$text-error"

LIST_SHARE: Final = 60
"""Per cent of the room for list and details that the list has, unless the reader has set it otherwise."""

SHARES: Final = (25, 80)
"""The least and the most of that."""

SIDEBARS: Final = (14, 60)
"""The least and the most columns of the sidebar."""

WIDE: Final = 100
"""Columns from which the details stand beside the list."""

ROOMY: Final = 132
"""Columns from which the sidebar is there unless it is hidden."""

VAST: Final = 170
"""Columns from which the sidebar has room for long names."""

SHARED: Final = 60
"""Columns from which the sidebar stands beside the list; below, it takes its place."""

TALL: Final = 24
"""Rows from which the details stand below the list when they cannot stand beside it."""
