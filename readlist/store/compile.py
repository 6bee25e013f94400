"""From a query to parameterised SQL; what a user typed only ever stands in values, quoted for the full text."""

# ruff: noqa: S608 - only constants are put together here; what a user typed stands in placeholders

from __future__ import annotations

from typing import Final

from readlist.mark import UNREAD
from readlist.query import And, Flag, InStatus, Label, Node, Not, Or, Query, Span, Text
from readlist.store.folding import label
from readlist.store.schema import DAY

Value = str | int

_COLUMNS: Final = {
    "title": "title",
    "author": "authors",
    "affil": "affiliations",
    "abstract": "abstract",
    "note": "notes",
}
_DEEPEST: Final = 8
"""How deep an expression may nest for the full text, whose parser has little room; SQL takes what is above."""

_OF_MARKS: Final = "SELECT p.row FROM marked AS m JOIN papers AS p ON p.id = m.id WHERE "
_LAST: Final = "\U0010ffff"
_ORDERS: Final = {
    "added": "p.added",
    "changed": "m.changed",
    "title": "p.title_key",
    "author": "p.author_key",
    "score": "p.score",
    "rating": "nullif(m.rating, 0)",
    "priority": "nullif(m.priority, 0)",
}
_BY_MARK: Final = frozenset({"changed", "rating", "priority"})


def statement(query: Query, limit: int | None = None) -> tuple[str, list[Value]]:
    """Return the SQL that gives the row numbers of a query's papers in its order, and the values for it."""
    sql, values = _unordered(query.tree)
    order = query.order
    direction = "DESC" if order.descending else "ASC"
    if order.field == "date":
        row = "search.rowid" if sql.startswith("SELECT search.rowid") else "row"
        sql += f" ORDER BY {row} DESC" if order.descending else f" ORDER BY {row} < {DAY}, {row} >> 20, {row} DESC"
    else:
        key = _ORDERS[order.field]
        marks = " LEFT JOIN marked AS m ON m.id = p.id" if order.field in _BY_MARK else ""
        chosen = "" if query.tree is None else f" WHERE p.row IN ({sql})"
        sql = f"SELECT p.row FROM papers AS p{marks}{chosen} ORDER BY {key} IS NULL, {key} {direction}, p.row DESC"
    if limit is not None:
        sql += " LIMIT ?"
        values.append(limit)
    return sql, values


def _unordered(tree: Node | None) -> tuple[str, list[Value]]:
    """Return the SQL for the row numbers of what matches."""
    if tree is None:
        return "SELECT row FROM papers", []
    parts = tree.parts if isinstance(tree, And) else (tree,)
    match, rest = _split(parts)
    values: list[Value] = []
    # A plus sign keeps SQLite from asking the full text once for every row of a condition.
    row = "row" if match is None else "+search.rowid"
    conditions = [_condition(part, row, values) for part in rest]
    if match is None:
        return "SELECT row FROM papers WHERE " + " AND ".join(conditions), values
    where = " AND ".join(["search MATCH ?", *conditions])
    return f"SELECT search.rowid FROM search WHERE {where}", [match, *values]


def _split(parts: tuple[Node, ...], room: int = _DEEPEST) -> tuple[str | None, list[Node]]:
    """Return one full-text expression for as many parts as it can stand for, and the other parts."""
    wanted = [(part, found) for part in parts if (found := _full_text(part, room)) is not None]
    if not wanted:
        return None, list(parts)
    refused = [(part, found) for part in parts if isinstance(part, Not) and (found := _full_text(part.part, room))]
    match = _combined([found for _, found in wanted], [found for _, found in refused])
    taken = {id(part) for part, _ in (*wanted, *refused)}
    return match, [part for part in parts if id(part) not in taken]


def _combined(wanted: list[str], refused: list[str]) -> str:
    """Join full-text expressions."""
    match = " AND ".join(wanted)
    return f"({match}) NOT ({' OR '.join(refused)})" if refused else match


def _full_text(node: Node, room: int = _DEEPEST) -> str | None:  # noqa: PLR0911 - one for each kind of node
    """Return a part as a full-text expression, if the full text alone can answer it."""
    match node:
        case Text():
            found = " OR ".join(_phrase(phrase, prefix=node.prefix) for phrase in node.phrases)
            return f"({found})" if node.field is None else f"({_COLUMNS[node.field]} : ({found}))"
        case Label(field="tag" | "cat" | "source"):
            return _phrase((label(node.field, node.name),), prefix=node.prefix)
        case Flag(name="is:uncertain" | "has:code" | "has:doi" | "has:arxiv"):
            return _phrase((label(*node.name.split(":")),), prefix=False)
        case And() if room:
            match, rest = _split(node.parts, room - 1)
            return None if match is None or rest else f"({match})"
        case Or() if room:
            found_parts = [_full_text(part, room - 1) for part in node.parts]
            if None in found_parts:
                return None
            return f"({' OR '.join(filter(None, found_parts))})"
        case _:
            return None


def _phrase(phrase: tuple[str, ...], *, prefix: bool) -> str:
    """Quote words that follow one another for the full text."""
    quoted = " ".join(phrase).replace('"', '""')
    return f'"{quoted}"' + (" *" if prefix else "")


def _condition(node: Node, row: str, values: list[Value]) -> str:  # noqa: PLR0911 - one for each kind of node
    """Return a part as a condition on a row number; its values are appended to `values`."""
    match = _full_text(node)
    if match is not None:
        values.append(match)
        return f"{row} IN (SELECT rowid FROM search WHERE search MATCH ?)"
    match node:
        case Not():
            return f"NOT {_condition(node.part, row, values)}"
        case And() | Or():
            word = " AND " if isinstance(node, And) else " OR "
            return "(" + word.join(_condition(part, row, values) for part in node.parts) + ")"
        case Span(field="date"):
            row = row.removeprefix("+")  # the full text can begin and stop at a row
            values.append((node.low if node.low is not None else 1) * DAY)
            values.append(((node.high if node.high is not None else _NEVER) + 1) * DAY)
            return f"({row} >= ? AND {row} < ?)"
        case Span():
            return _marked_between(node, row, values)
        case InStatus():
            values.append(node.status)
            if node.status == UNREAD:
                return f"{row} NOT IN ({_OF_MARKS}m.status <> ?)"
            return f"{row} IN ({_OF_MARKS}m.status = ?)"
        case Label():
            values.extend((node.name, node.name + _LAST if node.prefix else node.name))
            return f"{row} IN (SELECT row FROM papers WHERE citekey BETWEEN ? AND ?)"
        case Flag(name="is:starred"):
            return f"{row} IN ({_OF_MARKS}m.starred)"
        case _:
            return f"{row} IN ({_OF_MARKS}m.notes > 0)"


_NEVER: Final = 4_000_000
"""A day number after every date."""


def _marked_between(span: Span, row: str, values: list[Value]) -> str:
    """Return the condition for a range of a number that marks have; a paper without a mark has 0."""
    low, high = span.low or 0, 9 if span.high is None else span.high
    if low > 0:
        values.extend((low, high))
        return f"{row} IN ({_OF_MARKS}m.{span.field} BETWEEN ? AND ?)"
    values.append(high)
    return f"{row} NOT IN ({_OF_MARKS}m.{span.field} > ?)"
