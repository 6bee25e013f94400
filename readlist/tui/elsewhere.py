"""The keys of what is not the list: lines that are typed in, the note editor, menus, other screens."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from textual.binding import Binding

from readlist.tui.commands import shown_key


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A key of another place than the list."""

    place: str
    """Where it works, as a heading."""
    keys: str
    """As people write them."""
    help: str
    """What it does, as a sentence."""


_SAID: Final = (
    Elsewhere("In the search line", "enter", "Go to the list; it stays as narrow as it is."),
    Elsewhere("In the search line", "escape", "Clear the search and go to the list."),
    Elsewhere("In triage", "1 to 9", "Add one of the tags that were used last, or take it away."),
    Elsewhere("In menus", "a b 1 2", "The key before a line chooses it; any other key leaves the menu."),
    Elsewhere("In a line that asks", "enter", "Take what is typed."),
    Elsewhere("In a list of papers or people", "1 to 6", "Set the reading status of that number."),
    Elsewhere("Among the people of a paper", "1 to 9", "Show all papers of the one before which it stands."),
)
"""Keys that are no bindings of their place."""

_PLACES: Final = (
    ("In the search line", "readlist.tui.widgets.search_line", "SearchLine"),
    ("In the note editor", "readlist.tui.screens.note", "NoteScreen"),
    ("In menus", "", ""),
    ("In the statistics", "readlist.tui.screens.statistics", "StatisticsScreen"),
    ("In a list of papers or people", "readlist.tui.screens.leafing", "LeafingScreen"),
    ("In a list of papers or people", "readlist.tui.screens.papers", "PapersScreen"),
    ("In a line that asks", "readlist.tui.screens.dialogs", "LineDialog"),
    ("Among the people of a paper", "", ""),
    ("On the page of an author", "readlist.tui.screens.people", "WhoScreen"),
    ("Among uncertain papers", "readlist.tui.screens.splits", "SplitsScreen"),
    ("Among papers that look like one", "readlist.tui.screens.same", "SameScreen"),
    ("In the form of a paper", "readlist.tui.screens.edit_form", "EditForm"),
    ("In triage", "readlist.tui.screens.triage", "TriageScreen"),
    ("In a text that is shown", "readlist.tui.screens.dialogs", "TextDialog"),
)
"""Each place with the module and the class whose bindings are its keys, each described by a sentence."""


def keys_elsewhere() -> list[Elsewhere]:
    """Return the keys of every other place, in the order of the places."""
    found: list[Elsewhere] = []
    for place, module, name in _PLACES:
        found += [one for one in _SAID if one.place == place and one not in found]
        for binding in getattr(import_module(module), name).__dict__["BINDINGS"] if module else ():
            assert isinstance(binding, Binding)
            keys = " ".join(shown_key(key.strip()) for key in binding.key.split(","))
            same = found and (found[-1].place, found[-1].help) == (place, binding.description)
            if same:
                keys = f"{found.pop().keys} {keys}"
            found.append(Elsewhere(place, keys, binding.description))
    return found
