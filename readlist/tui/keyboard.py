"""Keys, handed over one by one.

Textual gives a key to the widget that has the focus when the key arrives, and widgets work their messages off later: of
keys that come in a burst (typed ahead, pasted, over a slow line) the later ones then go where the focus was before the
earlier ones moved it. Here each key waits until what the one before it began has come to rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Protocol, runtime_checkable

from textual.app import App, ScreenStackError
from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.widget import Widget

_ROUNDS: Final = 3
"""How often the queues are worked off after a key: what it does to a widget, what that tells the screen, and what the
screen that is shown afterwards makes of it."""

_PATIENCE: Final = 1.0
"""Seconds that a key waits for one widget at the most: one that hangs must not take the keyboard with it."""


@runtime_checkable
class Unready(Protocol):
    """A screen that cannot take keys while it is still finding out what they are about."""

    async def ready_for_keys(self) -> None:
        """Wait until a key means what the reader sees."""


class Keyboard:
    """Hands keys and pasted texts to an app, in order."""

    def __init__(self, app: App[int], deliver: Callable[[Key | Paste], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._typed: asyncio.Queue[Key | Paste] = asyncio.Queue()
        self.rests = True
        """Whether all keys that were taken have done what they do."""

    def take(self, event: Key | Paste) -> None:
        """Put a key behind those that wait."""
        self.rests = False
        self._typed.put_nowait(event)

    async def hand_over(self) -> None:
        """Hand keys over for as long as the app runs."""
        with suppress(ScreenStackError):  # the app has ended meanwhile
            while True:
                event = await self._typed.get()
                await self._deliver(event)
                await self._rest()
                self.rests = self._typed.empty()

    async def _rest(self) -> None:
        """Wait until every widget that may have to do with the last key has done its part."""
        for _ in range(_ROUNDS):
            node: Widget | None = self._app.focused or self._app.screen
            while isinstance(node, Widget):
                await _worked_off(node)
                node = node.parent if isinstance(node.parent, Widget) else None
            await _worked_off(self._app)
        screen: object = None
        while self._app.screen is not screen:  # what a key begins may put another screen in place of its own
            screen = self._app.screen
            if isinstance(screen, Unready):
                await screen.ready_for_keys()


async def _worked_off(pump: MessagePump) -> None:
    """Wait until a widget has worked off the messages that it has now."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        try:
            async with asyncio.timeout(_PATIENCE):
                await done.wait()
        except TimeoutError:
            return
