"""Names that papers have and that begin as someone types them: authors, affiliations, labels, citation keys."""

# ruff: noqa: S608 - only what `compile` makes is put together; what was typed stands in placeholders

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from readlist.query import Label, Node, Query, Text
from readlist.store.compile import LAST, statement
from readlist.store.folding import parts_of
from readlist.text import indexed, safe_line, words

Names = list[tuple[str, int | None]]
"""Names, each with the number of papers that it finds, where there was time to count them."""

_PATIENCE: Final = 0.008
"""Seconds after which nothing more is looked at or counted."""

_LOOKED_AT: Final = 100
"""The newest papers with such a name, in which the names are gathered."""

_MOST: Final = 40
"""How many names are returned."""

_LISTS: Final = {"author": "authors", "affil": "affiliations"}
"""The columns of the full text, and the lists of a paper's record, by field."""

_SIGNS: Final = {"cat": ".", "tag": "/", "source": ""}
"""What stands between the parts of a label."""

_TAGS: Final = """
WITH RECURSIVE each(tag) AS (
    SELECT min(tag) FROM marked_tags
    UNION ALL SELECT (SELECT min(tag) FROM marked_tags WHERE tag > each.tag) FROM each WHERE tag IS NOT NULL
)
SELECT tag FROM each WHERE tag IS NOT NULL
"""


def names_like(connection: sqlite3.Connection, field: str, typed: str) -> Names:
    """Return names that can stand after a field and that begin with what was typed, likeliest first.

    A name is found by the beginning of any of its words or parts; of a great many, those that the newest papers have.

    Args:
        connection: To the catalogue.
        field: `author`, `affil`, `cat`, `source`, `tag` or `key`.
        typed: What stands after the field so far.
    """
    deadline = time.monotonic() + _PATIENCE
    typed = safe_line(typed)
    if field in _LISTS:
        return _listed(connection, field, typed, deadline)
    if field == "key":
        return _keys(connection, typed)
    return _labels(connection, field, typed.casefold().removeprefix("#" if field == "tag" else ""), deadline)


# ---------------------------------------------------------------------- authors and affiliations


def _listed(connection: sqlite3.Connection, field: str, typed: str, deadline: float) -> Names:
    """Gather names of the newest papers that have such a one."""
    begun = words(typed)
    if typed and not begun:
        return []
    found: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for names in _records(connection, _rows(connection, _LISTS[field], begun, deadline), _LISTS[field]):
        for name in names:
            folded = " ".join(words(name))
            if _begins(indexed(name).split(" "), begun):
                found[folded] += 1
                spelled.setdefault(folded, name)
    best = sorted(found, key=lambda folded: -found[folded])[:_MOST]
    nodes = {folded: Text(spelled[folded], field) for folded in best}
    counts = _counted(connection, nodes, deadline)
    best.sort(key=lambda folded: -counts.get(folded, 0))
    return [(spelled[folded], counts.get(folded)) for folded in best]


def _rows(connection: sqlite3.Connection, column: str, begun: list[str], deadline: float) -> list[int]:
    """Return the newest papers with such a name, as many as are found in time."""
    if begun:
        quoted = " ".join(begun)
        sql, values = "SELECT rowid FROM search WHERE search MATCH ?", [f'{column} : "{quoted}" *']
        cursor = connection.execute(f"{sql} ORDER BY rowid DESC LIMIT {_LOOKED_AT}", values)
    else:
        cursor = connection.execute(f"SELECT row FROM papers ORDER BY row DESC LIMIT {_LOOKED_AT}")
    found = []
    for (row,) in cursor:
        found.append(int(row))
        if time.monotonic() > deadline:
            break
    return found


def _records(connection: sqlite3.Connection, rows: Iterable[int], name: str) -> Iterator[list[str]]:
    """Yield a list of each of these papers' records."""
    for row in rows:
        found = connection.execute("SELECT record FROM facts WHERE row = ?", (row,)).fetchone()
        with suppress(ValueError, TypeError, AttributeError):  # damage is told where the paper is shown
            yield [text for text in json.loads(found[0]).get(name, ()) if isinstance(text, str)]


def _begins(name: list[str], begun: list[str]) -> bool:
    """Say whether some words of a name that follow each other begin so, the last of them perhaps going on."""
    if not begun:
        return True
    *whole, last = begun
    many = len(whole)
    return any(name[at : at + many] == whole and name[at + many].startswith(last) for at in range(len(name) - many))


# ---------------------------------------------------------------------- labels


def _labels(connection: sqlite3.Connection, kind: str, typed: str, deadline: float) -> Names:
    """Return labels of which a part begins so; those that begin so themselves come first."""
    sign = _SIGNS[kind]
    spelled = labels_of(connection, kind)
    found = [
        name
        for name in sorted(spelled)
        if name.startswith(typed) or (sign and any(part.startswith(typed) for part in name.split(sign)))
    ]
    found.sort(key=lambda name: (name != typed, not name.startswith(typed)))
    found = found[:_MOST]
    counts = _counted(connection, {name: Label(kind, name) for name in found}, deadline)
    # A name whose papers are gone stays known.
    return [(spelled[name], counts.get(name)) for name in found if counts.get(name) != 0]


def labels_of(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Return the tags, categories or sources that papers have or had, and the first parts of these.

    Returns:
        How each is written, by how it is compared.
    """
    spelled: dict[str, str] = {}
    for name in _all_tags(connection) if kind == "tag" else _all_names(connection, kind):
        for part in parts_of(name, _SIGNS[kind]) if _SIGNS[kind] else (name,):
            spelled.setdefault(part.casefold(), part)
    return spelled


def _all_names(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Return the names of a kind that papers have or had."""
    return [str(name) for (name,) in connection.execute("SELECT name FROM names WHERE kind = ?", (kind,))]


def _all_tags(connection: sqlite3.Connection) -> list[str]:
    """Return the tags; each is looked for after the one before it, since a tag may stand a great many times."""
    return [str(tag) for (tag,) in connection.execute(_TAGS)]


def _keys(connection: sqlite3.Connection, typed: str) -> Names:
    """Return the citation keys that begin so."""
    sql = f"SELECT citekey FROM papers WHERE citekey >= ? AND citekey < ? ORDER BY citekey LIMIT {_MOST}"
    return [(str(key), None) for (key,) in connection.execute(sql, (typed, typed + LAST))]


def _counted(
    connection: sqlite3.Connection, nodes: dict[str, Label] | dict[str, Text], deadline: float
) -> dict[str, int]:
    """Return how many papers each query finds, of as many as there is time for."""
    counts = {}
    for name, node in nodes.items():
        if time.monotonic() > deadline:
            break
        counts[name] = _count(connection, node)
    return counts


def _count(connection: sqlite3.Connection, node: Node) -> int:
    """Return how many papers a query finds."""
    sql, values = statement(Query(node))
    return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])
