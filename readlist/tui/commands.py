"""The registry of commands: keys, footer, help, palette and remapping all come from here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS

from readlist.errors import SettingsError
from readlist.settings import STATUSES, Status


@dataclass(frozen=True, slots=True)
class Command:
    """Something the reader can ask for."""

    id: str
    """Its name in the settings; the screen's method is `action_` and this name."""
    keys: tuple[str, ...]
    """The keys that ask for it, as Textual names them; none for a command of the palette only."""
    label: str
    """A word or two for the footer and the help."""
    help: str
    """What it does, as a sentence."""
    group: str
    """The heading that the help puts it under."""
    footer: bool = False
    """Whether the footer shows it when there is room."""

    @property
    def shown_keys(self) -> str:
        """The keys as people write them."""
        return " ".join(_SHOWN.get(key, key) for key in self.keys)


_SHOWN: Final = {
    "down": "↓", "up": "↑", "slash": "/", "question_mark": "?", "asterisk": "*", "number_sign": "#",
    "less_than_sign": "<", "greater_than_sign": ">",
    "pagedown": "PgDn", "pageup": "PgUp",
}  # fmt: skip

MOVE, LOOK, MARK, GIVE, LIBRARY = "Move", "Find", "Mark", "Copy and export", "Library"

COMMANDS: Final = (
    Command("cursor_down", ("j", "down"), "down", "Move to the next paper.", MOVE),
    Command("cursor_up", ("k", "up"), "up", "Move to the paper before.", MOVE),
    Command("cursor_first", ("g", "home"), "first", "Move to the first paper.", MOVE),
    Command("cursor_last", ("G", "end"), "last", "Move to the last paper.", MOVE),
    Command("half_down", ("ctrl+d",), "half down", "Move half a page down.", MOVE),
    Command("half_up", ("ctrl+u",), "half up", "Move half a page up.", MOVE),
    Command("page_down", ("pagedown",), "page down", "Move a page down.", MOVE),
    Command("page_up", ("pageup",), "page up", "Move a page up.", MOVE),
    Command("details_down", ("J",), "scroll down", "Scroll the details down.", MOVE),
    Command("details_up", ("K",), "scroll up", "Scroll the details up.", MOVE),
    Command("details", ("enter",), "details", "Go to the details of the paper.", MOVE),
    Command("next_pane", ("tab",), "next pane", "Go to the next pane.", MOVE),
    Command("back", ("escape",), "back", "Drop the selection, else go back, else clear the search.", MOVE),
    Command("search", ("slash",), "search", "Narrow the list with every key you type.", LOOK, footer=True),
    Command(
        "views",
        ("f",),
        "views",
        "Show a view: then 1 to 9, 0 for all papers, + to keep this search as a view.",
        LOOK,
        footer=True,
    ),
    Command("sort", ("S",), "sort", "Choose the order; it is kept with the view.", LOOK),
    Command("sidebar", ("F",), "sidebar", "Go to the sidebar of views and counts; from there, hide it.", LOOK),
    Command("exclude", ("minus",), "take out", "In the sidebar: take out of the list what has this.", LOOK),
    Command("statistics", ("number_sign",), "statistics", "Count what is listed: bars, reading days, pace.", LOOK),
    Command("density", ("z",), "density", "Show each paper in two lines, or in one again.", LOOK),
    Command("narrower", ("less_than_sign",), "border back", "Move the border of the pane to the left, or up.", LOOK),
    Command("wider", ("greater_than_sign",), "border on", "Move the border of the pane to the right, or down.", LOOK),
    Command("theme", (), "theme", "Choose the colours; each is shown before you choose it.", LOOK),
    Command("keep_view", (), "keep the view", "Keep this search and its order as a view.", LOOK),
    Command("remove_view", (), "remove a view", "Remove a view from the sidebar.", LOOK),
    Command("help", ("question_mark",), "keys", "Show every key.", LOOK, footer=True),
    Command("palette", ("ctrl+p",), "commands", "Find any command by its name.", LOOK),
    Command("star", ("s",), "star", "Star the paper, or take the star away.", MARK, footer=True),
    Command("tags", ("t",), "tags", "Add and take away tags.", MARK, footer=True),
    Command("rename_tag", (), "rename a tag", "Rename a tag on all papers, or join two.", MARK),
    Command("remove_tag", (), "remove a tag", "Take a tag away from all papers.", MARK),
    Command("note", ("n",), "note", "Write a new note.", MARK, footer=True),
    Command("edit_note", ("N",), "edit note", "Edit the latest note.", MARK),
    Command("read", ("r",), "read", "Mark the paper as read, or as unread again.", MARK, footer=True),
    Command("next_status", ("space",), "status", "Go on to the next reading status.", MARK),
    *(
        Command(
            f"status_{number}", (str(number),), f"status {number}", f"Set the reading status number {number}.", MARK
        )
        for number in range(1, 7)
    ),
    Command("rate", ("asterisk",), "rate", "Rate the paper: then 0 to 5.", MARK),
    Command("select", ("v",), "select", "Select the paper and move down; marks then change all selected.", MARK),
    Command("select_all", ("V",), "select all", "Select every listed paper, or none.", MARK),
    Command("undo", ("u",), "undo", "Take back the last change.", MARK, footer=True),
    Command("redo", ("ctrl+r",), "redo", "Do again what was taken back.", MARK),
    Command("save_again", ("w",), "save again", "Try again to save what the disk refused.", MARK),
    Command("copy", ("y",), "copy", "Copy a citation, the key, the title or the link.", GIVE, footer=True),
    Command("export", ("e",), "export", "Export the selected or all listed papers to a file.", GIVE, footer=True),
    Command("kept_exports", (), "kept exports", "See which exports are kept up to date; stop one.", GIVE),
    Command("ingest", ("i",), "ingest", "Bring in papers from a file or pasted text.", LIBRARY, footer=True),
    Command("remove", ("D",), "remove", "Remove the paper from the library.", LIBRARY),
    Command("remove_sample", (), "remove the sample", "Remove the sample; what you have marked stays.", LIBRARY),
    Command("quit", ("q",), "quit", "Leave readlist; everything is saved.", LIBRARY),
)
"""Every command of the main screen, in the order of the help."""


def bindings() -> list[BindingType]:
    """Return Textual's bindings for all commands; its keymap remaps them."""
    return [
        Binding(",".join(command.keys), command.id, command.label, id=command.id, show=False)
        for command in COMMANDS
        if command.keys
    ]


def configured(keys: Mapping[str, tuple[str, ...]], statuses: Sequence[Status] = STATUSES) -> tuple[Command, ...]:
    """Return the commands with the keys that the reader has set, and the statuses by their labels.

    Raises:
        SettingsError: A name is no command's, or one key stands for two commands.
    """
    known = {command.id: command for command in COMMANDS}
    for number in range(1, 7):
        name = f"status_{number}"
        label = statuses[number - 1].label if number <= len(statuses) else "of that number: there is none"
        known[name] = replace(known[name], label=f"status {label}", help=f"Set the reading status {label}.")
    for name, wanted in keys.items():
        if name not in known:
            raise SettingsError(f"the settings give a key to {name!r}, which is no command", _near(name, known))
        known[name] = replace(known[name], keys=tuple(_named(key) for key in wanted))
    owners: dict[str, str] = {}
    for command in known.values():
        for key in command.keys:
            if key in owners:
                raise SettingsError(
                    f"the settings give the key {key!r} to both {owners[key]} and {command.id}",
                    f"give {owners[key]} another key, or none: {owners[key]} = []",
                )
            owners[key] = command.id
    return tuple(known.values())


def _named(key: str) -> str:
    """Return Textual's name of a key that is written as its character: `?` is `question_mark`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _near(name: str, known: Mapping[str, Command]) -> str:
    """Return a hint that names the likeliest command."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else "commands: " + ", ".join(known)
