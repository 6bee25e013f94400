"""The sheet of all keys, made from the registry."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from readlist.tui.commands import Command
from readlist.tui.look import KEY, QUIET
from readlist.tui.screens.dialogs import TextDialog


def key_sheet(commands: Sequence[Command]) -> TextDialog:
    """Return a dialog that shows every command with its keys."""
    parts: list[tuple[str, str]] = []
    for group in dict.fromkeys(command.group for command in commands):
        parts.append((f"{group}\n", KEY))
        for command in commands:
            if command.group == group:
                keys = command.shown_keys or "ctrl+p"
                parts += [(f"  {keys:<14}", "bold"), (f" {command.help}\n", "")]
        parts.append(("\n", ""))
    parts.append(('In the search: words, "phrases", tag: status: author: title: year: source: is:starred, -not.\n', ""))
    parts.append(("tab completes and mends what is typed; ctrl+n ctrl+p: others; ↑ ↓: former queries.\n", ""))
    parts.append(("escape leaves this sheet, j and k scroll it", QUIET))
    return TextDialog("Keys", Content.assemble(*parts))
