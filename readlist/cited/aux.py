r"""The .aux file that LaTeX makes: `\citation{key,key}`, and biblatex's `\abx@aux@cite{0}{key}`."""

from __future__ import annotations

import re
from typing import Final

_CITATION: Final = re.compile(
    r"^\\(?:(?:citation|abx@aux@cite(?:\{\d*\})?)\{([^{}\\]*)\}|(abx@aux@nociteall))", re.MULTILINE | re.ASCII
)
# biblatex writes the number of the refsection first in its newer versions, and has a command for `\nocite{*}`.
_INCLUDED: Final = re.compile(r"^\\@input\{([^{}\\\0]+\.aux)\}", re.MULTILINE)
_CONTROL: Final = re.compile(r"(?:biblatex|achemso)-control|(?:REVTEX|apsrev|apsrmp|aip)\d*Control", re.ASCII)
"""Entries that packages write for themselves, to hand bibtex their settings."""


def keys(text: str) -> list[str]:
    """Return the keys that an .aux file hands to bibtex or biber, in order."""
    named = [key.strip() for found in _CITATION.finditer(text) for key in ("*" if found[2] else found[1]).split(",")]
    return [key for key in named if key and not _CONTROL.fullmatch(key)]


def included(text: str) -> list[str]:
    r"""Return the names of the .aux files of `\include`d chapters."""
    return [found[1] for found in _INCLUDED.finditer(text)]
