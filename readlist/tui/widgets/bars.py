"""The first and the last line of the main screen. Each is empty until something in it is asked for.

A start paints the list before them: every widget that stands in the first picture makes the reader wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from readlist.text import safe_line
from readlist.tui.commands import Command
from readlist.tui.look import KEY, QUIET
from readlist.tui.widgets.search_line import SearchLine

_NARROW: Final = 48
"""Columns from which the program's name stands in the first line."""


class _Bar(Horizontal):
    """A line whose parts are made with it and put in when the first of them is asked for."""

    def __init__(self, *parts: Widget) -> None:
        super().__init__()
        self._parts = parts

    def furnish(self) -> None:
        """Put the parts in, if they are not there yet and the app is not about to end."""
        if not self.children and self.is_attached:
            self.mount(*self._parts)


class TopBar(_Bar):
    """The program's name, the search line, and how many papers are listed."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel; }
    #name { width: auto; padding: 0 1; text-style: bold; color: $text-primary; }
    TopBar.-narrow #name { display: none; }
    #search { width: 1fr; background: $panel; padding: 0; }
    #search:focus { background: $boost; }
    #count { width: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        self._search_line = SearchLine()
        self._count = Static("", id="count", markup=False)
        self._words = ""
        super().__init__(Static("readlist", id="name", markup=False), self._search_line, self._count)

    @property
    def search_line(self) -> SearchLine:
        """Where the query is typed."""
        self.furnish()
        return self._search_line

    def on_resize(self, event: events.Resize) -> None:
        """Leave the room to the query where there is little."""
        self.set_class(event.size.width < _NARROW, "-narrow")

    def show_count(self, words: str) -> None:
        """Show how many papers are listed."""
        self.furnish()
        before, self._words = self._words, words
        if words != before:  # only another width moves what stands beside it, which costs as much as the list
            self._count.update(Content(words), layout=cell_len(words) != cell_len(before))


class BottomBar(_Bar):
    """The keys that are used most, and what was done last."""

    DEFAULT_CSS = """
    BottomBar { height: 1; background: $panel; }
    #keys { width: 1fr; height: 1; padding: 0 1; }
    #state { width: auto; height: 1; padding: 0 1; color: $text-muted; max-width: 80%; }
    """

    def __init__(self, commands: Sequence[Command], words: str) -> None:
        """Take the commands whose keys may stand here, and what is said first."""
        self._commands = [command for command in commands if command.footer and command.keys]
        self._said = safe_line(words)
        self._keys = Static("", id="keys", markup=False)
        self._state = Static(Content(self._said), id="state", markup=False)
        super().__init__(self._keys, self._state)

    def furnish(self) -> None:
        """Put the parts in, the keys with them."""
        super().furnish()
        self.on_resize()

    def on_resize(self) -> None:
        """Show as many keys as what is said leaves room for."""
        parts: list[tuple[str, str]] = []
        room = self.size.width - cell_len(self._said) - 4
        for command in self._commands:
            key = command.shown_keys.split(" ")[0]
            room -= cell_len(key) + len(command.label) + 3
            if room < 0:
                break
            parts += [(key, KEY), (f" {command.label}  ", QUIET)]
        self._keys.update(Content.assemble(*parts))

    def say(self, words: str) -> None:
        """Show a sentence at the end of the line."""
        self._said = safe_line(words)
        self._state.update(Content(self._said))
        self.furnish()
