"""What the last line offers: the keys that matter where the focus is, and whether each works now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from readlist.tui.circumstances import Now, Pane
from readlist.tui.commands import Command, shown_key


@dataclass(frozen=True, slots=True)
class Offer:
    """One key of the last line."""

    key: str
    """As people write it."""
    label: str
    help: str
    """What it does, as a sentence; shown when the mouse points at it."""
    why_not: str = ""
    """Why it does not work now; nothing when it does."""
    command: str = ""
    """The command that a click asks for; none for a key of the search line."""


_FIRST: Final[Mapping[Pane, Mapping[str, str]]] = {
    "list": {},
    "details": {"back": "to the list", "cursor_down": "scroll"},
    "sidebar": {"details": "choose", "exclude": "take out", "back": "to the list", "sidebar": "hide"},
    "search": {"back": "clear"},
}
"""The commands that come first in a pane, as they are called there."""

_SEARCH: Final = (
    Offer("enter", "to the list", "Go to the list; it stays as narrow as it is."),
    Offer("tab", "complete", "Take what completes the query, or what was likely meant."),
    Offer("↑ ↓", "former", "Go through the queries that you asked before."),
)
"""Keys of the search line itself."""


_LAST: Final = ("triage", "next", "select", "palette", "quit")
"""The commands that come last, where there is room for them."""


def offers(commands: Sequence[Command], now: Now) -> list[Offer]:
    """Return what the last line offers, the most useful first."""
    by_id = {command.id: command for command in commands if command.keys}
    first = _FIRST[now.pane]
    found = [_offer(by_id[name], now, label) for name, label in first.items() if name in by_id]
    if now.pane == "search":
        return [_SEARCH[0], *found, *_SEARCH[1:]]
    usual = [command for command in by_id.values() if command.footer and command.id not in first]
    if not now.papers:  # a library to be filled: what brings papers in comes first
        usual.sort(key=lambda command: bool(command.why_not(now)) or command.id != "ingest")
    usual += [by_id[name] for name in _LAST if name in by_id and name not in first]
    return found + [_offer(command, now, command.label) for command in usual]


def _offer(command: Command, now: Now, label: str) -> Offer:
    """Return a command as the last line offers it."""
    return Offer(shown_key(command.keys[0]), label, command.help, command.why_not(now), command.id)
