"""The reader's settings: what can be set, read from a TOML file and checked, shown, and written back."""

from __future__ import annotations

from readlist.settings.file import load
from readlist.settings.values import AUTO, CITATION_STYLES, KEY_SETS, STATUSES, STYLE_SUFFIX, Origin, Settings, Status

__all__ = ["AUTO", "CITATION_STYLES", "KEY_SETS", "STATUSES", "STYLE_SUFFIX", "Origin", "Settings", "Status", "load"]
