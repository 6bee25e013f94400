"""Saved views: a query and an order that have a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from readlist.errors import UsageError
from readlist.text import safe_line

LONGEST: Final = 40
"""Characters that the name of a view may have."""

NUMBERED: Final = 9
"""How many views have a key."""

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_ORDER: Final = re.compile("-?[a-z]+")


class View(Struct, frozen=True):
    """A query and an order that have a name."""

    name: str
    query: str
    """The query as it was typed; an empty one means all papers."""
    order: str = "-date"
    """What stands after `sort:`, e.g. `title`."""


DEFAULTS: Final = (
    View("Inbox", "status:unread"),
    View("Queue", "status:reading OR status:queued", "queue"),
    View("Reading", "status:reading"),
    View("Starred", "is:starred"),
    View("Recently added", "added:7d", "-added"),
    View("With notes", "has:note"),
    View("Needs a look", "is:uncertain"),
)
"""The views that there are until the reader changes them, in order."""


def checked(view: View) -> View:
    """Return a view as it is kept: each text one safe line. Whether the query can be understood is not looked at.

    Raises:
        UsageError: The name is empty, too long or has control characters in it, or the order cannot be one.
    """
    if _CONTROL.search(view.name):
        raise UsageError(
            f"the name of a view has no control characters: {view.name!r:.60}", "write it in one line, without tabs"
        )
    name = safe_line(view.name)
    if not name:
        raise UsageError("a view needs a name", "e.g. To read")
    if len(name) > LONGEST:
        raise UsageError(f"the name of a view has at most {LONGEST} characters, not {len(name)}", "shorten it")
    order = safe_line(view.order).casefold().removeprefix("+")
    if not _ORDER.fullmatch(order):
        raise UsageError(f"{view.order!r:.60} is no order", "write a field such as title, or -date for descending")
    return View(name, safe_line(view.query), order)


def all_checked(views: Iterable[View]) -> tuple[View, ...]:
    """Return views as they are kept, in their order.

    Raises:
        UsageError: One of them cannot be kept, or two go by one name.
    """
    found: dict[str, View] = {}
    for view in map(checked, views):
        if view.name.casefold() in found:
            raise UsageError(f"there is a view {view.name!r} already", "give it another name, or remove that one")
        found[view.name.casefold()] = view
    return tuple(found.values())


def usable(views: Iterable[View], is_understood: Callable[[View], bool]) -> tuple[View, ...]:
    """Return views without those of `DEFAULTS` that cannot be understood: the reader's settings have no such status."""
    return tuple(view for view in views if view not in DEFAULTS or is_understood(view))


def named(views: Iterable[View], name: str) -> View:
    """Return the view that goes by a name, in whatever case it is written.

    Raises:
        UsageError: There is none; the hint names those that there are.
    """
    there = {view.name.casefold(): view for view in views}
    view = there.get(safe_line(name).casefold())
    if view is None:
        known = ", ".join(one.name for one in there.values())
        raise UsageError(f"no view is called {name!r:.60}", f"views: {known}" if known else "there are no views")
    return view
