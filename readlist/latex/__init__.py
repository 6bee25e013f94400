"""LaTeX in titles and abstracts, turned into text for the eye, segment by segment.

Only what looks like TeX is touched, since most text is not TeX: a bare `%` is a percent sign, and a dollar in front
of an amount is a dollar. Single symbols and accents go through pylatexenc; whole texts do not, for it loses words in
many real abstracts.
"""

from __future__ import annotations

import re
from typing import Final

_TEX: Final = re.compile(r"[\\$~^_{`-](?:(?<=[\\$~])|(?<=[\^_])[{\d]|(?<=\{)[\w\\]|(?<=-)-|(?<=`)`)")
"""A sign of TeX, with what must follow it. Most text has none, and one set of signs is looked for four times as fast
as alternatives that each begin with their own."""


def readable(raw: str) -> str:
    """Return `raw` with its LaTeX turned into Unicode text; text without LaTeX comes back as it is."""
    if not _TEX.search(raw):
        return raw
    from readlist.latex.scanner import Scanner

    return Scanner(raw, math=False, depth=0).text()
