"""The first and the last line of the main screen. Each is empty until something in it is asked for.

A start paints the list before them: every widget that stands in the first picture makes the reader wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from readlist.text import safe_line
from readlist.tui.footer import Offer
from readlist.tui.look import KEY, OFF, QUIET
from readlist.tui.widgets.row import cut
from readlist.tui.widgets.search_line import SearchLine

_NARROW: Final = 48
"""Columns from which the program's name stands in the first line."""


_GAP: Final = 2
"""Cells between two keys."""

_PADDING: Final = 4
"""Cells around the keys and around what is said."""

_RESERVED: Final = 60
"""Columns from which what is said leaves room for the key of all keys."""


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


def _width(offer: Offer) -> int:
    """Return how many cells a key takes with what it does and the gap behind."""
    return cell_len(offer.key) + 1 + cell_len(offer.label) + _GAP


def _fitting(offers: Sequence[Offer], room: int) -> list[Offer]:
    """Return those that fit into so many cells, in their order; the key of all keys goes before the others."""
    chosen = set()
    for offer in sorted(offers, key=lambda one: one.command != "help"):
        if _width(offer) - _GAP <= room:
            chosen.add(offer.key)
            room -= _width(offer)
    return [offer for offer in offers if offer.key in chosen]


class Keys(Static):
    """Keys with what they do, as many as there is room for; a click does it, and pointing at one tells more."""

    @dataclass
    class Clicked(Message):
        """A key was clicked."""

        offer: Offer

    def __init__(self) -> None:
        super().__init__("", id="keys", markup=False)
        self._offers: Sequence[Offer] = ()
        self._places: list[tuple[int, int, Offer]] = []

    def show(self, offers: Sequence[Offer], room: int) -> None:
        """Show those offers that fit into so many cells; none is cut."""
        parts: list[tuple[str, str]] = []
        self._places = []
        place = 0
        for offer in _fitting(offers, room):
            width = _width(offer) - _GAP
            parts += [(offer.key, OFF if offer.why_not else KEY)]
            parts += [(f" {offer.label}  ", OFF if offer.why_not else QUIET)]
            self._places.append((place, place + width, offer))
            place += width + _GAP
        self.update(Content.assemble(*parts), layout=False)

    def _at(self, event: events.MouseEvent) -> Offer | None:
        """Return what the mouse points at."""
        offset = event.get_content_offset(self)
        x = -1 if offset is None else offset.x
        return next((offer for begin, end, offer in self._places if begin <= x < end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell what the key that is pointed at does, and why it does not."""
        offer = self._at(event)
        told = None if offer is None else offer.help + (f" Not now: {offer.why_not}." if offer.why_not else "")
        if self.tooltip != told:
            self.tooltip = told if told is None else Content(told)

    def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        event.stop()
        if (offer := self._at(event)) is not None:
            self.post_message(self.Clicked(offer))


class BottomBar(_Bar):
    """The keys that matter now, and what was done last."""

    DEFAULT_CSS = """
    BottomBar { height: 1; background: $panel; }
    #keys { width: 1fr; height: 1; padding: 0 1; text-wrap: nowrap; }
    #state { width: auto; height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; }
    """

    def __init__(self, words: str) -> None:
        """Take what is said first."""
        self._offers: Sequence[Offer] = ()
        self._said = self._shown = safe_line(words)
        self._keys = Keys()
        self._state = Static(Content(self._said), id="state", markup=False)
        super().__init__(self._keys, self._state)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show other keys."""
        self._offers = offers
        self.furnish()
        self._lay_out()

    def on_resize(self) -> None:
        """Show as much as there is room for now."""
        self._lay_out()

    def say(self, words: str) -> None:
        """Show a sentence at the end of the line."""
        self._said = safe_line(words)
        self.furnish()
        self._lay_out()

    def _lay_out(self) -> None:
        """Show what is said, cut at a word if it must be, and as many keys as that leaves room for."""
        width = self.size.width
        if not self.children or not width:
            return
        most = width - 2
        if width >= _RESERVED:
            most -= next((_width(offer) for offer in self._offers if offer.command == "help"), 0)
        said = cut(self._said, max(0, most)).rstrip()
        if said != self._shown:
            self._shown = said
            self._state.update(Content(said))
        self._keys.show(self._offers, width - cell_len(said) - _PADDING)
