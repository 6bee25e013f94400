"""Where in a TOML file a key stands; `tomllib` does not tell."""

from __future__ import annotations

import re
from typing import Final

_TABLE: Final = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_LONG: Final = re.compile('"""|' + "'''")


def line_of(text: str, key: str) -> int | None:
    """Return the line, from 1, on which a key such as `cite.style` is given a value.

    A key inside of an inline table has the line of the table; a table that has no such key has its own line.
    """
    places = _places(text)
    while key:
        if key in places:
            return places[key]
        key = key.rpartition(".")[0]
    return None


def _places(text: str) -> dict[str, int]:
    """Return the line of every key and table."""
    found: dict[str, int] = {}
    table = ""
    inside: str | None = None  # the quotes of a text of several lines that has not ended yet
    for number, line in enumerate(text.splitlines(), 1):
        if inside is None:
            if header := _TABLE.match(line):
                table = _plain(header[1])
                found.setdefault(table, number)
            elif given := _KEY.match(line):
                name = _plain(given[1])
                found.setdefault(f"{table}.{name}" if table else name, number)
        for quotes in _LONG.findall(line):
            inside = quotes if inside is None else None if quotes == inside else inside
    return found


def _plain(dotted: str) -> str:
    """Return a dotted key without quotes and blanks."""
    parts = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted)
    return ".".join(part.strip("\"'") for part in parts)
