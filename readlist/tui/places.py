"""The places elsewhere than at the list where keys work, and which of them work together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from msgspec import Struct


class Place(Struct, frozen=True):
    """A screen, or a part of one, with keys of its own."""

    heading: str
    """What the sheet of keys calls it."""
    within: str = ""
    """The place whose keys work here, too; nothing when its own are all."""
    typed: bool = False
    """Whether characters are typed here, so that none of them can ask for a command."""


class Fixed(Struct, frozen=True):
    """Keys that stay as they are, since the screen shows them as what they stand for."""

    place: str
    shown: str
    """As people write them."""
    help: str
    """What they do, as a sentence."""
    keys: tuple[str, ...] = ()
    """Those that no command can have there."""


PLACES: Final[Mapping[str, Place]] = {
    "search": Place("In the search line", typed=True),
    "candidates": Place("In the list of completions", "search", typed=True),
    "sidebar": Place("In the sidebar"),
    "note": Place("In the note editor", typed=True),
    "menu": Place("In menus", typed=True),
    "lists": Place("In lists of papers, people and figures"),
    "statistics": Place("In the statistics", "lists"),
    "papers": Place("In a list of papers", "lists"),
    "line": Place("In dialogs with a line to type", typed=True),
    "people": Place("Among the people of a paper", "lists"),
    "author": Place("On the page of an author", "papers"),
    "splits": Place("Among uncertain papers", "papers"),
    "merging": Place("When merging selected papers", "papers"),
    "same": Place("Among likely duplicates", "papers"),
    "form": Place("In the form of a paper", typed=True),
    "triage": Place("In triage"),
    "text": Place("In a text that is shown"),
    "themes": Place("Among the themes"),
    "sheet": Place("In sheets such as this one", typed=True),
}
"""Each place by the name that its commands begin with, in the order of the help."""

DIGITS: Final = tuple("123456789")
"""Keys that stand before what they choose."""

FIXED: Final = (
    Fixed("search", "enter", "Go to the list; the search stays.", ("enter",)),
    Fixed("sidebar", "1 … 9", "Show the view with that number.", DIGITS),
    Fixed("menu", "a b 1 2", "The key before a line chooses it."),
    Fixed("line", "enter", "Confirm what is typed.", ("enter",)),
    Fixed("people", "1 … 9", "Show all papers of the one with that number.", DIGITS),
    Fixed("triage", "1 … 9", "Add one of the tags that were used last, or take it away.", DIGITS),
    Fixed("form", "tab enter", "Go to the next field; among several lines, enter begins one.", ("tab", "enter")),
    Fixed("themes", "enter", "Keep the theme under the cursor.", ("enter",)),
)


@cache
def reaching(place: str) -> tuple[str, ...]:
    """Return the places whose keys work in one, its own first."""
    found: list[str] = []
    while place:
        found.append(place)
        place = PLACES[place].within
    return tuple(found)


@cache
def beside(place: str) -> frozenset[str]:
    """Return the places that share a screen with one: no key can stand for two commands of these."""
    chains = [reaching(one) for one in PLACES]
    return frozenset(one for chain in chains if place in chain for one in chain)
