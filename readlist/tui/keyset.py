"""Sets of keys: what stands for the commands before the reader changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from readlist.tui.commands import COMMANDS, Command

SETS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "vim": {},
    "arrows": {
        "cursor_down": ("down",),
        "cursor_up": ("up",),
        "cursor_first": ("home",),
        "cursor_last": ("end",),
        "half_down": ("ctrl+down",),
        "half_up": ("ctrl+up",),
        "details_down": ("shift+down",),
        "details_up": ("shift+up",),
        "select_down": ("ctrl+shift+down",),
        "select_up": ("ctrl+shift+up",),
        "search": ("slash", "ctrl+f"),
        "help": ("question_mark", "f1"),
        "undo": ("u", "ctrl+z"),
        "redo": ("ctrl+y", "ctrl+r"),
        "remove": ("D", "delete"),
        "export": ("e", "ctrl+s"),
        "ingest": ("i", "ctrl+o"),
        "select_all": ("V", "ctrl+a"),
        "statistics.week_back": ("left",),
        "statistics.week_on": ("right",),
        "splits.word_back": ("left",),
        "splits.word_on": ("right",),
    },
    "emacs": {
        "cursor_down": ("ctrl+n", "down"),
        "cursor_up": ("ctrl+p", "up"),
        "page_down": ("ctrl+v", "pagedown"),
        "page_up": ("alt+v", "pageup"),
        "half_down": (),
        "half_up": (),
        "details_down": ("J", "alt+n"),
        "details_up": ("K", "alt+p"),
        "search": ("slash", "ctrl+s"),
        "back": ("escape", "ctrl+g"),
        "select": ("v", "ctrl+@"),
        "undo": ("u", "ctrl+underscore"),
        "copy": ("y", "alt+w"),
        "remove": ("D", "ctrl+d"),
        "next_pane": ("tab", "ctrl+o"),
        "palette": ("alt+x",),
        "statistics.week_back": ("left", "ctrl+b"),
        "statistics.week_on": ("right", "ctrl+f"),
        "splits.word_back": ("left", "ctrl+b"),
        "splits.word_on": ("right", "ctrl+f"),
    },
}
"""For each set the keys of the commands that have others there than by the registry."""


def of_set(name: str) -> tuple[Command, ...]:
    """Return the commands of the list with the keys of a set; what a set takes for itself, no other command keeps."""
    of_list = {one.id: SETS[name][one.id] for one in COMMANDS if one.id in SETS[name]}
    if not of_list:
        return COMMANDS
    taken = {key for keys in of_list.values() for key in keys}
    return tuple(
        replace(one, keys=of_list.get(one.id, tuple(key for key in one.keys if key not in taken))) for one in COMMANDS
    )
