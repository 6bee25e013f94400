"""The query language: text → tokens → tree → `Query` → text, without knowing where papers are kept."""

from __future__ import annotations

from readlist.query.parser import parse
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
)

__all__ = [
    "ALL",
    "NEWEST_FIRST",
    "And",
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
    "parse",
]
