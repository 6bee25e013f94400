"""The palette: every command by its name, with its key, and why it does not work now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from readlist.tui.screens.help import SheetScreen
from readlist.tui.widgets.sheet import Line

if TYPE_CHECKING:
    from readlist.tui.commands import Command
    from readlist.tui.main.offering import Offering

_KEYS: Final = 18
"""Cells for the keys at the most."""


class Palette(SheetScreen):
    """Finds a command by its name; what it is left with is the command's."""

    PROMPT = "type a part of a command’s name"
    CHOOSES = "run"
    STAYS = False
    LEFT = 20

    def __init__(self, below: Offering) -> None:
        """Take the screen whose commands they are."""
        super().__init__()
        self._below = below

    def lines(self) -> Sequence[Line]:
        """Return a line for every command."""
        now = self._below.now()
        commands = [command for command in self.keymap.of() if command.id != "palette"]
        width = max(cell_len(command.shown_keys) for command in commands)
        return [_line(command, command.why_not(now), min(width, _KEYS)) for command in commands]

    def chosen(self, line: Line) -> None:
        """Leave with a command."""
        self.dismiss(line.id)


def _line(command: Command, why_not: str, width: int) -> Line:
    """Return the line of a command, its keys in so many cells."""
    keys = command.shown_keys
    said = f"not now: {why_not}" if why_not else command.help
    right = keys + " " * max(2, width + 2 - cell_len(keys)) + said
    name = f"{command.label[:1].upper()}{command.label[1:]}"
    more = f"{command.help} Not now: {why_not}." if why_not else command.help
    return Line("Commands", name, right, more, bool(why_not), command.id)
