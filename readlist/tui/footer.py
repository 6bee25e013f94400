"""What the last line offers: the keys that matter where the focus is, and whether each works now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from readlist.tui.circumstances import Now, Pane
from readlist.tui.commands import Command
from readlist.tui.keymap import Keymap


class Offer(Struct, frozen=True):
    """One key of the last line."""

    key: str
    """As people write it."""
    label: str
    help: str
    """What it does, as a sentence; shown when the mouse points at it."""
    why_not: str = ""
    """Why it does not work now; nothing when it does."""
    command: str = ""
    """The command that a click asks for; none for a key that stays as it is."""
    shortest: str = ""
    """Its key that takes the fewest cells, for where there is little room."""


_FIRST: Final[Mapping[Pane, Mapping[str, str]]] = {
    "list": {},
    "details": {"back": "to the list", "cursor_down": "scroll"},
    "sidebar": {"details": "choose", "exclude": "exclude", "back": "to the list", "sidebar": "hide"},
}
"""The commands that come first in a pane, as they are called there."""

_TO_LIST: Final = Offer("enter", "to the list", "Go to the list; the search stays.")
_SEARCH: Final = ("search.clear", "search.take")
"""The commands of the search line."""

_FORMER: Final = ("search.older", "search.newer")
"""Those that are offered as one: the queries that were asked before."""

_LAST: Final = ("triage", "next", "select", "palette", "quit")
"""The commands that come last, where there is room for them."""


def offers(keymap: Keymap, now: Now) -> list[Offer]:
    """Return what the last line of the main screen offers, the most useful first."""
    if now.pane == "search":
        return _search_offers(keymap)
    by_id = {command.id: command for command in keymap.of() if command.keys}
    first = _FIRST[now.pane]
    found = [offer_of(by_id[name], now=now, label=label) for name, label in first.items() if name in by_id]
    usual = [command for command in by_id.values() if command.footer and command.id not in first]
    if not now.papers:  # a library to be filled: what brings papers in comes first
        usual.sort(key=lambda command: bool(command.why_not(now)) or command.id != "ingest")
    usual += [by_id[name] for name in _LAST if name in by_id and name not in first]
    return found + [offer_of(command, now=now) for command in usual]


def offer_of(*commands: Command, now: Now | None = None, label: str = "") -> Offer:
    """Return a command as the last line offers it.

    Args:
        commands: The command; those whose keys stand together with its own come after it.
        now: The circumstances, if it may not work in these.
        label: What it is called there, if that is something else than usual.
    """
    first = commands[0]
    return Offer(
        " ".join(one.shown_key for one in commands),
        label or first.label,
        first.help,
        first.why_not(now) if now else "",
        first.id,
        " ".join(one.shortest_key for one in commands),
    )


def _search_offers(keymap: Keymap) -> list[Offer]:
    """Return what the last line offers while a query is typed."""
    found = [_TO_LIST, *(offer_of(one) for one in map(keymap.named, _SEARCH) if one.keys)]
    former = [one for one in map(keymap.named, _FORMER) if one.keys]
    if former:
        found.append(offer_of(*former, label="history"))
    return found
