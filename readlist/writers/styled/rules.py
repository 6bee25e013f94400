"""Rules of the Citation Style Language that citeproc-py 0.11 does not follow, put around the elements of a style.

- What has stood in for the author is not said a second time (CSL 1.0.2, `cs:substitute`).
- A group that has words of its own, but nothing of what it asks of the paper, is left out (`cs:group`).
- The last page of a range is whole when it has more digits than the first: it would print 1–20 as 1–0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

CSL: Final = "{http://purl.org/net/xbiblio/csl}"
"""What stands before the names of CSL's elements."""

Element = Any
"""What lxml and citeproc-py make; they have no types."""

_SAID_ONCE: Final = frozenset({"title", "container_title", "collection_title", "editor", "translator"})
"""What may stand in for an author, in citeproc-py's spelling."""

_NOT_PRINTED: Final = frozenset({"type", "key", "language"})
"""What citeproc-py asks for its own sake."""


class Told:
    """What a style has asked of a paper so far, in citeproc-py's spelling."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.names: set[str] = set()
        """The variables that the paper had."""
        self.found = 0
        """How often a variable was there."""
        self.missed = 0
        """How often one was not."""

    def add(self, variable: str) -> None:
        """Note a variable that was there."""
        if variable not in _NOT_PRINTED:
            self.names.add(variable)
            self.found += 1

    def miss(self, variable: str) -> None:
        """Note a variable that was not there."""
        self.missed += variable not in _NOT_PRINTED


def _said_once(render: Callable[..., Any], item: Element, **context: Element) -> Element:
    """Render what stands in for an author, and take from the paper what was asked of it for that."""
    paper = item.reference
    before = paper.asked.names.copy()
    paper.asked.names.clear()
    text = render(item, **context)
    if text:
        for variable in paper.asked.names & _SAID_ONCE:
            paper.pop(variable, None)
    paper.asked.names |= before
    return text


def _unless_empty(render: Callable[..., Any], item: Element, **context: Element) -> Element:
    """Render a group, which is nothing when all that it asks of the paper is missing (CSL 1.0.2, `cs:group`)."""
    told = item.reference.asked
    found, missed = told.found, told.missed
    text = render(item, **context)
    if told.missed > missed and told.found == found:
        return None
    told.found += bool(text)  # to the group around it this one is a variable
    return text


def _date(render: Callable[..., Any], item: Element, *place: Element, **context: Element) -> Element:
    """Render a date, which is missing when it has none of the parts that are asked for."""
    told = item.reference.asked
    found = told.found
    text = render(item, *place, **context)
    if not text:
        told.found, told.missed = found, told.missed + 1
    return text


def _last_page(shorten: Callable[[str, str], str], first: str, last: str) -> str:
    """Return the last page of a range as the style shortens it, if it can be shortened."""
    return shorten(first, last) if len(first) == len(last) else last


_AROUND: Final = {f"{CSL}substitute": _said_once, f"{CSL}group": _unless_empty, f"{CSL}date": _date}
"""What stands around the rendering of an element."""


def keep_rules(elements: Iterable[Element]) -> None:
    """Make the elements of a style follow the rules; they must be kept for that."""
    for element in elements:
        if element.tag in _AROUND:
            element.render = partial(_AROUND[element.tag], element.render)
        if hasattr(element, "_format_last_page"):
            element._format_last_page = partial(_last_page, element._format_last_page)  # noqa: SLF001 — it has no other name
