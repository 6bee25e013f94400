"""The keys of the last line: as many as there is room for, none of them cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from readlist.tui.footer import Offer
from readlist.tui.look import KEY, OFF, QUIET
from readlist.tui.widgets.pointing import asking

GAP: Final = 2
"""Cells between two keys."""


def width_of(offer: Offer) -> int:
    """Return how many cells a key takes with what it does and the gap behind."""
    return cell_len(offer.key) + 1 + cell_len(offer.label) + GAP


def is_help(offer: Offer) -> bool:
    """Whether it is the key that shows all others."""
    return offer.command.rpartition(".")[2] == "help"


def leads_back(offer: Offer) -> bool:
    """Whether it is the key that leaves a place."""
    return offer.command.rpartition(".")[2] in ("leave", "cancel")


def fitting(offers: Sequence[Offer], room: int) -> list[Offer]:
    """Return those that fit into so many cells, in their order; first the way back, then the key of all keys."""
    chosen = set()
    for offer in sorted(offers, key=lambda one: (not leads_back(one), not is_help(one))):
        if width_of(offer) - GAP <= room:
            chosen.add(offer.key)
            room -= width_of(offer)
    return [offer for offer in offers if offer.key in chosen]


def line_of(offers: Sequence[Offer], between: str = " · ") -> Content:
    """Return keys with what they do as a line; a click on one does it, where the screen is a `Keyed`."""
    parts = (
        Content.assemble((offer.key, KEY), (f" {offer.label}", QUIET)).stylize(asking(offer.command))
        for offer in offers
    )
    return Content.styled(between, QUIET).join(parts)


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
        for offer in fitting(offers, room):
            width = width_of(offer) - GAP
            parts += [(offer.key, OFF if offer.why_not else KEY)]
            parts += [(f" {offer.label}  ", OFF if offer.why_not else QUIET)]
            self._places.append((place, place + width, offer))
            place += width + GAP
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
