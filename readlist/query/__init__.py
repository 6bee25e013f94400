"""The query language: text → tokens → tree → `Query` → text, without knowing where papers are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlist.query.facet import Facet
from readlist.query.tree import (
    ALL,
    NEWEST_FIRST,
    And,
    Flag,
    InStatus,
    Label,
    Node,
    Not,
    Or,
    Order,
    Query,
    Span,
    Text,
    both,
    either,
    negated,
    sought,
)

if TYPE_CHECKING:
    from readlist.query.parser import order_named, parse

__all__ = [
    "ALL",
    "NEWEST_FIRST",
    "And",
    "Facet",
    "Flag",
    "InStatus",
    "Label",
    "Node",
    "Not",
    "Or",
    "Order",
    "Query",
    "Span",
    "Text",
    "both",
    "either",
    "negated",
    "order_named",
    "parse",
    "sought",
]


def __getattr__(name: str) -> object:
    """Load the parser when it is first asked for: the first screen shows a query that nobody wrote."""
    if name not in ("parse", "order_named"):
        raise AttributeError(name)
    from readlist.query import parser

    return getattr(parser, name)
