"""Words that databases and programs put where they have nothing to say: they are no author, no abstract, no venue.

Scopus writes `[No author name available]`, the Web of Science `[Anonymous]`, tables that went through a program `nan`.
`Anonymous` without brackets stays: works are published under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_IN_BRACKETS: Final = re.compile(
    r"\[\s*(?:no\b[\w ()/'-]{1,60}|[\w ()/'-]{1,60}\b(?:not |un)available|not available|anonymous|anon\.?)\s*\]",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"n/a|n\.a\.|(?-i:NA)|nan|none|null|nil|unknown|not available|-{1,3}|[–—]|no abstract(?: is)?(?: available)?\.?|"
    r"(?:the )?abstract(?: is)? (?:not |un)available\.?|no authors?(?: name)?(?: listed| available)?",
    re.IGNORECASE,
)
_LONGEST: Final = 80


def says_nothing(text: str) -> bool:
    """Whether a whole value only says that there is none."""
    text = text.strip(" \t\r\n{}") if len(text) <= _LONGEST else text
    return len(text) <= _LONGEST and (is_bracketed(text) or _NOTHING.fullmatch(text) is not None)


def is_bracketed(text: str) -> bool:
    """Whether a value says so in brackets, so that it can be nothing else."""
    return text.startswith("[") and text.endswith("]") and _IN_BRACKETS.fullmatch(text) is not None


def without(names: Iterable[str]) -> list[str]:
    """Return the names of a list that are names; one that is both a word for nothing and a name is one among others."""
    listed = [name for name in names if "[" not in name or not is_bracketed(name.strip())]
    return [] if len(listed) == 1 and says_nothing(listed[0]) else listed
