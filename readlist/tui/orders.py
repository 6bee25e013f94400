"""The orders of the list: the keys that choose them, and the one way in which each is told."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from readlist.query import Order


class Sorting(Struct, frozen=True):
    """A field that papers are sorted by."""

    usual: str
    """The order that comes first, as it stands after `sort:`."""
    words: str
    """How that order is told."""
    turned: str
    """How the other direction is told."""

    @property
    def field(self) -> str:
        """One of `readlist.query.fields.ORDERS`."""
        return self.usual.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the direction that comes first is downwards."""
        return self.usual.startswith("-")


SORTINGS: Final = {
    "d": Sorting("-date", "newest first", "oldest first"),
    "a": Sorting("-added", "last added first", "first added first"),
    "c": Sorting("-changed", "last changed first", "first changed first"),
    "r": Sorting("-read", "last read first", "first read first"),
    "t": Sorting("title", "title A to Z", "title Z to A"),
    "u": Sorting("author", "first author A to Z", "first author Z to A"),
    "g": Sorting("-rating", "best rated first", "worst rated first"),
    "p": Sorting("-priority", "highest priority first", "lowest priority first"),
    "q": Sorting("queue", "what to read next first", "what to read next last"),
    "s": Sorting("status", "in order of status", "last status first"),
    "o": Sorting("-score", "highest score first", "lowest score first"),
    "v": Sorting("-relevance", "best fit first", "best fit first"),
}
"""What papers can be sorted by, by keys."""

_BY_FIELD: Final = {one.field: one for one in SORTINGS.values()}


def in_words(order: Order) -> str:
    """Return an order as it is told everywhere on the screen, e.g. `newest first`."""
    one = _BY_FIELD.get(order.field)
    if one is None:
        return str(order)
    return one.words if order.descending == one.descending else one.turned
