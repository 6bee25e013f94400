"""Someone at the keyboard of the app."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol

from textual import events
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from readlist.library import Library
from readlist.mark import Mark
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from readlist.tui.main.screen import MainScreen
from readlist.tui.widgets.paper_list import PaperList

PATIENCE = 30.0
"""Seconds that a test waits for something at the most: a machine may be busy, and coverage makes everything slower."""

_CALM: Final = 3
"""How often in a row the app must be found with nothing to do: what is done wakes others, one turn later."""

_LONG: Final = {"keyboard", "ingest"}
"""Workers that are not waited for: one lasts as long as the app, the other may be stopped by a key."""


async def come_to_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app at hand has nothing to do, which Textual's `wait_for_idle` guesses from the processor."""
    app = active_app.get()
    end = time.monotonic() + max_sleep
    await _calm(app, end)
    if await _saved(app, end):
        await _calm(app, end)


async def _calm(app: App[Any], end: float) -> None:
    """Wait until neither keys, workers and messages nor the next frame have anything to do."""
    calm = 0
    while calm < _CALM and app.is_running and time.monotonic() < end:
        if at_work(app):
            calm = 0
            await asyncio.sleep(0.001)
        elif unpainted(app.screen):
            calm = 0
            app.screen._on_timer_update()  # as the pilot does at the end of a pause: the next frame would be later
            await asyncio.sleep(0)
        else:
            calm += 1
            await asyncio.sleep(0)


async def _saved(app: App[Any], end: float) -> bool:
    """Wait until the changes so far have been saved or refused; false where nothing ever was to be saved."""
    main = app.screen_stack[0] if app.is_running else None
    thread = main.saver._thread if isinstance(main, MainScreen) else None
    if thread is None or not thread._threads or thread._shutdown:
        return False
    await asyncio.wait([asyncio.wrap_future(thread.submit(int))], timeout=max(0.0, end - time.monotonic()))
    return True


def unpainted(screen: Screen[Any]) -> bool:
    """Whether a screen waits for its next frame, or something waits until that is painted."""
    return bool(
        screen._callbacks
        or screen._dirty_widgets
        or screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
    )


def at_work(app: App[Any]) -> bool:
    """Whether keys, workers or messages still have something to do."""
    if isinstance(app, ReadlistApp) and not app._keyboard.rests:
        return True
    if any(not worker.is_finished for worker in app.workers if worker.group not in _LONG):
        return True
    if app._resize_event is not None or app.message_queue_size or app.screen.message_queue_size:
        return True
    if not app.screen.is_mounted:
        return True
    return any(
        not widget.is_mounted or widget.message_queue_size or widget._refresh_styles_required or widget._layout_required
        for widget in app.screen.walk_children(Widget)
    )


class Reader:
    """Someone at the keyboard."""

    def __init__(self, app: ReadlistApp, pilot: Pilot[int], library: Library) -> None:
        self.app, self.pilot, self.library = app, pilot, library

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        if self.app.is_running:
            await self.pilot.pause()

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
