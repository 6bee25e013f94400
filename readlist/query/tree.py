"""What a query means: a tree of frozen values, an order, and the canonical text of both."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

from msgspec import Struct

from readlist.text import safe_line, words

BARE: Final = re.compile(r"\w(?:[\w.'’/+#&@-]*\w)?")
"""Words that stand in a query without quotation marks."""
BARE_LABEL: Final = re.compile(r"[\w.'’/+#&@-]+")
"""Names that stand after a field without quotation marks."""
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})
_JOINT: Final = re.compile(r"(?<=[^\W_])[-\u2010\u2011'’ʼ](?=[^\W_])")
_MONTHS: Final = 12
_AT_ENDS: Final = re.compile(r"^\W+|\W+$")


def wording(text: str) -> str:
    """Return words as a query keeps them: without quotation marks, and without punctuation at their ends."""
    return _AT_ENDS.sub("", safe_line(text.replace('"', " ")))


def in_quotes(name: str) -> str:
    """Return a name between quotation marks; those that it has are doubled."""
    return '"' + name.replace('"', '""') + '"'


class Text(Struct, frozen=True):
    """Whole words that follow one another in a text of the paper."""

    text: str
    """As `wording` gives it."""
    field: str | None = None
    """`title`, `author`, `affil`, `abstract` or `note`; None for all of them and the tags."""
    prefix: bool = False
    """Whether the last word may go on."""

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The folded words, and where compounds are among them also with these run together (`fewshot`)."""
        apart, joined = tuple(words(self.text)), tuple(words(_JOINT.sub("", self.text)))
        return (apart,) if joined == apart else (apart, joined)

    def __str__(self) -> str:
        bare = BARE.fullmatch(self.text) and self.text not in _OPERATORS
        value = self.text if bare else f'"{self.text}"'
        return (f"{self.field}:" if self.field else "") + value + ("*" if self.prefix else "")


class Label(Struct, frozen=True):
    """A name that a paper carries: a tag, a category, a source or its citation key."""

    field: str
    """`tag`, `cat`, `source` or `key`."""
    name: str
    """Compared without regard to case. A tag is also found by its first parts (`rl` finds `rl/offline`), and so
    is a category (`cs` finds `cs.CL`)."""
    prefix: bool = False
    """Whether the name may go on."""

    def __str__(self) -> str:
        bare = BARE_LABEL.fullmatch(self.name) and not (self.field == "tag" and self.name.startswith("#"))
        value = self.name if bare or (self.prefix and not self.name) else in_quotes(self.name)
        return f"{self.field}:{value}" + ("*" if self.prefix else "")


class InStatus(Struct, frozen=True):
    """A reading status."""

    status: str
    """Its id."""

    def __str__(self) -> str:
        return f"status:{self.status}"


class Flag(Struct, frozen=True):
    """Something that is so or is not."""

    name: str
    """E.g. `is:starred` or `has:code`."""

    def __str__(self) -> str:
        return self.name


class Span(Struct, frozen=True):
    """A range of numbers, both ends included.

    A paper without a date is outside of every range of dates, and so is one that was never marked or read of the
    ranges of these; one without a rating or priority has 0.
    """

    field: str
    """`date`, `added`, `changed`, `read` (day numbers as of `date.toordinal`), `rating` or `priority`."""
    low: int | None
    high: int | None

    def __str__(self) -> str:
        if self.field in ("date", "added", "changed", "read"):
            return _dates(self.field, self.low, self.high)
        low, high = (None if end is None else str(end) for end in (self.low, self.high))
        return f"{self.field}:{_range(low, high)}"


class Not(Struct, frozen=True):
    """What does not match `part`."""

    part: Node

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, And | Or) else f"-{self.part}"


class And(Struct, frozen=True):
    """What matches every part."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


class Or(Struct, frozen=True):
    """What matches any part."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node: TypeAlias = Text | Label | InStatus | Flag | Span | Not | And | Or
"""A query or a part of one. Made by `both`, `either` and `negated`, which keep trees flat."""


def sought(tree: Node | None) -> list[Text]:
    """Return the texts of a query that papers are wanted for, not those that are taken out."""
    match tree:
        case Text():
            return [tree]
        case And() | Or():
            return [text for part in tree.parts for text in sought(part)]
        case _:
            return []


def both(parts: Iterable[Node]) -> Node | None:
    """Return what matches every one of `parts`; None when there is none."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return And(flat) if len(flat) > 1 else next(iter(flat), None)


def either(parts: Iterable[Node]) -> Node | None:
    """Return what matches any of `parts`; None when there is none."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return Or(flat) if len(flat) > 1 else next(iter(flat), None)


def negated(part: Node) -> Node:
    """Return what does not match `part`."""
    return part.part if isinstance(part, Not) else Not(part)


class Order(Struct, frozen=True):
    """The order that papers are listed in."""

    field: str = "date"
    """One of `readlist.query.fields.ORDERS`."""
    descending: bool = True
    ranks: tuple[str, ...] = ()
    """The ids of the statuses in their order, where papers are sorted by status."""

    def __str__(self) -> str:
        return f"sort:{'-' if self.descending else ''}{self.field}"


NEWEST_FIRST: Final = Order()
"""Date descending, undated last, ties as first ingested."""


class Query(Struct, frozen=True):
    """Which papers, in which order."""

    tree: Node | None
    """None for all papers."""
    order: Order = NEWEST_FIRST

    def __str__(self) -> str:
        """Give the canonical text: parsing it gives the same query."""
        parts = [] if self.tree is None else [str(self.tree)]
        if self.order != NEWEST_FIRST:
            if isinstance(self.tree, Or):
                parts = [f"({self.tree})"]
            parts.append(str(self.order))
        return " ".join(parts)


ALL: Final = Query(None)
"""All papers, newest first."""


def _range(low: str | None, high: str | None) -> str:
    """Write a range of which at least one end is given."""
    if low is None:
        return f"<={high}"
    if high is None:
        return f">={low}"
    return low if low == high else f"{low}..{high}"


def _dates(field: str, low: int | None, high: int | None) -> str:
    """Write a range of days: by years or months where it begins and ends with them."""
    first, last = (None if day is None else date.fromordinal(day) for day in (low, high))
    size = len("YYYY-MM-DD")
    if (first is None or first.day == 1) and (last is None or last.day == monthrange(last.year, last.month)[1]):
        size = len("YYYY-MM")
        if (first is None or first.month == 1) and (last is None or last.month == _MONTHS):
            size = len("YYYY")
    written = _range(*(None if day is None else day.isoformat()[:size] for day in (first, last)))
    return f"{'year' if field == 'date' and size == len('YYYY') else field}:{written}"
