"""Someone at the keyboard of the app."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from textual import events
from textual.pilot import Pilot

from readlist.library import Library
from readlist.mark import Mark
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from readlist.tui.widgets.paper_list import PaperList

PATIENCE = 30.0
"""Seconds that a test waits for something at the most: a machine may be busy, and coverage makes everything slower."""


class Reader:
    """Someone at the keyboard."""

    def __init__(self, app: ReadlistApp, pilot: Pilot[int], library: Library) -> None:
        self.app, self.pilot, self.library = app, pilot, library

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    def burst(self, *keys: str) -> None:
        """Type keys all at once, as a slow line brings them; a single character types itself."""
        for key in keys:
            name = {" ": "space", "/": "slash", "*": "asterisk", "?": "question_mark"}.get(key, key)
            self.app.post_message(events.Key(name, key if len(key) == 1 else None))

    async def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if holds():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"it never came to hold; the last line says: {self.says!r}")

    @property
    def says(self) -> str:
        """What the last line says; what has no room there stands above it."""
        line = str(self.app.screen_stack[0].query_one("#state").render())
        return line or " ".join(one.message for one in self.app._notifications)

    async def told(self, words: str) -> None:
        await self.until(lambda: words in self.says)

    @property
    def papers(self) -> PaperList:
        return self.app.screen_stack[0].query_one(PaperList)

    @property
    def details(self) -> str:
        parts = [str(part.render()) for part in self.app.screen_stack[0].query("#details Static")]
        return "\n".join(part for part in parts if part)

    @property
    def title(self) -> str:
        entry = self.papers.entry
        return entry.paper.title if entry else ""

    def mark(self, key: str) -> Mark:
        entry = self.library.find(key)
        assert entry is not None
        return entry.mark


class Reading(Protocol):
    """Opens the app."""

    def __call__(
        self, size: tuple[int, int] = (140, 40), settings: Settings | None = None, *, sample: bool = True
    ) -> AbstractAsyncContextManager[Reader]: ...
