"""Completion of tags and of paths."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual.suggester import Suggester


class TagSuggester(Suggester):
    """Completes the last word with a tag in use."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last word completed."""
        head, _, last = value.rpartition(" ")
        sign = last[:1] if last[:1] in ("+", "-", "#") else ""
        typed = last.removeprefix(sign).casefold()
        if not typed:
            return None
        found = next((tag for tag in self._tags if tag.startswith(typed) and tag != typed), None)
        return None if found is None else f"{head} {sign}{found}".removeprefix("" if head else " ")


class PathSuggester(Suggester):
    """Completes a path."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the path of the first file or folder that begins so."""
        if not value:
            return None
        return await asyncio.to_thread(_first_path, value)


def _first_path(value: str) -> str | None:
    """Return the path of the first file or folder that begins with `value`."""
    folder, slash, start = value.rpartition("/")
    try:
        found = [path for path in Path(folder + slash).expanduser().iterdir() if path.name.startswith(start)]
    except OSError:
        return None
    shown = sorted((path for path in found if start or not path.name.startswith(".")), key=lambda path: path.name)
    return folder + slash + shown[0].name + ("/" if shown[0].is_dir() else "") if shown else None
