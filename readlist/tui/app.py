"""The app: opens the main screen, and knows what all screens share."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date as Date
from functools import partial
from typing import Final

from msgspec.structs import replace
from textual import events
from textual.app import App
from textual.filter import LineFilter

from readlist.library import Library
from readlist.settings import AUTO, Settings
from readlist.tui.keyboard import Keyboard
from readlist.tui.keymap import configured
from readlist.tui.left import load_left
from readlist.tui.main.screen import MainScreen
from readlist.tui.signs import PlainSigns, needs_plain_signs
from readlist.tui.themes import OWN, chosen_theme, usual_theme

_TERMINATED: Final = 128 + 15
"""What a program that SIGTERM has ended exits with, as a shell tells it."""


class ReadlistApp(App[int]):
    """The reading list in the terminal."""

    TITLE = "readlist"
    ENABLE_COMMAND_PALETTE = False

    CSS = """
    Screen { layers: base; }
    ModalScreen { align: center middle; background: $background 60%; }
    ModalScreen:ansi { background: transparent; }
    """

    def __init__(self, library: Library, settings: Settings, *, today: Date, notice: str = "") -> None:
        """Say what to show.

        Raises:
            SettingsError: The keys in the settings name no command, or one key twice.
        """
        self.keymap = configured(settings)
        """The keys as the reader has them now."""
        # Without colours Textual would write greys; as if they were the terminal's own, it writes none at all.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._left = load_left(library.folder)
        if settings.density != AUTO:
            self._left = replace(self._left, comfortable=settings.density == "comfortable")
        self._begin_colours(settings.theme)
        encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"  # Textual draws there
        plain = needs_plain_signs(settings.glyphs, os.environ, encoding)
        self._signs = [PlainSigns(encoding)] if plain else []
        self.library = library
        self.settings = settings
        self.today = today
        self._notice = notice
        self._keyboard = Keyboard(self, super().on_event)

    def _begin_colours(self, wanted: str) -> None:
        """Take the theme of the settings, else the one chosen last, else what suits the terminal."""
        for theme in OWN:
            self.register_theme(theme)
        usual = usual_theme(os.environ, colours=self.console.color_system in {"256", "truecolor"})
        self.theme = chosen_theme(wanted, self._left.theme, usual, self.available_themes)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what changes lines before they are written: Textual's filters, and ours for poor fonts."""
        return [*super().get_line_filters(), *self._signs]

    def on_mount(self) -> None:
        """Begin to hand over keys; end in order when the system asks for it, the terminal as it was."""
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals: another system, another thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, partial(self.exit, return_code=_TERMINATED))
        self.run_worker(self._keyboard.hand_over(), group="keyboard")

    async def on_event(self, event: events.Event) -> None:
        """Let keys and pasted texts wait for their turn; line ends in these are made newlines."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            self._keyboard.take(events.Paste(event.text.replace("\r\n", "\n").replace("\r", "\n")))
        elif isinstance(event, events.Key) and not event.is_forwarded:
            self._keyboard.take(event)
        else:
            await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to copy a text; Textual's own asks as if GNU screen never stood between."""
        from readlist.clipboard import osc_52

        self._clipboard = text
        if self._driver is not None:
            self._driver.write(osc_52(text))

    async def action_quit(self) -> None:
        """Leave by the main screen, which first saves what waits."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.action_quit()

    def get_default_screen(self) -> MainScreen:
        """Begin with the list: no empty screen is drawn before it."""
        return MainScreen(self.library, self.settings, self.today, self._notice, left=self._left)
