"""Where a paper is on the web."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from readlist.latex.address import address
from readlist.paper import Paper

_PLACES: Final = ("url", "howpublished", "note")
"""Fields of a source that may say where its paper is, best first; in the last two only `\\url` says so."""
# Not compiled before a paper needs them: the first screen does not.
_ADDRESS: Final = r"https?://\S+"
_NAMED: Final = r"\\(?:url|path|href)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
_LETTERS: Final = "!#$%&'()*+,-./:;=?@_~[]"
"""What stays as it is in an address, besides letters and digits."""


def link(paper: Paper) -> str | None:
    """Return the address of a paper: by its DOI, else by its arXiv id, else the one that its source gives."""
    if paper.identifiers.doi:
        return "https://doi.org/" + quote(paper.identifiers.doi, safe="/:;()._-", errors="replace")
    if paper.identifiers.arxiv:
        return "https://arxiv.org/abs/" + quote(paper.identifiers.arxiv, safe="/.", errors="replace")
    return own_address(paper) if paper.extra else None


def own_address(paper: Paper) -> str | None:
    """Return the address on the web that the source of a paper gives; TeX's backslashes are no part of it."""
    fields = {name.casefold(): value for name, value in paper.extra}
    for name in _PLACES:
        written = fields.get(name, "")
        named = re.search(_NAMED, written)
        found = re.match(_ADDRESS, address(named[1] if named else written if name == "url" else "").strip("<>{}"))
        if found:
            return quote(found[0], safe=_LETTERS, errors="replace")
    return None


def page(paper: Paper) -> str:
    """Return the address to look a paper up at: its own, or a search for its title where it has none."""
    return link(paper) or "https://scholar.google.com/scholar?q=" + quote(f'"{paper.title}"', safe="", errors="replace")
