"""The names that a paper may be asked for by, in the forms that people paste."""

from __future__ import annotations

import re
from typing import Final

from readlist.text import safe_line

_ARXIV: Final = re.compile(
    r"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/|(?:dx\.)?doi\.org/10\.48550/arxiv\."
    r"|10\.48550/arxiv\.|arxiv:\s*)?"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE | re.ASCII,
)
_DOI: Final = re.compile(
    r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE | re.ASCII
)


ALSO_CALLED: Final = "INSERT OR IGNORE INTO aliases SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM papers WHERE id = ?1)"
"""Lets the second, a paper's id, be found by the first, unless another paper has that id or is found by it."""
_ALIAS: Final = "SELECT p.id FROM aliases AS a JOIN papers AS p ON p.id = a.id WHERE a.alias = ?"


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id without version in a text that is one, in any of its usual forms."""
    found = _ARXIV.fullmatch(text.strip())
    return found[1] if found else None


def doi(text: str) -> str | None:
    """Return the DOI in lower case in a text that is one, with or without a resolver's address."""
    found = _DOI.fullmatch(text.strip())
    return found[1].lower() if found else None


def identifier_names(arxiv: str | None, doi: str | None) -> list[str]:
    """Return identifiers as names that nothing else goes by: a citation key has no blanks."""
    return [f"{kind} {value.lower()}" for kind, value in (("arxiv", arxiv), ("doi", doi)) if value]


def resolve_sql(key: str) -> list[tuple[str, str]]:
    """Return the look-ups that turn a key into a paper's id, in the order to try them, each with its value."""
    name = safe_line(key)
    found = [
        ("SELECT id FROM papers WHERE id = ?", name),
        ("SELECT id FROM papers WHERE citekey = ?", name),
        *((_ALIAS, one) for one in dict.fromkeys((name, name.lower()))),
    ]
    if (arxiv := arxiv_id(name)) is not None:
        found.append(("SELECT id FROM papers WHERE arxiv = ? COLLATE NOCASE ORDER BY row DESC", arxiv))
        found += [(_ALIAS, one) for one in identifier_names(arxiv, None)]
    if (digital := doi(name)) is not None:
        found.append(("SELECT id FROM papers WHERE doi = ? ORDER BY row DESC", digital))
        found += [(_ALIAS, one) for one in identifier_names(None, digital)]
    return found
