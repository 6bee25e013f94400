"""Facets: a value that some of the papers have, with their number, which can be added to a query."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from readlist.query.tree import Flag, InStatus, Label, Node, Span, Text, wording
from readlist.text import safe_line, words


class Facet(Struct, frozen=True):
    """Papers that have something in common."""

    kind: str
    """`status`, `tag`, `year`, `author`, `affil`, `cat`, `source` or `has`."""
    name: str
    """E.g. the id of a status, `2023`, `Timo Schick`, or `code` of the kind `has`."""
    count: int

    @property
    def tree(self) -> Node | None:
        """What finds these papers; None if the name has nothing that can be looked for."""
        match self.kind:
            case "status":
                return InStatus(self.name)
            case "year":
                year = int(self.name)
                return Span("date", date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
            case "author" | "affil":
                return Text(wording(self.name), self.kind) if words(self.name) else None
            case "has":
                return Flag(f"has:{self.name}")
            case _:
                name = self.name.casefold()
                return Label(self.kind, name) if name and name == safe_line(name) else None
