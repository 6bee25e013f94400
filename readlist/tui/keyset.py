"""The commands with the keys that the reader has: those of a set, and those that the settings name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from readlist.settings import Settings
from readlist.tui.commands import COMMANDS, Command, shown_key

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
        "narrower": ("alt+less_than_sign",),
        "wider": ("alt+greater_than_sign",),
        "palette": ("alt+x",),
    },
}
"""For each set the keys of the commands that have others there than by the registry."""

STOPPED: Final = ("ctrl+q",)
"""Keys that no command can have: they leave the program wherever one is."""


def configured(settings: Settings) -> tuple[Command, ...]:
    """Return the commands with the keys that the reader has set, and the statuses by their labels.

    Raises:
        SettingsError: A name is no command's, or one key stands for two commands.
    """
    known = {command.id: command for command in _of_set(settings.key_set)}
    known |= _statuses(known, settings)
    for name, wanted in settings.keys.items():
        if name not in known:
            from readlist.settings.file import near

            hint = near(name, known)
            raise settings.origin.error(f"keys.{name}", f"keys.{name}: {name!r} is no command", hint)
        known[name] = replace(known[name], keys=tuple(map(named, wanted)))
    for name in settings.keys:
        for key in known[name].keys:
            _check_key(key, name, known, settings)
    return tuple(known.values())


def _of_set(name: str) -> tuple[Command, ...]:
    """Return the commands with the keys of a set; what a set takes for itself, no other command keeps."""
    of_set = SETS[name]
    taken = {key for keys in of_set.values() for key in keys}
    return tuple(
        replace(one, keys=of_set[one.id])
        if one.id in of_set
        else replace(one, keys=tuple(key for key in one.keys if key not in taken))
        for one in COMMANDS
    )


def keys_of_set(name: str, command: str) -> tuple[str, ...]:
    """Return the keys that a set gives to a command."""
    return next(one.keys for one in _of_set(name) if one.id == command)


def _statuses(known: Mapping[str, Command], settings: Settings) -> dict[str, Command]:
    """Return the commands for statuses, called by their labels."""
    statuses = settings.statuses
    found = {}
    for number in range(1, 7):
        one = known[f"status_{number}"]
        if number <= len(statuses):
            label = statuses[number - 1].label
            found[one.id] = replace(one, label=f"status {label}", help=f"Set the reading status {label}.")
        else:
            found[one.id] = replace(one, help=f"Set the reading status number {number}: there is none.")
    return found


def _check_key(key: str, name: str, known: Mapping[str, Command], settings: Settings) -> None:
    """Raise a SettingsError if a key that the settings give to a command cannot be its own."""
    if not _exists(key):
        hint = "keys are written like s, S, ?, ctrl+d, alt+x, shift+up, f5, pagedown, space"
        raise settings.origin.error(f"keys.{name}", f"keys.{name}: there is no key {key!r}", hint)
    if key in STOPPED:
        raise settings.origin.error(f"keys.{name}", f"keys.{name}: {shown_key(key)} always leaves the program")
    owner = next((one.id for one in known.values() if key in one.keys and one.id != name), None)
    if owner is not None:
        raise settings.origin.error(
            f"keys.{name}",
            f"keys.{name}: {shown_key(key)} is the key of both {name} and {owner}",
            f"give {owner} another key, or none: {owner} = []",
        )


def _exists(key: str) -> bool:
    """Whether a terminal may send a key of that name."""
    *modifiers, bare = key.split("+") if len(key) > 1 else [key]
    if not set(modifiers) <= _MODIFIERS or (modifiers and bare.isupper()):
        return False
    return len(shown_key(bare)) == 1 or bare in _NAMES or key in _NAMES


_MODIFIERS: Final = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
_NAMES: Final = frozenset(key.value for key in Keys)


def named(key: str) -> str:
    """Return Textual's name of a key that is written as its character: `?` is `question_mark`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
