"""Braces that group words in a .bib file and mean nothing to the eye."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+\*?[ \t]*|.)?|\$|[{}]|[\^_]|[^\\${}^_]+", re.DOTALL)
_STYLE: Final = re.compile(r"\\[A-Za-z]+")


def ungrouped(raw: str) -> str:
    r"""Return TeX without the braces that only group: `{BERT: Pre-training}` but not `\emph{…}`, `x^{2}`, `{\"u}`."""
    found: list[str] = []
    kept: list[tuple[bool, bool]] = []  # whether an open brace is kept, and whether it begins an argument
    argument = math = False
    pieces = _TOKEN.findall(raw)
    for at, piece in enumerate(pieces):
        if piece == "{":
            begins_macro = at + 1 < len(pieces) and bool(_STYLE.match(pieces[at + 1]) or pieces[at + 1][:1] == "\\")
            kept.append((argument or math or begins_macro, argument))
            found.append(piece if kept[-1][0] else "")
            argument = False
            continue
        if piece == "}":
            keeps, argument = kept.pop() if kept else (False, False)
            found.append(piece if keeps else "")
            continue
        if piece == "$":
            math = not math
        argument = piece in ("^", "_") or (piece[0] == "\\" and len(piece) > 1 and piece[1] not in "{}$%&#_\\ ")
        found.append(piece)
    return "".join(found)
