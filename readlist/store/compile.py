"""From a query to parameterised SQL; what a user typed only ever stands in values, quoted for the full text."""

# ruff: noqa: S608 - only constants are put together here; what a user typed stands in placeholders

from __future__ import annotations

from typing import Final

from readlist.days import day_begins
from readlist.mark import QUEUED, READING, UNREAD
from readlist.query import And, Flag, InStatus, Label, Node, Not, Or, Order, Query, Span, Text
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
LAST: Final = "\U0010ffff"
"""A character after every other: what begins with a text stands before the text with this behind it."""
_ORDERS: Final = {
    "added": "p.added",
    "changed": "m.changed",
    "read": "m.read",
    "status": "coalesce(m.status, 'unread')",
    "title": "p.title_key",
    "author": "p.author_key",
    "score": "p.score",
    "rating": "nullif(m.rating, 0)",
    "priority": "nullif(m.priority, 0)",
}
_NEVER_ABSENT: Final = frozenset({"added", "title", "status"})
"""Without the condition that puts what is absent last, SQLite can take the order of an index."""
_BY_MARK: Final = frozenset({"changed", "read", "status", "rating", "priority"})
_PART: Final = f"CASE m.status WHEN '{READING}' THEN 0 WHEN '{QUEUED}' THEN 1 END"
_RANK: Final = (
    "coalesce(json_extract(m.record, '$.rank'), CAST(strftime('%s', "
    f"json_extract(m.record, CASE m.status WHEN '{READING}' THEN '$.status_dates.{READING}' "
    f"ELSE '$.status_dates.{QUEUED}' END)) AS REAL), 0)"
)
"""What stands for `readlist.store.ranks.rank_of`."""
_WEIGHTS: Final = "10.0, 5.0, 2.0, 1.0, 3.0, 5.0, 0.0"
"""How much a word counts in each column of the full text, in the order of `schema.FOLDED`."""


def statement(query: Query, limit: int | None = None) -> tuple[str, list[Value]]:
    """Return the SQL that gives the row numbers of a query's papers in its order, and the values for it."""
    sql, values = unordered(query.tree)
    order = query.order
    direction = "DESC" if order.descending else "ASC"
    if order.field == "relevance" and sql.startswith("SELECT search.rowid"):
        sql += f" ORDER BY bm25(search, {_WEIGHTS}), search.rowid DESC"
    elif order.field in ("date", "relevance"):
        row = "search.rowid" if sql.startswith("SELECT search.rowid") else "row"
        sql += f" ORDER BY {row} DESC" if order.descending else f" ORDER BY {row} < {DAY}, {row} >> 20, {row} DESC"
    elif order.field == "queue":
        chosen = "" if query.tree is None else f" WHERE p.row IN ({sql})"
        sql = f"SELECT p.row FROM papers AS p LEFT JOIN marked AS m ON m.id = p.id{chosen} ORDER BY {_queue(order)}"
    else:
        key = _key(order, values)
        marks = " LEFT JOIN marked AS m ON m.id = p.id" if order.field in _BY_MARK else ""
        chosen = "" if query.tree is None else f" WHERE p.row IN ({sql})"
        absent_last = "" if order.field in _NEVER_ABSENT else f"{key} IS NULL, "
        sql = f"SELECT p.row FROM papers AS p{marks}{chosen} ORDER BY {absent_last}{key} {direction}, p.row DESC"
    if limit is not None:
        sql += " LIMIT ?"
        values.append(limit)
    return sql, values


def _queue(order: Order) -> str:
    """Return what the queue is sorted by: what is being read, priority, place by hand or when it was queued."""
    up, down = ("DESC", "ASC") if order.descending else ("ASC", "DESC")
    return f"{_PART} IS NULL, {_PART} {up}, m.priority {down}, {_RANK} {up}, p.row DESC"


def _key(order: Order, values: list[Value]) -> str:
    """Return what papers are sorted by; statuses stand in the order of the settings, unknown ones after them."""
    key = _ORDERS[order.field]
    if order.field != "status" or not order.ranks:
        return key
    values.extend(order.ranks)
    cases = " ".join(f"WHEN ? THEN {rank}" for rank in range(len(order.ranks)))
    return f"CASE {key} {cases} ELSE {len(order.ranks)} END"


def unordered(tree: Node | None) -> tuple[str, list[Value]]:
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
    """Return one full-text expression for as many parts as it can stand for, and the other parts; each only once."""
    parts = tuple(dict.fromkeys(parts))
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
            found_parts = [_full_text(part, room - 1) for part in dict.fromkeys(node.parts)]
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
            return "(" + word.join(_condition(part, row, values) for part in dict.fromkeys(node.parts)) + ")"
        case Span():
            return _between(node, row, values)
        case InStatus():
            values.append(node.status)
            if node.status == UNREAD:
                return f"{row} NOT IN ({_OF_MARKS}m.status <> ?)"
            return f"{row} IN ({_OF_MARKS}m.status = ?)"
        case Label():
            values.extend((node.name, node.name + LAST if node.prefix else node.name))
            return f"{row} IN (SELECT row FROM papers WHERE citekey BETWEEN ? AND ?)"
        case Flag(name="is:starred"):
            return f"{row} IN ({_OF_MARKS}m.starred)"
        case _:
            return f"{row} IN ({_OF_MARKS}m.notes > 0)"


_NEVER: Final = 4_000_000
"""A day number after every date."""


def _between(span: Span, row: str, values: list[Value]) -> str:
    """Return the condition for a range."""
    if span.field in ("added", "changed", "read"):
        return _moment_between(span, row, values)
    if span.field != "date":
        return _marked_between(span, row, values)
    row = row.removeprefix("+")  # the full text can begin and stop at a row
    values.append((span.low if span.low is not None else 1) * DAY)
    values.append(((span.high if span.high is not None else _NEVER) + 1) * DAY)
    return f"({row} >= ? AND {row} < ?)"


def _moment_between(span: Span, row: str, values: list[Value]) -> str:
    """Return the condition for a range of days on the instant of an event; what never happened is outside of it."""
    column = "p.added" if span.field == "added" else f"m.{span.field}"
    bounds = [f"{column} IS NOT NULL"]
    if span.low is not None:
        bounds.append(f"{column} >= ?")
        values.append(day_begins(span.low))
    if span.high is not None:
        bounds.append(f"{column} < ?")
        values.append(day_begins(span.high + 1))
    papers = "SELECT p.row FROM papers AS p WHERE " if span.field == "added" else _OF_MARKS
    return f"{row} IN ({papers}{' AND '.join(bounds)})"


def _marked_between(span: Span, row: str, values: list[Value]) -> str:
    """Return the condition for a range of a number that marks have; a paper without a mark has 0."""
    low, high = span.low or 0, 9 if span.high is None else span.high
    if low > 0:
        values.extend((low, high))
        return f"{row} IN ({_OF_MARKS}m.{span.field} BETWEEN ? AND ?)"
    values.append(high)
    return f"{row} NOT IN ({_OF_MARKS}m.{span.field} > ?)"
