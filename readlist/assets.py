"""The files that come with the package."""

from __future__ import annotations

from pathlib import Path


def asset(name: str) -> Path:
    """Return where the file `name` is: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "assets" / name
    return installed if installed.exists() else package.parent / "assets" / name
